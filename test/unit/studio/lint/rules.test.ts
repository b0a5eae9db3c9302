import { jest } from '@jest/globals'
import { rules as drawn } from '../../../../processes/shared/lint/index.js'
import type { StudioFault } from '../../../../src/studio/lint/fault.ts'
import { dataRules } from '../../../../src/studio/lint/rules/data.ts'
import { drawingRules } from '../../../../src/studio/lint/rules/drawing.ts'
import { lawRules } from '../../../../src/studio/lint/rules/law.ts'
import { packageRules } from '../../../../src/studio/lint/rules/packages.ts'
import { RULES } from '../../../../src/studio/lint/rules.ts'
import { check, checkLaw, type Edited, edited, replace } from './checking.ts'

jest.setTimeout(60_000)

type Place = { part?: StudioFault['part']; elementId?: string | null; field?: string | null }
/** A rule, what breaks it in 1.013225 (or another procedure), and where the fault must be shown. */
type Break = [rule: string, what: string, edit: (source: Edited) => void, place: Place, code?: string]

const bpmn = (from: string | RegExp, to: string) => (source: Edited) => replace(source, 'bpmn', from, to)
const dmn = (from: string | RegExp, to: string) => (source: Edited) => replace(source, 'dmn', from, to)
const basis = { text: 'Căn cứ thử', source: 'Văn bản thử', verified: true }
const title = (text: string) => ({ type: 'string', title: text })
const ask = (source: Edited, key: string, question: Record<string, unknown>) => {
  source.eform.schema.properties[key] = question
  source.eform.groups[0]!.fields.push(key)
}

