import { sendCommand } from '../../../src/engine/send.ts'
import { readProcedures } from '../../../src/procedures/folder.ts'
import { readDrawn } from '../../../src/studio/migration/drawn.ts'
import { engineObstacles, fullMapping } from '../../../src/studio/migration/precheck.ts'
import { BROKER_LOST, refusalInWords } from '../../../src/studio/migration/refusal.ts'
import type { DossierStanding } from '../../../src/studio/migration/standing.ts'
import { judge, type Side } from '../../../src/studio/migration/verdict.ts'

const procedures = await readProcedures('processes')
const permit = procedures.find(({ definition }) => definition.code === '1.013225')!

/** The building permit as a version; `change` is made to its diagram and its data alike. */
async function side(version: number, change: (text: string) => string = (text) => text): Promise<Side> {
  const bpmn = change(permit.bpmn)
  return {
    versionId: `v${version}`,
    version,
    processId: `p1013225_v${version}`,
    definition: JSON.parse(change(JSON.stringify(permit.definition))),
    drawn: await readDrawn(bpmn),
    bpmn,
  }
}
const rename = (from: string, to: string) => (text: string) =>
  text.replaceAll(`"${from}"`, `"${to}"`).replaceAll(`>${from}<`, `>${to}<`)

const from = await side(1)
const standsAt = (elementId: string, more: Partial<DossierStanding> = {}): DossierStanding => ({
  dossierId: 'd',
  code: 'X07-1',
  caseKey: 'house',
  agency: 'T00.X07',
  instanceKey: '1',
  active: [{ elementId, jobType: from.drawn.elements.get(elementId)!.jobType, jobState: 'created' }],
  waitsAtJoin: false,
  deciding: false,
  commands: 0,
  isGroup: false,
  queued: false,
  ...more,
})
const judged = (to: Side, standing: DossierStanding, mapping: { from: string; to: string }[] = []) => {
  const { verdict, obstacles } = judge(from, to, standing, mapping)
  return [verdict, ...obstacles.map(({ rule }) => rule)]
}

it('every person’s step and every wait of every shipped procedure can be moved to the same version again', async () => {
  for (const { bpmn, definition } of procedures) {
    const drawn = await readDrawn(bpmn)
    for (const elementId of [...Object.keys(definition.steps), ...Object.keys(definition.waits)])
      expect({
        elementId,
        found: engineObstacles(drawn, drawn, { active: [{ elementId }], waitsAtJoin: false }, []),
      }).toEqual({ elementId, found: [] })
  }
})

it('the engine is told of every movable element, and of the analyst’s own pairs instead of the same ids', async () => {
  const to = await side(2, rename('Assign', 'Distribute'))
  const pairs = fullMapping(from.drawn, to.drawn, [{ from: 'Assign', to: 'Distribute' }])
  expect(pairs).toContainEqual({ from: 'Assign', to: 'Distribute' })
  expect(pairs).toContainEqual({ from: 'Appraise', to: 'Appraise' })
  expect(pairs.some((pair) => pair.from === 'Start')).toBe(false)
  expect(fullMapping(from.drawn, to.drawn, []).some((pair) => pair.from === 'Assign')).toBe(false)
})

it('a dossier stays where its group runs, and waits while something of it is on its way', async () => {
  const to = await side(2)
  expect(judged(to, standsAt('Appraise'))).toEqual(['can'])
  expect(judged(to, standsAt('Appraise', { isGroup: true }))).toEqual(['stays'])
  expect(judged(to, standsAt('Appraise', { queued: true, deciding: true }))).toEqual([
    'changed',
    'in-another-act',
  ])
  expect(judged(to, standsAt('Appraise', { deciding: true }))).toEqual(['changed', 'under-way'])
  expect(judged(to, standsAt('Appraise', { commands: 1 }))).toEqual(['changed', 'under-way'])
  expect(judged(to, standsAt('Appraise', { waitsAtJoin: true }))).toEqual(['changed', 'waits-at-join'])
  expect(judged(to, standsAt('Appraise', { instanceKey: null, active: [] }))).toEqual([
    'changed',
    'not-started',
  ])
})

