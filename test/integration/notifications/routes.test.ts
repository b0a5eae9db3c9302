import type { Express } from 'express'
import request from 'supertest'
import { systemActor } from '../../../src/access/actor.ts'
import { JobIncident } from '../../../src/engine/index.ts'
import { notify } from '../../../src/notifications/notify.ts'
import { notificationRoutes } from '../../../src/notifications/routes.ts'
import { notifySend } from '../../../src/notifications/worker.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { type Scene, setScene } from '../documents/scene.ts'
import { serverOf } from '../documents/server.ts'

let own: TestDatabase
let scene: Scene
let app: Express
beforeEach(async () => {
  own = await createTestDatabase()
  scene = await setScene(own.db)
  const { citizen, stranger, clerk, admin } = scene
  app = serverOf(own.db, notificationRoutes(false), { citizen, stranger, clerk, admin })
})
afterEach(() => own.close())

const write = (key: string, personId: string) =>
  own.db.transact(systemActor('test'), (tx) =>
    notify(tx, { key, dossierId: scene.id.dossier, personId, template: 'filed' }),
  )
const get = (as: string, path: string) => request(app).get(path).set('as', as)

describe('reading messages', () => {
  test('a citizen finds their own messages, newest first, page by page, and nobody else’s', async () => {
    for (const key of ['a', 'b', 'c']) await write(key, scene.id.citizen)
    await write('d', scene.id.stranger)
    const first = await get('citizen', '/api/my/notifications?limit=2').expect(200)
    const second = await get('citizen', `/api/my/notifications?limit=2&cursor=${first.body.next}`).expect(200)
    expect([first.body.items.length, second.body.items.length, second.body.next]).toEqual([2, 1, null])
    const ids = [...first.body.items, ...second.body.items].map((item) => item.id)
    expect(ids).toEqual([...ids].sort().reverse())
    expect(first.body.items[0]).toEqual({
      id: expect.any(String),
      dossierId: scene.id.dossier,
      dossierCode: 'T00.X01-261102-0001',
      subject: expect.stringContaining('T00.X01-261102-0001'),
      body: expect.stringContaining('Kính gửi'),
      createdAt: '2026-11-02T02:00:00.000Z',
      readAt: null,
    })
  })

  test('what a person has opened is read, once, with its instant; nobody can open another’s', async () => {
    for (const key of ['a', 'b']) await write(key, scene.id.citizen)
    await write('c', scene.id.stranger)
    const { body } = await get('citizen', '/api/my/notifications').expect(200)
    expect(body.unread).toBe(2)
    const open = (as: string, ids: string[]) =>
      request(app)
        .post('/api/my/notifications/read')
        .set('as', as)
        .set('X-Requested-With', 'mot-cua')
        .send({ ids })
    const [first] = body.items
    expect((await open('stranger', [first.id]).expect(200)).body).toEqual({ unread: 1 })
    expect((await open('citizen', [first.id]).expect(200)).body).toEqual({ unread: 1 })
    expect((await open('citizen', [first.id]).expect(200)).body).toEqual({ unread: 1 })
    const again = await get('citizen', `/api/my/notifications?dossierId=${scene.id.dossier}`).expect(200)
    expect(again.body.items[0].readAt).toBe('2026-11-02T02:00:00.000Z')
    const trail = await own.db.transact(systemActor('look'), (tx) =>
      tx.sql(`select from audit_entry where act = 'notification.read'`),
    )
    expect(trail).toHaveLength(1)
  })

  test('the administrator sees every message with its state; others see no more than their own', async () => {
    await write('a', scene.id.citizen)
    await write('b', scene.id.stranger)
    const { body } = await get('admin', '/api/admin/mail').expect(200)
    expect(body).toMatchObject({
      configured: false,
      counts: { queued: 1, shown: 1, sent: 0, failed: 0 },
      next: null,
    })
    expect(body.items).toHaveLength(2)
    const queued = await get('admin', '/api/admin/mail?state=queued').expect(200)
    expect(queued.body.items).toMatchObject([{ address: 'a•••@example.test', state: 'queued', attempts: 0 }])
    for (const as of ['stranger', 'clerk'])
      expect(
        (await get(as, '/api/admin/mail')).body.items.map((item: { address: string }) => item.address),
      ).toEqual(as === 'stranger' ? [''] : [])
  })

  test.each(['state=invented', 'limit=0', 'limit=1000', 'cursor=x', 'extra=1'])(
    '?%s is refused with the field',
    async (query) => {
      const { body } = await get('admin', `/api/admin/mail?${query}`).expect(400)
      expect(body.errors[0].field).toBe(query.split('=')[0])
    },
  )
})

describe('the worker notify.send', () => {
  const run = (headers: Record<string, string>, visit = 1) =>
    own.db.transact(systemActor('job'), (tx) =>
      notifySend.run(tx, {
        key: '1',
        epoch: 1,
        subjectId: scene.id.dossier,
        dossierId: scene.id.dossier,
        elementId: 'TellApplicant',
        visit,
        instanceKey: '1',
        variables: { dossierId: scene.id.dossier },
        headers,
        retries: 3,
      }),
    )
  const subjects = async () =>
    (await scene.sql<{ subject: string }>('select subject from notification order by id')).map(
      (row) => row.subject,
    )

  test('the task of the diagram tells the applicant once per visit', async () => {
    await run({ template: 'result-ready' })
    await run({ template: 'result-ready' })
    expect(await subjects()).toEqual(['Đã có kết quả hồ sơ T00.X01-261102-0001'])
    await run({ template: 'result-ready' }, 2)
    expect(await subjects()).toHaveLength(2)
  })

  test.each([
    [
      'a template nobody knows',
      { template: 'invented' },
      /no message template "invented"; there are: filed, /,
    ],
    ['no template at all', {}, /no message template ""/],
    ['a text about what has not happened', { template: 'apology' }, /message "apology": no fact "newDueAt"/],
  ])('%s is an incident that names it', async (_what, headers, message) => {
    const failed = run(headers as Record<string, string>)
    await expect(failed).rejects.toThrow(JobIncident)
    await expect(failed).rejects.toThrow(message)
    expect(await subjects()).toEqual([])
  })
})