const law: Break[] = [
  [
    'read-only-filled',
    'a required question that is read-only and filled in by nothing',
    ({ eform }) => {
      Object.assign(eform.schema.properties.phone!, { readOnly: true })
    },
    { part: 'form', field: 'phone' },
  ],
  [
    'read-only-filled',
    'the same, said by the form’s look',
    ({ eform }) => {
      Object.assign(eform, { ui: { phone: { 'ui:readonly': true } } })
    },
    { part: 'form', field: 'phone' },
  ],
  [
    'read-only-filled',
    'the same with a source, which may be silent and is not asked on paper',
    ({ eform }) => {
      Object.assign(eform.schema.properties.ownerName!, { readOnly: true, 'x-prefill': 'fullName' })
    },
    { part: 'form', field: 'ownerName' },
  ],
  [
    'read-only-filled',
    'an address of the record that nobody may correct, required or not',
    (source) => ask(source, 'home', { ...title('Nơi ở'), readOnly: true, 'x-prefill': 'address' }),
    { part: 'form', field: 'home' },
  ],
  [
    'prefill-text',
    'a number that words of the record are to answer',
    (source) => ask(source, 'reach', { type: 'integer', title: 'Liên hệ', 'x-prefill': 'phone' }),
    { part: 'form', field: 'reach' },
  ],
  [
    'no-mapping',
    'variables mapped by hand in another modeller',
    (source) =>
      replace(
        source,
        'bpmn',
        '<zeebe:taskDefinition type="dossier.route"',
        '<zeebe:ioMapping><zeebe:input source="=dossierId" target="again" /></zeebe:ioMapping><zeebe:taskDefinition type="dossier.route"',
      ),
    { elementId: 'Route', part: 'diagram' },
  ],
  [
    'receiver',
    'a leader’s step given to the one-stop',
    ({ definition }) => {
      definition.steps.SignResult!.unit = 'one-stop'
    },
    { elementId: 'SignResult', field: 'steps.SignResult' },
  ],
  [
    'receiver',
    'a consulted body where a dossier names none',
    ({ definition }) => {
      definition.steps.Appraise!.unit = 'subject'
    },
    { elementId: 'Appraise' },
  ],
  [
    'receiver',
    'a specialist’s step before the dossier is routed',
    (source) => {
      replace(
        source,
        'bpmn',
        'sourceRef="IsAccepted" targetRef="Route"',
        'sourceRef="IsAccepted" targetRef="Assign"',
      )
    },
    { elementId: 'Assign' },
  ],
  [
    'receiver',
    'a step for whoever did a later one',
    ({ definition }) => {
      definition.steps.Assign!.sameAs = 'ReturnResult'
    },
    { elementId: 'Assign' },
  ],
  [
    'result-lost',
    'a signed result that is never returned',
    bpmn(
      'sourceRef="PublishResult" targetRef="ReturnResult"',
      'sourceRef="PublishResult" targetRef="Stopped"',
    ),
    { elementId: 'Stopped' },
  ],
  [
    'result-lost',
    'a result without a number',
    ({ definition }) => {
      definition.steps.NumberResult!.outcomes.numbered!.promises = ['clock.finish']
    },
    { elementId: 'ReturnResult' },
  ],
  [
    'limit-undefined',
    'a limit of nothing',
    ({ definition }) => {
      definition.limits[0]!.legal.value = 0
    },
    { field: 'limits.0.legal', part: 'limits' },
  ],
  [
    'limit-undefined',
    'opinions awaited without a limit',
    ({ definition }) => {
      definition.consultation = null
    },
    { elementId: 'AwaitConsultations' },
  ],
  [
    'allotment-missing',
    'a case that allots nothing',
    ({ definition }) => {
      definition.allotments.other = {}
    },
    { field: 'allotments.other' },
  ],
  [
    'step-unallotted',
    'a step of the main way without time',
    ({ definition }) => {
      for (const steps of Object.values(definition.allotments)) delete steps.ReviewResult
    },
    { elementId: 'ReviewResult' },
  ],
  [
    'supplement-basis',
    'a round whose source says nothing',
    ({ definition }) => {
      definition.supplement.rounds[1]!.basis.source = 'chưa có'
    },
    { field: 'supplement.rounds.1.basis' },
  ],
  [
    'supplement-basis',
    'a round without a basis',
    ({ definition }) => void Object.assign(definition.supplement.rounds[0]!, { basis: undefined }),
    { field: 'supplement.rounds.0.basis' },
  ],
  [
    'silence-after-due',
    'eight days promised, twelve for opinions',
    ({ definition }) => {
      definition.limits[1]!.committed.value = 8
    },
    { elementId: 'AwaitConsultations', field: 'consultation.limit', part: 'limits' },
  ],
  [
    'signer-set',
    'nobody signs',
    ({ definition }) => {
      definition.steps.SignResult!.outcomes.signed!.promises = []
    },
    { part: 'letters' },
  ],
  [
    'one-stop',
    'a specialist who writes to the applicant',
    ({ definition }) =>
      Object.assign(definition.steps.SendSupplement!, { role: 'officer', unit: 'specialist' }),
    { elementId: 'SendSupplement' },
  ],
  [
    'one-stop-returns',
    'nobody returns the result',
    ({ definition }) => {
      definition.steps.ReturnResult!.outcomes.returned!.promises = []
    },
    {},
  ],
  [
    'watch-set',
    'a clock that never starts',
    ({ definition }) => {
      definition.steps.Receive!.outcomes.received!.promises = ['letter.receipt']
    },
    { part: 'limits' },
  ],
  [
    'watch-set',
    'a clock that never ends',
    ({ definition }) => {
      definition.steps.NumberResult!.outcomes.numbered!.promises = ['result.number']
    },
    {},
  ],
  [
    'watch-set',
    'a way around the clock’s end',
    (source) => {
      source.definition.steps.NumberResult!.outcomes.numbered!.promises = ['result.number']
      source.definition.steps.ReviewResult!.outcomes['sent-back']!.promises.push('clock.finish')
    },
    { elementId: 'ReturnResult' },
  ],
  [
    'committed-decision',
    'a shorter promise without a decision',
    ({ definition }) => {
      definition.limits[1]!.committed.value = 8
    },
    { field: 'limits.1.committed.decision' },
  ],
  [
    'committed-comparable',
    'a promise in days that may be longer than the law’s hours',
    ({ definition }) => Object.assign(definition.limits[0]!.committed, { value: 20, unit: 'calendar-day' }),
    { field: 'limits.0.committed' },
  ],
  [
    'basis-unverified',
    'a limit nobody has read',
    ({ definition }) => {
      definition.limits[0]!.basis.verified = false
    },
    { field: 'limits.0.basis' },
  ],
  [
    'field-twice',
    'a title in other words',
    (source) => ask(source, 'addressToWrite', title('Địa chỉ để liên hệ')),
    {},
  ],
  [
    'field-twice',
    'a second telephone',
    (source) => ask(source, 'mobileNo', title('Di động')),
    { field: 'mobileNo', part: 'form' },
  ],
  [
    'field-held',
    'the owner’s day of birth beside the identity number',
    (source) => ask(source, 'ownerBornOn', title('Ngày sinh của chủ đầu tư')),
    { field: 'ownerBornOn' },
  ],
  [
    'paper-held',
    'another paper whose data the State holds',
    ({ definition }) => {
      definition.papers[0]!.reusableData = true
    },
    { field: 'papers.0' },
  ],
  [
    'form-keyword',
    'answers demanded by another one',
    ({ eform }) => {
      Object.assign(eform.schema, { dependencies: { phone: ['representative'] } })
    },
    { part: 'form', field: 'dependencies' },
  ],
  [
    'form-keyword',
    'a number of answers demanded',
    ({ eform }) => {
      Object.assign(eform.schema, { minProperties: 25 })
    },
    { field: 'minProperties' },
  ],
  [
    'form-keyword',
    'the same within a condition of a question',
    (source) =>
      ask(source, 'parts', {
        ...title('Các phần'),
        type: 'object',
        allOf: [{ if: {}, else: { propertyNames: { maxLength: 1 } } }],
      }),
    { field: 'properties.parts.allOf.0.else.propertyNames' },
  ],
  [
    'form-keyword',
    'a paper asked for as a question',
    (source) => ask(source, 'scan', { ...title('Bản chụp'), format: 'data-url' }),
    { field: 'properties.scan.format' },
  ],
  [
    'form-pattern-length',
    'a pattern that takes answers of any length',
    (source) => ask(source, 'remark', { ...title('Ý kiến thêm'), pattern: '\\S' }),
    { part: 'form', field: 'properties.remark.pattern' },
  ],
  [
    'form-pattern-length',
    'a pattern of an answer that may be longer than it is tried on',
    (source) => ask(source, 'remark', { ...title('Ý kiến thêm'), pattern: '^\\S{2}$', maxLength: 4000 }),
    { field: 'properties.remark.pattern' },
  ],
  [
    'form-pattern',
    'a pattern that repeats what repeats',
    (source) => {
      source.eform.schema.properties.phone!.pattern = '^(\\d+)+$'
    },
    { field: 'schema.properties.phone' },
  ],
  [
    'routing-rows',
    'another procedure’s row',
    dmn('"1.013225"', '"1.001193"'),
    { part: 'routing', field: 'rule_commune' },
  ],
  [
    'routing-feel',
    'two words without a comma',
    dmn('"house", "other"', '"house" "other"'),
    { part: 'routing', field: 'rule_commune.inputs.2' },
  ],
  [
    'routing-feel',
    'an answer that is not finished',
    dmn('place + ".KT"', 'place +'),
    { field: 'rule_commune.outputs.1' },
  ],
  ['routing-feel', 'no answer', dmn('place + ".KT"', ''), { field: 'rule_commune.outputs.1' }],
  [
    'routing-feel',
    'a column that asks for nothing that is FEEL',
    dmn('<text>case</text>', '<text>case of</text>'),
    { field: 'in_case' },
  ],
  [
    'routing-feel',
    'a row with a cell too few',
    dmn('<inputEntry id="rule_commune_case"><text>"house", "other"</text></inputEntry>', ''),
    { field: 'rule_commune' },
  ],
  ['routing-rows', 'a case without a row', dmn('"house", "other"', '"house"'), { field: 'other' }],
  [
    'routing-rows',
    'a row for a case that is gone',
    dmn('"house", "other"', '"house", "other", "tower"'),
    { field: 'rule_commune' },
  ],
  [
    'example-fits',
    'an example of a step that is gone',
    (source) => {
      source.examples[0]!.content.walk = [{ element: 'Gone', outcome: 'done' }]
    },
    { part: 'examples' },
  ],
  ['no-examples', 'no example', (source) => void source.examples.splice(0), {}],
  [
    'not-harmless',
    'code in a label',
    bpmn('name="Thẩm định hồ sơ"', 'name="&lt;script&gt;alert(1)&lt;/script&gt;"'),
    { elementId: 'Appraise' },
  ],
  [
    'namespace-unknown',
    'another modeller’s extension',
    bpmn('xmlns:zeebe=', 'xmlns:other="http://example.org/other" xmlns:zeebe='),
    {},
  ],
]

