import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ExampleCase } from '../../src/procedures/definition.ts'
import { readProcedures } from '../../src/procedures/folder.ts'
import { publishFolders } from '../../src/procedures/publish.ts'
import { walkAlong } from '../../src/studio/trial/walk.ts'
import { type Stage, setStage, until } from './stage.ts'

const MADE_UP = 'test/process/made-up/9.000001-xac-nhan-thu'
const FAR = '2099-01-01T00:00:00Z'
const shipped = await readProcedures('processes')

let stage: Stage
let root: string
let fresh: string[]
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'mot-cua-walk-'))
  await cp('processes', root, { recursive: true })
  await cp(MADE_UP, join(root, '9.000001-xac-nhan-thu'), { recursive: true })
  stage = await setStage()
  const published = await publishFolders(stage.db, stage.engine.deploy, { root, epoch: stage.epoch })
  fresh = published.filter((each) => each.fresh).map((each) => each.processId)
}, 120_000)
afterAll(async () => {
  await stage.strike()
  await rm(root, { recursive: true })
}, 60_000)

/** Walks a subject along the steps given, each with its outcome. */
const walk = (subjectId: string, steps: ExampleCase['walk']): Promise<void> =>
  walkAlong(steps, (element, visit, outcome) => stage.settle(subjectId, element, visit, outcome))

it('every diagram deploys, a procedure made up for the test too, with no change under src/', async () => {
  expect(fresh).toEqual(
    expect.arrayContaining([
      'p1001193_v1',
      'p1001612_v1',
      'p1009645_v1',
      'p1004222_v1',
      'p1013225_v1',
      'p1001776_v1',
      'p1013831_v1',
      'p1013949_v1',
      'p2000815_v1',
      'p3000333_v1',
      'p2000986_v1',
      'p2000986BHYT_v1',
      'p9000001_v1',
      'deadline-watch_v1',
      'consultation_v1',
      'apology_v1',
      'stop_v1',
    ]),
  )
  const again = await publishFolders(stage.db, stage.engine.deploy, { root, epoch: stage.epoch })
  expect(again.filter((each) => each.fresh)).toEqual([])
})

it.each(shipped)('the examples take every way out of every question of $definition.code', (procedure) => {
  const asked = new Set(
    procedure.examples.flatMap((example) => example.walk.map((step) => `${step.element}:${step.outcome}`)),
  )
  const ways = [
    ...Object.entries(procedure.definition.steps).flatMap(([id, step]) =>
      Object.keys(step.outcomes).map((key) => `${id}:${key}`),
    ),
    ...Object.entries(procedure.definition.waits).flatMap(([id, wait]) =>
      wait.outcomes.map((key) => `${id}:${key}`),
    ),
  ]
  expect(ways.filter((way) => !asked.has(way))).toEqual([])
})

it('a household business without a fee goes past the wait for it', async () => {
  const subjectId = await stage.start('p1001612_v1', { fee: 'none' })
  await walk(subjectId, [{ element: 'Receive', outcome: 'refused' }])
  expect(await stage.ended(subjectId)).toEqual(['Start', 'CalculateFee', 'Validate', 'Receive', 'Stopped'])
})

