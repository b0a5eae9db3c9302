import type { Change } from '../diff/change.ts'
import { starsOf } from '../diff/facts.ts'
import { listOf, type Rec, recOf } from '../diff/keyed.ts'
import { isLonger } from './longer.ts'
import { lawOf, sameSigners, stepRow } from './step-rules.ts'
import {
  AUTHORITY,
  CLOCK,
  FEES,
  LEGAL,
  OPINIONS,
  OURS,
  PAPERS,
  RECORDED,
  REUSED,
  RIGHTS,
  SHORTER,
  type Verdict,
} from './verdicts.ts'

type Place = {
  change: Change
  facts: { before: Rec; after: Rec }
  /** Tasks of the draft's diagram that ask another system before anybody appraises, on every way. */
  asks: ReadonlySet<string>
  /** What the `*` of the pattern stood for. */
  keys: string[]
}
export type Judge = (place: Place) => Verdict

const always =
  (verdict: Verdict): Judge =>
  () =>
    verdict
const sameVietnamese = (before: unknown, after: unknown) => recOf(before).vi === recOf(after).vi
/** A name in another language only is recorded; the Vietnamese one is of the text. */
const namedBy =
  (verdict: Verdict): Judge =>
  ({ change: { before, after } }) =>
    sameVietnamese(before, after) ? RECORDED : verdict
const upTo =
  (longer: Verdict): Judge =>
  ({ change: { kind, before, after } }) =>
    kind === 'changed' && isLonger(before, after) ? longer : SHORTER
/** Time that people have: less of it is not ours to decide. */
const noShorter: Judge = ({ change: { before, after } }) => (isLonger(after, before) ? RIGHTS : OURS)

/** A committed limit may be anything up to the legal one. */
const committed: Judge = ({ facts, keys: [key = ''] }) => {
  const row = recOf(recOf(facts.after.limits)[key])
  return isLonger(row.legal, row.committed) && recOf(row.legal).unit !== 'calendar-day' ? LEGAL : SHORTER
}

/** A paper that the State holds and that the draft really looks up, with an answer that is kept, need not be brought. */
const lookedUp: Judge = ({ change, facts, asks, keys: [key = ''] }) => {
  const [was, is] = [recOf(recOf(facts.before.papers)[key]), recOf(recOf(facts.after.papers)[key])]
  if (change.kind === 'removed' || was.reusableData !== true) return PAPERS
  const id = String(recOf(is.lookUp).exchange)
  const answers = recOf(recOf(recOf(facts.after.exchanges)[id]).answers)
  return asks.has(id) && Object.keys(answers).length > 0 ? REUSED : PAPERS
}

/** Stages that are taken out of the count, and questions that are no longer asked in the place of a paper. */
const exchange: Judge = ({ change, facts, keys: [key = ''] }) => {
  const { clock, wait } = recOf(change.after)
  // Its wait is told with it.
  if (clock === 'STOPS' || recOf(recOf(facts.after.waits)[String(wait)]).holder === 'applicant') return CLOCK
  const papers = Object.values(recOf(facts.after.papers)).map(recOf)
  return change.kind === 'removed' && papers.some((paper) => recOf(paper.lookUp).exchange === key)
    ? PAPERS
    : OURS
}

const promises: Judge = ({ change: { before, after }, facts }) => {
  const law = (value: unknown) => lawOf(value, facts).sort().join()
  if (law(before) !== law(after)) return CLOCK
  const signs = [before, after].some((value) => listOf(value).includes('result.sign'))
  return signs && !sameSigners(facts) ? AUTHORITY : OURS
}
const outcome: Judge = ({ change, ...place }) =>
  promises({
    ...place,
    change: {
      ...change,
      before: (recOf(change.before).promises ?? null) as Change['before'],
      after: (recOf(change.after).promises ?? null) as Change['after'],
    },
  })

/** All outcomes of a step at once: it had none, or has none left. */
const outcomes: Judge = ({ change, ...place }) => {
  const all = (value: unknown) => Object.values(recOf(value)).flatMap((one) => listOf(recOf(one).promises))
  const [before, after] = [all(change.before), all(change.after)] as [Change['before'], Change['after']]
  return promises({ ...place, change: { ...change, before, after } })
}

/** Who signs is a matter of competence, who prepares is not. */
const agency: Judge = ({ facts, keys: [id = ''] }) => {
  const signs = [facts.before, facts.after].some((data) =>
    Object.values(recOf(recOf(recOf(data.steps)[id]).outcomes)).some((one) =>
      listOf(recOf(one).promises).includes('result.sign'),
    ),
  )
  return signs ? AUTHORITY : OURS
}