const data: Break[] = [
  [
    'shape',
    'a limit without a unit',
    ({ definition }) => void Object.assign(definition.limits[0]!.legal, { unit: undefined }),
    { part: 'limits', field: 'limits.0.legal.unit' },
  ],
  [
    'shape',
    'a form without groups',
    (source) => void source.eform.groups.splice(0),
    { part: 'form', field: 'groups' },
  ],
  [
    'shape',
    'a template of a result without a title',
    (source) => void source.results.push({ name: 'x.json', content: { key: 'x' } }),
    { part: 'letters' },
  ],
  [
    'name-known',
    'a paper for a case that is not there',
    ({ definition }) => void definition.papers[0]!.requiredFor!.cases.push('tower'),
    { part: 'papers' },
  ],
  [
    'name-known',
    'time for a step that is gone',
    ({ definition }) => {
      definition.allotments.house!.Gone = { value: 1, unit: 'working-hour' }
    },
    { elementId: 'Gone' },
  ],
  [
    'limit-per-case',
    'a case with no limit',
    ({ definition }) => void definition.limits.pop(),
    { part: 'limits' },
  ],
  [
    'committed-within-legal',
    'eleven days promised of ten',
    ({ definition }) => {
      definition.limits[1]!.committed.value = 11
    },
    { field: 'limits.1.committed' },
  ],
  [
    'case-for-all',
    'no case for the others',
    ({ definition }) => {
      definition.cases[1]!.when = { field: 'grade', equals: 'IV' }
    },
    { part: 'facts' },
  ],
  [
    'paper-once',
    'a paper twice',
    ({ definition }) => void definition.papers.push(definition.papers[0]!),
    { field: 'papers.5.key' },
  ],
  [
    'fee-once',
    'two amounts for one thing',
    ({ definition }) => {
      definition.fees = [1, 2].map((amount) => ({ channel: 'ONLINE', amount, basis }))
    },
    { part: 'fees' },
  ],
  [
    'payment-limit',
    'a fee and no limit for paying',
    ({ definition }) => {
      definition.fees = [{ channel: 'ONLINE', amount: 1, basis }]
    },
    { part: 'fees', field: 'payment' },
  ],
  [
    'confirmation-limit',
    'a confirmation that nothing awaits',
    ({ definition }) => {
      definition.confirmation = {
        limit: { value: 1, unit: 'working-day' },
        onSilence: 'AGREE',
        channels: ['ONLINE'],
        clock: 'RUNS',
        basis,
        clockBasis: basis,
      }
    },
    { field: 'confirmation' },
  ],
  [
    'parts-fit',
    'a part awaited nowhere',
    ({ definition }) => {
      definition.children[0]!.wait = 'Gone'
    },
    { part: 'diagram' },
    '2.000986-lien',
  ],
  [
    'same-day-rule',
    'a same-day limit without its rule',
    ({ definition }) => Object.assign(definition.limits[0]!.committed, { value: 1, unit: 'same-day' }),
    { field: 'reception.rules' },
  ],
  [
    'allotments-fit',
    'steps that take longer than the limit',
    ({ definition }) => {
      definition.allotments.house!.Appraise!.value = 60
    },
    { part: 'limits', field: 'allotments.house' },
  ],
  [
    'stage-left-out',
    'two appointments with nothing between them',
    ({ definition }) => {
      const half = { value: 5, unit: 'working-day' }
      Object.assign(definition.limits[1]!.legal, { split: { first: half, second: half } })
    },
    { part: 'limits' },
  ],
  [
    'signer-is-role',
    'a head of unit who signs the result',
    ({ definition }) =>
      Object.assign(definition.steps.SignResult!, { role: 'unit-head', unit: 'specialist' }),
    { elementId: 'SignResult' },
  ],
  [
    'form-fields',
    'a group with a question that is gone',
    (source) => void source.eform.groups[0]!.fields.push('fax'),
    { part: 'form' },
  ],
  [
    'case-field',
    'a case by a question that is gone',
    ({ definition }) => {
      definition.cases[0]!.when!.field = 'kind'
    },
    { part: 'form' },
  ],
  [
    'result-fields',
    'a result of a question that is gone',
    ({ definition }) => Object.assign(definition.result, { specifications: ['depth'] }),
    { part: 'letters' },
  ],
  [
    'form-schema',
    'a question of no kind',
    (source) => {
      source.eform.schema.properties.floors!.type = 'whole'
    },
    { part: 'form' },
  ],
  [
    'template-fields',
    'a template that names what is not there',
    (source) => void source.results.push({ name: 'a.json', content: template('a', '{{form.depth}}') }),
    { field: 'a.json' },
  ],
  [
    'template-once',
    'two templates of one key',
    (source) => {
      for (const name of ['a.json', 'b.json']) source.results.push({ name, content: template('a', 'x') })
    },
    { field: 'b.json' },
  ],
  ['process-id', 'another procedure’s diagram', bpmn(/id="p1013225"/g, 'id="p1001193"'), { part: 'diagram' }],
  [
    'decision-id',
    'another procedure’s table',
    dmn('id="routing_p1013225"', 'id="routing_p1001193"'),
    { part: 'routing' },
  ],
  [
    'example-shape',
    'an example without a walk',
    (source) => {
      source.examples[0]!.content.walk = []
    },
    { part: 'examples' },
  ],
]

