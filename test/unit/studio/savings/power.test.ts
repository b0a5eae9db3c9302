import { judgedChanges, proposals } from '../../../../src/studio/savings/power.ts'
import { ruleOf } from '../../../../src/studio/savings/power-rules.ts'
import {
  drawLandLookUp,
  type Editable,
  ledTo,
  lookUpLand,
  lookUpLandAndPromiseEightDays,
  mergeReviewIntoSignature,
  redesigned,
  without,
} from '../redesign.ts'
import { places } from './places.ts'

const PERMIT = '1.013225'
const HOUSEHOLD = '1.001612'
const BIRTH = '1.001193'
const INVESTMENT = '1.009645'

type Row = [what: string, code: string, edit: (source: Editable) => void]
type Named = { key: string }
const drop = (source: Editable, key: string) => {
  source.definition.papers = source.definition.papers.filter((paper: Named) => paper.key !== key)
}
const paper = ({ definition }: Editable, key: string) =>
  definition.papers.find((one: Named) => one.key === key)

const CONSULTATION = {
  limit: { value: 12, unit: 'calendar-day' },
  basis: { text: 'Điều 1', source: 'Văn bản', verified: false },
  bodies: [{ agency: 'T00.S04', unit: 'T00.S04.CM', question: { vi: 'Hỏi' } }],
}
const CONFIRMATION = {
  limit: { value: 1, unit: 'working-day' },
  onSilence: 'AGREE',
  channels: ['ONLINE'],
  clock: 'STOPS',
  basis: CONSULTATION.basis,
  clockBasis: CONSULTATION.basis,
}

const WITHIN: Row[] = [
  ['two steps merged', PERMIT, mergeReviewIntoSignature],
  ['a paper that is looked up, and 8 days instead of 10', PERMIT, lookUpLandAndPromiseEightDays],
  ['a look-up while the clock runs', PERMIT, drawLandLookUp],
  [
    'the assigning merged into the appraisal, the land papers looked up, 8 days instead of 10',
    PERMIT,
    (source) => {
      lookUpLandAndPromiseEightDays(source)
      const { definition } = source
      source.bpmn = ledTo(source.bpmn, 'Route_to_Assign', 'AskLand', [])
      for (const id of ['Assign_to_Appraise', 'Assign']) source.bpmn = without(source.bpmn, id)
      delete definition.steps.Assign
      definition.steps.Appraise.mergedFrom = ['Assign']
      for (const outcome of Object.values<{ promises: string[] }>(definition.steps.Appraise.outcomes))
        outcome.promises.unshift('assign.person')
    },
  ],
  [
    'a step shortened',
    PERMIT,
    ({ definition }) => {
      definition.allotments.house.Appraise.value = 20
    },
  ],
  [
    'another person for a step',
    PERMIT,
    ({ definition }) => {
      definition.steps.Assign.role = 'officer'
    },
  ],
  [
    'a question that the applicant’s record answers',
    PERMIT,
    ({ eform }) => {
      eform.schema.properties.phone['x-prefill'] = 'phone'
    },
  ],
  [
    'a new question that every applicant’s record answers',
    PERMIT,
    ({ eform }) => {
      eform.schema.properties.fullName = { type: 'string', title: 'Họ tên', 'x-prefill': 'fullName' }
      eform.schema.required.push('fullName')
    },
  ],
  [
    'a question that nobody has to answer',
    PERMIT,
    ({ eform }) => {
      eform.schema.properties.another = { type: 'string', title: 'Ghi chú' }
    },
  ],
  [
    'a consultation whose silence is reported',
    HOUSEHOLD,
    ({ definition }) => {
      definition.consultation = { ...CONSULTATION, onSilence: 'REPORT' }
    },
  ],
  [
    'a question fewer',
    PERMIT,
    ({ eform }) => {
      delete eform.schema.properties.buildMonths
      eform.schema.required = eform.schema.required.filter((field: string) => field !== 'buildMonths')
    },
  ],
  [
    'more file types for a paper',
    PERMIT,
    (source) => {
      paper(source, 'drawings').accept.push('image/tiff')
    },
  ],
  [
    'the English of a paper',
    PERMIT,
    (source) => {
      paper(source, 'drawings').name.en = 'Drawings'
    },
  ],
  [
    'a basis that was read at last',
    PERMIT,
    ({ definition }) => {
      definition.limits[0].basis.verified = false
    },
  ],
  [
    'reception in 4 hours',
    PERMIT,
    ({ definition }) => {
      definition.reception.limit.value = 4
    },
  ],
  [
    'longer to supplement',
    PERMIT,
    ({ definition }) => {
      definition.supplement.wait.limit.value = 45
    },
  ],
  [
    'one more body asked',
    PERMIT,
    ({ definition }) => {
      definition.consultation.bodies.push({ agency: 'T00.S04', unit: 'T00.S04.CM', question: { vi: 'Hỏi' } })
    },
  ],
  [
    'an earlier milestone',
    INVESTMENT,
    ({ definition }) => {
      definition.phases[0].milestone.limit.value = 1
    },
  ],
  [
    'a routing row',
    PERMIT,
    (source) => {
      source.dmn = source.dmn.replace('place + ".KT"', 'place + ".VP"')
    },
  ],
  [
    'the signer of apologies',
    PERMIT,
    ({ definition }) => {
      definition.apology.signer = 'unit-head'
    },
  ],
  [
    'an example',
    PERMIT,
    ({ examples }) => {
      examples.pop()
    },
  ],
]

