import type { Change } from '../diff/change.ts'
import { diffSources } from '../diff/diff.ts'
import { keyedFacts, listOf, type Rec, recOf } from '../diff/keyed.ts'
import { say } from '../diff/words.ts'
import type { ProcedureSource } from '../source.ts'
import type { JudgedChange } from './judged.ts'

type Verdict = Pick<JudgedChange, 'power' | 'reason'>
type Judge = (change: Change, facts: { before: Rec; after: Rec }) => Verdict

const within = (vi: string, en: string): Verdict => ({ power: 'within', reason: say(vi, en) })
const proposal = (vi: string, en: string): Verdict => ({ power: 'proposal', reason: say(vi, en) })

const OURS = within(
  'Quy trình nội bộ, điện tử của địa phương: thuộc thẩm quyền.',
  'Internal and electronic process of the province: within our power.',
)
const RECORDED = within(
  'Chỉ ghi lại căn cứ, tên gọi hoặc lời giải thích.',
  'Records a basis, a name or an explanation only.',
)
const PAPERS = proposal(
  'Thành phần hồ sơ do bộ quy định: chỉ kiến nghị.',
  'The papers are fixed by a ministry: to be proposed only.',
)
const REUSED = within(
  'Dữ liệu Nhà nước đã có và văn bản cho phép khai thác lại: thuộc thẩm quyền.',
  'The State holds these data and the text allows them to be used again: within our power.',
)
const FEES = proposal(
  'Phí, lệ phí do cấp trên hoặc Hội đồng nhân dân quy định: chỉ kiến nghị.',
  'Fees are fixed by others: to be proposed only.',
)
const LEGAL = proposal(
  'Thời hạn, điều kiện do văn bản quy định: chỉ kiến nghị.',
  'The limit or condition is fixed by a legal text: to be proposed only.',
)
const SHORTER = within(
  'Rút ngắn trong khung của văn bản: thuộc thẩm quyền.',
  'Shorter than the text allows: within our power.',
)
const RIGHTS = proposal(
  'Thu hẹp quyền hoặc cách nộp của người dân: chỉ kiến nghị.',
  'Takes a right or a way to file from people: to be proposed only.',
)
const AUTHORITY = proposal(
  'Thẩm quyền, tên thủ tục do văn bản quy định: chỉ kiến nghị.',
  'Competence and name are fixed by a legal text: to be proposed only.',
)
const OPINIONS = proposal(
  'Việc lấy ý kiến, hạn trả lời và hậu quả khi im lặng do văn bản quy định: chỉ kiến nghị.',
  'Whom to consult, until when, and what silence means is fixed by a text: to be proposed only.',
)

const HOURS: Record<string, number> = { 'working-hour': 1, 'working-day': 8 }
/** Whether a limit grew; two that cannot be compared are taken to have. */
export function isLonger(before: unknown, after: unknown): boolean {
  const hours = (value: unknown) => {
    const limit = recOf(value)
    const unit = String(limit.unit)
    if (unit === 'same-day') return { unit: 'working', value: 8 }
    const factor = HOURS[unit]
    return factor
      ? { unit: 'working', value: Number(limit.value) * factor }
      : { unit, value: Number(limit.value) }
  }
  const [was, is] = [hours(before), hours(after)]
  return was.unit !== is.unit || !(is.value <= was.value)
}

const sameVietnamese = ({ before, after }: Change) => recOf(before).vi === recOf(after).vi
const isNarrower = ({ before, after }: Change) =>
  listOf(after).every((item) => listOf(before).includes(item)) && listOf(after).length < listOf(before).length

const paper: Judge = (change, facts) => {
  const [, key = '', part, inner] = change.field!.split('.')
  const reusable = recOf(recOf(facts.before.papers)[key]).reusableData === true
  if (part === 'accept' || part === 'maxBytes' || part === 'note') return OURS
  if (part === 'name' && sameVietnamese(change)) return RECORDED
  if (part === undefined) return change.kind === 'removed' && reusable ? REUSED : PAPERS
  if (part !== 'requiredFor' || !reusable) return PAPERS
  const fewer = inner === undefined ? change.kind === 'removed' : isNarrower(change)
  return fewer ? REUSED : PAPERS
}

/** A committed limit may be anything up to the legal one. */
const committed: Judge = (change, facts) => {
  const row = recOf(recOf(facts.after.limits)[change.field!.split('.')[1]!])
  return isLonger(row.legal, row.committed) && recOf(row.legal).unit !== 'calendar-day' ? LEGAL : SHORTER
}