const template = (key: string, text: string) => ({
  key,
  name: { vi: 'Mẫu thử' },
  outcome: 'granted',
  book: 'permit',
  title: 'Giấy phép',
  blocks: [{ type: 'prose', text }],
  basis,
})

const drawing: Break[] = [
  [
    'mot-cua/reachable',
    'a step nothing leads to',
    bpmn('sourceRef="ReviewResult" targetRef="IsReviewed"', 'sourceRef="ReviewResult" targetRef="IsSigned"'),
    { elementId: 'IsReviewed' },
  ],
  [
    'mot-cua/loop-exit',
    'a loop that nobody leaves',
    bpmn(
      'sourceRef="ReturnResult" targetRef="Returned"',
      'sourceRef="ReturnResult" targetRef="PublishResult"',
    ),
    {},
  ],
  [
    'mot-cua/self-loop',
    'a flow onto its own step',
    bpmn('sourceRef="Assign" targetRef="Appraise"', 'sourceRef="Assign" targetRef="Assign"'),
    { elementId: 'Assign_to_Appraise' },
  ],
  [
    'mot-cua/one-process',
    'two processes',
    bpmn('</bpmn:process>', '</bpmn:process><bpmn:process id="p2" name="Hai" />'),
    { elementId: 'p2' },
  ],
  [
    'mot-cua/our-template',
    'a machine’s step without a template',
    bpmn(' zeebe:modelerTemplate="mot-cua.dossier.route"', ''),
    { elementId: 'Route' },
  ],
  [
    'mot-cua/steps-known',
    'data without a step',
    ({ definition }) => {
      definition.steps.Gone = definition.steps.Assign!
    },
    {},
  ],
  [
    'mot-cua/steps-known',
    'a step without data',
    ({ definition }) => void delete definition.steps.Assign,
    { elementId: 'Assign' },
  ],
  [
    'mot-cua/outcomes',
    'an outcome no flow takes',
    ({ definition }) => {
      definition.steps.Receive!.outcomes.postponed = definition.steps.Receive!.outcomes.refused!
    },
    { elementId: 'IsAccepted' },
  ],
  [
    'mot-cua/outcomes',
    'a flow for an outcome nobody gives',
    bpmn('=outcome = "refused"', '=outcome = "rejected"'),
    {},
  ],
  [
    'mot-cua/flow-answer',
    'a way out without an answer',
    bpmn('id="IsAccepted_to_Stopped" name="từ chối"', 'id="IsAccepted_to_Stopped"'),
    {},
  ],
  [
    'mot-cua/task-name',
    'a name of six words',
    bpmn('name="Phân công thụ lý"', 'name="Phân công cho chuyên viên thụ lý"'),
    { elementId: 'Assign' },
  ],
  [
    'mot-cua/job-type-known',
    'work nobody does',
    bpmn('type="dossier.validate"', 'type="dossier.check"'),
    { elementId: 'Validate' },
  ],
  [
    'mot-cua/no-other-task',
    'a script',
    bpmn(
      /<bpmn:serviceTask id="Validate"[\s\S]*?<\/bpmn:serviceTask>/,
      '<bpmn:scriptTask id="Validate" name="Tính"><bpmn:incoming>Start_to_Validate</bpmn:incoming><bpmn:outgoing>Validate_to_Receive</bpmn:outgoing></bpmn:scriptTask>',
    ),
    { elementId: 'Validate' },
  ],
  ['camunda-compat/executable-process', 'a process that does not run', bpmn(' isExecutable="true"', ''), {}],
  [
    'camunda-compat/feel',
    'FEEL that is not well formed',
    bpmn('=outcome = "refused"', '=outcome = "refused" and'),
    {},
  ],
  [
    'no-implicit-end',
    'a way that stops',
    bpmn('<bpmn:outgoing>ReturnResult_to_Returned</bpmn:outgoing>', ''),
    {},
  ],
  [
    'no-implicit-split',
    'two ways out of a step',
    (source) => {
      replace(
        source,
        'bpmn',
        '<bpmn:outgoing>Assign_to_Appraise<',
        '<bpmn:outgoing>extra</bpmn:outgoing><bpmn:outgoing>Assign_to_Appraise<',
      )
      replace(
        source,
        'bpmn',
        '</bpmn:process>',
        '<bpmn:sequenceFlow id="extra" sourceRef="Assign" targetRef="ReviewResult" /></bpmn:process>',
      )
    },
    {},
  ],
  [
    'xml',
    'a diagram cut off',
    (source) => {
      source.bpmn = source.bpmn.slice(0, 2000)
    },
    {},
  ],
]

