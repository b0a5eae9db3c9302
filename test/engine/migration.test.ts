/**
 * The pre-check of migration against the broker's real answer, rule by rule (8.5.8): each row is two small diagrams and where
 * an instance stands in the first. What we say and what the broker says must be the same, in kind too.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { loadConfig } from '../../src/config.ts'
import { EngineError, type ThrowAwayEngine, type Trace, withThrowAwayEngine } from '../../src/engine/index.ts'
import { type Drawn, readDrawn } from '../../src/studio/migration/drawn.ts'
import { engineObstacles, fullMapping, type Mapping } from '../../src/studio/migration/precheck.ts'
import { ruleOf } from '../../src/studio/migration/refusal.ts'
import { until } from './stage.ts'

const event = (id: string, kind = '', attrs = '') => `<bpmn:${kind}Event id="${id}"${attrs}/>`
const task = (id: string, inner = '') =>
  `<bpmn:userTask id="${id}" name="${id}"><bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements>${inner}</bpmn:userTask>`
const jobTask = (id: string) => `<bpmn:userTask id="${id}" name="${id}"/>`
const service = (id: string, type = 'await.test') =>
  `<bpmn:serviceTask id="${id}"><bpmn:extensionElements><zeebe:taskDefinition type="${type}"/></bpmn:extensionElements></bpmn:serviceTask>`
const sub = (id: string, inner: string) =>
  `<bpmn:subProcess id="${id}"><bpmn:startEvent id="${id}Start"/>${inner}</bpmn:subProcess>`
const flow = (from: string, to: string, condition = '') =>
  `<bpmn:sequenceFlow id="${from}-${to}" sourceRef="${from}" targetRef="${to}">${condition}</bpmn:sequenceFlow>`
const never = '<bpmn:timeDuration>PT9H</bpmn:timeDuration>'
const timer = `<bpmn:timerEventDefinition>${never}</bpmn:timerEventDefinition>`
const message = '<bpmn:messageEventDefinition messageRef="Message"/>'
const boundary = (on: string, definition: string) =>
  `<bpmn:boundaryEvent id="${on}Border" attachedToRef="${on}">${definition}</bpmn:boundaryEvent>${flow(`${on}Border`, 'End')}`
const subscription = `<bpmn:extensionElements><zeebe:subscription correlationKey="=key"/></bpmn:extensionElements>`

const error = '<bpmn:errorEventDefinition errorRef="Error"/>'
const signal = '<bpmn:signalEventDefinition signalRef="Signal"/>'
const escalation = '<bpmn:escalationEventDefinition escalationRef="Escalation"/>'
const caught = (id: string, definition: string) =>
  `<bpmn:intermediateCatchEvent id="${id}">${definition}</bpmn:intermediateCatchEvent>`
const call = (id: string) =>
  `<bpmn:callActivity id="${id}"><bpmn:extensionElements><zeebe:calledElement processId="called"/></bpmn:extensionElements></bpmn:callActivity>`

/** Start → the elements in order → End, with what else is drawn. */
const line = (...elements: [id: string, drawn: string][]) => {
  const ids = ['Start', ...elements.map(([id]) => id), 'End']
  return [
    event('Start', 'start'),
    ...elements.map(([, drawn]) => drawn),
    event('End', 'end'),
    ...ids.slice(1).map((id, n) => flow(ids[n]!, id)),
  ].join('')
}
const one = (id: string, drawn = task(id)): [string, string] => [id, drawn]
const inSub = (id: string, inner: [string, string]) =>
  one(id, sub(id, `${inner[1]}${flow(`${id}Start`, inner[0])}`))

/** The whole diagram with something at the border of one element. */
const bordered = (body: string, on: string, definition: string) =>
  body.replace('<bpmn:endEvent id="End"', `${boundary(on, definition)}<bpmn:endEvent id="End"`)
