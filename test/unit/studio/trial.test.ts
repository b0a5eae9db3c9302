import { EngineError, type ThrowAwayEngine } from '../../../src/engine/index.ts'
import { openTraces } from '../../../src/engine/traces.ts'
import { readProcedures } from '../../../src/procedures/folder.ts'
import { deployProblems } from '../../../src/studio/engine-words.ts'
import { type ProcedureSource, sourceOf } from '../../../src/studio/source.ts'
import { runTrial } from '../../../src/studio/trial/trial.ts'
import { outcomeTowards, readWays } from '../../../src/studio/trial/ways.ts'

const procedures = await readProcedures('processes')

it('a machine’s box answers so that the example’s next step is reached', async () => {
  const business = procedures.find(({ definition }) => definition.code === '1.001612')!
  const ways = await readWays(business.bpmn)
  expect(outcomeTowards(ways, 'CalculateFee', 'AwaitPayment')).toBe('due')
  expect(outcomeTowards(ways, 'CalculateFee', 'Receive')).not.toBe('due')
  // No question follows: it says nothing.
  expect(outcomeTowards(ways, 'Validate', 'Receive')).toBeUndefined()
})

it('what the engine says against a diagram is told one by one, at its element', () => {
  const said = `Command 'CREATE' rejected with code 'INVALID_ARGUMENT': Expected to deploy new resources, but encountered the following errors:
'p.bpmn': - Element: Appraise
    - ERROR: Must have exactly one 'zeebe:taskDefinition' extension element
- Element: Flow_1 > conditionExpression
    - ERROR: failed to parse expression
`
  expect(deployProblems(said).map(({ elementId, message }) => [elementId, message.en])).toEqual([
    [
      'Appraise',
      "The engine does not take it: Must have exactly one 'zeebe:taskDefinition' extension element",
    ],
    ['Flow_1', 'The engine does not take it: failed to parse expression'],
  ])
  expect(deployProblems('the gateway is full')).toMatchObject([{ elementId: null }])
})

describe('a draft that could keep an engine busy for ever', () => {
  const { files } = procedures.find(({ definition }) => definition.code === '1.001612')!
  const source = sourceOf(files)
  const asked: string[] = []
  const engine = {
    deploy: async () => {
      asked.push('deploy')
      throw new EngineError('INVALID_ARGUMENT', 'enough')
    },
  } as unknown as ThrowAwayEngine
  const tried = (changes: Partial<ProcedureSource>) =>
    runTrial(
      engine,
      { ...source, ...changes },
      {
        trialId: crypto.randomUUID(),
        signal: new AbortController().signal,
        tell: async () => undefined,
      },
    )
  const doubling = `<bpmn:extensionElements><zeebe:ioMapping><zeebe:input source="=a + a" target="b" /><zeebe:input source="=b + b" target="c" /></zeebe:ioMapping>`
  const looping = (bpmn: string) =>
    bpmn.replace(/(<bpmn:conditionExpression[^>]*>)=[^<]*/, '$1=some x in [1] satisfies x = 1')
  const broken = (dmn: string) => dmn.replace(/<text>"individual", "family"<\/text>/, '<text>"a" "b"</text>')

  it.each([
    ['by variables that double', { bpmn: source.bpmn.replace('<bpmn:extensionElements>', doubling) }],
    ['by a loop in a condition', { bpmn: looping(source.bpmn) }],
    ['by a cell that is no expression', { dmn: broken(source.dmn) }],
  ])('%s is given to none', async (_, changes) => {
    expect(changes).not.toEqual({ bpmn: source.bpmn })
    expect(changes).not.toEqual({ dmn: source.dmn })
    const { problems, examples } = await tried(changes)
    expect([problems.length > 0, examples, asked]).toEqual([true, [], []])
  })

  it('is told from one that is not: that goes to the engine', async () => {
    await tried({})
    expect(asked).toEqual(['deploy'])
  })
})

const line = (position: number, valueType: string, intent: string, key: number, value: object) =>
  JSON.stringify({
    partitionId: 1,
    position,
    key,
    timestamp: 1_000 + position,
    valueType,
    recordType: 'EVENT',
    intent,
    value: { processInstanceKey: 7, ...value },
  })
const element = (position: number, intent: string, key: number, elementId: string, bpmnElementType: string) =>
  line(position, 'PROCESS_INSTANCE', intent, key, { elementId, bpmnElementType })

it('an instance in memory knows its way, its open work and its end; a record that comes twice counts once', async () => {
  const traces = openTraces()
  const first = [
    element(1, 'ELEMENT_ACTIVATED', 11, 'Start', 'START_EVENT'),
    element(2, 'ELEMENT_COMPLETED', 11, 'Start', 'START_EVENT'),
    element(3, 'SEQUENCE_FLOW_TAKEN', 12, 'Start_to_A', 'SEQUENCE_FLOW'),
    element(4, 'ELEMENT_ACTIVATED', 13, 'A', 'USER_TASK'),
    line(5, 'USER_TASK', 'CREATED', 14, { elementId: 'A' }),
  ]
  await traces.intake.take(first)
  await traces.intake.take(first)
  expect(traces.of('7')).toMatchObject({ path: ['Start', 'A'], state: 'active' })
  expect([...traces.of('7').open.values()]).toEqual([{ key: '14', elementId: 'A', kind: 'task', type: '' }])
  await traces.intake.take([
    line(6, 'USER_TASK', 'COMPLETED', 14, { elementId: 'A' }),
    element(7, 'ELEMENT_COMPLETED', 13, 'A', 'USER_TASK'),
    element(8, 'ELEMENT_ACTIVATED', 15, 'End', 'END_EVENT'),
    element(9, 'ELEMENT_COMPLETED', 15, 'End', 'END_EVENT'),
    element(10, 'ELEMENT_COMPLETED', 7, 'p', 'PROCESS'),
  ])
  const { open, active, endedAt, state } = traces.of('7')
  expect({ open: open.size, active: active.size, endedAt, state }).toEqual({
    open: 0,
    active: 0,
    endedAt: 'End',
    state: 'completed',
  })
})