const upTo =
  (longer: Verdict, shorter: Verdict = SHORTER): Judge =>
  ({ kind, before, after }) =>
    kind === 'changed' && isLonger(before, after) ? longer : shorter

const more: Judge = ({ before, after }) => (Number(after) > Number(before) ? LEGAL : OURS)
const named: Judge = (change) => (sameVietnamese(change) ? RECORDED : AUTHORITY)
const always =
  (verdict: Verdict): Judge =>
  () =>
    verdict
const unlessAdded =
  (verdict: Verdict): Judge =>
  ({ kind }) =>
    kind === 'added' ? OURS : verdict

/** Tried in order; what no row names is our own. */
const RULES: [RegExp, Judge][] = [
  [/(^|\.)(basis|clockBasis)(\.|$)/, always(RECORDED)],
  [/^papers\./, paper],
  [/^fees\b/, always(FEES)],
  [/^catalogue\.fee$/, always(FEES)],
  [/^catalogue\b/, always(RECORDED)],
  [/^payment\.limit$/, ({ before, after }) => (isLonger(after, before) ? RIGHTS : OURS)],
  [/^limits\.[^.]+\.committed$/, committed],
  [/^limits\b/, always(LEGAL)],
  [/^cases\.[^.]+\.name$/, (change) => (sameVietnamese(change) ? RECORDED : LEGAL)],
  [/^cases\b/, always(LEGAL)],
  [/^clockMode\b/, always(LEGAL)],
  [/^reception\.limit$/, upTo(LEGAL)],
  [/^reception\b/, always(LEGAL)],
  [/^supplement\.rounds\.[^.]+$/, ({ kind }) => (kind === 'removed' ? SHORTER : LEGAL)],
  [/^supplement\.rounds\.[^.]+\.max$/, more],
  [/^supplement\.(rounds\.[^.]+\.within|refusalWithin)$/, upTo(LEGAL)],
  // What the applicant has to answer in; less of it is not ours to decide.
  [/^supplement\.wait\.limit$/, ({ before, after }) => (isLonger(after, before) ? RIGHTS : OURS)],
  [/^supplement\b/, always(LEGAL)],
  [/^consultation$/, unlessAdded(OPINIONS)],
  [/^consultation\.(limit|onSilence)/, always(OPINIONS)],
  [/^consultation\.bodies\.[^.]+$/, ({ kind }) => (kind === 'removed' ? OPINIONS : OURS)],
  [/^confirmation$/, unlessAdded(RIGHTS)],
  [/^confirmation\.limit$/, ({ before, after }) => (isLonger(after, before) ? RIGHTS : OURS)],
  [/^confirmation\b/, always(LEGAL)],
  [
    /^phases\.[^.]+$/,
    ({ kind, before }) => (kind === 'removed' && recOf(before).milestone !== undefined ? LEGAL : OURS),
  ],
  [/^phases\.[^.]+\.milestone$/, ({ kind }) => (kind === 'removed' ? LEGAL : OURS)],
  [/^phases\.[^.]+\.milestone\.limit$/, upTo(LEGAL)],
  [/^phases\.[^.]+\.milestone\./, always(LEGAL)],
  [/^children\.[^.]+(\.limit\b|$)/, always(LEGAL)],
  [
    /^channels$/,
    (change) => (listOf(change.before).every((one) => listOf(change.after).includes(one)) ? OURS : RIGHTS),
  ],
  [/^name$/, named],
  [/^(level|counter|deciding|code)$/, always(AUTHORITY)],
]

function judge(change: Change, facts: { before: Rec; after: Rec }): Verdict {
  if (change.field === null || change.part === 'form' || change.part === 'examples') return OURS
  const rule = RULES.find(([pattern]) => pattern.test(change.field!))
  return rule ? rule[1](change, facts) : OURS
}

/** Every change of a redesign with whose it is to decide, and why (rules 13). Throws UnreadableDiagram. */
export async function judgedChanges(
  before: ProcedureSource,
  after: ProcedureSource,
): Promise<JudgedChange[]> {
  const facts = { before: keyedFacts(before), after: keyedFacts(after) }
  return (await diffSources(before, after)).map((change) => ({ ...change, ...judge(change, facts) }))
}

/** The changes that do not publish: what a ministry has fixed can only be proposed (rules 13). */
export const proposals = async (before: ProcedureSource, after: ProcedureSource): Promise<JudgedChange[]> =>
  (await judgedChanges(before, after)).filter(({ power }) => power === 'proposal')
