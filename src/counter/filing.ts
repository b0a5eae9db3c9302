import type { Tx } from '../database/transaction.ts'
import { invalid } from '../http/invalid.ts'
import type { FieldError } from '../http/problem.ts'
import type { Channel, Paper, ProcedureDefinition } from '../procedures/definition.ts'
import type { CounterFiling, PaperCheck } from './schemas.ts'

type Filing = {
  channel: Channel
  counter?: CounterFiling | undefined
  papers: readonly { paperKey: string }[]
}

/** What is wrong with the counter's part of a filing: consent, representative, checklist. Each with its mend. */
export function counterFaults(definition: Pick<ProcedureDefinition, 'papers'>, filing: Filing): FieldError[] {
  if (filing.channel === 'ONLINE') return []
  const { counter } = filing
  if (!counter)
    return [
      {
        field: 'counter.consent',
        message: {
          vi: 'Ghi ai đồng ý cho cán bộ nhập hồ sơ thay, bằng lời hay bằng chữ ký.',
          en: 'Say who agreed that the clerk files for them, by word or by signature.',
        },
      },
    ]
  const faults: FieldError[] = []
  if (counter.consent.by === 'representative' && !counter.representative)
    faults.push({
      field: 'counter.representative',
      message: {
        vi: 'Ghi họ tên, số định danh của người nộp thay.',
        en: 'Give name and identity number of the representative.',
      },
    })
  return [
    ...faults,
    ...checkFaults(definition, counter.checks, new Set(filing.papers.map((p) => p.paperKey))),
  ]
}

/** A checklist that contradicts itself: a paper nobody knows, twice, "scanned" without a file, "missing" with one. */
export function checkFaults(
  { papers }: Pick<ProcedureDefinition, 'papers'>,
  checks: readonly PaperCheck[],
  withFiles: ReadonlySet<string>,
): FieldError[] {
  return checks.flatMap((check, n) => {
    const paper = papers.find((one) => one.key === check.paperKey)
    const message = faultOf(
      check,
      paper,
      withFiles,
      checks.findIndex((one) => one.paperKey === check.paperKey) !== n,
    )
    return message ? [{ field: `papers.${check.paperKey}`, message }] : []
  })
}

function faultOf(
  check: PaperCheck,
  paper: Paper | undefined,
  withFiles: ReadonlySet<string>,
  again: boolean,
) {
  if (!paper) return { vi: 'Thủ tục này không có giấy tờ như vậy.', en: 'The procedure has no such paper.' }
  const name = { vi: paper.name.vi, en: paper.name.en ?? paper.name.vi }
  const has = withFiles.has(check.paperKey)
  if (again) return { vi: `“${name.vi}” ghi hai lần.`, en: `“${name.en}” stands there twice.` }
  if (check.state === 'scanned' && !has)
    return {
      vi: `“${name.vi}”: ghi là đã quét nhưng chưa có tệp. Tải tệp lên hoặc chọn cách nhận khác.`,
      en: `“${name.en}” is marked as scanned but has no file. Upload it or choose another state.`,
    }
  if (check.state === 'missing' && has)
    return {
      vi: `“${name.vi}”: ghi là thiếu nhưng có tệp. Bỏ tệp hoặc chọn “đã quét”.`,
      en: `“${name.en}” is marked as missing but has a file. Remove it or choose “scanned”.`,
    }
  if (check.state !== 'missing' && check.pages < 1)
    return { vi: `“${name.vi}”: ghi số trang.`, en: `“${name.en}”: give the number of pages.` }
  return undefined
}

/** Papers that need no upload any more: seen at the counter, taken as originals, or recorded as missing. */
export const settledAtCounter = (counter: CounterFiling | undefined): string[] =>
  (counter?.checks ?? []).filter((check) => check.state !== 'scanned').map((check) => check.paperKey)

