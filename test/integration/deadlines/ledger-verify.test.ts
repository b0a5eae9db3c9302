import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { jest } from '@jest/globals'
import fc from 'fast-check'
import { systemActor } from '../../../src/access/actor.ts'
import { agencyId, personId, unitId } from '../../../src/agencies/load.ts'
import { officeWeek, type WorkingHours } from '../../../src/calendar/hours.ts'
import type { LedgerBreach } from '../../../src/verify/invariants.ts'
import { verifyLedger } from '../../../src/verify/ledger.ts'
import { type Happened, histories } from '../../unit/deadlines/histories.ts'
import { at, type Scene, setScene } from '../reports/scene.ts'
import { openWorld } from './lived.ts'

jest.setTimeout(120_000)

let scene: Scene
let world: Awaited<ReturnType<typeof openWorld>>
beforeAll(async () => {
  scene = await setScene()
  world = await openWorld(scene)
})
afterAll(() => scene.close())

async function verified(period = {}) {
  const breaches: LedgerBreach[] = []
  const verdict = await verifyLedger(scene.db, period, (breach) => void breaches.push(breach))
  return { verdict, breaches }
}

const story: Happened[] = [
  { kind: 'filed', at: at('2026-11-02 08:00') },
  { kind: 'opened', element: 'Receive', person: 'motcua' },
  { kind: 'received', at: at('2026-11-02 09:10') },
  { kind: 'opened', element: 'Appraise', person: 'chuyenvien' },
  { kind: 'consulted', at: at('2026-11-03 14:00'), body: 0 },
  { kind: 'answered', at: at('2026-11-05 10:00'), body: 0 },
  { kind: 'passed', at: at('2026-11-06 10:00') },
  { kind: 'opened', element: 'Sign', person: 'chutich' },
  { kind: 'finished', at: at('2026-11-09 16:00') },
  { kind: 'opened', element: 'Return', person: 'motcua' },
  { kind: 'ended', at: at('2026-11-10 09:00'), state: 'returned' },
]

