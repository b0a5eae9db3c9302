import { readFileSync } from 'node:fs'
import { deviationsOf, type Step } from '../../../../src/studio/conformance/check.ts'
import { type Flow, outcomesOf, readDiagram } from '../../../../src/studio/flow/diagram.ts'

const FOLDER = 'processes/1.013225-cap-giay-phep-xay-dung-moi'
const { steps } = JSON.parse(readFileSync(`${FOLDER}/procedure.json`, 'utf8'))
const roleOf = (id: string): string | null => steps[id]?.role ?? null
let flow: Flow
beforeAll(async () => {
  flow = await readDiagram(readFileSync(`${FOLDER}/process.bpmn`, 'utf8'))
})

/** Steps as `Element:outcome`, done by whoever should; `Element:outcome@role` by somebody else. */
const way = (text: string): Step[] =>
  text.split(' ').map((word) => {
    const [, elementId = '', outcome = '', role] = /^(\w+):([\w-]+)(?:@([\w-]+))?$/.exec(word) ?? []
    const expected = role ?? roleOf(elementId)
    return { elementId, outcome, rolesOfActor: expected === null ? null : [expected] }
  })
const check = (text: string, finished = true) => deviationsOf(flow, way(text), { finished, roleOf })

const RECEIVED = 'Receive:received Assign:assigned'
const END = 'SignResult:signed NumberResult:numbered ReturnResult:returned'
const STRAIGHT = `${RECEIVED} Appraise:approved ReviewResult:approved ${END}`
const LOOP =
  'Appraise:supplement DraftSupplement:drafted ApproveSupplement:approved SendSupplement:sent AwaitSupplement:submitted ReceiveSupplement:received'

it.each([
  ['straight through', STRAIGHT],
  ['refused at the counter', 'Receive:refused'],
  ['supplemented twice', `${RECEIVED} ${LOOP} ${LOOP} Appraise:approved ReviewResult:approved ${END}`],
  [
    'sent back by the head and by the signer',
    `${RECEIVED} Appraise:approved ReviewResult:sent-back Appraise:approved ReviewResult:approved SignResult:sent-back ReviewResult:approved ${END}`,
  ],
  [
    'with consultations',
    `${RECEIVED} Appraise:consult AwaitConsultations:complete SummariseConsultations:denied DraftRefusal:drafted ReviewResult:approved ${END}`,
  ],
  [
    'closed because nobody answered',
    `${RECEIVED} ${LOOP.replace('submitted ReceiveSupplement:received', 'expired')}`,
  ],
])('a dossier that went %s went as drawn', (_what, text) => {
  expect(check(text)).toEqual([])
})

it('a step left out is named, wherever it was', () => {
  expect(check(STRAIGHT.replace('ReviewResult:approved ', ''))).toEqual([
    { kind: 'skipped', at: 3, elementIds: ['ReviewResult'] },
  ])
  expect(check(STRAIGHT.replace('Assign:assigned ', ''))).toEqual([
    { kind: 'skipped', at: 1, elementIds: ['Assign'] },
  ])
  expect(check(STRAIGHT.replace('Receive:received ', ''))).toEqual([
    { kind: 'skipped', at: 0, elementIds: ['Receive'] },
  ])
  expect(check(STRAIGHT.replace('ReviewResult:approved SignResult:signed ', ''))).toEqual([
    { kind: 'skipped', at: 3, elementIds: ['ReviewResult', 'SignResult'] },
  ])
})

it('a step left out the second time round is skipped all the same', () => {
  const again = `${RECEIVED} Appraise:approved ReviewResult:sent-back Appraise:approved ${END}`
  expect(check(again)).toEqual([{ kind: 'skipped', at: 5, elementIds: ['ReviewResult'] }])
})

it('steps missing before an end are skipped for whoever is through, and still to come for whoever is not', () => {
  const half = `${RECEIVED} Appraise:approved ReviewResult:approved SignResult:signed`
  expect(check(half)).toEqual([{ kind: 'skipped', at: 5, elementIds: ['NumberResult', 'ReturnResult'] }])
  expect(check(half, false)).toEqual([])
})

it('a step done again without a drawn way back is a repetition', () => {
  expect(
    check(STRAIGHT.replace('NumberResult:numbered', 'NumberResult:numbered NumberResult:numbered')),
  ).toEqual([{ kind: 'repeated', at: 6, elementIds: ['NumberResult'] }])
  expect(
    check(STRAIGHT.replace('ReviewResult:approved', 'ReviewResult:approved Assign:assigned'))[0],
  ).toEqual({
    kind: 'repeated',
    at: 4,
    elementIds: ['Assign'],
  })
})

it('two steps in the wrong order are out of order', () => {
  const found = check(
    `${RECEIVED} Appraise:approved ReviewResult:approved NumberResult:numbered SignResult:signed ReturnResult:returned`,
  )
  expect(found.map(({ kind, elementIds }) => [kind, ...elementIds])).toEqual([['out-of-order', 'SignResult']])
})

it('another answer than the way it took is seen', () => {
  // The officer approved; the dossier went to the supplement all the same.
  const found = check(
    `${RECEIVED} Appraise:approved ${LOOP.replace('Appraise:supplement ', '')} Appraise:approved ReviewResult:approved ${END}`,
  )
  expect(found).toHaveLength(1)
  expect(found[0]).toMatchObject({ at: 3, kind: 'out-of-order', elementIds: ['DraftSupplement'] })
})

it('a step of another diagram is unknown', () => {
  expect(check(STRAIGHT.replace('ReviewResult:', 'Stamp:'))[0]).toEqual({
    kind: 'unknown',
    at: 3,
    elementIds: ['Stamp'],
  })
})

it('whoever decided without the role is named with the role that was drawn', () => {
  expect(check(STRAIGHT.replace('SignResult:signed', 'SignResult:signed@officer'))).toEqual([
    { kind: 'wrong-role', at: 4, elementIds: ['SignResult'], expected: 'leader', actual: ['officer'] },
  ])
  expect(check(STRAIGHT.replace('Receive:received', 'Receive:received@one-stop-head'))).toEqual([])
})

it('reads answers of conditions, and no other conditions', () => {
  expect(outcomesOf('=outcome = "approved"')).toEqual(['approved'])
  expect(outcomesOf('=outcome = "a" or outcome="b"')).toEqual(['a', 'b'])
  expect(outcomesOf('=amount > 5')).toBeNull()
  expect(outcomesOf(undefined)).toBeNull()
})
