import { endAbsence } from '../../../src/absence/end.ts'
import { enterAbsence, type NewAbsence } from '../../../src/absence/enter.ts'
import { absences, peopleToEnter, standsInFor, substitutesFor } from '../../../src/absence/read-model.ts'
import { tellBegun } from '../../../src/absence/tell.ts'
import { systemActor } from '../../../src/access/actor.ts'
import { personId } from '../../../src/agencies/load.ts'
import type { Tx } from '../../../src/database/transaction.ts'
import { loadActor } from '../../../src/people/actor.ts'
import { at, type Scene, setScene } from '../reports/scene.ts'
import { refusal } from './refusal.ts'

let scene: Scene
beforeAll(async () => {
  scene = await setScene()
}, 60_000)
afterAll(() => scene.close())
beforeEach(async () => {
  scene.test.clock.set(at('2026-11-02 09:00'))
  await scene.sql('delete from absence')
})

const as = async <T>(login: string, work: (tx: Tx) => Promise<T>): Promise<T> => {
  const actor = await loadActor(scene.test.db, personId(login), 'vi')
  if (!actor) throw new Error(`there is nobody called ${login}`)
  return scene.test.db.transact(actor, work)
}
const absence = (
  person: string,
  substitute: string | null,
  change: Partial<NewAbsence> = {},
): NewAbsence => ({
  personId: personId(person),
  substituteId: substitute && personId(substitute),
  fromDay: '2026-11-03',
  toDay: '2026-11-06',
  procedures: [],
  forms: [],
  reason: 'Nghỉ phép năm',
  ...change,
})
const enters = (by: string, person: string, substitute: string | null, change?: Partial<NewAbsence>) =>
  as(by, (tx) => enterAbsence(tx, absence(person, substitute, change)))
const rows = () => scene.sql<{ n: number }>('select count(*)::int as n from absence')

describe('an absence', () => {
  it('is entered by the person themself, and by whoever heads their unit or agency', async () => {
    await enters('chuyenvien.x01', 'chuyenvien.x01', 'chuyenvien2.x01')
    await enters('truongphong.x01', 'chuyenvien.x01', 'chuyenvien2.x01', {
      fromDay: '2026-11-09',
      toDay: '2026-11-10',
    })
    await enters('chutich.x01', 'truongphong.x01', 'photruongphong.x01')
    const seen = await as('truongphong.x01', absences)
    expect(seen.map(({ person, substitute, state }) => [person.id, substitute?.id, state])).toEqual([
      [personId('chuyenvien.x01'), personId('chuyenvien2.x01'), 'planned'],
      [personId('chuyenvien.x01'), personId('chuyenvien2.x01'), 'planned'],
      [personId('truongphong.x01'), personId('photruongphong.x01'), 'planned'],
    ])
  })

  it('is not entered by a colleague, nor by the head of another unit, and nobody else sees it', async () => {
    for (const by of ['chuyenvien2.x01', 'truongphong.x02', 'truongmotcua.x01'])
      expect((await refusal(enters(by, 'chuyenvien.x01', 'chuyenvien2.x01'))).status).toBe(403)
    await enters('chuyenvien.x01', 'chuyenvien.x01', 'chuyenvien2.x01')
    expect(await as('truongphong.x02', absences)).toEqual([])
    expect(await as('chuyenvien2.x01', absences)).toMatchObject([{ canEnd: false }])
  })

  it('keeps names and reasons out of the audit trail', async () => {
    await enters('chuyenvien.x01', 'chuyenvien.x01', 'chuyenvien2.x01', { reason: 'Ốm nặng' })
    const [{ line } = { line: '' }] = await scene.sql<{ line: string }>(
      `select line from audit_entry where act = 'absence.entered' order by index desc limit 1`,
    )
    expect(line).toContain(personId('chuyenvien.x01'))
    expect(line).not.toContain('Ốm')
  })

  it.each([
    ['begins before today', { fromDay: '2026-11-01' }, 'fromDay', /Ngày bắt đầu đã qua/],
    ['ends before it begins', { fromDay: '2026-11-06', toDay: '2026-11-05' }, 'toDay', /trước ngày bắt đầu/],
    ['lasts for years', { toDay: '2028-11-05' }, 'toDay', /dài nhất 366 ngày/],
    ['names a procedure there is not', { procedures: ['9.9'] }, 'procedures', /“9.9”/],
    ['names a form there is not', { forms: ['paint'] }, 'forms', /“paint”/],
    [
      'has the person stand in for themself',
      { substituteId: personId('chuyenvien.x01') },
      'substituteId',
      /tự làm thay/,
    ],
    [
      'names a substitute of another agency',
      { substituteId: personId('chuyenvien.x02') },
      'substituteId',
      /cùng cơ quan/,
    ],
    [
      'names a substitute who is no civil servant',
      { substituteId: personId('congdan') },
      'substituteId',
      /cùng cơ quan/,
    ],
    [
      'names a substitute of another kind of work',
      { substituteId: personId('vanthu.x01') },
      'substituteId',
      /không làm được việc/,
    ],
  ])(
    'that %s is refused with the field and the mend, and nothing changes',
    async (_, change, field, words) => {
      const said = await refusal(enters('chuyenvien.x01', 'chuyenvien.x01', 'chuyenvien2.x01', change))
      expect({ status: said.status, fields: said.fields }).toEqual({ status: 422, fields: [field] })
      expect(said.messages[0]?.vi).toMatch(words)
      expect(said.messages[0]?.en).not.toBe('')
      expect(await rows()).toEqual([{ n: 0 }])
    },
  )

  it('does not overlap another of the same work; of other work it may', async () => {
    const kinds = { procedures: ['1.013225'] }
    await enters('chuyenvien.x01', 'chuyenvien.x01', 'chuyenvien2.x01', kinds)
    const again = enters('chuyenvien.x01', 'chuyenvien.x01', null, {
      fromDay: '2026-11-06',
      toDay: '2026-11-09',
    })
    expect(await refusal(again)).toMatchObject({ status: 422, fields: ['fromDay'] })
    expect((await refusal(enters('chuyenvien.x01', 'chuyenvien.x01', null, kinds))).messages[0]?.vi).toMatch(
      /T3 03\/11\/2026/,
    )
    await enters('chuyenvien.x01', 'chuyenvien.x01', null, { fromDay: '2026-11-07', toDay: '2026-11-09' })
    expect(await rows()).toEqual([{ n: 2 }])
  })

  it('has no substitute who is away in the same days, and never a circle', async () => {
    await enters('chuyenvien.x01', 'chuyenvien.x01', 'chuyenvien2.x01')
    const circle = await refusal(
      enters('chuyenvien2.x01', 'chuyenvien2.x01', 'chuyenvien.x01', {
        fromDay: '2026-11-06',
        toDay: '2026-11-09',
      }),
    )
    expect(circle).toMatchObject({ status: 422, fields: ['substituteId'] })
    expect(circle.messages[0]?.vi).toMatch(/Thay vòng/)
    await enters('chuyenvien2.x01', 'chuyenvien2.x01', 'truongphong.x01', { fromDay: '2026-11-05' })
    const wide = await refusal(
      enters('truongphong.x01', 'truongphong.x01', 'chutich.x01').then(() =>
        enters('photruongphong.x01', 'photruongphong.x01', 'truongphong.x01'),
      ),
    )
    expect(wide.messages[0]?.vi).toMatch(/cũng vắng từ/)
    await enters('chuyenvien2.x01', 'chuyenvien2.x01', 'chuyenvien.x01', {
      fromDay: '2026-11-09',
      toDay: '2026-11-09',
    })
  })

  it('two who name each other at once do not both get through', async () => {
    const both = await Promise.allSettled([
      enters('chuyenvien.x01', 'chuyenvien.x01', 'chuyenvien2.x01'),
      enters('chuyenvien2.x01', 'chuyenvien2.x01', 'chuyenvien.x01'),
    ])
    expect(both.filter(({ status }) => status === 'rejected')).toHaveLength(1)
    expect(await rows()).toEqual([{ n: 1 }])
  })
})

