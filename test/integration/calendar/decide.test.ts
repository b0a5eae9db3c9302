import { v7 as uuid } from 'uuid'
import { calendarRoutes } from '../../../src/calendar/routes.ts'
import { recomputeClocks } from '../../../src/deadlines/recompute.ts'
import { loggedIn, testApp } from '../../support/http.ts'
import { at, type Scene, setScene } from '../reports/scene.ts'

let scene: Scene
let app: ReturnType<typeof testApp>
let admin: Awaited<ReturnType<typeof loggedIn>>
beforeEach(async () => {
  scene = await setScene()
  app = testApp(scene.db, calendarRoutes())
  admin = await loggedIn(app, 'quantri')
}, 60_000)
afterEach(() => scene.close())

/** Received Mon 2/11 09:10: five working days end Mon 9/11 17:00, seven (the law's) Wed 11/11. */
async function received(code: string, when = '2026-11-02 09:10') {
  const dossier = await scene.file(code, '2026-11-02 08:00')
  await dossier.receive(when)
  await dossier.opened('Appraise', 'KT', 'chuyenvien')
  return dossier
}
const holiday = {
  date: '2026-11-05',
  kind: 'holiday' as const,
  name: { vi: 'Nghỉ đặc biệt', en: 'Special day off' },
  source: 'https://example.invalid/quyet-dinh',
  decision: '99/TB-VPCP',
  reason: 'Thông báo 99/TB-VPCP ngày 03/11/2026',
}
const put = (change: object = {}) => admin.put('/api/admin/calendar/days').send({ ...holiday, ...change })
const preview = (change: object = {}) => {
  const { date, kind } = holiday
  return admin.post('/api/admin/calendar/preview').send({ date, kind, ...change })
}
type ClockRow = {
  due_at: Date
  legal_due_at: Date
  warn_at: Date
  apology_by: Date
  reappointed_due_at: Date | null
  provisional: boolean
  proof: {
    sentence: { vi: string; en: string }
    lines: { kind: string; day?: string; reason: { vi: string } }[]
  }
}
const clockOf = async (id: string): Promise<ClockRow> => {
  const [row] = await scene.sql<ClockRow>(
    `select * from clock where dossier_id = $1 and kind = 'dossier' order by round desc limit 1`,
    [id],
  )
  if (!row) throw new Error('no clock')
  return row
}
const alarmsOf = (id: string) =>
  scene.sql<{ kind: string; at: Date }>(
    'select kind, at from alarm where dossier_id = $1 and handled_at is null order by at, kind',
    [id],
  )

describe('what the applicant hears', () => {
  const told = (id: string) =>
    scene.sql<{ subject: string; body: string }>(
      `select subject, body from notification where dossier_id = $1 and key like 'recount/%'`,
      [id],
    )

  it('a promised date that moves is told with both dates and the reason', async () => {
    const dossier = await received('X01-1')
    const untouched = await received('X01-2', '2026-11-05 09:10')
    await put().expect(200)
    const [letter, ...others] = await told(dossier.id)
    expect(others).toEqual([])
    expect(letter!.body).toContain('Ngày hẹn cũ: T2 09/11/2026 17:00')
    expect(letter!.body).toContain('Ngày hẹn mới: T3 10/11/2026 17:00')
    expect(letter!.body).toContain(holiday.reason)
    expect(await told(untouched.id)).toEqual([])
  })

  it('a date that an apology has promised stays, and nobody is told of another', async () => {
    const dossier = await received('X01-1')
    await dossier.apologise('2026-11-04 16:00', '7/PXL', '2026-11-13 17:00', 'Thiếu người')
    expect((await put().expect(200)).body).toEqual({ dossiers: 1 })
    expect(await told(dossier.id)).toEqual([])
  })
})