const PROPOSED: Row[] = [
  [
    'a paper whose key is a word of ours',
    PERMIT,
    ({ definition }) => {
      definition.papers.push({ ...definition.papers[0], key: 'basis' })
    },
  ],
  [
    'a case whose key is a word of ours',
    PERMIT,
    ({ definition }) => {
      definition.cases.unshift({ ...definition.cases[0], key: 'basis' })
      definition.limits.push({ ...definition.limits[0], case: 'basis' })
    },
  ],
  [
    'papers whose keys together look like a length of time',
    PERMIT,
    ({ definition }) => {
      definition.papers.push(
        { ...definition.papers[0], key: 'value' },
        { ...definition.papers[0], key: 'unit' },
      )
    },
  ],
  ['a paper that the State holds, dropped and looked up by nobody', PERMIT, (source) => drop(source, 'land')],
  [
    'a paper that the State holds, no longer required and looked up by nobody',
    PERMIT,
    (source) => {
      paper(source, 'land').requiredFor = null
    },
  ],
  [
    'the same, of one case only',
    PERMIT,
    (source) => {
      paper(source, 'land').requiredFor.cases = ['other']
    },
  ],
  [
    'a look-up that is written and not drawn',
    PERMIT,
    (source) => {
      const { bpmn } = source
      lookUpLand(source)
      source.bpmn = bpmn
    },
  ],
  [
    'a look-up whose answer nobody sees',
    PERMIT,
    (source) => {
      lookUpLand(source)
      source.definition.exchanges.AskLand.answers = {}
    },
  ],
  [
    'a look-up of what the State was not said to hold',
    PERMIT,
    (source) => {
      lookUpLand(source)
      paper(source, 'drawings').requiredFor = null
      paper(source, 'drawings').lookUp = paper(source, 'land').lookUp
    },
  ],
  [
    'a new stage that is taken out of the count',
    PERMIT,
    (source) => {
      drawLandLookUp(source)
      source.definition.exchanges.AskLand.clock = 'STOPS'
    },
  ],
  [
    'a stage that is now taken out of the count',
    HOUSEHOLD,
    ({ definition }) => {
      definition.exchanges.RequestTaxCode.clock = 'STOPS'
    },
  ],
  [
    'a new confirmation that stops the clock',
    PERMIT,
    ({ definition }) => {
      definition.confirmation = CONFIRMATION
    },
  ],
  [
    'a new consultation whose silence is consent',
    HOUSEHOLD,
    ({ definition }) => {
      definition.consultation = { ...CONSULTATION, onSilence: 'CONSENT' }
    },
  ],
  [
    'cases tried in another order',
    INVESTMENT,
    ({ definition }) => {
      definition.cases = [definition.cases[1], definition.cases[0]]
    },
  ],
  [
    'a new question that has to be answered',
    PERMIT,
    ({ eform }) => {
      eform.schema.properties.another = { type: 'string', title: 'Điều khác' }
      eform.schema.required.push('another')
    },
  ],
  [
    'the same, called like a part of a change',
    PERMIT,
    ({ eform }) => {
      eform.schema.properties['another.required'] = { type: 'string', title: 'Điều khác' }
      eform.schema.required.push('another.required')
    },
  ],
  [
    'a question that has to be answered now',
    PERMIT,
    ({ eform }) => {
      eform.schema.required.push('representative')
    },
  ],
  [
    'a question that has to be answered when another is',
    PERMIT,
    ({ eform }) => {
      eform.schema.if = { properties: { phone: { const: '1' } } }
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      eform.schema.then = { required: ['representative'] }
    },
  ],
  [
    'a new question that has to be answered and only some records answer',
    PERMIT,
    ({ eform }) => {
      eform.schema.properties.mail = { type: 'string', title: 'Thư điện tử', 'x-prefill': 'email' }
      eform.schema.required.push('mail')
    },
  ],
  [
    'questions that have to be answered because another is',
    PERMIT,
    ({ eform }) => {
      eform.schema.dependencies = { phone: ['representative'] }
    },
  ],
  [
    'a number of questions that have to be answered',
    PERMIT,
    ({ eform }) => {
      eform.schema.minProperties = 25
    },
  ],
  [
    'a demand that now holds under another condition',
    PERMIT,
    ({ eform }) => {
      eform.schema.if = {}
    },
  ],
  [
    'a longer answer than before',
    PERMIT,
    ({ eform }) => {
      eform.schema.properties.contactAddress.minLength = 200
    },
  ],
  [
    'a look-up that no way reaches',
    PERMIT,
    (source) => {
      lookUpLand(source)
      source.bpmn = ledTo(source.bpmn, 'Assign_to_Appraise', 'Appraise', [])
    },
  ],
  [
    'a look-up after the appraisal',
    PERMIT,
    (source) => {
      lookUpLand(source)
      source.bpmn = ledTo(source.bpmn, 'Assign_to_Appraise', 'Appraise', [])
      source.bpmn = ledTo(source.bpmn, 'WhatResult_to_ReviewResult', 'AskLand', [])
      source.bpmn = ledTo(source.bpmn, 'AwaitLand_to_Appraise', 'ReviewResult', [])
    },
  ],
  [
    'another competent agency',
    PERMIT,
    (source) => {
      source.dmn = source.dmn.replace(
        '<text>place</text></outputEntry>',
        '<text>"T00.S02"</text></outputEntry>',
      )
    },
  ],
  [
    'a clock that begins with another answer',
    PERMIT,
    ({ definition }) => {
      const { outcomes } = definition.steps.Receive
      outcomes.received.promises = outcomes.received.promises.filter((one: string) => one !== 'clock.start')
    },
  ],
  [
    'a step that the clock may answer',
    PERMIT,
    ({ definition }) => {
      definition.steps.ReviewResult.clockOutcomes = ['approved']
    },
  ],
  [
    'how long the result holds',
    PERMIT,
    ({ definition }) => {
      definition.result.validity = 'Mười năm'
    },
  ],
  ['a paper dropped that nobody holds', PERMIT, (source) => drop(source, 'drawings')],
  [
    'a paper more',
    PERMIT,
    ({ definition }) => {
      definition.papers.push({ ...definition.papers[0], key: 'another' })
    },
  ],
  [
    'fewer copies',
    PERMIT,
    (source) => {
      paper(source, 'application').copies = 0
    },
  ],
  [
    'a paper that the State holds, with more copies',
    PERMIT,
    (source) => {
      paper(source, 'land').copies = 3
    },
  ],
  [
    'a paper of another name',
    PERMIT,
    (source) => {
      paper(source, 'drawings').name.vi = 'Bản vẽ'
    },
  ],
  [
    'a paper declared to be held by the State',
    PERMIT,
    (source) => {
      paper(source, 'drawings').reusableData = true
    },
  ],
  [
    'a paper declared to be held by the State and dropped in the same draft',
    PERMIT,
    (source) => {
      paper(source, 'drawings').reusableData = true
      drop(source, 'drawings')
    },
  ],
  [
    'a paper required of more people',
    PERMIT,
    (source) => {
      paper(source, 'approval').requiredFor.cases = ['house', 'other']
    },
  ],
  [
    'a smaller fee',
    HOUSEHOLD,
    ({ definition }) => {
      definition.fees[0].amount = 100_000
    },
  ],
  [
    'no fee',
    HOUSEHOLD,
    ({ definition }) => {
      definition.fees = []
    },
  ],
  [
    'a shorter legal limit',
    PERMIT,
    ({ definition }) => {
      definition.limits[0].legal.value = 6
    },
  ],
  [
    'a promise longer than the law allows',
    PERMIT,
    ({ definition }) => {
      definition.limits[0].committed.value = 9
    },
  ],
  [
    'the same in hours',
    PERMIT,
    ({ definition }) => {
      definition.limits[0].committed = { value: 60, unit: 'working-hour', decision: null }
    },
  ],
  [
    'a clock that pauses',
    PERMIT,
    ({ definition }) => {
      definition.clockMode.mode = 'PAUSE'
    },
  ],
  [
    'more rounds of supplements',
    PERMIT,
    ({ definition }) => {
      definition.supplement.rounds[0].max = 2
    },
  ],
  [
    'less time to supplement',
    PERMIT,
    ({ definition }) => {
      definition.supplement.wait.limit.value = 10
    },
  ],
  [
    'reception that may take longer',
    PERMIT,
    ({ definition }) => {
      definition.reception.limit.value = 16
    },
  ],
  [
    'no consultation',
    PERMIT,
    ({ definition }) => {
      definition.consultation = null
    },
  ],
  [
    'a body no longer asked',
    PERMIT,
    ({ definition }) => {
      definition.consultation.bodies.pop()
    },
  ],
  [
    'another meaning of silence',
    PERMIT,
    ({ definition }) => {
      definition.consultation.onSilence = 'REPORT'
    },
  ],
  [
    'no confirmation by the applicant',
    BIRTH,
    ({ definition }) => {
      definition.confirmation = null
    },
  ],
  [
    'a way to file fewer',
    PERMIT,
    ({ definition }) => {
      definition.channels.pop()
    },
  ],
  [
    'a later milestone',
    INVESTMENT,
    ({ definition }) => {
      definition.phases[0].milestone.limit.value = 5
    },
  ],
  [
    'a milestone dropped',
    INVESTMENT,
    ({ definition }) => {
      delete definition.phases[0].milestone
    },
  ],
  [
    'another level',
    PERMIT,
    ({ definition }) => {
      definition.level = 'province'
    },
  ],
]

