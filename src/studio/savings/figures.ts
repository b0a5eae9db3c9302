import { placeOf, promisedBy, startOf } from '../diff/anchors.ts'
import { type Diagram, readDiagram } from '../diff/diagram.ts'
import { keyedFacts, type Rec, recOf } from '../diff/keyed.ts'
import { merges } from '../diff/merged.ts'
import { limitChange, limitWords, nameOf, quoted, say } from '../diff/words.ts'
import type { ProcedureSource } from '../source.ts'
import { askedTwice, declaredFields, requiredPapers, visitsOf } from './load.ts'
import { casesOf, channelsOf, handovers, happyPath } from './path.ts'
import type { Figure } from './schemas.ts'

/** A procedure read for counting. */
export type Counted = { facts: Rec; diagram: Diagram; eform: ProcedureSource['eform'] }

export const readCounted = async (source: ProcedureSource): Promise<Counted> => ({
  facts: keyedFacts(source),
  diagram: await readDiagram(source.bpmn),
  eform: source.eform,
})

type Words = ReturnType<typeof say>
type Share = { elementId: string; value: number }
/** One figure of one version, with what each element has of it. */
type Measure = { value: number; shares: Share[] }
export type Both = { before: Counted | null; after: Counted }

const HOURS: Record<string, number> = { 'working-hour': 1, 'working-day': 8, 'same-day': 8 }
export const hoursOf = (limit: unknown): number => {
  const { unit, value } = recOf(limit)
  return (HOURS[String(unit)] ?? 0) * (unit === 'same-day' ? 1 : Number(value) || 0)
}

const at = (elementId: string | null, value: number): Share[] => (elementId ? [{ elementId, value }] : [])
const each = (ids: string[]): Measure => ({
  value: ids.length,
  shares: ids.map((elementId) => ({ elementId, value: 1 })),
})
const atStart = ({ diagram }: Counted, value: number): Measure => ({
  value,
  shares: at(startOf(diagram), value),
})

const stepsOf = ({ diagram }: Counted): Measure =>
  each([...diagram.nodes.values()].filter(({ type }) => type === 'userTask').map(({ id }) => id))

const visitsIn = (counted: Counted, caseKey: string): Measure => {
  const { facts, diagram } = counted
  const channels = channelsOf(facts)
  const of = channels.map((channel) => visitsOf(facts, diagram, channel, caseKey))
  const most = (values: number[]) => Math.max(0, ...values)
  const filing = most(of.map((one) => one.filing))
  const pickUp = most(of.map((one) => one.pickUp))
  return {
    value: most(of.map((one) => one.filing + one.pickUp)),
    shares: [...at(startOf(diagram), filing), ...at(promisedBy(facts, 'result.return'), pickUp)],
  }
}

const allotmentsIn = ({ facts }: Counted, caseKey: string): Measure => {
  const shares = Object.entries(recOf(recOf(facts.allotments)[caseKey])).map(([elementId, limit]) => ({
    elementId,
    value: hoursOf(limit),
  }))
  return { value: shares.reduce((sum, { value }) => sum + value, 0), shares }
}

const figure = (value: number) => value.toLocaleString('vi-VN', { maximumFractionDigits: 2 })
const english = (value: number) => value.toLocaleString('en', { maximumFractionDigits: 2 })

/** “13 → 12”, or the one figure where nothing changes or nothing was before. */
function change(before: number | null, after: number, unit: Words = say('', '')): Words {
  const vi = before === null || before === after ? figure(after) : `${figure(before)} → ${figure(after)}`
  const en = before === null || before === after ? english(after) : `${english(before)} → ${english(after)}`
  return say(`${vi}${unit.vi && ` ${unit.vi}`}`, `${en}${unit.en && ` ${unit.en}`}`)
}

type Kind = {
  key: Figure['key']
  label: Words
  unit: Figure['unit']
  words: Words
  measure(counted: Counted, caseKey: string): Measure
}

const KINDS: Kind[] = [
  {
    key: 'steps',
    label: say('Bước do người làm', 'Steps done by people'),
    unit: 'count',
    words: say('bước', 'steps'),
    measure: stepsOf,
  },
  {
    key: 'agencyHandovers',
    label: say('Lần chuyển giữa các cơ quan', 'Hand-overs between agencies'),
    unit: 'count',
    words: say('lần', 'times'),
    measure: ({ facts }, key) => each(handovers(happyPath(facts, key), 'agency').map(({ id }) => id)),
  },
  {
    key: 'handovers',
    label: say('Lần chuyển giữa các đơn vị, người', 'Hand-overs between units and people'),
    unit: 'count',
    words: say('lần', 'times'),
    measure: ({ facts }, key) => each(handovers(happyPath(facts, key), 'holder').map(({ id }) => id)),
  },
  {
    key: 'papers',
    label: say('Giấy tờ phải nộp', 'Papers to hand in'),
    unit: 'count',
    words: say('giấy tờ', 'papers'),
    measure: (counted, key) => atStart(counted, requiredPapers(counted.facts, key).length),
  },
  {
    key: 'fields',
    label: say('Ô phải khai', 'Fields to fill in'),
    unit: 'count',
    words: say('ô', 'fields'),
    measure: (counted) => atStart(counted, declaredFields(counted.eform).length),
  },
  {
    key: 'askedTwice',
    label: say('Ô hỏi lại điều đã biết', 'Fields asked twice'),
    unit: 'count',
    words: say('ô', 'fields'),
    measure: (counted) => atStart(counted, askedTwice(counted.facts, counted.eform).length),
  },
  {
    key: 'allotments',
    label: say('Tổng thời gian giao cho các bước', 'Sum of the time allotted'),
    unit: 'working-hour',
    words: say('giờ LV', 'working hours'),
    measure: allotmentsIn,
  },
  {
    key: 'visits',
    label: say('Lần đi lại nhiều nhất', 'Visits at most'),
    unit: 'count',
    words: say('lần', 'visits'),
    measure: visitsIn,
  },
]