describe('deciding a day', () => {
  it('a new holiday moves the due dates that count across it, and only those', async () => {
    const across = await received('X01-1')
    const after = await received('X01-2', '2026-11-05 09:10')
    expect((await put().expect(200)).body).toEqual({ dossiers: 1 })
    expect(await clockOf(across.id)).toMatchObject({
      due_at: at('2026-11-10 17:00'),
      legal_due_at: at('2026-11-12 17:00'),
      apology_by: at('2026-11-09 17:00'),
      warn_at: at('2026-11-06 17:00'),
    })
    expect((await clockOf(after.id)).due_at).toEqual(at('2026-11-12 17:00'))
    const [dossier] = await scene.sql(
      'select due_at, original_due_at, legal_due_at from dossier where id = $1',
      [across.id],
    )
    expect(dossier).toEqual({
      due_at: at('2026-11-10 17:00'),
      original_due_at: at('2026-11-10 17:00'),
      legal_due_at: at('2026-11-12 17:00'),
    })
  })

  it('the proof names the day off, why it was counted again and the date it had', async () => {
    const dossier = await received('X01-1')
    await put().expect(200)
    const { proof } = await clockOf(dossier.id)
    expect(proof.sentence.vi).toContain('T5 05/11 (Nghỉ đặc biệt, 99/TB-VPCP)')
    expect(proof.sentence.vi).toContain(
      'tính lại vì lịch làm việc thay đổi: Thông báo 99/TB-VPCP ngày 03/11/2026; hạn cũ T2 09/11/2026 17:00',
    )
    expect(proof.lines.find(({ day }) => day === '2026-11-05')).toMatchObject({ kind: 'skipped' })
    await put({ date: '2026-11-06', reason: 'Thông báo 100' }).expect(200)
    const again = (await clockOf(dossier.id)).proof.sentence.vi
    expect(again).toContain('hạn cũ T2 09/11/2026 17:00')
    expect(again).toContain('Thông báo 100; hạn cũ T3 10/11/2026 17:00')
  })

  it('alarms move with the date, and the dossier’s watch is told', async () => {
    const dossier = await received('X01-1')
    const watch = uuid()
    await scene.sql(
      'insert into watch (id, dossier_id, next_alarm_at, started_at) select $1, $2, min(at), now() from alarm where dossier_id = $2',
      [watch, dossier.id],
    )
    await put().expect(200)
    expect(await alarmsOf(dossier.id)).toEqual([
      { kind: 'warn', at: at('2026-11-06 17:00') },
      { kind: 'apology-start', at: at('2026-11-09 13:00') },
      { kind: 'apology-missed', at: at('2026-11-09 17:00') },
      { kind: 'breach', at: at('2026-11-10 17:00') },
    ])
    const [told] = await scene.sql(`select payload->>'name' as name from outbox where subject_id = $1`, [
      watch,
    ])
    expect(told).toEqual({ name: 'deadline.changed' })
    const [row] = await scene.sql('select next_alarm_at from watch where id = $1', [watch])
    expect(row).toEqual({ next_alarm_at: at('2026-11-06 17:00') })
  })

  it('taking the day away brings the old date back, and both decisions stay on the record', async () => {
    const dossier = await received('X01-1')
    await put().expect(200)
    scene.clock.advance(60_000)
    expect((await put({ kind: null, reason: 'Thông báo bị thu hồi' }).expect(200)).body).toEqual({
      dossiers: 1,
    })
    expect((await clockOf(dossier.id)).due_at).toEqual(at('2026-11-09 17:00'))
    expect(
      await scene.sql(`select kind, valid_to is null as open from calendar_day where date = '2026-11-05'`),
    ).toEqual([{ kind: 'holiday', open: false }])
    expect((await put({ kind: null }).expect(422)).body.errors[0].field).toBe('date')
  })

  it('a decision replaces the undecided day without changing its row', async () => {
    await put({ date: '2026-11-24', name: { vi: 'Ngày Văn hóa Việt Nam' } }).expect(200)
    expect(
      await scene.sql(
        `select kind, verified, valid_to is null as open from calendar_day where date = '2026-11-24' order by valid_from, valid_to`,
      ),
    ).toEqual(
      expect.arrayContaining([
        { kind: 'undecided', verified: false, open: false },
        { kind: 'holiday', verified: true, open: true },
      ]),
    )
  })

  it('clocks that stand still, have ended or belong to finished dossiers stay as they are', async () => {
    const stopped = await received('X01-1')
    await stopped.ask('2026-11-03 10:00')
    const finished = await received('X01-2')
    await finished.finish('2026-11-04 10:00')
    const withdrawn = await received('X01-3')
    await withdrawn.end('2026-11-04 11:00', 'withdrawn')
    expect((await put().expect(200)).body).toEqual({ dossiers: 0 })
    for (const { id } of [stopped, finished, withdrawn])
      expect((await clockOf(id)).due_at).toEqual(at('2026-11-09 17:00'))
  })

  it('a new date that an apology promised stays; the original date moves', async () => {
    const dossier = await received('X01-1')
    await dossier.apologise('2026-11-04 16:00', '7/PXL', '2026-11-13 17:00', 'Thiếu người')
    await put({ date: '2026-11-12' }).expect(200)
    expect((await clockOf(dossier.id)).due_at).toEqual(at('2026-11-09 17:00'))
    await put().expect(200)
    expect(await clockOf(dossier.id)).toMatchObject({
      due_at: at('2026-11-10 17:00'),
      reappointed_due_at: at('2026-11-13 17:00'),
      // The limit of the one apology there is, given on the 4th for the date that held then.
      apology_by: at('2026-11-06 17:00'),
    })
    const [row] = await scene.sql('select due_at, original_due_at from dossier where id = $1', [dossier.id])
    expect(row).toEqual({ due_at: at('2026-11-13 17:00'), original_due_at: at('2026-11-10 17:00') })
    expect((await alarmsOf(dossier.id)).at(-1)).toEqual({ kind: 'breach', at: at('2026-11-13 17:00') })
  })

  it('after supplements the running round is counted from their receipt', async () => {
    const dossier = await received('X01-1')
    await dossier.ask('2026-11-03 10:00')
    await dossier.complete('2026-11-04 10:00')
    expect((await put().expect(200)).body).toEqual({ dossiers: 1 })
    expect((await clockOf(dossier.id)).due_at).toEqual(at('2026-11-12 17:00'))
    const rounds = await scene.sql(
      `select round, due_at from clock where dossier_id = $1 and kind = 'dossier' order by round`,
      [dossier.id],
    )
    expect(rounds[0]).toEqual({ round: 1, due_at: at('2026-11-09 17:00') })
  })

  it('the trail says what was decided and which dossiers moved', async () => {
    const dossier = await received('X01-1')
    await put().expect(200)
    const entries = await scene.sql<{ act: string; dossier_id: string | null; line: string }>(
      `select act, dossier_id, line from audit_entry where act in ('calendar.decided', 'clock.recomputed') order by index`,
    )
    expect(entries.map(({ act, dossier_id }) => [act, dossier_id])).toEqual([
      ['clock.recomputed', dossier.id],
      ['calendar.decided', null],
    ])
    expect(JSON.parse(entries[0]?.line ?? '').detail).toMatchObject({
      from: '2026-11-09T10:00:00.000Z',
      to: '2026-11-10T10:00:00.000Z',
      reason: holiday.reason,
    })
    expect(JSON.parse(entries[1]?.line ?? '').detail).toMatchObject({
      date: '2026-11-05',
      kind: 'holiday',
      dossiers: 1,
    })
  })

  it('when counting fails nothing is decided', async () => {
    await received('X01-1')
    await scene.sql(`update clock set committed = '{"value": 0, "unit": "working-day"}'`)
    await put().expect(500)
    expect(await scene.sql(`select from calendar_day where date = '2026-11-05'`)).toHaveLength(0)
  })

  it('counting again without a change changes nothing', async () => {
    const dossier = await received('X01-1')
    const before = await clockOf(dossier.id)
    const alarms = await alarmsOf(dossier.id)
    const moves = await scene.doing('2026-11-03 08:00', (tx) => recomputeClocks(tx, 'again', ['2026-11-05']))
    expect(moves).toEqual([])
    expect(await clockOf(dossier.id)).toEqual(before)
    expect(await alarmsOf(dossier.id)).toEqual(alarms)
  })
})