/** The way ends with an event. */
const endsWith = (body: string, definition: string) =>
  body.replace('<bpmn:endEvent id="End"/>', `<bpmn:endEvent id="End">${definition}</bpmn:endEvent>`)
/** A subprocess with A in it, whose own end throws something. */
const throwing = (definition: string) =>
  line(
    one(
      'S',
      sub(
        'S',
        `${task('A')}<bpmn:endEvent id="SEnd">${definition}</bpmn:endEvent>${flow('SStart', 'A')}${flow('A', 'SEnd')}`,
      ),
    ),
  )

/** Fork into A and B, which meet again in a join. */
const forked = [
  event('Start', 'start'),
  '<bpmn:parallelGateway id="Fork"/><bpmn:parallelGateway id="Join"/>',
  task('A'),
  task('B'),
  event('End', 'end'),
  ...[
    ['Start', 'Fork'],
    ['Fork', 'A'],
    ['Fork', 'B'],
    ['A', 'Join'],
    ['B', 'Join'],
    ['Join', 'End'],
  ].map(([from, to]) => flow(from!, to!)),
].join('')

const FLOW = /<bpmn:sequenceFlow id="([^"]+)" sourceRef="([^"]+)" targetRef="([^"]+)"/g
const NODE =
  /<bpmn:(\w+) id="([^"]+)"([^>]*?)(?:\/>|>(<bpmn:extensionElements>.*?<\/bpmn:extensionElements>)?)/g

/** Names the flows at each node that has some: the engine counts those. */
function wired(body: string): string {
  const flows = [...body.matchAll(FLOW)].map(([, id, from, to]) => ({ id, from, to }))
  return body.replace(NODE, (whole, kind: string, id: string, attributes: string, extension = '') => {
    const named = [
      ...flows.filter(({ to }) => to === id).map((one) => `<bpmn:incoming>${one.id}</bpmn:incoming>`),
      ...flows.filter(({ from }) => from === id).map((one) => `<bpmn:outgoing>${one.id}</bpmn:outgoing>`),
    ].join('')
    if (named === '') return whole
    const open = `<bpmn:${kind} id="${id}"${attributes}>${extension}${named}`
    return whole.endsWith('/>') ? `${open}</bpmn:${kind}>` : open
  })
}

const diagram = (id: string, body: string) => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="D" targetNamespace="t">
  <bpmn:message id="Message" name="came">${subscription}</bpmn:message>
  <bpmn:error id="Error" name="failed" errorCode="failed"/>
  <bpmn:signal id="Signal" name="signal"/>
  <bpmn:escalation id="Escalation" name="escalated" escalationCode="escalated"/>
  <bpmn:process id="${id}" isExecutable="true">${wired(body)}</bpmn:process>
</bpmn:definitions>`

const eventSub = `<bpmn:subProcess id="Aside" triggeredByEvent="true"><bpmn:startEvent id="AsideStart">${timer}</bpmn:startEvent>${event('AsideEnd', 'end')}${flow('AsideStart', 'AsideEnd')}</bpmn:subProcess>`
const multi = (id: string) =>
  `<bpmn:serviceTask id="${id}"><bpmn:extensionElements><zeebe:taskDefinition type="await.test"/></bpmn:extensionElements><bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=[1,2]"/></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics></bpmn:serviceTask>`
const eventGateway = [
  event('Start', 'start'),
  '<bpmn:eventBasedGateway id="Choice"/>',
  `<bpmn:intermediateCatchEvent id="Came">${message}</bpmn:intermediateCatchEvent>`,
  `<bpmn:intermediateCatchEvent id="Late">${timer}</bpmn:intermediateCatchEvent>`,
  event('End', 'end'),
  flow('Start', 'Choice'),
  flow('Choice', 'Came'),
  flow('Choice', 'Late'),
  flow('Came', 'End'),
  flow('Late', 'End'),
].join('')

const A = line(one('A'))
const renamed = line(one('B'))
const W = line(one('W', service('W')))