describe('the ledger of the whole database', () => {
  it('holds for generated lives that the product’s own functions have written', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const id = await world.live(history)
        const { breaches } = await verified()
        expect(breaches.filter(({ dossierId }) => dossierId === id)).toEqual([])
      }),
      { numRuns: 12 },
    )
  })

  const interval = (element: string) => `dossier_id = $1 and element_id = '${element}'`
  const planted: [string, string, string][] = [
    ['a gap', `update holding set from_at = from_at + interval '1 minute' where ${interval('Sign')}`, 'gap'],
    [
      'an overlap',
      `update holding set from_at = from_at - interval '1 minute' where ${interval('Sign')}`,
      'overlap',
    ],
    [
      'a boundary changed on both sides',
      `update holding set from_at = case element_id when 'Sign' then from_at - interval '1 hour' else from_at end,
              to_at = case element_id when 'Appraise' then to_at - interval '1 hour' else to_at end
        where dossier_id = $1 and element_id in ('Appraise', 'Sign')`,
      'boundary',
    ],
    ['a missing side', `delete from holding where ${interval('Answer')}`, 'side'],
    [
      'an allotment that exceeds',
      `update holding set allotted_minutes = 480 where ${interval('Sign')}`,
      'allotment',
    ],
    [
      'a holder of the wrong unit',
      `update holding set person_id = '${personId('chuyenvien.x02')}' where ${interval('Sign')}`,
      'holder',
    ],
    [
      'a unit of another agency',
      `update holding set unit_id = '${unitId('T00.X02.LD')}', agency_id = '${agencyId('T00.X01')}' where ${interval('Sign')}`,
      'holder',
    ],
    [
      'a closed dossier with a running interval',
      `update holding set to_at = null where ${interval('Return')}`,
      'end',
    ],
    [
      'a due date that was changed',
      `update clock set due_at = due_at + interval '14 days' where dossier_id = $1 and kind = 'dossier'`,
      'due',
    ],
  ]
  it.each(planted)('%s is named with its dossier', async (_, sql, invariant) => {
    const id = await world.live(story)
    await scene.sql(sql, [id])
    const { breaches, verdict } = await verified({ from: at('2026-11-02 00:00'), agency: 'T00.X01' })
    expect(breaches.filter(({ dossierId }) => dossierId === id).map((one) => one.invariant)).toContain(
      invariant,
    )
    expect(breaches.find(({ dossierId }) => dossierId === id)).toMatchObject({ code: id })
    expect(verdict.broken).toBeGreaterThan(0)
  })

  it('hours and days decided once a clock was counted no more move nothing that was promised', async () => {
    const broken = async (id: string) =>
      (await verified()).breaches.filter(({ dossierId }) => dossierId === id).map((one) => one.invariant)
    const done = await world.live(story)
    const waited = await world.live([
      ...story.slice(0, 4),
      { kind: 'asked', at: at('2026-11-04 10:00') },
      { kind: 'submitted', at: at('2026-11-13 10:00') },
      { kind: 'completed', at: at('2026-11-13 11:00') },
      { kind: 'opened', element: 'Appraise', person: 'chuyenvien' },
      { kind: 'passed', at: at('2026-11-16 10:00') },
      { kind: 'opened', element: 'Sign', person: 'chutich' },
      { kind: 'finished', at: at('2026-11-17 16:00') },
      { kind: 'opened', element: 'Return', person: 'motcua' },
      { kind: 'ended', at: at('2026-11-18 09:00'), state: 'returned' },
    ])
    const [{ hours }] = (await scene.sql('select working_hours as hours from agency where code = $1', [
      'T00.X01',
    ])) as [{ hours: WorkingHours[] }]
    const until1630 = officeWeek([
      ['07:30', '11:30'],
      ['13:00', '16:30'],
    ])
    // As the acts of deciding leave them: the day while the second dossier waited, the hours when the first was done.
    await scene.sql(
      `insert into calendar_day (id, date, kind, name, source, decision, verified, valid_from)
       values (gen_random_uuid(), '2026-11-09', 'holiday', '{"vi":"Nghỉ thử"}', 'test', 'test', true, $1)`,
      [at('2026-11-12 10:00')],
    )
    await scene.sql('update agency set working_hours = $2 where code = $1', [
      'T00.X01',
      JSON.stringify([
        ...hours,
        { validFrom: '2026-11-10', week: until1630, source: 'test', verified: false },
      ]),
    ])
    scene.clock.set(at('2026-11-18 10:00'))
    await scene.db.transact(systemActor('test'), async (tx) =>
      tx.audit({
        act: 'calendar.hours-decided',
        detail: { agencyId: agencyId('T00.X01'), validFrom: '2026-11-10' },
      }),
    )
    try {
      expect(await broken(done)).toEqual([])
      expect(await broken(waited)).toEqual([])
    } finally {
      await scene.sql(`delete from calendar_day where date = '2026-11-09'`)
      await scene.sql('update agency set working_hours = $2 where code = $1', [
        'T00.X01',
        JSON.stringify(hours),
      ])
    }
  })

  it('is read by the command line beside whoever works on it: a line for each finding, the sum, and how it ends', async () => {
    const command = (...args: string[]) =>
      promisify(execFile)(
        join('node_modules', '.bin', 'node'),
        ['src/cli/main.ts', 'ledger', 'verify', '--json', ...args],
        { env: { ...process.env, DATABASE_URL: scene.test.appUrl, DATABASE_OWNER_URL: scene.test.ownerUrl } },
      ).then(
        ({ stdout }) => ({ code: 0, stdout }),
        ({ code, stdout }: { code: number; stdout: string }) => ({ code, stdout }),
      )
    const { verdict, breaches } = await verified()
    const { code, stdout } = await command()
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(code).toBe(1)
    expect(lines.at(-1)).toEqual(verdict)
    expect(lines.slice(0, -1).map(({ invariant }) => invariant)).toEqual(
      breaches.map(({ invariant }) => invariant),
    )
    expect(await command('--from', '2027-01-01')).toMatchObject({ code: 0 })
  })

  it('of another agency, or of another time, is not looked at', async () => {
    expect((await verified({ agency: 'T00.X36' })).verdict.dossiers).toBe(0)
    expect((await verified({ from: at('2027-01-01 00:00') })).verdict.dossiers).toBe(0)
  })
})
