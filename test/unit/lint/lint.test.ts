import { readdirSync, readFileSync } from 'node:fs'
import { rules } from '../../../processes/shared/lint/index.js'
import { readProcedures, readShared } from '../../../src/procedures/folder.ts'
import { type Drawn, type Fault, lint } from '../../../src/procedures/lint.ts'
import { readJobTypes } from '../../../src/procedures/publish.ts'

/** A small clean procedure that each test spoils in one place. */
const CLEAN = readFileSync('test/unit/lint/clean.bpmn', 'utf8')
const step = (form: string, ...outcomes: string[]) => ({
  form,
  outcomes: Object.fromEntries(outcomes.map((key) => [key, {}])),
})
const DRAWN: Drawn = {
  steps: { Receive: step('reception', 'received', 'refused'), Return: step('result-return', 'returned') },
  waits: { AwaitSupplement: { type: 'await.supplement', outcomes: ['submitted', 'expired'] } },
  jobTypes: ['dossier.validate', 'await.supplement'],
}
const rulesOf = (faults: Fault[]) => [...new Set(faults.map((fault) => fault.rule))]
const ours = (faults: Fault[]) => rulesOf(faults).filter((rule) => rule.startsWith('mot-cua/'))

async function spoilt(from: string | RegExp, to: string, drawn = DRAWN) {
  expect(CLEAN).toMatch(from)
  return lint(CLEAN.replace(from, to), drawn)
}
/** In place of the service task Validate, between the same flows. */
const instead = (tag: string, inside = '', attributes = '') =>
  spoilt(
    /<bpmn:serviceTask id="Validate"[\s\S]*?<\/bpmn:serviceTask>/,
    `<bpmn:${tag} id="Validate" name="Kiểm tra hồ sơ" ${attributes}><bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing>${inside}</bpmn:${tag}>`,
  )
/** Beside everything else in the process. */
const beside = (xml: string) => spoilt('</bpmn:process>', `${xml}</bpmn:process>`)

it('every diagram of the repository is clean', async () => {
  const jobTypes = await readJobTypes('processes')
  for (const { bpmn, definition } of await readProcedures('processes'))
    expect(await lint(bpmn, { ...definition, jobTypes })).toEqual([])
  for (const { bpmn, definition } of await readShared('processes'))
    expect(await lint(bpmn, { ...definition, jobTypes }, definition.name)).toEqual([])
  // For a busy machine; nothing here is judged by time.
}, 60_000)

it('the clean example is clean', async () => {
  expect(await lint(CLEAN, DRAWN)).toEqual([])
})

type Case = [rule: string, spoil: () => Promise<Fault[]>]
const timer =
  '<bpmn:timerEventDefinition id="t"><bpmn:timeDuration>PT5H</bpmn:timeDuration></bpmn:timerEventDefinition>'
const cases: Case[] = [
  ['no-event', () => instead('intermediateCatchEvent', timer)],
  ['no-duration', () => instead('intermediateCatchEvent', timer)],
  ['no-receive-task', () => instead('receiveTask')],
  ['no-event-gateway', () => instead('eventBasedGateway')],
  [
    'no-boundary-event',
    () =>
      beside(
        `<bpmn:boundaryEvent id="b" name="Quá hạn" attachedToRef="Receive">${timer}</bpmn:boundaryEvent>`,
      ),
  ],
  [
    'no-event-subprocess',
    () => beside('<bpmn:subProcess id="s" name="Rút hồ sơ" triggeredByEvent="true" />'),
  ],
  ['no-multi-instance', () => instead('serviceTask', '<bpmn:multiInstanceLoopCharacteristics />')],
  ['no-business-rule-task', () => instead('businessRuleTask')],
  ['no-call-activity', () => instead('callActivity')],
  ['no-other-task', () => instead('scriptTask')],
  [
    'no-waiting-join',
    () =>
      beside(`<bpmn:parallelGateway id="fork" /><bpmn:userTask id="U" name="Xem hồ sơ" /><bpmn:parallelGateway id="join" />
        <bpmn:sequenceFlow id="x1" sourceRef="fork" targetRef="U" /><bpmn:sequenceFlow id="x2" sourceRef="U" targetRef="join" />
        <bpmn:sequenceFlow id="x3" sourceRef="fork" targetRef="join" />`),
  ],
  ['task-name', () => spoilt('name="Tiếp nhận hồ sơ"', 'name="Tiếp nhận và kiểm tra hồ sơ giấy"')],
  ['gateway-question', () => spoilt('name="Hồ sơ hợp lệ?"', 'name="Hồ sơ hợp lệ"')],
  ['flow-answer', () => spoilt('name="từ chối"', '')],
  ['event-name', () => spoilt('name="Đã nộp hồ sơ"', '')],
  [
    'size',
    () =>
      beside(Array.from({ length: 31 }, (_, n) => `<bpmn:endEvent id="e${n}" name="Đã xong" />`).join('')),
  ],
  ['native-user-task', () => spoilt('<zeebe:userTask />', '')],
  ['native-user-task', () => spoilt('reception:', 'reception-old:')],
  [
    'steps-known',
    () => lint(CLEAN, { ...DRAWN, steps: { ...DRAWN.steps, Sign: step('result-sign', 'signed') } }),
  ],
  ['steps-known', () => lint(CLEAN, { ...DRAWN, waits: {} })],
  ['job-type-known', () => spoilt('type="dossier.validate"', 'type="dossier.check"')],
  ['outcomes', () => spoilt('"refused"', '"rejected"')],
  [
    'outcomes',
    () =>
      lint(CLEAN, {
        ...DRAWN,
        steps: { ...DRAWN.steps, Receive: step('reception', 'received', 'refused', 'supplement') },
      }),
  ],
  ['outcomes', () => spoilt('=outcome = "refused"', '=refused')],
  ['fee-paid', () => lint(CLEAN, { ...DRAWN, fees: [{ amount: 50_000 }] })],
  ['exchange-answered', () => spoilt('type="dossier.validate"', 'type="exchange.request"')],
  [
    // Its wait is drawn, but a person's step stands between them.
    'exchange-answered',
    () =>
      spoilt('type="dossier.validate"', 'type="exchange.request"', {
        ...DRAWN,
        exchanges: { Validate: { wait: 'AwaitSupplement' } },
      }),
  ],
  ['parts-opened', () => spoilt('type="dossier.validate"', 'type="children.open"')],
  ['reachable', () => beside('<bpmn:endEvent id="e" name="Đã xong" />')],
  [
    // A box that leads to itself and nowhere else.
    'loop-exit',
    () => spoilt('sourceRef="Return" targetRef="Returned"', 'sourceRef="Return" targetRef="Return"'),
  ],
  [
    'self-loop',
    () => spoilt('sourceRef="Return" targetRef="Returned"', 'sourceRef="Return" targetRef="Return"'),
  ],
  [
    'one-process',
    () => spoilt('</bpmn:process>', '</bpmn:process><bpmn:process id="p2" name="Quy trình khác" />'),
  ],
  ['our-template', () => spoilt('zeebe:modelerTemplate="mot-cua.dossier.validate"', '')],
  [
    'nothing-else',
    () =>
      spoilt(
        '<bpmn:process ',
        '<bpmn:import namespace="urn:x" location="https://evil.example/x.xsd" importType="urn:x" /><bpmn:process ',
      ),
  ],
  [
    'parts-opened',
    () => lint(CLEAN, { ...DRAWN, children: [{ key: 'birth', open: 'OpenBirth', wait: 'AwaitBirth' }] }),
  ],
]

