import { jest } from '@jest/globals'
import pg from 'pg'
import { v7 as uuid } from 'uuid'
import { Openings } from '../../../migrations/20261122-16-openings.ts'
import { personId } from '../../../src/agencies/load.ts'
import { dossierRoutes } from '../../../src/dossiers/routes.ts'
import { loadDemoAccounts } from '../../../src/people/demo-accounts.ts'
import { loggedIn, testApp } from '../../support/http.ts'
import { at, received, refusal, type Scene, setScene } from './scene.ts'

jest.setTimeout(60_000)

let scene: Scene
beforeAll(async () => {
  scene = await setScene()
  await scene.act(loadDemoAccounts)
})
afterAll(() => scene.close())

const as = (login: string) => loggedIn(testApp(scene.db, dossierRoutes(scene.services)), login)

describe('a dossier of one’s own', () => {
  /** On the desk of the officer who has also applied for it. */
  async function ownOn(desk: string) {
    const id = await received(scene)
    await scene.opens(id, 'Appraise')
    for (const table of ['dossier', 'task'])
      await scene.sql(
        `update ${table} set applicant_id = $2 where ${table === 'task' ? 'dossier_id' : 'id'} = $1`,
        [id, personId(desk)],
      )
    return id
  }

  it('is not decided by oneself, whatever the post', async () => {
    const id = await ownOn('chuyenvien.x01')
    const { id: task } = await scene.task(id, 'Appraise')
    expect((await refusal(scene.decides('chuyenvien.x01', task, { outcome: 'approved' }))).status).toBe(404)
    expect(await scene.sql('select from decision where task_id = $1', [task])).toEqual([])
  })

  it('is seen as applicants see it: no tasks, no holders, no letters in the making', async () => {
    const id = await ownOn('chuyenvien.x01')
    const { body } = await (await as('chuyenvien.x01')).get(`/api/dossiers/${id}`).expect(200)
    expect(body).toMatchObject({ tasks: [], holdings: [], notes: [], can: { seeInternal: false } })
  })
})

it('whoever filed for somebody else sees it by their post only, not for ever', async () => {
  const id = await received(scene)
  await scene.sql('update dossier set filed_by = $2 where id = $1', [id, personId('motcua.x02')])
  await (await as('motcua.x02')).get(`/api/dossiers/${id}`).expect(404)
  await (await as('motcua.x01')).get(`/api/dossiers/${id}`).expect(200)
})

describe('the live diagrams', () => {
  async function drawn(): Promise<string> {
    const id = await received(scene)
    const letter = uuid()
    await scene.sql(
      `insert into subject (id, kind, dossier_id, process_id, created_at)
       select $1, 'letter', $2, process_id, now() from shared_process where process_id like 'apology%' limit 1`,
      [letter, id],
    )
    for (const subject of [id, letter])
      await scene.sql(
        `insert into engine_instance (epoch, key, process_id, subject_id, parent_key, state)
         select 1, $2, process_id, id, '', 'active' from subject where id = $1`,
        [subject, String(Math.floor(Math.random() * 1e15))],
      )
    return id
  }

  it('are all there for whoever works on it; its applicant has the procedure’s own', async () => {
    const id = await drawn()
    const kinds = async (login: string) =>
      (await (await as(login)).get(`/api/dossiers/${id}/diagrams`).expect(200)).body.map(
        ({ kind }: { kind: string }) => kind,
      )
    expect((await kinds('chuyenvien.x01')).sort()).toEqual(['dossier', 'letter'])
    expect(await kinds('congdan')).toEqual(['dossier'])
  })
})

describe('an apology by hand', () => {
  const begins = async (login: string, id: string) =>
    (await as(login)).post(`/api/dossiers/${id}/apology`).send({})

  it('is for the agency that decides, not for a body it asked', async () => {
    const id = await received(scene)
    await scene.sql(
      'update dossier set participant_agency_ids = participant_agency_ids || $2::uuid[] where id = $1',
      [
        id,
        (await scene.sql<{ id: string }>(`select id from agency where code = 'T00.S02'`)).map(
          (row) => row.id,
        ),
      ],
    )
    await (await as('chuyenvien.s02')).get(`/api/dossiers/${id}`).expect(200)
    expect((await begins('chuyenvien.s02', id)).status).toBe(404)
    expect((await begins('chuyenvien.x01', id)).status).toBe(201)
    const [{ line } = { line: '' }] = await scene.sql<{ line: string }>(
      `select line from audit_entry where dossier_id = $1 and act = 'letter.begun'`,
      [id],
    )
    expect(JSON.parse(line)).toMatchObject({ detail: { why: 'by-hand' } })
  })

  it('waits while the clock stands still', async () => {
    const id = await received(scene)
    await scene.sql(`update clock set stopped_at = now() where dossier_id = $1 and kind = 'dossier'`, [id])
    const refused = await begins('chuyenvien.x01', id)
    expect([refused.status, refused.body.type]).toEqual([409, 'urn:mot-cua:clock-stands'])
  })
})