/** The counter's part of a filing, in the transaction of the filing. */
export async function recordFiling(
  tx: Tx,
  dossierId: string,
  clerkId: string,
  counter: CounterFiling,
): Promise<void> {
  const { consent, representative } = counter
  await tx.sql(
    `insert into counter_filing (dossier_id, clerk_id, consent, consent_by, consent_at, representative)
     values ($1, $2, $3, $4, $5, $6::jsonb)`,
    [
      dossierId,
      clerkId,
      consent.how,
      consent.by,
      tx.at,
      representative ? JSON.stringify(representative) : null,
    ],
  )
  tx.audit({
    act: 'counter.consent',
    dossierId,
    detail: { how: consent.how, by: consent.by, paper: representative?.paper ?? null },
  })
}

/** The checklist of a round; what is checked again replaces what was. Files without a line count as scanned. */
export async function recordChecks(
  tx: Tx,
  of: { dossierId: string; round: number; clerkId: string },
  checks: readonly PaperCheck[],
  filed: readonly { paperKey: string }[],
): Promise<void> {
  const lines = new Map<string, PaperCheck>(
    filed.map(({ paperKey }) => [paperKey, { paperKey, state: 'scanned', pages: 1, kept: false, note: '' }]),
  )
  for (const check of checks) lines.set(check.paperKey, check)
  for (const line of lines.values())
    await tx.sql(
      `insert into paper_check (dossier_id, round, paper_key, state, pages, kept, note, checked_by, checked_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (dossier_id, round, paper_key) do update
         set state = excluded.state, pages = excluded.pages, kept = excluded.kept, note = excluded.note,
             checked_by = excluded.checked_by, checked_at = excluded.checked_at`,
      [
        of.dossierId,
        of.round,
        line.paperKey,
        line.state,
        line.state === 'missing' ? 0 : line.pages,
        line.state === 'original' || line.kept,
        line.note.normalize('NFC'),
        of.clerkId,
        tx.at,
      ],
    )
  if (lines.size > 0)
    tx.audit({
      act: 'counter.papers-checked',
      dossierId: of.dossierId,
      detail: {
        round: of.round,
        papers: [...lines.values()].map(({ paperKey, state }) => `${paperKey}:${state}`),
      },
    })
}

/** The latest line of every paper of a dossier. */
export const latestChecks = (tx: Pick<Tx, 'sql'>, dossierId: string) =>
  tx.sql<{
    round: number
    paper_key: string
    state: PaperCheck['state']
    pages: number
    kept: boolean
    note: string
    by: string
    checked_at: Date
  }>(
    `select distinct on (c.paper_key) c.round, c.paper_key, c.state, c.pages, c.kept, c.note, p.full_name as by, c.checked_at
       from paper_check c join person p on p.id = c.checked_by
      where c.dossier_id = $1 order by c.paper_key, c.round desc`,
    [dossierId],
  )

/** Required papers that the checklist says are missing and that nobody has filed since. */
export async function stillMissing(
  tx: Pick<Tx, 'sql'>,
  dossier: { id: string; caseKey: string; channel: Channel },
  { papers }: Pick<ProcedureDefinition, 'papers'>,
): Promise<Paper[]> {
  const missing = new Set(
    (await latestChecks(tx, dossier.id))
      .filter((line) => line.state === 'missing')
      .map((line) => line.paper_key),
  )
  if (missing.size === 0) return []
  const filed = await tx.sql<{ paper_key: string }>(
    'select distinct paper_key from document where dossier_id = $1',
    [dossier.id],
  )
  for (const { paper_key } of filed) missing.delete(paper_key)
  return papers.filter(
    ({ key, requiredFor }) =>
      missing.has(key) &&
      requiredFor?.cases.includes(dossier.caseKey) &&
      requiredFor.channels.includes(dossier.channel),
  )
}

/** Refuses what cannot be recorded as it stands. */
export const refuse = (faults: FieldError[]): void => {
  if (faults.length > 0) throw invalid(faults)
}
