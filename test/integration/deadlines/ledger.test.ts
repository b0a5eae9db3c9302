import { jest } from '@jest/globals'
import fc from 'fast-check'
import { v7 as uuid } from 'uuid'
import { agencyId, personId, unitId } from '../../../src/agencies/load.ts'
import { handingsOf } from '../../../src/control-slip/handings.ts'
import { controlSlip } from '../../../src/control-slip/slip.ts'
import type { Sql } from '../../../src/database/transaction.ts'
import type { LedgerAct } from '../../../src/deadlines/entity.ts'
import { changePerson, endLine, fillStep, passOn } from '../../../src/deadlines/ledger.ts'
import { auditFrame } from '../../../src/reports/frame.ts'
import { at, received, refusal, type Scene, setScene } from '../dossiers/scene.ts'

jest.setTimeout(120_000)

let scene: Scene
beforeAll(async () => {
  scene = await setScene()
})
afterAll(() => scene.close())

const PEOPLE = [null, 'chuyenvien.x01', 'chuyenvien2.x01'] as const
const by = (act: string): LedgerAct => ({ act, personId: null, text: { vi: act } })

type Interval = {
  from_at: Date
  to_at: Date | null
  element_id: string
  person_id: string | null
  agency_id: string
}
const line = (id: string) =>
  scene.sql<Interval>(
    `select from_at, to_at, element_id, person_id, agency_id from holding
      where dossier_id = $1 and track = 'accountable' order by seq`,
    [id],
  )

/** What may happen to a line, each `minutes` after the act before; a decision let go late happened earlier. */
const step = fc.oneof(
  fc.record({ kind: fc.constant('pass' as const), minutes: fc.integer({ min: -3, max: 600 }) }),
  fc.record({
    kind: fc.constant('open' as const),
    element: fc.constantFrom('Appraise', 'SignResult', 'AwaitSupplement'),
  }),
  fc.record({
    kind: fc.constant('hand' as const),
    minutes: fc.integer({ min: 0, max: 600 }),
    to: fc.constantFrom(...PEOPLE),
  }),
)

const held = (element: string, taskId: string) => ({
  elementId: element,
  stepName: { vi: element },
  taskId,
  allottedMinutes: 60,
})

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

async function play(sql: Sql, id: string, steps: Step[], start: Date): Promise<Date> {
  let now = start
  let task: string = uuid()
  for (const one of steps) {
    if (one.kind === 'open') {
      task = uuid()
      const holder = { agencyId: agencyId('T00.X01'), unitId: unitId('T00.X01.KT'), personId: null }
      await fillStep(sql, id, holder, held(one.element, task))
      continue
    }
    now = new Date(now.getTime() + one.minutes * 60_000)
    if (one.kind === 'pass') await passOn(sql, id, now, by('pass'))
    else await changePerson(sql, id, task, one.to && personId(one.to), now, by('hand'))
  }
  return now
}