describe('who may stand in', () => {
  it('is whoever does such work in the agency and is there, least loaded first', async () => {
    const choices = async () =>
      (
        await as('chuyenvien.x01', (tx) =>
          substitutesFor(tx, {
            personId: personId('chuyenvien.x01'),
            fromDay: '2026-11-03',
            toDay: '2026-11-06',
          }),
        )
      ).map(({ id }) => id)
    const before = await choices()
    expect(before).toContain(personId('chuyenvien2.x01'))
    expect(before).toContain(personId('truongphong.x01'))
    for (const other of ['chuyenvien.x01', 'chuyenvien.x02', 'motcua.x01', 'vanthu.x01', 'chutich.x01'])
      expect(before).not.toContain(personId(other))
    await enters('chuyenvien2.x01', 'chuyenvien2.x01', null, { fromDay: '2026-11-06', toDay: '2026-11-06' })
    expect(await choices()).not.toContain(personId('chuyenvien2.x01'))
  })

  it('is chosen for oneself and for the people one heads', async () => {
    const people = async (login: string) => (await as(login, peopleToEnter)).map(({ id }) => id)
    expect(await people('chuyenvien.x01')).toEqual([personId('chuyenvien.x01')])
    const head = await people('truongphong.x01')
    expect(head[0]).toBe(personId('truongphong.x01'))
    expect(head).toContain(personId('chuyenvien.x01'))
    expect(head).not.toContain(personId('motcua.x01'))
  })
})

