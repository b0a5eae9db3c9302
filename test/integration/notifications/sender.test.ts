import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { systemActor } from '../../../src/access/actor.ts'
import { putFile } from '../../../src/documents/files.ts'
import { type FileStore, openStore } from '../../../src/documents/store.ts'
import { type Mailer, openMailer } from '../../../src/notifications/mailer.ts'
import { type Attachment, notify } from '../../../src/notifications/notify.ts'
import { type Sender, sendNext, startSender } from '../../../src/notifications/sender.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { pdf } from '../../unit/documents/samples.ts'
import { type Scene, setScene } from '../documents/scene.ts'
import { until } from '../documents/until.ts'
import { type MailServer, startMailServer } from './mail-server.ts'

let own: TestDatabase
let scene: Scene
let folder: string
let store: FileStore
let logged: string
let servers: MailServer[]
let senders: Sender[]
beforeEach(async () => {
  own = await createTestDatabase()
  scene = await setScene(own.db)
  folder = await mkdtemp(join(tmpdir(), 'sender-'))
  store = await openStore(folder)
  logged = ''
  servers = []
  senders = []
})
afterEach(async () => {
  await Promise.all([...senders, ...servers].map((each) => each.stop()))
  await own.close()
  await rm(folder, { recursive: true })
})

const log = pino(
  new Writable({
    write(chunk, _encoding, done) {
      logged += chunk
      done()
    },
  }),
)
const parts = (mailer: Mailer | null) => ({ db: own.db, store, log, mailer })
const write = (key = 'filed/1', attachments: Attachment[] = []) =>
  own.db.transact(systemActor('test'), (tx) =>
    notify(tx, {
      key,
      dossierId: scene.id.dossier,
      personId: scene.id.citizen,
      template: 'filed',
      attachments,
    }),
  )
const mail = () =>
  scene.sql<{
    id: string
    state: string
    attempts: number
    last_error: string | null
    sent_at: Date | null
    wait: number
  }>(`select *, extract(epoch from next_attempt_at - now())::int as wait from notification order by id`)
const listen = async (...options: Parameters<typeof startMailServer>) => {
  const server = await startMailServer(...options)
  servers.push(server)
  return server
}
const start = (...options: Parameters<typeof startSender>) => {
  const sender = startSender(...options)
  senders.push(sender)
  return sender
}
const from = 'Bộ phận Một cửa <motcua@example.test>'
const due = () => scene.sql('update notification set next_attempt_at = now()')

/** The header and the decoded text of a message as it went over the wire. */
const read = (raw: string) => {
  const [head = '', ...rest] = raw.split('\r\n\r\n')
  const body = rest.join('\r\n\r\n')
  const text = /base64/i.test(head)
    ? Buffer.from(body, 'base64').toString('utf8')
    : Buffer.from(
        body
          .replace(/=\r\n/g, '')
          .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
        'latin1',
      ).toString('utf8')
  return { head: head.replace(/\r\n\s+/g, ' '), text }
}