const milestoneGone: Judge = ({ change: { kind } }) => (kind === 'removed' ? LEGAL : OURS)

/**
 * Every place of procedure.json with whose it is, by position: no key that somebody chooses can be taken for a place.
 * Tried in order; what no row names is nobody's to publish.
 */
const RULES: [pattern: string, judge: Judge][] = [
  ['code', always(AUTHORITY)],
  ['name', namedBy(AUTHORITY)],
  ['field', namedBy(AUTHORITY)],
  ['level', always(AUTHORITY)],
  ['counter', always(AUTHORITY)],
  ['deciding', always(AUTHORITY)],
  ['sample', always(RECORDED)],
  ['decision', always(RECORDED)],
  ['decision.*', always(RECORDED)],
  ['catalogue.decision', always(RECORDED)],
  ['catalogue.source', always(RECORDED)],
  ['catalogue.verified', always(RECORDED)],
  ['catalogue.notes', always(RECORDED)],
  ['catalogue.agency', namedBy(AUTHORITY)],
  ['catalogue.results', always(AUTHORITY)],
  ['catalogue.fee', namedBy(FEES)],
  [
    'channels',
    ({ change }) =>
      listOf(change.before).every((one) => listOf(change.after).includes(one)) ? OURS : RIGHTS,
  ],
  ['order.cases', always(LEGAL)],
  ['cases.*', always(LEGAL)],
  ['cases.*.name', namedBy(LEGAL)],
  ['cases.*.when', always(LEGAL)],
  ['cases.*.when.*', always(LEGAL)],
  ['limits.*', always(LEGAL)],
  ['limits.*.committed', committed],
  ['limits.*.basis', always(RECORDED)],
  ['limits.*.legal', always(LEGAL)],
  ['limits.*.withVerification', always(LEGAL)],
  ['clockMode.mode', always(CLOCK)],
  ['clockMode.basis', always(RECORDED)],
  ['reception.limit', upTo(LEGAL)],
  ['reception.basis', always(RECORDED)],
  ['reception.rules', always(LEGAL)],
  ['supplement.rounds.*', ({ change: { kind } }) => (kind === 'removed' ? SHORTER : LEGAL)],
  [
    'supplement.rounds.*.max',
    ({ change: { before, after } }) => (Number(after) > Number(before) ? LEGAL : OURS),
  ],
  ['supplement.rounds.*.within', upTo(LEGAL)],
  ['supplement.rounds.*.basis', always(RECORDED)],
  ['supplement.refusalWithin', upTo(LEGAL)],
  ['supplement.wait.limit', noShorter],
  ['supplement.wait.basis', always(RECORDED)],
  [
    'consultation',
    ({ change: { kind, after } }) =>
      kind === 'added' && recOf(after).onSilence === 'REPORT' ? OURS : OPINIONS,
  ],
  ['consultation.limit', always(OPINIONS)],
  ['consultation.onSilence', always(OPINIONS)],
  ['consultation.basis', always(RECORDED)],
  ['consultation.bodies.*', ({ change: { kind } }) => (kind === 'added' ? OURS : OPINIONS)],
  ['consultation.bodies.*.question', always(OURS)],
  ['consultation.bodies.*.fields', always(OURS)],
  ['confirmation', ({ change: { kind } }) => (kind === 'added' ? CLOCK : RIGHTS)],
  ['confirmation.limit', noShorter],
  ['confirmation.clock', always(CLOCK)],
  ['confirmation.onSilence', always(OPINIONS)],
  ['confirmation.channels', always(LEGAL)],
  ['confirmation.basis', always(RECORDED)],
  ['confirmation.clockBasis', always(RECORDED)],
  ['fees.*', always(FEES)],
  ['fees.*.amount', always(FEES)],
  ['fees.*.basis', always(RECORDED)],
  ['payment', always(FEES)],
  ['payment.limit', noShorter],
  ['payment.basis', always(RECORDED)],
  ['exchanges.*', exchange],
  ['exchanges.*.clock', ({ change: { after } }) => (after === 'STOPS' ? CLOCK : OURS)],
  ['exchanges.*.clockBasis', always(RECORDED)],
  ['exchanges.*.answers', exchange],
  ['exchanges.*.answers.*', always(OURS)],
  ['exchanges.*.system', always(OURS)],
  ['exchanges.*.wait', always(OURS)],
  ['exchanges.*.fields', always(OURS)],
  ['exchanges.*.fields.*', always(OURS)],
  ['papers.*', always(PAPERS)],
  ['papers.*.name', namedBy(PAPERS)],
  ['papers.*.original', always(PAPERS)],
  ['papers.*.copies', always(PAPERS)],
  ['papers.*.requiredFor', always(PAPERS)],
  ['papers.*.requiredFor.cases', always(PAPERS)],
  ['papers.*.requiredFor.channels', always(PAPERS)],
  ['papers.*.presentOnly', always(PAPERS)],
  ['papers.*.reusableData', always(PAPERS)],
  ['papers.*.lookUp', lookedUp],
  ['papers.*.lookUp.exchange', lookedUp],
  ['papers.*.lookUp.basis', always(RECORDED)],
  ['papers.*.accept', always(OURS)],
  ['papers.*.maxBytes', always(OURS)],
  ['papers.*.note', always(OURS)],
  ['result', always(OURS)],
  ['result.template', always(OURS)],
  ['result.holder', always(OURS)],
  ['result.holder.*', always(OURS)],
  ['result.work', always(OURS)],
  ['result.work.*', always(OURS)],
  ['result.specifications', always(OURS)],
  ['result.validity', always(LEGAL)],
  ['result.conditions', always(LEGAL)],
  ['result.child', always(OURS)],
  ['result.child.*', always(OURS)],
  ['result.mother', always(OURS)],
  ['result.mother.*', always(OURS)],
  ['result.father', always(OURS)],
  ['result.father.*', always(OURS)],
  ['result.declarant', always(OURS)],
  ['result.declarant.*', always(OURS)],
  ['result.personalNumber', always(OURS)],
  ['result.personalNumber.*', always(OURS)],
  ['resultTemplates.*', always(OURS)],
  ['resultTemplates.*.**', always(OURS)],
  ['phrases.*', always(OURS)],
  ['phrases.*.*', always(OURS)],
  ['apology.signer', always(OURS)],
  ['signer.role', always(AUTHORITY)],
  ['allotments.*', always(OURS)],
  ['allotments.*.*', always(OURS)],
  ['steps.*', ({ change, facts, keys: [id = ''] }) => stepRow(change, facts, id)],
  ['steps.*.name', always(OURS)],
  ['steps.*.role', always(OURS)],
  ['steps.*.unit', always(OURS)],
  ['steps.*.agency', agency],
  ['steps.*.form', always(OURS)],
  ['steps.*.sameAs', always(OURS)],
  ['steps.*.mergedFrom', always(OURS)],
  ['steps.*.clockOutcomes', ({ change: { kind } }) => (kind === 'removed' ? OURS : OPINIONS)],
  ['steps.*.outcomes', outcomes],
  ['steps.*.outcomes.*', outcome],
  ['steps.*.outcomes.*.label', always(OURS)],
  ['steps.*.outcomes.*.promises', promises],
  ['steps.*.outcomes.*.needsReason', always(OURS)],
  ['waits.*', ({ change, facts, keys: [id = ''] }) => stepRow(change, facts, id)],
  ['waits.*.name', always(OURS)],
  ['waits.*.type', always(OURS)],
  ['waits.*.outcomes', always(OURS)],
  ['waits.*.holder', always(CLOCK)],
  [
    'phases.*',
    ({ change: { kind, before } }) =>
      kind === 'removed' && recOf(before).milestone !== undefined ? LEGAL : OURS,
  ],
  ['phases.*.name', always(OURS)],
  ['phases.*.elements', always(OURS)],
  ['phases.*.milestone', milestoneGone],
  ['phases.*.milestone.limit', upTo(LEGAL)],
  ['phases.*.milestone.from', always(LEGAL)],
  ['phases.*.milestone.until', always(LEGAL)],
  ['phases.*.milestone.basis', always(RECORDED)],
  ['children.*', always(LEGAL)],
  ['children.*.procedure', always(LEGAL)],
  ['children.*.name', namedBy(LEGAL)],
  ['children.*.agency', namedBy(AUTHORITY)],
  ['children.*.after', always(LEGAL)],
  ['children.*.open', always(OURS)],
  ['children.*.wait', always(OURS)],
  ['children.*.fields', always(OURS)],
  ['children.*.fields.*', always(OURS)],
  ['children.*.fields.*.*', always(OURS)],
  ['children.*.papers', always(PAPERS)],
  ['children.*.papers.*', always(PAPERS)],
  ['children.*.limit', always(LEGAL)],
  ['children.*.limit.legal', always(LEGAL)],
  ['children.*.limit.withVerification', always(LEGAL)],
  ['children.*.limit.basis', always(RECORDED)],
]

/** Who decides about a place of procedure.json, as the path of a difference names it; null where no row does. */
export function ruleOf(path: string[]): { judge: Judge; keys: string[] } | null {
  for (const [pattern, judge] of RULES) {
    const keys = starsOf(pattern, path)
    if (keys) return { judge, keys }
  }
  return null
}
