import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import { exportMark } from '../access/export-mark.ts'
import { formatDay, formatLegal } from '../calendar/format.ts'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { whoseBook } from '../registers/books.ts'
import { breaches } from '../reports/breaches.ts'
import type { LateFilter } from '../reports/read-model.ts'
import { gamedTally } from './gamed.ts'
import { findings } from './read-model.ts'
import { kindOf } from './rules.ts'

const Table = z.strictObject({ head: z.array(z.string()), rows: z.array(z.array(z.string())) })
/** A report as it is frozen when made: the PDF and the DOCX are two prints of it. Vietnamese, as official papers are. */
export const ReportContent = z.strictObject({
  agency: z.string(),
  parentAgency: z.string(),
  place: z.string(),
  title: z.string(),
  about: z.string(),
  madeOn: z.iso.date(),
  madeBy: z.string(),
  sections: z.array(
    z.strictObject({ title: z.string(), paragraphs: z.array(z.string()), table: Table.nullable() }),
  ),
  /** Who took it, by which decision, when: at the foot of every page. */
  mark: z.string(),
})
export type ReportContent = z.output<typeof ReportContent>

/** SHA-256 (hex) over the frozen text: what the signature is an act upon. Keys are in the order of the schema. */
export const hashOfReport = (content: ReportContent): string =>
  createHash('sha256')
    .update(JSON.stringify(ReportContent.parse(content)).normalize('NFC'))
    .digest('hex')

const TABLES = {
  period: 'Theo thời gian',
  agency: 'Theo cơ quan',
  unit: 'Theo đơn vị vượt nhiều nhất',
  person: 'Theo người vượt nhiều nhất',
  procedure: 'Theo thủ tục',
  step: 'Theo bước vượt nhiều nhất',
}
const BREACH_HEAD = ['Tên', 'Quá hạn', 'Đang trễ', 'Đã trả trễ', 'Thư kịp', 'Thư muộn', 'Không thư']

type FindingRow = {
  code: string
  kind: string
  at: Date
  state: 'asked' | 'answered' | 'concluded' | null
  due_at: Date | null
  unit: string | null
  person: string | null
  /** Of each answer, the first one first. */
  causes: ('objective' | 'subjective')[]
  upheld: boolean | null
  conclusion: string | null
}

const CAUSE = { objective: 'khách quan', subjective: 'chủ quan' }

function stateOf(row: FindingRow, now: Date): string {
  if (row.state === null) return 'chưa yêu cầu giải trình'
  if (row.state === 'answered') return 'đã giải trình, chưa kết luận'
  if (row.state === 'concluded')
    return `${row.upheld ? 'có vi phạm' : 'không phải vi phạm'}: ${row.conclusion ?? ''}`
  return row.due_at && row.due_at < now ? 'quá hạn giải trình' : 'đang chờ giải trình'
}

/** The findings that the page of the same period and agency lists: all of them, whatever their number. */
async function findingsIn(
  tx: Tx,
  filter: Pick<LateFilter, 'from' | 'to' | 'agencyId'>,
): Promise<FindingRow[]> {
  const ids: string[] = []
  for (let after: string | undefined; ; ) {
    const page = await findings(tx, { ...filter, after })
    ids.push(...page.findings.map(({ id }) => id))
    if (!page.next) break
    after = page.next
  }
  return tx.sql<FindingRow>(
    `select d.code, f.kind, f.at, x.state, x.due_at, u.name->>'vi' as unit, p.full_name as person, x.upheld, x.conclusion,
            (select coalesce(jsonb_agg(w.cause order by w.answered_at, w.id), '[]') from explanation_answer w
              where w.explanation_id = x.id) as causes
       from finding f join dossier d on d.id = f.dossier_id
       left join explanation x on x.finding_id = f.id left join unit u on u.id = x.unit_id left join person p on p.id = x.person_id
      where f.id = any($1::uuid[]) order by (x.state is null), d.code, f.at`,
    [ids],
  )
}