describe('sending messages by SMTP', () => {
  test('it goes to the address written on the dossier’s paper as well, to nobody else’s message', async () => {
    const server = await listen()
    const mailer = openMailer(server.url, from)
    await scene.sql(`insert into dossier_contact (dossier_id, email) values ($1, 'giay@example.test')`, [
      scene.id.dossier,
    ])
    await write()
    await own.db.transact(systemActor('test'), (tx) =>
      notify(tx, { key: 'x', dossierId: scene.id.dossier, personId: scene.id.stranger, template: 'filed' }),
    )
    await sendNext(parts(mailer))
    expect(await sendNext(parts(mailer))).toBe(false)
    expect(server.taken.map((each) => each.to)).toEqual([['anh@example.test', 'giay@example.test']])
    // They may be two people’s: neither is told the other’s address.
    expect(server.taken[0]?.raw).not.toMatch(/anh@example|giay@example/)
  })

  test('a message leaves once, from the one-stop, with its Vietnamese text and an id of its own', async () => {
    const server = await listen()
    const mailer = openMailer(server.url, from)
    await write()
    expect(await sendNext(parts(mailer))).toBe(true)
    expect(await sendNext(parts(mailer))).toBe(false)
    const [row] = await mail()
    expect(row).toMatchObject({ state: 'sent', attempts: 1, last_error: null, sent_at: own.clock.now() })
    expect(server.taken.map((each) => each.to)).toEqual([['anh@example.test']])
    const { head, text } = read(server.taken[0]!.raw)
    expect(head).toContain(`Message-ID: <${row!.id}@example.test>`)
    expect(head).toMatch(/From: =\?UTF-8\?.*<motcua@example\.test>/)
    expect(head).toContain('Auto-Submitted: auto-generated')
    expect(text).toContain('Kính gửi ông/bà Nguyễn Thị Ánh,')
    expect(await scene.sql("select from audit_entry where act = 'notification.sent'")).toHaveLength(1)
  })

  test('a letter goes with its message', async () => {
    const server = await listen()
    const file = await own.db.transact(scene.citizen, (tx) => putFile(tx, store, pdf(), 'application/pdf'))
    await write('with/letter', [
      { sha256: file.sha256, fileName: 'Phiếu xin lỗi.pdf', mediaType: 'application/pdf' },
    ])
    await sendNext(parts(openMailer(server.url, from)))
    const { raw } = server.taken[0]!
    expect(raw).toContain('Content-Type: application/pdf')
    expect(raw.replace(/\r\n/g, '')).toContain(pdf().toString('base64'))
  })

  test('five senders at once send twenty messages twenty times', async () => {
    const server = await listen()
    for (let n = 0; n < 20; n++) await write(`filed/${n}`)
    const drain = async () => {
      const mailer = openMailer(server.url, from)
      while (await sendNext(parts(mailer)));
    }
    await Promise.all([drain(), drain(), drain(), drain(), drain()])
    const ids = server.taken.map(({ raw }) => /^Message-ID: (.*)$/im.exec(raw)![1])
    expect(ids).toHaveLength(20)
    expect(new Set(ids).size).toBe(20)
  })

  test('while the mail server is down messages wait longer each time, and leave when it is back', async () => {
    const first = await listen()
    await first.stop()
    const mailer = openMailer(first.url, from)
    await write()
    const waits: number[] = []
    for (let n = 0; n < 8; n++) {
      expect(await sendNext(parts(mailer))).toBe(true)
      waits.push((await mail())[0]!.wait)
      expect(await sendNext(parts(mailer))).toBe(false)
      await due()
    }
    for (const [n, wait] of waits.entries())
      expect(Math.abs(wait - Math.min(30 * 2 ** n, 1800))).toBeLessThanOrEqual(10)
    expect((await mail())[0]).toMatchObject({
      state: 'queued',
      attempts: 8,
      last_error: expect.stringContaining('ECONNREFUSED'),
    })

    const server = await listen(first.port)
    expect(await sendNext(parts(mailer))).toBe(true)
    expect((await mail())[0]).toMatchObject({ state: 'sent', attempts: 9, last_error: null })
    expect(server.taken).toHaveLength(1)
  })

  test('an address refused for good fails at once and holds up nobody', async () => {
    const server = await listen(0, { 'anh@example.test': 550 })
    const mailer = openMailer(server.url, from)
    await write()
    await sendNext(parts(mailer))
    expect((await mail())[0]).toMatchObject({ state: 'failed', attempts: 1 })
    await due()
    expect(await sendNext(parts(mailer))).toBe(false)
  })

  test('an address refused for now is tried again', async () => {
    const server = await listen(0, { 'anh@example.test': 450 })
    await write()
    await sendNext(parts(openMailer(server.url, from)))
    expect((await mail())[0]).toMatchObject({ state: 'queued', attempts: 1 })
  })

  test('a message of a sender that died is sent by another after its lease, under the same id', async () => {
    const server = await listen()
    const mailer = openMailer(server.url, from)
    await write()
    // Killed between the mail server's answer and our record of it.
    const dying = {
      ...mailer,
      send: async (each: Parameters<Mailer['send']>[0]): Promise<never> => {
        await mailer.send(each)
        return new Promise(() => undefined)
      },
    }
    void sendNext(parts(dying))
    await until(() => server.taken.length > 0)
    expect(await sendNext(parts(mailer))).toBe(false)
    await due()
    expect(await sendNext(parts(mailer))).toBe(true)
    const ids = server.taken.map(({ raw }) => /^Message-ID: (.*)$/im.exec(raw)![1])
    expect(ids).toHaveLength(2)
    expect(ids[0]).toBe(ids[1])
  })

  test('what goes wrong is logged without the address or the text', async () => {
    const server = await listen(0, { 'anh@example.test': 550 })
    await write()
    await sendNext(parts(openMailer(server.url, from)))
    expect(logged).toContain('mail not sent')
    for (const secret of ['anh@example', 'Ánh', 'Kính gửi']) expect(logged).not.toContain(secret)
  })
})

describe("the sender's loop", () => {
  test('without a mail server messages are shown in the product', async () => {
    await write()
    start(parts(null), 0.05)
    await until(async () => (await mail())[0]!.state !== 'queued')
    expect((await mail())[0]).toMatchObject({ state: 'shown', sent_at: null })
  })

  test('a message written while it rests leaves when it is woken', async () => {
    const server = await listen()
    const sender = start(parts(openMailer(server.url, from)), 3600)
    await write()
    await until(() => {
      sender.wake()
      return server.taken.length > 0
    })
    await sender.stop()
    expect((await mail())[0]!.state).toBe('sent')
  })
})