const WARNINGS = new Set(
  Object.entries(RULES).flatMap(([id, { severity }]) => (severity === 'warning' ? [id] : [])),
).add('mot-cua/task-name')

const unbroken = new Map<string, Promise<StudioFault[]>>()
/** What the rules say of a procedure before it is broken. */
function before(by: typeof check, code: string | undefined) {
  const key = `${by.name}/${code}`
  if (!unbroken.has(key)) unbroken.set(key, by(edited(() => {}, code)))
  return unbroken.get(key)!
}

describe.each([
  ['law', checkLaw, law],
  ['data', checkLaw, data],
  ['drawing', check, drawing],
])('%s', (_kind, by, breaks) => {
  it.each(breaks)('%s: %s', async (...row) => {
    // A fifth parameter would be taken for a callback where a row has four.
    const [rule, , edit, place, code] = row
    const known = await before(by, code)
    const found = (await by(edited(edit, code))).filter((fault) => fault.rule === rule)
    const fresh = found.filter(({ message }) => !known.some((old) => old.message.vi === message.vi))
    expect(fresh).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ...place, severity: WARNINGS.has(rule) ? 'warning' : 'error' }),
      ]),
    )
    for (const { message, reason, mend } of fresh)
      for (const words of [message, reason, mend]) {
        expect(words.vi).toMatch(/\p{L}/u)
        expect(words.en).not.toBe(words.vi)
      }
  })
})