it.each(WITHIN)('%s is within our power', async (_, code, edit) => {
  const { before, after } = redesigned(code, edit)
  const changes = await judgedChanges(before, after)
  expect(changes.map(({ power }) => power)).toEqual(changes.map(() => 'within'))
  expect(changes.length).toBeGreaterThan(0)
  expect(await proposals(before, after)).toEqual([])
})

it.each(PROPOSED)('%s can only be proposed', async (_, code, edit) => {
  const { before, after } = redesigned(code, edit)
  const [first] = await proposals(before, after)
  expect(first?.reason.vi).toMatch(/chỉ kiến nghị/)
  expect(first?.reason.en).toMatch(/proposed only/)
})

it('every place of the data is somebody’s by a row of its own; what no row names is proposed', async () => {
  const unnamed = places().filter((path) => ruleOf(path) === null)
  // Blocks that are never absent, and what their rows are known by: neither can differ.
  expect(unnamed.map((path) => path.join('.'))).toEqual([
    'catalogue',
    'cases.anything.key',
    'limits.anything.case',
    'clockMode',
    'reception',
    'supplement',
    'supplement.rounds.anything.stage',
    'supplement.wait',
    'consultation.bodies.anything.agency',
    'consultation.bodies.anything.unit',
    'consultation.bodies.anything.named',
    'fees.anything.channel',
    'fees.anything.case',
    'exchanges',
    'children.anything.key',
    'apology',
    'signer',
    'papers.anything.key',
    'allotments',
    'steps',
    'waits',
  ])
  const { before, after } = redesigned(PERMIT, ({ definition }) => {
    definition.somethingNew = { basis: 1 }
  })
  const [change] = await judgedChanges(before, after)
  expect(change).toMatchObject({
    power: 'proposal',
    reason: { vi: expect.stringMatching(/Chưa có quy tắc/) },
  })
})

it('a look-up that is published in a paper’s place may not be led past afterwards', async () => {
  const { after: published } = redesigned(PERMIT, lookUpLand)
  const past = structuredClone(published)
  past.bpmn = ledTo(past.bpmn, 'Assign_to_Appraise', 'Appraise', [])
  expect(await proposals(published, past)).not.toEqual([])
})