describe('the line of holders', () => {
  it('tiles a dossier’s life whatever happens to it, in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
        scene.goTo('2026-11-02 09:00')
        const { id, filedAt } = await scene.file()
        const last = await scene.act(async ({ sql }) => {
          const now = await play(sql, id, steps, filedAt)
          await endLine(sql, id, now, by('end'))
          return now
        })
        const intervals = await line(id)
        expect(intervals[0]!.from_at).toEqual(filedAt)
        for (const [n, { from_at, to_at }] of intervals.entries()) {
          expect(to_at!.getTime()).toBeGreaterThanOrEqual(from_at.getTime())
          if (n > 0) expect(from_at).toEqual(intervals[n - 1]!.to_at)
        }
        expect(intervals.at(-1)!.to_at!.getTime()).toBeGreaterThanOrEqual(last.getTime())
      }),
      { numRuns: 25 },
    )
  })

  it('a step opened twice is filled in once, and never moves a boundary', async () => {
    scene.goTo('2026-11-02 09:00')
    const { id } = await scene.file()
    const holder = { agencyId: agencyId('T00.X01'), unitId: unitId('T00.X01.KT'), personId: null }
    await scene.act((tx) => passOn(tx.sql, id, new Date('2026-11-02T03:00:00Z'), by('pass')))
    for (const task of [uuid(), uuid()])
      await scene.act((tx) => fillStep(tx.sql, id, holder, held('Appraise', task)))
    expect((await line(id)).map(({ from_at, element_id }) => [from_at.toISOString(), element_id])).toEqual([
      ['2026-11-02T02:00:00.000Z', ''],
      ['2026-11-02T03:00:00.000Z', 'Appraise'],
    ])
  })

  it('nothing holds a dossier after its end', async () => {
    const { id, filedAt } = await scene.file()
    await scene.act(async ({ sql }) => {
      await endLine(sql, id, filedAt, by('end'))
      await passOn(sql, id, filedAt, by('too late'))
    })
    expect(await line(id)).toHaveLength(1)
  })
})

describe('the control slip', () => {
  const slipOf = (id: string, login = 'truongmotcua.x01') =>
    scene.as(login, (tx) => controlSlip(tx, scene.services, id))

  it('says who passed the dossier on to whom and when, and how each kept their time', async () => {
    const id = await received(scene)
    scene.goTo('2026-11-10 10:00')
    await scene.does('chuyenvien.x01', id, 'Appraise', 'approved')
    scene.goTo('2026-11-10 10:30')
    await scene.does('truongphong.x01', id, 'ReviewResult', 'sent-back', { reason: 'Thiếu bản vẽ' })
    scene.goTo('2026-11-10 11:00')
    const handings = await scene.as('thanhtra', async (tx) => handingsOf((await auditFrame(tx, id))!))
    expect(handings.map(({ from, to, result }) => [from, to, result])).toEqual([
      ['Bộ phận Tiếp nhận và Trả kết quả', 'Phòng Kinh tế, Hạ tầng và Đô thị', 'early'],
      ['Phòng Kinh tế, Hạ tầng và Đô thị', 'Phòng Kinh tế, Hạ tầng và Đô thị', 'early'],
      ['Phòng Kinh tế, Hạ tầng và Đô thị', 'Phòng Kinh tế, Hạ tầng và Đô thị', 'late'],
      ['Phòng Kinh tế, Hạ tầng và Đô thị', 'Phòng Kinh tế, Hạ tầng và Đô thị', 'early'],
    ])
    expect(handings[2]?.at).toEqual(at('2026-11-10 10:00'))
    expect(handings[2]?.note).toContain('được giao')
  })

  it('has one number for good, drawn when its people first print it, and is nobody’s before receipt', async () => {
    scene.goTo('2026-11-02 09:00')
    const { id } = await scene.file()
    expect(await refusal(slipOf(id))).toMatchObject({ status: 409 })
    const done = await received(scene)
    // Who only looks draws nothing, nor does a link in somebody else's page.
    expect((await slipOf(done, 'thanhtra'))?.bytes.subarray(0, 5).toString()).toBe('%PDF-')
    await scene.as('truongmotcua.x01', (tx) => controlSlip(tx, scene.services, done, { draw: false }))
    for (const _ of [1, 2]) expect((await slipOf(done))?.bytes.subarray(0, 5).toString()).toBe('%PDF-')
    const printed = await scene.sql<{ number: string }>(
      `select (line::jsonb)->'detail'->>'number' as number from audit_entry where dossier_id = $1 and act = 'control-slip.printed'`,
      [done],
    )
    expect(printed.map(({ number }) => number)).toEqual([null, null, '01/PKS-BPTNTKQ', '01/PKS-BPTNTKQ'])
    expect(await scene.as('congdan', (tx) => controlSlip(tx, scene.services, done))).toBeUndefined()
  })
})