describe('a swap', () => {
  const swap = {
    date: '2026-11-06',
    kind: 'substitute' as const,
    swapWith: '2026-11-14',
    name: { vi: 'Hoán đổi ngày làm việc' },
  }

  it('is decided with both its days, and taken back with both', async () => {
    const dossier = await received('X01-1')
    await put(swap).expect(200)
    const { body } = await admin.get('/api/admin/calendar?year=2026').expect(200)
    const of = (date: string) => body.days.find((day: { date: string }) => day.date === date)
    expect(of('2026-11-06')).toMatchObject({ kind: 'substitute', swapWith: '2026-11-14' })
    expect(of('2026-11-14')).toMatchObject({ kind: 'swapped-working-day', swapWith: '2026-11-06' })
    expect((await clockOf(dossier.id)).due_at).toEqual(at('2026-11-10 17:00'))
    scene.clock.advance(60_000)
    await put({ date: '2026-11-14', kind: null }).expect(200)
    expect(
      await scene.sql(
        'select from calendar_day where valid_to is null and swap_with is not null and date > $1',
        ['2026-11-01'],
      ),
    ).toHaveLength(0)
    expect((await clockOf(dossier.id)).due_at).toEqual(at('2026-11-09 17:00'))
  })
})

describe('a year that nothing is decided of', () => {
  it('keeps its proposed holidays, unverified, when its first day is decided', async () => {
    await put({ date: '2027-05-03' }).expect(200)
    const { body } = await admin.get('/api/admin/calendar?year=2027').expect(200)
    expect(body.provisional).toBe(false)
    const tet = body.days.filter(({ name }: { name: { vi: string } }) => name.vi.startsWith('Tết Âm lịch'))
    expect(tet).toHaveLength(5)
    for (const { verified } of tet) expect(verified).toBe(false)
  })

  it('stays provisional when a day is only marked undecided', async () => {
    await put({ date: '2027-05-04', kind: 'undecided', decision: '' }).expect(200)
    expect((await admin.get('/api/admin/calendar?year=2027').expect(200)).body.provisional).toBe(true)
  })

  it('a holiday that another day stands in for cannot go alone', async () => {
    const { body } = await admin.get('/api/admin/calendar?year=2027').expect(200)
    const inLieu = body.days.find(({ substitutesFor }: { substitutesFor: string | null }) => substitutesFor)
    const answer = await put({ date: inLieu.substitutesFor, kind: null }).expect(422)
    expect(answer.body.errors[0]).toMatchObject({ field: 'date' })
    expect(answer.body.errors[0].message).toContain(inLieu.date)
  })
})

