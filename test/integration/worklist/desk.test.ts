import { jest } from '@jest/globals'
import { personId, unitId } from '../../../src/agencies/load.ts'
import { type Scene, setScene } from '../dossiers/scene.ts'
import { appraisal, clearDesks, filed, type Json, type People, peopleOf } from './people.ts'

jest.setTimeout(120_000)

const OFFICER = 'chuyenvien.x01'
const HEAD = 'truongphong.x01'
let scene: Scene
let people: People
beforeAll(async () => {
  scene = await setScene()
  people = await peopleOf(scene)
})
afterEach(() => clearDesks(scene))
afterAll(() => scene.close())

describe('a dossier found by its code', () => {
  const find = async (login: string, code: string) => {
    const { status, body } = await (await people.as(login)).get(
      `/api/desk/find?code=${encodeURIComponent(code)}`,
    )
    return { status, body: body as Json }
  }

  it('a barcode, or the last four digits, opens the person’s own task on it', async () => {
    const { id, code, task } = await appraisal(scene)
    for (const typed of [code, code.slice(-4), code.toLowerCase(), code.replaceAll('-', ' ')])
      expect(await find(OFFICER, typed)).toEqual({
        status: 200,
        body: [expect.objectContaining({ dossierId: id, code, taskId: task })],
      })
  })

  it('digits that several codes end with show them all, one’s own work first', async () => {
    const first = await appraisal(scene)
    const second = await filed(scene)
    await scene.sql('update dossier set code = $2 where id = $1', [
      second.id,
      `T00.X01-261103-${first.code.slice(-4)}`,
    ])
    const { body } = await find(OFFICER, first.code.slice(-4))
    expect(body.map((one: Json) => one.dossierId)).toEqual([first.id, second.id])
  })

  it('says why there is none: no code, unknown, of another province, or of another agency', async () => {
    const { code } = await filed(scene)
    const no = async (login: string, typed: string) => {
      const { status, body } = await find(login, typed)
      return [status, body.type, body.detail]
    }
    expect(await no(OFFICER, 'hello')).toEqual([
      422,
      'urn:mot-cua:not-a-code',
      expect.stringContaining('hello'),
    ])
    expect(await no(OFFICER, '12')).toEqual([422, 'urn:mot-cua:not-a-code', expect.any(String)])
    expect(await no(OFFICER, 'T00.X01-261102-9999')).toEqual([
      404,
      'urn:mot-cua:not-found',
      expect.any(String),
    ])
    expect(await no(OFFICER, '9999')).toEqual([404, 'urn:mot-cua:not-found', expect.stringContaining('9999')])
    expect(await no(OFFICER, 'H29.12-261102-0001')).toEqual([
      422,
      'urn:mot-cua:code-of-another-tenant',
      expect.stringContaining('H29.12'),
    ])
    expect(await no('chuyenvien.x02', code)).toEqual([
      403,
      'urn:mot-cua:forbidden',
      expect.stringContaining(code),
    ])
    expect((await no('congdan', code))[0]).toBe(403)
  })
})

