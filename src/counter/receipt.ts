import type { Tx } from '../database/transaction.ts'
import type { ProcedureDefinition } from '../procedures/definition.ts'
import { latestChecks } from './filing.ts'
import type { Representative } from './schemas.ts'

const PAPER_WORDS: Record<Representative['paper'], string> = {
  authorisation: 'Giấy ủy quyền',
  guardian: 'Giấy tờ chứng minh là người giám hộ, đại diện theo pháp luật',
  introduction: 'Giấy giới thiệu',
  none: 'Không có giấy ủy quyền',
}

/** What form 01 says behind "Giấy ủy quyền": number and day of that paper, or which other paper there is. */
export const representativePaper = ({
  paper,
  paperText,
}: Pick<Representative, 'paper' | 'paperText'>): string =>
  paper === 'authorisation' && paperText
    ? paperText
    : [PAPER_WORDS[paper], paperText].filter(Boolean).join(' ')

const STATE_WORDS = {
  scanned: 'Đã quét',
  presented: 'Xuất trình, đối chiếu',
  original: 'Nhận bản chính',
  missing: 'Thiếu',
} as const

type Line = { state: keyof typeof STATE_WORDS; pages: number; kept: boolean; note: string }

/** What was done with a paper at the counter, as it stands on form 01 and on the cover. */
export const checkWords = ({ state, pages, kept, note }: Line): string =>
  [
    STATE_WORDS[state],
    state === 'missing' ? '' : `${pages} trang`,
    state === 'scanned' ? (kept ? 'giữ bản chính' : 'trả lại bản chính') : '',
    note,
  ]
    .filter(Boolean)
    .join('; ')

/** The papers of form 01: those filed or seen, with what the checklist says of each. */
export async function takenPapers(
  tx: Pick<Tx, 'sql'>,
  dossierId: string,
  { papers }: Pick<ProcedureDefinition, 'papers'>,
) {
  const filed = await tx.sql<{ paper_key: string }>(
    'select distinct paper_key from document where dossier_id = $1',
    [dossierId],
  )
  const checks = new Map((await latestChecks(tx, dossierId)).map((line) => [line.paper_key, line]))
  const there = new Set([
    ...filed.map((row) => row.paper_key),
    ...[...checks.values()].filter((line) => line.state !== 'missing').map((line) => line.paper_key),
  ])
  return papers
    .filter((paper) => there.has(paper.key))
    .map((paper) => {
      const line = checks.get(paper.key)
      return {
        name: paper.name.vi,
        originals: paper.original,
        copies: paper.copies,
        ...(line && line.state !== 'missing' ? { note: checkWords(line) } : {}),
      }
    })
}

type FilingRow = {
  clerk: string
  consent: 'spoken' | 'signed'
  consent_by: 'applicant' | 'representative'
  representative: Representative | null
  applicant: string
}

/** Who filed for whom, for form 01: the representative with their paper, and the clerk who typed by whose consent. */
export async function filedFor(tx: Pick<Tx, 'sql'>, dossierId: string) {
  const [row] = await tx.sql<FilingRow>(
    `select c.full_name as clerk, f.consent, f.consent_by, f.representative, a.full_name as applicant
       from counter_filing f join person c on c.id = f.clerk_id join dossier d on d.id = f.dossier_id
       join person a on a.id = d.applicant_id where f.dossier_id = $1`,
    [dossierId],
  )
  if (!row) return {}
  const { representative: agent } = row
  return {
    ...(agent
      ? {
          agent: {
            name: agent.fullName,
            identifier: agent.identityNo,
            ...(agent.phone ? { phone: agent.phone } : {}),
            authorisation: representativePaper(agent),
          },
        }
      : {}),
    typedBy: {
      clerk: row.clerk,
      consent: `${row.consent_by === 'applicant' ? row.applicant : (agent?.fullName ?? '')} đồng ý ${
        row.consent === 'signed' ? 'bằng chữ ký' : 'bằng lời'
      }`,
    },
  }
}
