import { judgedChanges, proposals } from '../../../../src/studio/savings/power.ts'
import {
  type Editable,
  lookUpLandAndPromiseEightDays,
  mergeReviewIntoSignature,
  redesigned,
} from '../redesign.ts'

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

const WITHIN: Row[] = [
  ['two steps merged', PERMIT, mergeReviewIntoSignature],
  ['a paper from a database, and 8 days instead of 10', PERMIT, lookUpLandAndPromiseEightDays],
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
    'a required paper that the State holds, no longer required',
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
    'a question filled in',
    PERMIT,
    ({ eform }) => {
      eform.schema.properties.phone.readOnly = true
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
