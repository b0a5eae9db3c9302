import type { Change } from '../diff/change.ts'
import { listOf, type Rec, recOf } from '../diff/keyed.ts'
import { AUTHORITY, CLOCK, OPINIONS, OURS, type Verdict } from './verdicts.ts'

type Facts = { before: Rec; after: Rec }
/** What each outcome of a step promises of what a text has fixed. */
type Law = Map<string, string[]>

/** Promises that begin, stop or end a clock, open a round, or give people what they have a right to. */
const LAW = /^(clock|letter|supplement|consultation|apology)\.|^result\.return$/

/** A consultation that is new and whose silence is only reported is ours: so is what its steps promise. */
const isOwnConsultation = ({ before, after }: Facts) =>
  !before.consultation && recOf(after.consultation).onSilence === 'REPORT'

/** Those of an outcome's promises that are not ours to give or to take. */
export const lawOf = (promises: unknown, facts: Facts): string[] =>
  listOf(promises)
    .map(String)
    .filter((one) => LAW.test(one) && !(one.startsWith('consultation.') && isOwnConsultation(facts)))

const stepIn = (facts: Rec, id: string) => recOf(recOf(facts.steps)[id])
const waitIn = (facts: Rec, id: string) => recOf(recOf(facts.waits)[id])
const outcomesOf = (step: Rec) => Object.entries(recOf(step.outcomes))

/** All that a step promises, besides sending back, which every step can do. */
const promisesOf = (step: Rec): unknown[] =>
  outcomesOf(step).flatMap(([, one]) =>
    listOf(recOf(one).promises).filter((promise) => promise !== 'send-back'),
  )

const signersOf = (facts: Rec): string =>
  [
    ...new Set(
      Object.values(recOf(facts.steps)).flatMap((each) => {
        const step = recOf(each)
        return promisesOf(step).includes('result.sign') ? [String(step.agency ?? 'lead')] : []
      }),
    ),
  ]
    .sort()
    .join()

/** Whether the results are signed by the same agencies, whatever the steps are called. */
export const sameSigners = ({ before, after }: Facts): boolean => signersOf(before) === signersOf(after)

/**
 * Whether a step keeps what it and those that went into it had to keep, and where: what it promised itself stays at its
 * outcomes, what it takes over stands at as many outcomes as it did. A step that is new keeps each promise at the outcome
 * of the same name.
 */
function keepsLaw(was: Law | null, from: Law[], is: Law): boolean {
  const at = (laws: Law[], promise: string) =>
    laws.flatMap((law) => [...law].flatMap(([outcome, all]) => (all.includes(promise) ? [outcome] : [])))
  const sources = was ? [was, ...from] : from
  const named = new Set([...sources, is].flatMap((law) => [...law.values()].flat()))
  return [...named].every((promise) => {
    const [had, now] = [new Set(at(was ? [was] : [], promise)), at([is], promise)]
    const taken = at(from, promise)
    if (!was) return [...new Set(taken)].sort().join() === [...now].sort().join()
    const gained = now.filter((outcome) => !had.has(outcome))
    const stays = [...had].every((outcome) => now.includes(outcome))
    return stays && gained.length <= taken.length && (taken.length === 0 || now.length > 0)
  })
}

/**
 * A step or a wait that came, went, or that others went into (`change.before` names them): it may do no more than what it
 * comes in place of. A new name for an old thing is so judged as the change of that thing.
 */
export function stepRow(change: Change, facts: Facts, id: string): Verdict {
  const from = change.kind === 'changed' ? listOf(change.before).map(String) : []
  const lawIn = (side: Rec, key: string): Law =>
    new Map(outcomesOf(stepIn(side, key)).map(([name, one]) => [name, lawOf(recOf(one).promises, facts)]))
  const isOld = change.kind === 'removed' || id in recOf(facts.before.steps)
  const sources = from.map((key) => lawIn(facts.before, key))
  // It may be left among the data when it is no longer drawn.
  const now: Law = change.kind === 'removed' ? new Map() : lawIn(facts.after, id)
  if (!keepsLaw(isOld ? lawIn(facts.before, id) : null, sources, now)) return CLOCK
  // Whoever takes over what a text has fixed takes over the whole step: nothing of it goes on elsewhere.
  const kept = promisesOf(stepIn(facts.after, id))
  const isSplit = from.some((key, n) => {
    const takesOver = [...sources[n]!.values()].some((all) => all.length > 0)
    return takesOver && promisesOf(stepIn(facts.before, key)).some((one) => !kept.includes(one))
  })
  if (isSplit) return CLOCK
  // An officer waits while the clock runs; anybody else's time is counted by a text.
  const gone = [...from, id].map((key) => waitIn(facts.before, key))
  const waits = [...gone, waitIn(facts.after, id)].map(({ holder }) => holder ?? 'officer')
  if (waits.some((holder) => holder !== 'officer')) return CLOCK
  const silent = [...from, id].flatMap((key) => listOf(stepIn(facts.before, key).clockOutcomes))
  if (listOf(stepIn(facts.after, id).clockOutcomes).some((one) => !silent.includes(one))) return OPINIONS
  const steps = [stepIn(facts.after, id), ...[...from, id].map((key) => stepIn(facts.before, key))]
  const signs = steps.some((step) => promisesOf(step).includes('result.sign'))
  return signs && !sameSigners(facts) ? AUTHORITY : OURS
}