describe('a note', () => {
  const note = async (login: string, id: string, body: object) =>
    (await as(login)).post(`/api/dossiers/${id}/notes`).send(body)
  const notes = async (login: string, id: string) =>
    (await (await as(login)).get(`/api/dossiers/${id}`).expect(200)).body.notes

  it('is corrected by its author, and every wording stays with its time', async () => {
    const id = await received(scene)
    const first = await note('chuyenvien.x01', id, { text: 'Đã gọi điện cho người nộp' })
    scene.goTo('2026-11-02 14:00')
    const second = await note('chuyenvien.x01', id, { text: 'Một cửa đã gọi', replacesId: first.body.id })
    scene.goTo('2026-11-02 15:00')
    await note('chuyenvien.x01', id, { text: 'Một cửa đã gọi lúc 10:00', replacesId: second.body.id })
    await note('chuyenvien.x01', id, { text: 'Ghi chú khác' })
    expect(await notes('truongphong.x01', id)).toMatchObject([
      {
        text: 'Một cửa đã gọi lúc 10:00',
        at: '2026-11-02T08:00:00.000Z',
        mine: false,
        earlier: [
          { text: 'Đã gọi điện cho người nộp', at: '2026-11-02T03:00:00.000Z' },
          { text: 'Một cửa đã gọi', at: '2026-11-02T07:00:00.000Z' },
        ],
      },
      { text: 'Ghi chú khác', mine: false, earlier: [] },
    ])
    expect((await notes('chuyenvien.x01', id)).map(({ mine }: { mine: boolean }) => mine)).toEqual([
      true,
      true,
    ])
    const acts = await scene.sql<{ act: string }>(
      `select act from audit_entry where dossier_id = $1 and act like 'note.%' order by index`,
      [id],
    )
    expect(acts.map(({ act }) => act)).toEqual([
      'note.added',
      'note.corrected',
      'note.corrected',
      'note.added',
    ])
  })

  it('is not corrected by anybody else', async () => {
    const id = await received(scene)
    const { body } = await note('chuyenvien.x01', id, { text: 'Thiếu bản vẽ' })
    const refused = await note('truongphong.x01', id, { text: 'Đủ bản vẽ', replacesId: body.id })
    expect([refused.status, refused.body.detail]).toEqual([403, expect.stringContaining('Chỉ người viết')])
    expect(await notes('truongphong.x01', id)).toMatchObject([{ text: 'Thiếu bản vẽ', earlier: [] }])
  })

  it('is corrected once: whoever looks at an old wording is told', async () => {
    const id = await received(scene)
    const { body } = await note('chuyenvien.x01', id, { text: 'Một' })
    const corrects = (text: string) => note('chuyenvien.x01', id, { text, replacesId: body.id })
    expect((await corrects('Hai')).status).toBe(201)
    const second = await corrects('Ba')
    expect([second.status, second.body.type]).toEqual([409, 'urn:mot-cua:note-corrected'])
    expect(await notes('chuyenvien.x01', id)).toMatchObject([{ text: 'Hai', earlier: [{ text: 'Một' }] }])
  })

  it('corrected twice before that was ruled out keeps every wording: the first correction stands, the others are notes', async () => {
    const id = await received(scene)
    const client = new pg.Client(scene.test.superUrl)
    await client.connect()
    // As it was before the migration; nothing of it stays.
    await client.query('begin')
    await client.query('drop table opening cascade; drop index dossier_note_replaces')
    const [first, second, third, fourth, fifth] = Array.from({ length: 5 }, () => uuid())
    const written: [string, string, string, string | null][] = [
      [first!, 'Một', '09:00', null],
      [third!, 'Sửa sau', '11:00', first!],
      [second!, 'Sửa trước', '10:00', first!],
      [fourth!, 'Sửa lần nữa', '12:00', third!],
      [fifth!, 'Cùng lúc với sửa trước', '10:00', first!],
    ]
    for (const [note, text, time, replaces] of written)
      await client.query(
        'insert into dossier_note (id, dossier_id, author_id, text, at, replaces_id) values ($1, $2, $3, $4, $5, $6)',
        [note, id, personId('chuyenvien.x01'), text, at(`2026-11-02 ${time}`), replaces],
      )
    const migration = new Openings(undefined as never, undefined as never)
    migration.up()
    for (const query of migration.getQueries()) await client.query(String(query))
    const { rows } = await client.query(
      `select n.text, r.text as corrects from dossier_note n left join dossier_note r on r.id = n.replaces_id
        where n.dossier_id = $1 order by n.at, n.id`,
      [id],
    )
    expect(rows).toEqual([
      { text: 'Một', corrects: null },
      { text: 'Sửa trước', corrects: 'Một' },
      { text: 'Cùng lúc với sửa trước', corrects: null },
      { text: 'Sửa sau', corrects: null },
      { text: 'Sửa lần nữa', corrects: 'Sửa sau' },
    ])
    const again = client.query(
      `insert into dossier_note (id, dossier_id, author_id, text, at, replaces_id) values ($1, $2, $3, 'Sửa hai lần', now(), $4)`,
      [uuid(), id, personId('chuyenvien.x01'), first],
    )
    await expect(again).rejects.toMatchObject({ constraint: 'dossier_note_replaces' })
    await client.query('rollback')
    await client.end()
  })

  it('corrects a note of the same dossier only', async () => {
    const [one, other] = [await received(scene), await received(scene)]
    const first = await note('chuyenvien.x01', one, { text: 'Đã gọi điện' })
    for (const replacesId of [first.body.id, uuid()]) {
      const refused = await note('chuyenvien.x01', other, { text: 'Đã gọi điện', replacesId })
      expect(refused.status).toBe(422)
      expect(refused.body.errors).toMatchObject([{ field: 'replacesId' }])
    }
  })

  it('is never shown to the applicant, in no wording', async () => {
    const id = await received(scene)
    const { body } = await note('chuyenvien.x01', id, { text: 'Lời nội bộ thứ nhất' })
    await note('chuyenvien.x01', id, { text: 'Lời nội bộ thứ hai', replacesId: body.id })
    const seen = await (await as('congdan')).get(`/api/dossiers/${id}`).expect(200)
    expect(seen.body.notes).toEqual([])
    expect(seen.text).not.toContain('Lời nội bộ')
    await (await as('congdan')).post(`/api/dossiers/${id}/notes`).send({ text: 'Tôi' }).expect(403)
  })
})