describe('an absence ends', () => {
  const ends = (by: string, id: string, lastDay: string | null) => as(by, (tx) => endAbsence(tx, id, lastDay))

  it('by itself with its last day, and is then no rule any more', async () => {
    await enters('chuyenvien.x01', 'chuyenvien.x01', 'chuyenvien2.x01')
    const who = () => as('chuyenvien2.x01', standsInFor)
    expect(await who()).toEqual([])
    scene.test.clock.set(at('2026-11-03 00:01'))
    expect(await who()).toMatchObject([{ person: { id: personId('chuyenvien.x01') }, toDay: '2026-11-06' }])
    scene.test.clock.set(at('2026-11-06 23:59'))
    expect(await who()).toHaveLength(1)
    scene.test.clock.set(at('2026-11-07 00:01'))
    expect(await who()).toEqual([])
    expect(await as('chuyenvien.x01', absences)).toMatchObject([{ state: 'over', canEnd: false }])
  })

  it('early, on a day from yesterday on; before it began it is cancelled', async () => {
    const id = await enters('chuyenvien.x01', 'chuyenvien.x01', 'chuyenvien2.x01')
    scene.test.clock.set(at('2026-11-05 09:00'))
    expect(await refusal(ends('chuyenvien.x01', id, null))).toMatchObject({
      status: 422,
      fields: ['lastDay'],
    })
    expect(await refusal(ends('chuyenvien.x01', id, '2026-11-03'))).toMatchObject({ status: 422 })
    expect(await refusal(ends('chuyenvien.x01', id, '2026-11-06'))).toMatchObject({ status: 422 })
    expect((await refusal(ends('chuyenvien2.x01', id, '2026-11-04'))).status).toBe(403)
    expect((await refusal(ends('vanthu.x02', id, '2026-11-04'))).status).toBe(404)
    await ends('chuyenvien.x01', id, '2026-11-04')
    expect(await as('chuyenvien2.x01', standsInFor)).toEqual([])
    expect((await refusal(ends('chuyenvien.x01', id, null))).status).toBe(409)
    const later = await enters('chuyenvien.x01', 'chuyenvien.x01', null, {
      fromDay: '2026-11-10',
      toDay: '2026-11-11',
    })
    await ends('truongphong.x01', later, null)
    expect((await as('chuyenvien.x01', absences)).map(({ state }) => state).sort()).toEqual([
      'cancelled',
      'over',
    ])
  })
})

it('the product itself needs no rule to look at absences', async () => {
  await enters('chuyenvien.x01', 'chuyenvien.x01', null)
  expect(await scene.test.db.transact(systemActor('test'), absences)).toHaveLength(1)
})

describe('messages of an absence', () => {
  const told = async (key: string) =>
    (
      await scene.sql<{ person_id: string; subject: string; body: string }>(
        `select person_id, subject, body from notification where key like 'absence/' || $1 order by key`,
        [key],
      )
    ).map((row) => ({ ...row, body: row.body.normalize('NFC') }))

  it('the substitute hears of it when it is entered and when it begins, the head when it is entered', async () => {
    const id = await enters('chuyenvien.x01', 'chuyenvien.x01', 'chuyenvien2.x01', {
      procedures: ['1.013225'],
    })
    const [entered] = await told(`${id}/entered`)
    expect(entered).toMatchObject({
      person_id: personId('chuyenvien2.x01'),
      subject: expect.stringMatching(/^Ông\/bà làm thay .+ từ .*03\/11\/2026 đến .*06\/11\/2026$/),
      body: expect.stringContaining('Làm thay không gồm quyền ký'),
    })
    expect(entered?.body).toContain('giấy phép xây dựng')
    expect((await told(`${id}/head/%`)).map(({ person_id }) => person_id)).toContain(
      personId('truongphong.x01'),
    )
    const begins = () => scene.test.db.transact(systemActor('test'), tellBegun)
    expect(await begins()).toBe(0)
    scene.test.clock.set(at('2026-11-03 08:00'))
    expect([await begins(), await begins()]).toEqual([1, 0])
    expect(await told(`${id}/begins`)).toMatchObject([{ person_id: personId('chuyenvien2.x01') }])
  })

  it('entered by the head, it tells the head nothing; begun on its first day, it is told once', async () => {
    const id = await enters('truongphong.x01', 'chuyenvien.x01', 'chuyenvien2.x01', { fromDay: '2026-11-02' })
    await scene.test.db.transact(systemActor('test'), tellBegun)
    const people = (await told(`${id}/%`)).map(({ person_id }) => person_id)
    expect(people).not.toContain(personId('truongphong.x01'))
    expect(people.filter((one) => one === personId('chuyenvien2.x01'))).toHaveLength(1)
  })

  it('the substitute hears that it was cancelled', async () => {
    const id = await enters('chuyenvien.x01', 'chuyenvien.x01', 'chuyenvien2.x01')
    await as('chuyenvien.x01', (tx) => endAbsence(tx, id, null))
    expect(await told(`${id}/ended/%`)).toMatchObject([
      { person_id: personId('chuyenvien2.x01'), body: expect.stringContaining('đã hủy') },
    ])
  })

  it('a refused one tells nobody', async () => {
    await scene.sql(`delete from notification`)
    await refusal(enters('chuyenvien.x01', 'chuyenvien.x01', 'vanthu.x01'))
    expect(await scene.sql('select from notification')).toEqual([])
  })
})