it.each(cases)('%s turns red', async (rule, spoil) => {
  const faults = await spoil()
  expect(rulesOf(faults)).toContain(`mot-cua/${rule}`)
  const fault = faults.find((each) => each.rule === `mot-cua/${rule}`)!
  expect(fault.message.vi).not.toBe(fault.message.en)
  expect(fault.id).not.toBe('')
})

it('every rule of ours has a fixture that turns it red', () => {
  expect([...new Set(cases.map(([rule]) => rule))].sort()).toEqual(Object.keys(rules).sort())
})

it('a join that no person keeps waiting is allowed', async () => {
  const faults = await beside(`<bpmn:parallelGateway id="fork" /><bpmn:parallelGateway id="join" />
    <bpmn:sequenceFlow id="x1" sourceRef="fork" targetRef="join" /><bpmn:sequenceFlow id="x3" sourceRef="fork" targetRef="join" />`)
  expect(ours(faults)).not.toContain('mot-cua/no-waiting-join')
})

it('only the watch may wait in events, and not for a duration either', async () => {
  const watch = readFileSync('processes/shared/deadline-watch.bpmn', 'utf8')
  const drawn = { steps: {}, waits: {}, jobTypes: ['deadline.alarm'] }
  expect(await lint(watch, drawn, 'deadline-watch')).toEqual([])
  expect(ours(await lint(watch, drawn))).toEqual(['mot-cua/no-event', 'mot-cua/no-event-gateway'])
  const hours = watch.replace(
    /<bpmn:timeDate (.*?)>=nextAlarmAt<\/bpmn:timeDate>/,
    '<bpmn:timeDuration $1>PT5H</bpmn:timeDuration>',
  )
  expect(ours(await lint(hours, drawn, 'deadline-watch'))).toEqual(['mot-cua/no-duration'])
})

it('the limits of Zeebe 8.5 and the basics of BPMN are checked too', async () => {
  expect(rulesOf(await instead('complexGateway'))).toContain('no-complex-gateway')
  expect(rulesOf(await instead('serviceTask'))).toContain('camunda-compat/implementation')
  expect(
    rulesOf(
      await spoilt(
        'zeebe:userTask />',
        'zeebe:userTask /><zeebe:taskListeners><zeebe:taskListener eventType="creating" type="x" /></zeebe:taskListeners>',
      ),
    ),
  ).toContain('camunda-compat/no-task-listeners')
})

it('a file that is no XML is one fault', async () => {
  expect(rulesOf(await lint('<bpmn:definitions', DRAWN))).toEqual(['xml'])
})

it('each element template has a name, its job type and its promise in Vietnamese', () => {
  const folder = 'processes/shared/element-templates'
  for (const file of readdirSync(folder)) {
    const template = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8'))
    expect(template.properties[0].value).toBe(file.replace('.json', ''))
    expect(template.name.split(' ').length).toBeLessThanOrEqual(5)
    expect(template.metadata.promise).toMatch(/\p{L}/u)
    expect(Boolean(template.icon)).toBe(file.startsWith('await.'))
  }
})