type Row = {
  name: string
  from: string
  to: string
  mapping?: Mapping
  /** Completed before: the token stands behind it. */
  done?: string[]
  rule: string | null
}

const ROWS: Row[] = [
  { name: 'a native user task', from: A, to: line(one('A'), one('Next')), rule: null },
  { name: 'a service task', from: W, to: line(one('W', service('W')), one('Next')), rule: null },
  {
    name: 'a job keeps its type on a task of another',
    from: W,
    to: line(one('W', service('W', 'await.other'))),
    rule: null,
  },
  {
    name: 'a task in an embedded subprocess',
    from: line(inSub('S', one('A'))),
    to: line(inSub('S', one('A')), one('Next')),
    rule: null,
  },
  { name: 'both branches before a join', from: forked, to: forked, rule: null },
  {
    name: 'a step renamed by the mapping',
    from: A,
    to: renamed,
    mapping: [{ from: 'A', to: 'B' }],
    rule: null,
  },
  {
    name: 'two steps merged into one',
    from: line(one('A'), one('C')),
    to: renamed,
    mapping: [
      { from: 'A', to: 'B' },
      { from: 'C', to: 'B' },
    ],
    rule: null,
  },
  {
    name: 'a message at the border of the old step only',
    from: line(one('A'), one('C')).replace('<bpmn:endEvent', `${boundary('A', message)}<bpmn:endEvent`),
    to: A,
    rule: null,
  },
  { name: 'a step that is gone', from: A, to: renamed, rule: 'unmapped' },
  { name: 'a step of another kind', from: A, to: line(one('A', service('A'))), rule: 'type-changed' },
  {
    name: 'a native task that becomes a job',
    from: A,
    to: line(one('A', jobTask('A'))),
    rule: 'implementation-changed',
  },
  {
    name: 'a job that becomes a native task',
    from: line(one('A', jobTask('A'))),
    to: A,
    rule: 'implementation-changed',
  },
  { name: 'a step moved into a subprocess', from: A, to: line(inSub('S', one('A'))), rule: 'scope-changed' },
  {
    name: 'a step in a subprocess that is gone',
    from: line(inSub('S', one('A'))),
    to: A,
    rule: 'unmapped',
  },
  {
    name: 'a timer at the border of the old step',
    from: line(one('A')).replace('<bpmn:endEvent', `${boundary('A', timer)}<bpmn:endEvent`),
    to: A,
    rule: 'boundary-event',
  },
  {
    name: 'a timer at the border of the new step',
    from: A,
    to: line(one('A')).replace('<bpmn:endEvent', `${boundary('A', timer)}<bpmn:endEvent`),
    rule: 'boundary-event',
  },
  {
    name: 'an error at the border',
    from: W,
    to: W.replace(
      '<bpmn:endEvent',
      `${boundary('W', '<bpmn:errorEventDefinition errorRef="Error"/>')}<bpmn:endEvent`,
    ),
    rule: 'boundary-event',
  },
  {
    name: 'an event subprocess in the old diagram',
    from: `${A}${eventSub}`,
    to: A,
    rule: 'event-subprocess',
  },
  {
    name: 'an event subprocess in the new diagram',
    from: A,
    to: `${A}${eventSub}`,
    rule: 'event-subprocess',
  },
  { name: 'a token at a join', from: forked, to: forked, done: ['A'], rule: 'waits-at-join' },
  {
    name: 'a message that is caught',
    from: line(one('M', `<bpmn:intermediateCatchEvent id="M">${message}</bpmn:intermediateCatchEvent>`)),
    to: line(one('M', `<bpmn:intermediateCatchEvent id="M">${message}</bpmn:intermediateCatchEvent>`)),
    rule: 'unsupported-type',
  },
  {
    name: 'a timer that is waited for',
    from: line(one('T', `<bpmn:intermediateCatchEvent id="T">${timer}</bpmn:intermediateCatchEvent>`)),
    to: line(one('T', `<bpmn:intermediateCatchEvent id="T">${timer}</bpmn:intermediateCatchEvent>`)),
    rule: 'unsupported-type',
  },
  {
    name: 'a receive task',
    from: line(one('R', '<bpmn:receiveTask id="R" messageRef="Message"/>')),
    to: line(one('R', '<bpmn:receiveTask id="R" messageRef="Message"/>')),
    rule: 'unsupported-type',
  },
  { name: 'an event-based gateway', from: eventGateway, to: eventGateway, rule: 'unsupported-type' },
  {
    name: 'a task done several times at once',
    from: line(one('X', multi('X'))),
    to: line(one('X', multi('X'))),
    rule: 'unsupported-type',
  },
  {
    name: 'a task that is done several times at once from now on',
    from: W,
    to: W.replace(service('W'), multi('W')),
    rule: 'type-changed',
  },
  { name: 'a way that ends with an error', from: endsWith(A, error), to: endsWith(A, error), rule: null },
  {
    name: 'an error that a subprocess ends with, caught at its border',
    from: bordered(throwing(error), 'S', error),
    to: bordered(throwing(error), 'S', error),
    rule: 'boundary-event',
  },
  {
    name: 'a way that ends with an escalation',
    from: endsWith(A, escalation),
    to: endsWith(A, escalation),
    rule: null,
  },
  {
    name: 'an escalation that a subprocess ends with, which nobody catches',
    from: throwing(escalation),
    to: throwing(escalation),
    rule: null,
  },
  {
    name: 'an escalation at the border of the subprocess',
    from: bordered(throwing(escalation), 'S', escalation),
    to: bordered(throwing(escalation), 'S', escalation),
    rule: 'boundary-event',
  },
  { name: 'a way that ends with a signal', from: endsWith(A, signal), to: endsWith(A, signal), rule: null },
  {
    name: 'a signal that is waited for',
    from: line(one('X', caught('X', signal))),
    to: line(one('X', caught('X', signal))),
    rule: 'unsupported-type',
  },
  {
    name: 'a signal at the border of the old step',
    from: bordered(A, 'A', signal),
    to: A,
    rule: 'boundary-event',
  },
  {
    name: 'a process that is called',
    from: line(one('C', call('C'))),
    to: line(one('C', call('C')), one('Next')),
    rule: null,
  },
  {
    name: 'a call renamed by the mapping',
    from: line(one('C', call('C'))),
    to: line(one('E', call('E'))),
    mapping: [{ from: 'C', to: 'E' }],
    rule: null,
  },
  {
    name: 'a call that becomes a task',
    from: line(one('C', call('C'))),
    to: line(one('C')),
    rule: 'type-changed',
  },
  {
    name: 'a call with a timer at its border',
    from: bordered(line(one('C', call('C'))), 'C', timer),
    to: line(one('C', call('C'))),
    rule: 'boundary-event',
  },
]

