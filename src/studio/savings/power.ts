import { isLocked } from '../../procedures/prefill.ts'
import type { Change } from '../diff/change.ts'
import { diffSources } from '../diff/diff.ts'
import { plainName, type Question, questionsOf } from '../diff/form.ts'
import { keyedFacts, listOf, type Rec, recOf } from '../diff/keyed.ts'
import { agenciesOf, isSameAgency } from '../diff/routing.ts'
import type { ProcedureSource } from '../source.ts'
import { asksFirst } from './asks-first.ts'
import type { JudgedChange } from './judged.ts'
import { ruleOf } from './power-rules.ts'
import { AUTHORITY, OURS, PAPERS, QUESTIONS, UNKNOWN, type Verdict } from './verdicts.ts'

type Sides = { before: ProcedureSource; after: ProcedureSource }
type Known = Sides & {
  facts: { before: Rec; after: Rec }
  questions: Map<string, Question>
  asks: Set<string>
  /** Whether a look-up that stands in a paper's place is led past, where it was not. */
  losesLookUp: boolean
}

/** How far the record of an applicant answers a question: never, for some, for everybody. */
const recorded = (source: unknown) => (source === null ? 0 : isLocked(source) ? 2 : 1)

/** Whether some name is demanded more often than before. */
const demandsMore = (before: unknown, after: unknown) => {
  const count = (list: unknown, name: unknown) => listOf(list).filter((one) => one === name).length
  return listOf(after).some((name) => count(after, name) > count(before, name))
}

/**
 * What people have to declare may become less by us, or be answered by their record; more of it may not (rules 13 names
 * pre-filled fields among what is ours, and papers, which the form is one of, among what is not).
 */
function formVerdict({ field, kind, before, after }: Change, { questions }: Known): Verdict {
  const [, name = '', what] = (field ?? '').split('.')
  const question = questions.get(name)
  const mustType = question?.required === true && !isLocked(question.prefill)
  if (field === 'form') return demandsMore(recOf(before).required, recOf(after).required) ? QUESTIONS : OURS
  if (what === undefined && kind === 'added')
    return recOf(after).required === true && !isLocked(recOf(after).prefill) ? QUESTIONS : OURS
  if (what === 'required') return after === true && mustType ? QUESTIONS : OURS
  if (what === 'prefill') return recorded(after) < recorded(before) && mustType ? QUESTIONS : OURS
  if (what === 'least') return mustType ? QUESTIONS : OURS
  if (what === 'inner') return demandsMore(before, after) ? QUESTIONS : OURS
  return OURS
}

/** Which unit of an agency does the work is ours; which agency is competent is not. */
function routingVerdict({ before, after }: Change, sides: Known): Verdict {
  const [was, is] = [agenciesOf(sides.before.dmn), agenciesOf(sides.after.dmn)]
  if (was.length === 1 && was.join() === is.join()) return OURS
  return isSameAgency(before, after, sides.after.dmn) ? OURS : AUTHORITY
}

function judge(change: Change, known: Known): Verdict {
  if (change.part === 'examples') return OURS
  if (change.field === null) return known.losesLookUp ? PAPERS : OURS
  if (change.part === 'form') return formVerdict(change, known)
  if (change.field.startsWith('routing.')) return routingVerdict(change, known)
  const rule = ruleOf(change.field.split('.'))
  return rule ? rule.judge({ change, facts: known.facts, asks: known.asks, keys: rule.keys }) : UNKNOWN
}

/** Every change of a redesign with whose it is to decide, and why (rules 13). Throws UnreadableDiagram. */
export async function judgedChanges(
  before: ProcedureSource,
  after: ProcedureSource,
): Promise<JudgedChange[]> {
  const facts = { before: keyedFacts(before), after: keyedFacts(after) }
  const [asked, asks] = [await asksFirst(before), await asksFirst(after)]
  const known: Known = {
    before,
    after,
    facts,
    questions: new Map([...questionsOf(after.eform).values()].map((one) => [plainName(one), one])),
    asks,
    losesLookUp: Object.entries(recOf(facts.after.papers)).some(([key, paper]) => {
      const [old, now] = [recOf(recOf(facts.before.papers)[key]), recOf(paper)].map(({ lookUp }) =>
        String(recOf(lookUp).exchange),
      )
      return asked.has(old!) && !asks.has(now!)
    }),
  }
  return (await diffSources(before, after)).map((change) => ({ ...change, ...judge(change, known) }))
}

/** The changes that do not publish: what a ministry has fixed can only be proposed (rules 13). */
export const proposals = async (before: ProcedureSource, after: ProcedureSource): Promise<JudgedChange[]> =>
  (await judgedChanges(before, after)).filter(({ power }) => power === 'proposal')
