import type { Express } from 'express'
import { pino } from 'pino'
import request from 'supertest'
import { systemActor } from '../../../src/access/actor.ts'
import { deliverNext } from '../../../src/notifications/deliver.ts'
import type { Gateways } from '../../../src/notifications/gateway.ts'
import { type GatewayStandIn, startGatewayStandIn } from '../../../src/notifications/gateway-stand-in.ts'
import { notify } from '../../../src/notifications/notify.ts'
import { notificationRoutes } from '../../../src/notifications/routes.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { type Scene, setScene } from '../documents/scene.ts'
import { serverOf } from '../documents/server.ts'

let own: TestDatabase
let scene: Scene
let app: Express
let standIn: GatewayStandIn
let cut: boolean
beforeAll(async () => {
  own = await createTestDatabase()
  scene = await setScene(own.db)
  const { citizen, stranger, clerk } = scene
  app = serverOf(own.db, notificationRoutes(false), { citizen, stranger, clerk })
})
afterAll(() => own.close())
beforeEach(async () => {
  cut = false
  standIn = await startGatewayStandIn({ machineNow: () => new Date(), cuts: () => cut })
  await scene.sql('delete from delivery')
  await scene.sql('delete from channel_consent')
  await scene.sql('delete from notification')
  await phone('0900 000 001')
})
afterEach(() => standIn.stop())

const phone = (number: string) =>
  scene.sql('update person set phone = $2 where id = $1', [scene.id.citizen, number])
const consents = async (...channels: string[]) => {
  for (const channel of channels)
    await request(app)
      .put('/api/my/channels')
      .set('as', 'citizen')
      .set('X-Requested-With', 'mot-cua')
      .send({ channel, given: true })
      .expect(200)
}
const write = (key = 'filed/1') =>
  own.db.transact(systemActor('test'), (tx) =>
    notify(tx, { key, dossierId: scene.id.dossier, personId: scene.id.citizen, template: 'filed' }),
  )
const log = pino({ level: 'silent' })
const deliver = (gateways: Gateways = standIn.gateways) => deliverNext({ db: own.db, log, gateways })
const due = () => scene.sql('update delivery set next_attempt_at = now()')
type Row = {
  channel: string
  state: string
  attempts: number
  provider_id: string | null
  last_error: string | null
  wait: number
}
const rows = () =>
  scene.sql<Row>(
    `select channel, state, attempts, provider_id, last_error, extract(epoch from next_attempt_at - now())::int as wait
       from delivery order by created_at, id`,
  )