const folder = mkdtempSync(join(tmpdir(), 'mot-cua-migration-'))
let engine: ThrowAwayEngine
let finish: () => void
let over: Promise<unknown>
const keys = new Map<string, string>()
const drawn = new Map<string, { from: Drawn; to: Drawn }>()
const traces = new Map<string, { key: string; trace: Trace }>()

const idOf = (row: Row, side: 'from' | 'to') => `m${ROWS.indexOf(row)}_${side}`

beforeAll(async () => {
  const { javaBin, zeebeHome } = loadConfig({ ...process.env, MOTCUA_MODE: 'test' }).embeddedBroker()
  const held = new Promise<void>((resolve) => {
    finish = resolve
  })
  engine = await new Promise<ThrowAwayEngine>((resolve, reject) => {
    over = withThrowAwayEngine(
      { folder, javaBin, zeebeHome, log: pino({ level: 'silent' }) },
      async (ready) => {
        resolve(ready)
        await held
      },
    )
    over.catch(reject)
  })
  const sides = ROWS.flatMap((row) =>
    (['from', 'to'] as const).map((side) => ({
      name: `${idOf(row, side)}.bpmn`,
      content: diagram(idOf(row, side), row[side]),
    })),
  )
  const called = { name: 'called.bpmn', content: diagram('called', line(one('Inner'))) }
  const { processKeys } = await engine.client.deploy([...sides, called])
  for (const [id, key] of processKeys) keys.set(id, key)
  for (const row of ROWS) {
    drawn.set(row.name, {
      from: await readDrawn(diagram(idOf(row, 'from'), row.from)),
      to: await readDrawn(diagram(idOf(row, 'to'), row.to)),
    })
    traces.set(row.name, await standing(row))
  }
}, 90_000)
afterAll(async () => {
  finish?.()
  await over
  rmSync(folder, { recursive: true, force: true })
}, 30_000)

