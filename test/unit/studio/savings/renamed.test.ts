import { proposals } from '../../../../src/studio/savings/power.ts'
import type { ProcedureSource } from '../../../../src/studio/source.ts'
import { drawLandLookUp, type Editable, ledTo, redesigned, without } from '../redesign.ts'
import { places, ROW } from './places.ts'

const PERMIT = '1.013225'
const HOUSEHOLD = '1.001612'
const INVESTMENT = '1.009645'
const GROUP = '2.000986-lien-thong'

/** The same source with one name changed wherever it stands: in the data, the drawing, the examples. */
function renamed<T>(source: T, name: string): T {
  const whole = new RegExp(`(?<![\\p{L}\\d])${name}(?![\\p{L}\\d])`, 'gu')
  return JSON.parse(JSON.stringify(source).replaceAll(whole, `${name}Moi`))
}

/** A row of a procedure, its name, and what is only to be proposed of it. */
type Row = [top: string, what: string, code: string, name: string, edit: (source: Editable) => void]

const ROWS: Row[] = [
  [
    'steps',
    'what silence means',
    PERMIT,
    'ReviewResult',
    ({ definition }) => {
      definition.steps.ReviewResult.clockOutcomes = ['approved']
    },
  ],
  [
    'steps',
    'the agency that signs',
    PERMIT,
    'SignResult',
    ({ definition }) => {
      definition.steps.SignResult.agency = 'deciding'
    },
  ],
  [
    'steps',
    'a clock that ends earlier',
    PERMIT,
    'NumberResult',
    ({ definition: { steps } }) => {
      steps.NumberResult.outcomes.numbered.promises = ['result.number']
      steps.SignResult.outcomes.signed.promises.push('clock.finish')
    },
  ],
  [
    'steps',
    'another outcome that ends the clock',
    PERMIT,
    'SignResult',
    ({ definition: { steps } }) => {
      steps.SignResult.outcomes['sent-back'].promises.push('clock.finish')
    },
  ],
  [
    'steps',
    'a clock that begins anew',
    PERMIT,
    'Assign',
    ({ definition: { steps } }) => {
      steps.Assign.outcomes.assigned.promises.push('supplement.send')
    },
  ],
  [
    'steps',
    'a supplement that nobody takes in',
    PERMIT,
    'ReceiveSupplement',
    ({ definition: { steps } }) => {
      for (const outcome of Object.values<{ promises: string[] }>(steps.ReceiveSupplement.outcomes))
        outcome.promises = outcome.promises.filter((one) => one !== 'supplement.receive')
    },
  ],
  [
    'steps',
    'one more outcome that ends the clock',
    PERMIT,
    'Appraise',
    ({ definition: { steps } }) => {
      steps.Appraise.outcomes.done = { label: { vi: 'Xong' }, promises: ['clock.finish'] }
    },
  ],
  [
    'waits',
    'who is waited for',
    PERMIT,
    'AwaitConsultations',
    ({ definition }) => {
      definition.waits.AwaitConsultations.holder = 'applicant'
    },
  ],
  [
    'exchanges',
    'a stage that is left out of the count',
    HOUSEHOLD,
    'RequestTaxCode',
    ({ definition }) => {
      definition.exchanges.RequestTaxCode.clock = 'STOPS'
    },
  ],
  [
    'papers',
    'more copies',
    PERMIT,
    'drawings',
    ({ definition }) => {
      definition.papers.find(({ key }: { key: string }) => key === 'drawings').copies = 9
    },
  ],
  ['cases', 'for whom it is', PERMIT, 'house', ({ definition }) => definition.cases.pop()],
  [
    'limits',
    'the legal limit',
    PERMIT,
    'house',
    ({ definition }) => {
      definition.limits[0].legal.value = 30
    },
  ],
  [
    'fees',
    'an amount',
    HOUSEHOLD,
    'DIRECT',
    ({ definition }) => {
      definition.fees[0].amount = 1
    },
  ],
  [
    'children',
    'which comes first',
    GROUP,
    'birth',
    ({ definition }) => {
      definition.children[1].after = []
    },
  ],
]

it.each(ROWS)('%s: %s is no more ours under a new name', async (_, _what, code, name, edit) => {
  const { before, after } = redesigned(code, edit)
  expect(await proposals(before, after)).not.toEqual([])
  expect(await proposals(before, renamed(after, name))).not.toEqual([])
})

it('a milestone is no more ours in a phase of another name', async () => {
  const { before, after } = redesigned(INVESTMENT, ({ definition }) => {
    definition.phases[0].milestone.limit.value = 5
  })
  const { phases } = (after as unknown as Editable).definition
  expect(await proposals(before, renamed(after, phases[0].name.vi))).not.toEqual([])
})

it('every list of rows of which something can only be proposed is tried', () => {
  const ours = ['allotments', 'phrases', 'resultTemplates']
  const tops = places().flatMap(([top, row]) => (row === ROW ? [top!] : []))
  const tried = [...ROWS.map(([top]) => top), 'phases', ...ours]
  expect([...new Set(tried)].sort()).toEqual([...new Set(tops)].sort())
})

const { before: permit } = redesigned(PERMIT, () => undefined)
it.each([...Object.keys((permit as unknown as Editable).definition.steps), 'AwaitConsultations'])(
  '%s under another name alone is ours',
  async (name) => {
    expect(await proposals(permit, renamed(permit, name))).toEqual([])
  },
)

it('what a step is said to be merged from gives it no more than that step had', async () => {
  const merged = (promise: string): { before: ProcedureSource; after: ProcedureSource } =>
    redesigned(PERMIT, (source) => {
      const { definition } = source
      source.bpmn = ledTo(source.bpmn, 'Route_to_Assign', 'Appraise', [])
      for (const id of ['Assign_to_Appraise', 'Assign']) source.bpmn = without(source.bpmn, id)
      delete definition.steps.Assign
      definition.steps.SignResult.mergedFrom = ['Assign']
      definition.steps.SignResult.outcomes.signed.promises.push(promise)
    })
  const own = merged('assign.person')
  expect(await proposals(own.before, own.after)).toEqual([])
  const more = merged('clock.finish')
  expect(await proposals(more.before, more.after)).toMatchObject([{ field: 'steps.SignResult' }])
})

it('a wait for the applicant is no more ours as the wait of a question to another system', async () => {
  const { before, after } = redesigned(PERMIT, (source) => {
    drawLandLookUp(source)
    source.definition.waits.AwaitLand.holder = 'applicant'
  })
  expect(await proposals(before, after)).toMatchObject([{ field: 'exchanges.AskLand' }])
})