async function whose(tx: Tx, actor: Actor, agencyId: string | undefined) {
  const own = actor.posts[0]?.agencyId
  if (own) return whoseBook(tx, own)
  const { place } = agencyId ? await whoseBook(tx, agencyId) : { place: '' }
  return { agency: 'Đoàn thanh tra', parentAgency: '', place }
}

/** Everything a report of the period says, from the same figures as the pages. */
export async function reportContent(
  tx: Tx,
  filter: Pick<LateFilter, 'from' | 'to' | 'agencyId'>,
): Promise<{ content: ReportContent; sentence: { vi: string; en: string } }> {
  const found = await breaches(tx, filter)
  const gamed = await gamedTally(tx, filter)
  const listed = await findingsIn(tx, filter)
  const [scope] = filter.agencyId
    ? await tx.sql<{ name: string }>(`select name->>'vi' as name from agency where id = $1`, [
        filter.agencyId,
      ])
    : []
  const days = `từ ngày ${formatDay(filter.from, 'vi')} đến ngày ${formatDay(filter.to, 'vi')}`
  const decisions = (tx.actor.inspections ?? []).map(
    ({ number, decidedOn }) => `Quyết định thanh tra số ${number} ngày ${formatDay(decidedOn, 'vi')}`,
  )
  const content: ReportContent = {
    ...(await whose(tx, tx.actor, filter.agencyId)),
    title: 'Báo cáo kết quả kiểm tra thời hạn giải quyết thủ tục hành chính',
    about: `${scope ? scope.name : 'Mọi cơ quan trong phạm vi'}; hồ sơ đến hạn ${days}${decisions.length > 0 ? `; theo ${decisions.join('; ')}` : ''}`,
    madeOn: legalDay(tx.at),
    madeBy: tx.actor.name,
    sections: [
      {
        title: 'I. Kết quả chung',
        paragraphs: [
          `${found.due} hồ sơ đến hạn. ${found.sentence.vi}.`,
          'Quá hạn tính theo ngày hẹn trả đầu tiên bị lỡ; thời gian chờ người nộp bổ sung không tính, yêu cầu bổ sung sau ngày hẹn không xóa quá hạn.',
        ],
        table: null,
      },
      ...found.tables.map(({ dimension, rows }, n) => ({
        title: `II.${n + 1}. ${TABLES[dimension]}`,
        paragraphs: rows.length === 0 ? ['Không có hồ sơ quá hạn.'] : [],
        table:
          rows.length === 0
            ? null
            : {
                head: BREACH_HEAD,
                rows: rows.map(({ name, totals }) => [
                  name.vi,
                  ...[
                    totals.late,
                    totals.openLate,
                    totals.finishedLate,
                    totals.letterInTime,
                    totals.letterLate,
                    totals.letterNone,
                  ].map(String),
                ]),
              },
      })),
      {
        title: 'III. Dấu hiệu đối phó',
        paragraphs: ['Dấu hiệu là lý do để xem xét, không phải kết luận.'],
        table: {
          head: ['Dấu hiệu', 'Số hồ sơ'],
          rows: gamed.rules.map(({ name, count }) => [name.vi, String(count)]),
        },
      },
      {
        title: 'IV. Phát hiện, giải trình và kết luận',
        paragraphs: listed.length === 0 ? ['Không có phát hiện nào trong kỳ.'] : [],
        table:
          listed.length === 0
            ? null
            : {
                head: ['Mã hồ sơ', 'Phát hiện', 'Lúc', 'Người giải trình', 'Nguyên nhân', 'Kết quả'],
                rows: listed.map((row) => [
                  row.code,
                  kindOf(row.kind).name.vi,
                  formatLegal(row.at, 'vi'),
                  [row.person, row.unit].filter(Boolean).join(', '),
                  row.causes.map((cause) => CAUSE[cause]).join('; hỏi lại: '),
                  stateOf(row, tx.at),
                ]),
              },
      },
    ],
    mark: exportMark(tx.actor, tx.at),
  }
  return { content, sentence: { vi: found.sentence.vi, en: found.sentence.en ?? found.sentence.vi } }
}