/** Starts an instance and brings it to where the row has it. */
async function standing(row: Row) {
  const key = await engine.start(idOf(row, 'from'), { key: crypto.randomUUID() })
  const trace = () => engine.trace(key)
  // The tokens have come to rest when the last element entered is one that waits.
  await until(`${row.name} to stand`, () => trace().active.size > 0 && stands(row, trace()))
  for (const element of row.done ?? []) {
    const work = [...trace().open.values()].find(({ elementId }) => elementId === element)!
    await engine.completeTask(work.key, {})
    await until(`${element} to be done`, () => trace().flows.has(`${element}-Join`))
  }
  return { key, trace: trace() }
}

const stands = (row: Row, { active, open }: Trace) =>
  row.from === forked
    ? open.size === 2
    : [...active.values()].some((id) => !['Start', 'SStart', 'S'].includes(id)) &&
      // A task's or job's own record comes right behind its element's.
      (open.size > 0 || /intermediateCatch|receiveTask|eventBased|callActivity/.test(row.from))

const waitsAtJoin = ({ flows, path }: Trace) =>
  [...flows].filter((id) => id.endsWith('-Join')).length > 0 && !path.includes('Join')

it.each(ROWS)('the pre-check says of $name what the broker says: $rule', async (row) => {
  const { from, to } = drawn.get(row.name)!
  const { key, trace } = traces.get(row.name)!
  const active = [...new Set(trace.active.values())].map((elementId) => ({ elementId }))
  const mapping = row.mapping ?? []
  const found = engineObstacles(from, to, { active, waitsAtJoin: waitsAtJoin(trace) }, mapping)
  const answer = await engine.client
    .migrateInstance(key, {
      processKey: keys.get(to.processId)!,
      mapping: fullMapping(from, to, mapping),
    })
    .then(() => null)
    .catch((error: unknown) => {
      if (error instanceof EngineError && !error.retryable) return error.message
      throw error
    })
  const said = answer === null ? null : (ruleOf(answer) ?? answer)
  expect({ broker: said, precheck: found.map(({ rule }) => rule) }).toEqual({
    broker: row.rule,
    precheck: row.rule === null ? [] : expect.arrayContaining([row.rule]),
  })
})

it('a migrated native task goes on under the new diagram, and its job keeps key and type', async () => {
  const { key } = traces.get('a native user task')!
  const [work] = engine.trace(key).open.values()
  await engine.completeTask(work!.key, {})
  await until('the step of the new diagram', () =>
    [...engine.trace(key).open.values()].some(({ elementId }) => elementId === 'Next'),
  )
  const wait = traces.get('a job keeps its type on a task of another')!
  const [job] = engine.trace(wait.key).open.values()
  expect(job!.type).toBe('await.test')
  await engine.completeJob(job!.key, {})
  await until('the end', () => engine.trace(wait.key).state === 'completed')
})

it('a definition that nothing runs on can be taken away, and no other instance begins on it', async () => {
  const row = ROWS.find(({ name }) => name === 'a step that is gone')!
  await engine.client.deleteResource(keys.get(idOf(row, 'to'))!)
  await expect(engine.start(idOf(row, 'to'), {})).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