describe('a preview', () => {
  it('tells how many dossiers move, with examples, and changes nothing', async () => {
    const dossiers = []
    for (let n = 1; n <= 7; n++) dossiers.push(await received(`X01-${n}`))
    const { body } = await preview().expect(200)
    expect(body.dossiers).toBe(7)
    expect(body.examples).toHaveLength(5)
    expect(body.examples[0]).toEqual({
      code: 'X01-1',
      dueAt: '2026-11-09T10:00:00.000Z',
      newDueAt: '2026-11-10T10:00:00.000Z',
    })
    expect((await clockOf(dossiers[0]?.id ?? '')).due_at).toEqual(at('2026-11-09 17:00'))
    expect(await scene.sql(`select from calendar_day where date = '2026-11-05'`)).toHaveLength(0)
    expect((await put().expect(200)).body).toEqual({ dossiers: 7 })
  })

  it('of a weekend or a day after every date moves nothing', async () => {
    await received('X01-1')
    expect((await preview({ date: '2026-11-07' }).expect(200)).body).toEqual({ dossiers: 0, examples: [] })
    expect((await preview({ date: '2026-12-10' }).expect(200)).body).toEqual({ dossiers: 0, examples: [] })
  })
})

it('two administrators deciding one day at once leave one row in force', async () => {
  const answers = await Promise.all([put(), put({ name: { vi: 'Nghỉ khác' } })])
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
  expect(
    await scene.sql(`select from calendar_day where date = '2026-11-05' and valid_to is null`),
  ).toHaveLength(1)
})