describe('a message by Zalo or SMS', () => {
  test('is written only where its person has agreed and has a number', async () => {
    await write('a')
    await consents('sms')
    await phone('')
    await write('b')
    expect(await rows()).toEqual([])
    await phone('0900 000 001')
    await write('c')
    await write('c')
    expect((await rows()).map(({ channel, state }) => [channel, state])).toEqual([['sms', 'queued']])
  })

  test('goes once, by Zalo first, and the gateway’s signed number is its proof', async () => {
    await consents('sms', 'zalo')
    await write()
    expect([await deliver(), await deliver()]).toEqual([true, false])
    const [row] = await rows()
    expect(row).toMatchObject({
      channel: 'zalo',
      state: 'accepted',
      attempts: 1,
      provider_id: standIn.accepted[0]?.id,
    })
    expect(standIn.accepted).toMatchObject([
      { to: '0900 000 001', text: expect.stringContaining('T00.X01-261102-0001') },
    ])
    const { body } = await request(app)
      .get(`/api/dossiers/${scene.id.dossier}/deliveries`)
      .set('as', 'citizen')
      .expect(200)
    expect(
      body.items.map(({ channel, state, address }: Record<string, string>) => [channel, state, address]),
    ).toEqual([
      ['mail', 'queued', 'a•••@example.test'],
      ['zalo', 'accepted', expect.stringMatching(/^09•+001$/)],
    ])
    await request(app)
      .get(`/api/dossiers/${scene.id.dossier}/deliveries`)
      .set('as', 'stranger')
      .expect(200, { items: [] })
  })

  test('whose connection is cut after the gateway took it is tried again and not sent twice', async () => {
    await consents('sms')
    await write()
    cut = true
    await deliver()
    expect(await rows()).toMatchObject([
      { state: 'queued', attempts: 1, last_error: expect.stringMatching(/^not reached/) },
    ])
    expect((await rows())[0]?.wait).toBeGreaterThan(20)
    expect(await deliver()).toBe(false)
    cut = false
    await due()
    await deliver()
    expect(await rows()).toMatchObject([
      { state: 'accepted', attempts: 2, provider_id: standIn.accepted[0]?.id },
    ])
    expect(standIn.accepted).toHaveLength(1)
  })

  test('that Zalo refuses for good goes by SMS, where that was agreed to as well', async () => {
    await phone('0900 000 099')
    await consents('sms', 'zalo')
    await write()
    while (await deliver());
    expect((await rows()).map(({ channel, state }) => [channel, state])).toEqual([
      ['zalo', 'failed'],
      ['sms', 'accepted'],
    ])
  })

  test('waits longer each time while the gateway is away', async () => {
    await consents('sms')
    await write()
    await standIn.stop()
    await deliver()
    await due()
    await deliver()
    const [row] = await rows()
    expect(row).toMatchObject({ state: 'queued', attempts: 2 })
    expect(row?.wait).toBeGreaterThan(45)
  })

  test('is not taken for sent on the word of anybody who does not know the secret', async () => {
    await consents('sms')
    await write()
    const { url } = standIn.gateways.sms!
    await deliver({ sms: { url, secret: 'x'.repeat(64) } })
    expect(await rows()).toMatchObject([{ state: 'queued', last_error: 'answered with status 401' }])
    expect(standIn.accepted).toEqual([])
  })

  test('stays here where no gateway is connected, and says so', async () => {
    await consents('sms', 'zalo')
    await write()
    while (await deliver({}));
    expect((await rows()).map(({ channel, state }) => [channel, state])).toEqual([
      ['zalo', 'off'],
      ['sms', 'off'],
    ])
  })

  test('whose gateway may have taken it is never sent a second time another way', async () => {
    await consents('sms', 'zalo')
    await write()
    cut = true
    await deliver()
    cut = false
    // The secret has changed on one side: whatever it says, it cannot be believed.
    const { url } = standIn.gateways.zalo!
    await scene.sql(`update delivery set attempts = 99, next_attempt_at = now() where channel = 'zalo'`)
    await deliver({ ...standIn.gateways, zalo: { url, secret: 'x'.repeat(64) } })
    expect(await deliver()).toBe(false)
    expect((await rows()).map(({ channel, state }) => [channel, state])).toEqual([['zalo', 'unknown']])
    expect(standIn.accepted).toHaveLength(1)
  })

  test('that waits when consent is withdrawn does not leave; another channel agreed to is taken', async () => {
    await consents('sms', 'zalo')
    await write()
    await scene.sql(`update channel_consent set withdrawn_at = now() where channel = 'zalo'`)
    while (await deliver());
    expect((await rows()).map(({ channel, state }) => [channel, state])).toEqual([
      ['zalo', 'withdrawn'],
      ['sms', 'accepted'],
    ])
    expect(standIn.accepted).toHaveLength(1)
  })

  test('consent that was withdrawn counts no more, and stays on the record', async () => {
    await consents('sms')
    const { body } = await request(app)
      .put('/api/my/channels')
      .set('as', 'citizen')
      .set('X-Requested-With', 'mot-cua')
      .send({ channel: 'sms', given: false })
      .expect(200)
    expect(body.channels).toEqual([
      { channel: 'zalo', givenAt: null },
      { channel: 'sms', givenAt: null },
    ])
    await write()
    expect(await rows()).toEqual([])
    expect(await scene.sql('select withdrawn_at from channel_consent')).toEqual([
      { withdrawn_at: own.clock.now() },
    ])
  })
})