describe('routing', () => {
  const route = (place: string, code = '1.013225') =>
    stage.engine.evaluateDecision('routing_p1013225_v1', { procedure: code, place, case: 'house' })

  it('goes to the specialists of the commune where the works stand', async () => {
    expect(await route('T00.X07')).toEqual({ agency: 'T00.X07', unit: 'T00.X07.KT' })
    expect(await route('T00.X36')).toEqual({ agency: 'T00.X36', unit: 'T00.X36.KT' })
  })

  it('matches nothing for a place that is no commune, or another procedure', async () => {
    expect(await route('T00.X37')).toBeNull()
    expect(await route('H01.02')).toBeNull()
    expect(await route('T00.X07', '1.009645')).toBeNull()
  })

  it('of a birth goes to the civil-status officers of the commune', async () => {
    const decide = (place: string) =>
      stage.engine.evaluateDecision('routing_p1001193_v1', { procedure: '1.001193', place, case: 'ordinary' })
    expect(await decide('T00.X07')).toEqual({ agency: 'T00.X07', unit: 'T00.X07.VP' })
    expect(await decide('T00.X37')).toBeNull()
  })

  it('of residence goes to the police of the commune, of the insurance card to the province’s insurance', async () => {
    const decide = (code: string, id: string, place: string) =>
      stage.engine.evaluateDecision(`routing_${id}_v1`, { procedure: code, place, case: 'child' })
    expect(await decide('1.004222', 'p1004222', 'T00.X07')).toEqual({ agency: 'T00.A07', unit: 'T00.A07.CM' })
    expect(await decide('1.004222', 'p1004222', 'T00.X37')).toBeNull()
    const card = await decide('2.000986-BHYT', 'p2000986BHYT', 'T00.X36')
    expect(card).toEqual({ agency: 'T00.B01', unit: 'T00.B01.CM' })
  })

  it('of land goes to the commune or to the registration office, of a criminal record to the provincial police', async () => {
    const decide = (code: string, id: string, key: string) =>
      stage.engine.evaluateDecision(`routing_${id}_v1`, { procedure: code, place: 'T00.X07', case: key })
    const commune = { agency: 'T00.X07', unit: 'T00.X07.KT' }
    expect(await decide('1.013949', 'p1013949', 'rice')).toEqual(commune)
    expect(await decide('1.013831', 'p1013831', 'split')).toEqual({ agency: 'T00.D01', unit: 'T00.D01.CM' })
    expect(await decide('3.000333', 'p3000333', 'numberTwo')).toEqual({
      agency: 'T00.C01',
      unit: 'T00.C01.CM',
    })
    expect(await decide('2.000815', 'p2000815', 'large')).toEqual({ agency: 'T00.X07', unit: 'T00.X07.VP' })
    expect(await decide('1.001776', 'p1001776', 'stop')).toEqual({ agency: 'T00.X07', unit: 'T00.X07.VP' })
  })

  it('of an investment goes to the department of finance, wherever in the province the project lies', async () => {
    const asked = (place: string) => ({ procedure: '1.009645', place, case: 'general' })
    const finance = { agency: 'T00.S01', unit: 'T00.S01.CM' }
    const decide = (place: string) => stage.engine.evaluateDecision('routing_p1009645_v1', asked(place))
    expect(await decide('T00.X07')).toEqual(finance)
    expect(await decide('T00.X36')).toEqual(finance)
    expect(await decide('T00.X37')).toBeNull()
  })
})

describe('the shared processes', () => {
  it.each([
    ['consultation_v1', 'an answer in favour', [['Answer', 'agreed']], 'Agreed'],
    ['consultation_v1', 'an objection', [['Answer', 'objected']], 'Objected'],
    ['consultation_v1', 'silence', [['Answer', 'silent']], 'Silent'],
    ['apology_v1', 'in time after all', [['Draft', 'in-time']], 'NotNeeded'],
    [
      'apology_v1',
      'initials, signature, number, delivery',
      [
        ['Draft', 'drafted'],
        ['Initial', 'initialled'],
        ['Sign', 'signed'],
        ['Number', 'numbered'],
        ['Send', 'sent'],
      ],
      'Sent',
    ],
    [
      'apology_v1',
      'sent back twice',
      [
        ['Draft', 'drafted'],
        ['Initial', 'sent-back'],
        ['Draft', 'drafted'],
        ['Initial', 'initialled'],
        ['Sign', 'sent-back'],
        ['Draft', 'drafted'],
        ['Initial', 'initialled'],
        ['Sign', 'signed'],
        ['Number', 'numbered'],
        ['Send', 'sent'],
      ],
      'Sent',
    ],
    ['stop_v1', 'stopped', [['Check', 'stopped']], 'Stopped'],
    ['stop_v1', 'not stopped', [['Check', 'rejected']], 'Rejected'],
  ] as [string, string, [string, string][], string][])(
    '%s: %s',
    async (processId, _name, steps, end) => {
      const subjectId = await stage.start(processId)
      await walk(
        subjectId,
        steps.map(([element, outcome]) => ({ element, outcome })),
      )
      expect((await stage.ended(subjectId)).at(-1)).toBe(end)
    },
    30_000,
  )

  const alarms = (subjectId: string, count: number) =>
    until(`alarm ${count}`, async () => {
      const passed = await stage.visited(subjectId)
      return passed.filter((id) => id === 'Alarm').length >= count ? passed : undefined
    })
  const watch = async (nextAlarmAt: string) => {
    const id = crypto.randomUUID()
    return stage.start('deadline-watch_v1', { watchId: id, nextAlarmAt }, id)
  }

  it('the watch asks when its time has come, when the deadlines change, and ends when it is told to', async () => {
    const id = await watch('2020-01-01T00:00:00Z')
    expect(await alarms(id, 1)).toEqual(['Start', 'AlarmDue', 'Alarm'])
    await stage.send(id, 'deadline.changed')
    await alarms(id, 2)
    await stage.send(id, 'deadline.stopped')
    const passed = await stage.ended(id)
    expect(passed.slice(3)).toEqual(expect.arrayContaining(['Changed', 'Alarm', 'Stopped', 'Ended']))
  }, 30_000)

  it('a stop for one watch leaves another of the same dossier alone', async () => {
    const [one, other] = [await watch(FAR), await watch(FAR)]
    await stage.send(one, 'deadline.stopped')
    await stage.ended(one)
    await stage.send(other, 'deadline.changed')
    expect(await alarms(other, 1)).not.toContain('Stopped')
  }, 30_000)
})