it('forty words without commas are a fault of their cell, and reading them ends', async () => {
  const words = `${'"a" '.repeat(40)}x`
  const faults = await checkLaw(edited(dmn('"house", "other"', words)))
  expect(faults.filter(({ rule }) => rule === 'routing-feel').map(({ message }) => message.vi)).toEqual([
    expect.stringMatching(/^Dòng 1, cột “Trường hợp” không đúng cú pháp FEEL từ ký tự 5: "a" "a"/),
  ])
})

it('a role that nobody holds on the day is said with the day', async () => {
  const all = ['clerk', 'officer', 'unit-head', 'leader', 'clerical']
  const source = edited(() => {})
  expect((await checkLaw(source, all)).map(({ rule }) => rule)).not.toContain('role-held')
  const missing = (
    await checkLaw(
      source,
      all.filter((role) => role !== 'clerical'),
    )
  ).filter(({ rule }) => rule === 'role-held')
  expect(missing.map(({ elementId }) => elementId)).toEqual(['NumberResult'])
  expect(missing[0]!.message.vi).toContain('2026-11-23')
})

it('every rule of the data and of the law has a source that breaks it', () => {
  const broken = new Set([...law, ...data].map(([rule]) => rule)).add('role-held')
  expect([...broken].sort()).toEqual([...Object.keys(dataRules), ...Object.keys(lawRules)].sort())
})