describe('saved lists', () => {
  const content = { tab: 'mine', group: 'overdue', columns: ['dossier', 'due'], density: 'compact' }
  const save = (login: string, name: string, unit: string | null = null) =>
    people.send(login, 'post', '/api/desk/views', { name, content, unitId: unit && unitId(unit) })
  const names = async (login: string) =>
    (await people.get(login, '/api/desk/views')).map((one: Json) => one.name)

  it('are their owner’s until the head shares one with the unit', async () => {
    expect(await save(OFFICER, 'Gấp')).toMatchObject({
      status: 201,
      body: { name: 'Gấp', mine: true, content },
    })
    expect((await save(HEAD, 'Cả phòng', 'T00.X01.KT')).status).toBe(201)
    expect(await names(OFFICER)).toEqual(['Cả phòng', 'Gấp'])
    expect(await names('chuyenvien2.x01')).toEqual(['Cả phòng'])
    expect(await names('chuyenvien.x02')).toEqual([])
    const [shared] = await people.get(OFFICER, '/api/desk/views')
    expect(shared).toMatchObject({ mine: false, sharedWith: { id: unitId('T00.X01.KT') } })
  })

  it('an officer shares with nobody, and a head with no other unit', async () => {
    expect((await save(OFFICER, 'Gấp', 'T00.X01.KT')).status).toBe(403)
    const no = await save(HEAD, 'Gấp', 'T00.X02.KT')
    expect([no.status, no.body.detail]).toEqual([403, expect.stringContaining('đơn vị')])
    expect(await scene.sql('select from saved_view')).toEqual([])
  })

  it('are changed and removed by their owner, and a name is used once', async () => {
    const { body: one } = await save(OFFICER, 'Gấp')
    expect((await save(OFFICER, 'Gấp')).status).toBe(409)
    const changed = await people.send(OFFICER, 'put', `/api/desk/views/${one.id}`, {
      name: 'Rất gấp',
      content: { tab: 'unclaimed' },
    })
    expect(changed.body).toMatchObject({ name: 'Rất gấp', content: { tab: 'unclaimed' } })
    expect((await people.send('chuyenvien2.x01', 'delete', `/api/desk/views/${one.id}`)).status).toBe(404)
    const { body: shared } = await save(HEAD, 'Cả phòng', 'T00.X01.KT')
    expect((await people.send(OFFICER, 'delete', `/api/desk/views/${shared.id}`)).status).toBe(403)
    expect((await people.send(OFFICER, 'delete', `/api/desk/views/${one.id}`)).status).toBe(204)
    expect(await names(OFFICER)).toEqual(['Cả phòng'])
  })

  it('a column that does not exist, or none, is refused', async () => {
    for (const columns of [['dossier', 'salary'], [], ['due'], ['dossier', 'dossier']]) {
      const { status } = await people.send(OFFICER, 'post', '/api/desk/views', {
        name: 'x',
        content: { columns },
      })
      expect(status).toBe(400)
    }
  })

  it('columns, density and keys go with the person', async () => {
    const chosen = { columns: ['dossier', 'note'], density: 'comfortable', singleKeys: false }
    expect(await people.get(OFFICER, '/api/desk/settings')).toMatchObject({
      density: 'compact',
      singleKeys: true,
    })
    expect((await people.send(OFFICER, 'put', '/api/desk/settings', chosen)).status).toBe(204)
    expect(await people.get(OFFICER, '/api/desk/settings')).toEqual(chosen)
    expect((await people.get(HEAD, '/api/desk/settings')).singleKeys).toBe(true)
  })
})

describe('“Nhắc tôi”', () => {
  it('reminds the person alone, and no clock, date or ledger changes', async () => {
    const { id, task } = await appraisal(scene)
    const legal = () =>
      scene.sql(
        `select (select jsonb_agg(to_jsonb(c) order by c.id) from clock c where c.dossier_id = $1) as clocks,
                (select jsonb_agg(to_jsonb(a) order by a.id) from alarm a where a.dossier_id = $1) as alarms,
                (select jsonb_agg(to_jsonb(h) order by h.seq) from holding h where h.dossier_id = $1) as holdings,
                (select to_jsonb(t) from task t where t.id = $2) as task, (select to_jsonb(d) from dossier d where d.id = $1) as dossier`,
        [id, task],
      )
    const before = await legal()
    const set = await people.send(OFFICER, 'post', '/api/desk/reminders', {
      dossierId: id,
      taskId: task,
      at: '2026-11-02T14:00:00+07:00',
      text: 'Gọi một cửa',
    })
    expect(set.status).toBe(201)
    expect(await legal()).toEqual(before)
    const mine = await people.get(OFFICER, '/api/desk/reminders')
    expect(mine).toMatchObject([{ dossierId: id, taskId: task, text: 'Gọi một cửa', due: false }])
    expect((await people.get(OFFICER, '/api/tasks')).tasks[0].remindAt).toBe(mine[0].at)
    expect(await people.get(HEAD, '/api/desk/reminders')).toEqual([])
    scene.goTo('2026-11-02 14:00')
    expect((await people.get(OFFICER, '/api/desk/reminders'))[0].due).toBe(true)
    expect((await people.send(HEAD, 'post', `/api/desk/reminders/${mine[0].id}/done`)).status).toBe(404)
    expect((await people.send(OFFICER, 'post', `/api/desk/reminders/${mine[0].id}/done`)).status).toBe(204)
    expect(await people.get(OFFICER, '/api/desk/reminders')).toEqual([])
  })

  it('a time that has passed, and a dossier out of reach, are refused', async () => {
    const { id } = await appraisal(scene)
    const at = '2026-11-02T08:00:00+07:00'
    const past = await people.send(OFFICER, 'post', '/api/desk/reminders', { dossierId: id, at })
    expect([past.status, past.body.errors[0].field]).toEqual([422, 'at'])
    const far = { dossierId: id, at: '2026-11-05T08:00:00+07:00' }
    expect((await people.send('chuyenvien.x02', 'post', '/api/desk/reminders', far)).status).toBe(404)
    expect(await scene.sql('select from reminder where person_id = $1', [personId(OFFICER)])).toEqual([])
  })
})
