import { isLocked } from '../../procedures/prefill.ts'
import type { Diagram } from '../diff/diagram.ts'
import { questionsOf } from '../diff/form.ts'
import { listOf, type Rec, recOf } from '../diff/keyed.ts'
import type { ProcedureSource } from '../source.ts'
import type { CostParameters } from './cost-parameters.ts'

/** What one dossier of a channel and a case asks of whoever files it. */
export type Load = {
  papers: string[]
  copies: number
  /** Questions to be answered by hand. */
  fields: number
  visits: number
  /** VND. */
  fee: number
}

/** Papers that a case must bring, by key. */
export const requiredPapers = (facts: Rec, caseKey?: string, channel?: string): string[] =>
  Object.entries(recOf(facts.papers))
    .filter(([, paper]) => {
      const wanted = recOf(paper).requiredFor
      if (wanted === undefined || wanted === null) return false
      const { cases, channels } = recOf(wanted)
      return (
        (caseKey === undefined || listOf(cases).includes(caseKey)) &&
        (channel === undefined || listOf(channels).includes(channel))
      )
    })
    .map(([key]) => key)

/**
 * Questions whose answer the applicant types: a question with parts counts each of them, one that only some people's
 * record answers counts as typed.
 */
export function declaredFields(eform: ProcedureSource['eform']): string[] {
  const properties = recOf(recOf(eform.schema).properties)
  const partsOf = (name: string, question: Rec): string[] => {
    const inner = question.type === 'array' ? recOf(question.items).properties : question.properties
    const parts = Object.keys(recOf(inner))
    return parts.length === 0 ? [name] : parts.map((part) => `${name}.${part}`)
  }
  return [...questionsOf(eform).values()]
    .filter(({ prefill }) => !isLocked(prefill))
    .flatMap(({ name }) => partsOf(name, recOf(properties[name])))
}

const plain = (title: string) =>
  title
    .toLocaleLowerCase('vi')
    .replace(/\([^()]*\)/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** Questions asked a second time in the form, or whose answer a look-up of the procedure brings. */
export function askedTwice(facts: Rec, eform: ProcedureSource['eform']): string[] {
  const answered = new Set(
    Object.values(recOf(facts.exchanges)).flatMap((exchange) =>
      Object.values(recOf(recOf(exchange).answers)).map((label) => plain(String(recOf(label).vi ?? ''))),
    ),
  )
  return [...questionsOf(eform).values()]
    .filter(({ prefill }) => !isLocked(prefill))
    .filter(({ title }) => {
      const words = plain(title.vi)
      const known = answered.has(words)
      answered.add(words)
      return known
    })
    .map(({ name }) => name)
}

const publishes = (diagram: Diagram) =>
  [...diagram.nodes.values()].some(({ job }) => job === 'result.publish')

/**
 * Ways to the counter: to file (in person) and to fetch the result, unless it comes by post or is published
 * electronically and no paper has to be shown. Supplements are not counted: the happy path has none.
 */
export function visitsOf(facts: Rec, diagram: Diagram, channel: string, caseKey: string) {
  const shown = requiredPapers(facts, caseKey, channel).some(
    (key) => recOf(recOf(facts.papers)[key]).presentOnly === true,
  )
  const filing = channel === 'DIRECT' ? 1 : 0
  const pickUp = channel === 'POSTAL' || (channel === 'ONLINE' && publishes(diagram) && !shown) ? 0 : 1
  return { filing, pickUp }
}

function feeOf(facts: Rec, channel: string, caseKey: string): number {
  const fees = recOf(facts.fees)
  const row = recOf(fees[`${channel} ${caseKey}`] ?? fees[`${channel} *`])
  return typeof row.amount === 'number' ? row.amount : 0
}

export function loadOf(
  { facts, diagram, eform }: { facts: Rec; diagram: Diagram; eform: ProcedureSource['eform'] },
  channel: string,
  caseKey: string,
): Load {
  const papers = requiredPapers(facts, caseKey, channel)
  const copies = papers.reduce((sum, key) => {
    const paper = recOf(recOf(facts.papers)[key])
    return sum + (Number(paper.copies) || 0)
  }, 0)
  const { filing, pickUp } = visitsOf(facts, diagram, channel, caseKey)
  return {
    papers,
    copies,
    fields: declaredFields(eform).length,
    visits: filing + pickUp,
    fee: feeOf(facts, channel, caseKey),
  }
}

export type CostLines = { hours: number; time: number; fees: number; travel: number; copies: number }

/** The worksheet of one dossier: hours × wage + fees + travel + copies, in VND. */
export function costOf(load: Load, parameters: CostParameters): CostLines {
  const minutes =
    load.fields * parameters.minutesPerField +
    load.papers.length * parameters.minutesPerPaper +
    load.visits * parameters.minutesPerVisit
  return {
    hours: minutes / 60,
    time: (minutes / 60) * parameters.wagePerHour,
    fees: load.fee,
    travel: load.visits * parameters.travelPerVisit,
    copies: load.copies * parameters.costPerCopy,
  }
}