it('every rule that the linter can report has a reason and a mend in both languages', async () => {
  const { basicRules, compatRules, recommendedConfig, compatConfig } = await import(
    '../../../../src/procedures/lint-packages.ts'
  )
  for (const name of Object.keys(drawn)) expect(Object.keys(drawingRules)).toContain(`mot-cua/${name}`)
  for (const name of Object.keys(basicRules)) expect(Object.keys(packageRules)).toContain(name)
  for (const name of Object.keys(compatRules))
    expect(Object.keys(packageRules)).toContain(`camunda-compat/${name}`)
  // What the packages add is imported too, but for what we switch off.
  const off = ['fake-join', 'label-required', 'superfluous-label']
  expect(Object.keys(recommendedConfig.rules).filter((name) => !(name in basicRules))).toEqual(off)
  expect(Object.keys(compatConfig.rules).filter((name) => !(name in compatRules))).toEqual([])
  for (const [id, { reason, mend }] of Object.entries(RULES))
    for (const words of [reason, mend])
      expect([id, words.vi.length > 5, words.en.length > 5]).toEqual([id, true, true])
})

it('a rule of law names its text, and says whether somebody has read it for that', () => {
  const sourced = Object.values(lawRules).filter(({ source }) => source)
  expect(sourced.length).toBeGreaterThan(10)
  for (const { source } of sourced) expect(typeof source!.verified).toBe('boolean')
})

it('one wrong row does not silence the other rules', async () => {
  const faults = await check(
    edited(({ definition }) => {
      definition.papers[0]!.name.vi = ''
      definition.supplement.rounds[0]!.basis.source = '?'
      definition.steps.Assign!.unit = 'subject'
    }),
  )
  expect(faults.map(({ rule }) => rule)).toEqual(
    expect.arrayContaining(['shape', 'supplement-basis', 'receiver', 'silence-after-due']),
  )
})

it('an empty draft is told what is missing and nothing breaks', async () => {
  const source = edited(() => {})
  const faults = await check({ ...source, definition: {}, eform: {}, results: [], examples: [] })
  expect(faults.filter(({ rule }) => rule === 'shape').length).toBeGreaterThan(15)
  expect(faults.every(({ message }) => message.vi && message.en)).toBe(true)
})

it('only the conflict of two limits asks for a reason at publishing', async () => {
  const faults = await check(edited(() => {}))
  expect(faults.filter((fault) => fault.needsAcknowledgement).map(({ rule }) => rule)).toEqual([
    'silence-after-due',
  ])
})