/** The step that each step which is gone went into, by name. */
function intoOf(before: Counted, after: Counted): Map<string, Words> {
  const missing = (one: Counted, other: Counted) =>
    [...one.diagram.nodes.keys()].filter((id) => !other.diagram.nodes.has(id))
  const merged = merges(
    { before: before.facts, after: after.facts },
    missing(before, after),
    missing(after, before),
  )
  return new Map(
    merged.flatMap(({ from, into }) => {
      const name = quoted(nameOf(recOf(recOf(after.facts.steps)[into]).name, into))
      return from.map((id): [string, Words] => [id, name])
    }),
  )
}

/** Shares of both versions side by side, element by element. */
function elementsOf(
  before: Measure | null,
  after: Measure,
  unit: Words,
  mergedInto: Map<string, Words>,
): Figure['elements'] {
  const ids = [...new Set([...(before?.shares ?? []), ...after.shares].map(({ elementId }) => elementId))]
  const valueIn = (measure: Measure, id: string) =>
    measure.shares.filter(({ elementId }) => elementId === id).reduce((sum, { value }) => sum + value, 0)
  return ids.map((elementId) => {
    const was = before && valueIn(before, elementId)
    const is = valueIn(after, elementId)
    const into = is === 0 && was !== 0 ? mergedInto.get(elementId) : undefined
    const words = change(was, is, unit)
    return {
      elementId,
      before: was,
      after: is,
      words: into ? say(`${words.vi}, gộp vào ${into.vi}`, `${words.en}, merged into ${into.en}`) : words,
    }
  })
}

/** Limits as promised, beside what the law allows; in the unit of the limit. */
function committed({ before, after }: Both, caseKey: string): Omit<Figure, 'case'> | null {
  const of = (counted: Counted | null) => recOf(recOf(counted?.facts.limits)[caseKey])
  const [was, is] = [of(before), of(after)]
  const limit = recOf(is.committed)
  if (typeof limit.value !== 'number') return null
  const old = recOf(was.committed)
  const unit = limit.unit === 'same-day' ? 'working-day' : String(limit.unit)
  const comparable =
    typeof old.value === 'number' && (old.unit === limit.unit || (hoursOf(old) > 0 && hoursOf(limit) > 0))
  const factor = hoursOf({ unit, value: 1 })
  const amountOf = (one: Rec) =>
    one.unit === limit.unit && one.unit !== 'same-day' ? Number(one.value) : hoursOf(one) / (factor || 1)
  const legal = limitWords(is.legal)
  const words = comparable && amountOf(old) !== amountOf(limit) ? limitChange(old, limit) : limitWords(limit)
  const elementId = placeOf({ part: 'limits', field: null }, after.diagram, after.facts)
  const pair = { before: comparable ? amountOf(old) : null, after: amountOf(limit) }
  return {
    key: 'committed',
    label: say('Thời hạn cam kết', 'Committed limit'),
    ...pair,
    unit: unit as Figure['unit'],
    words: say(`${words.vi} (quy định ${legal.vi})`, `${words.en} (by law ${legal.en})`),
    elements: elementId ? [{ elementId, words, ...pair }] : [],
  }
}

/** The same for every case, it is said once; else for each case by its name. */
function byCase(both: Both, of: (caseKey: string) => Omit<Figure, 'case'> | null): Figure[] {
  const cases = casesOf(both.after.facts)
  const found = cases.flatMap((key) => {
    const one = of(key)
    return one ? [{ ...one, case: nameOf(recOf(recOf(both.after.facts.cases)[key]).name, key) }] : []
  })
  const [first] = found
  if (!first) return []
  const same = found.every(
    ({ before, after, words }) =>
      before === first.before && after === first.after && words.vi === first.words.vi,
  )
  return same ? [{ ...first, case: null }] : found
}

/** What can be counted of a procedure before and after a redesign, each on the elements that cause it. */
export function figuresOf(both: Both): Figure[] {
  const mergedInto = both.before ? intoOf(both.before, both.after) : new Map<string, Words>()
  const counted = KINDS.map(({ key, label, unit, words, measure }) =>
    byCase(both, (caseKey) => {
      const was = both.before && measure(both.before, caseKey)
      const is = measure(both.after, caseKey)
      const value = was?.value ?? null
      return {
        key,
        label,
        before: value,
        after: is.value,
        unit,
        words: change(value, is.value, words),
        elements: elementsOf(was, is, words, mergedInto),
      }
    }),
  )
  return [...counted.slice(0, 6), byCase(both, (key) => committed(both, key)), ...counted.slice(6)].flat()
}