it('a machine at work is waited for; one that has failed may go on in the new version', async () => {
  const to = await side(2)
  expect(judged(to, standsAt('Route'))).toEqual(['changed', 'machine-at-work'])
  const failed = [{ elementId: 'Route', jobType: 'dossier.route', jobState: 'failed' }]
  expect(judged(to, standsAt('Route', { active: failed }))).toEqual(['can'])
  const other = await side(2, (text) => text.replace('type="dossier.route"', 'type="dossier.validate"'))
  expect(judged(other, standsAt('Route', { active: failed }))).toEqual(['cannot', 'job-changed'])
})

it('a wait keeps its id, its kind and the outcomes that may still come', async () => {
  expect(judged(await side(2), standsAt('AwaitSupplement'))).toEqual(['can'])
  const renamed = await side(2, rename('AwaitSupplement', 'AwaitPapers'))
  expect(
    judged(renamed, standsAt('AwaitSupplement'), [{ from: 'AwaitSupplement', to: 'AwaitPapers' }]),
  ).toEqual(['cannot', 'wait-renamed'])
  expect(judged(renamed, standsAt('AwaitSupplement'))).toEqual(['cannot', 'unmapped'])
  const kind = await side(2, (text) => text.replace('type="await.supplement"', 'type="await.consultations"'))
  expect(judged(kind, standsAt('AwaitSupplement'))).toEqual(['cannot', 'wait-changed'])
  const fewer = await side(2, (text) => text.replace('"submitted","expired"', '"submitted"'))
  expect(judged(fewer, standsAt('AwaitSupplement'))).toEqual(['cannot', 'outcome-gone'])
})

it('a dossier needs its case in the new version, and its step the data of one', async () => {
  const to = await side(2)
  to.definition.limits = to.definition.limits.filter((limit) => limit.case !== 'house')
  expect(judged(to, standsAt('Appraise'))).toEqual(['cannot', 'case-gone'])
  const bare = await side(2)
  delete bare.definition.steps.Appraise
  expect(judged(bare, standsAt('Appraise'))).toEqual(['cannot', 'step-unknown'])
})

it('what the engine refuses is said with the step’s name; what only passes can be tried again', () => {
  const said = (text: string) => refusalInWords(text, from.drawn)
  const lasting = said(
    "INVALID_ARGUMENT: Expected to migrate process instance '7' but no mapping instruction defined for active element with id 'Appraise'. Elements cannot be migrated without a mapping.",
  )
  expect(lasting).toMatchObject({ passes: false, obstacle: { rule: 'unmapped', elementId: 'Appraise' } })
  expect(lasting.obstacle.message.vi).toContain('“Thẩm định hồ sơ”')
  expect(
    said(
      "FAILED_PRECONDITION: Expected to migrate process instance '7' but a concurrent command was executed",
    ),
  ).toMatchObject({ passes: true })
  expect(said('NOT_FOUND: nothing runs')).toMatchObject({ passes: true })
})

it('a move meant for data that the broker has lost is not sent, and can be asked for anew; a decision is kept for its repair', async () => {
  const payload = { epoch: 1, processId: 'p1013225_v2', processKey: '7', mapping: [] }
  const rest = { id: 'c', subject_id: 'd', attempts: 0 }
  const nobody = {} as Parameters<typeof sendCommand>[1]
  expect(await sendCommand({ ...rest, kind: 'migrate', payload }, { ...nobody, epoch: 2 })).toMatchObject({
    fate: 'declined',
  })
  const done = { epoch: 1, taskKey: '7', variables: {} }
  expect(
    await sendCommand({ ...rest, kind: 'complete-task', payload: done }, { ...nobody, epoch: 2 }),
  ).toMatchObject({
    fate: 'refused',
  })
  expect(refusalInWords(BROKER_LOST, from.drawn)).toMatchObject({ passes: true })
})
