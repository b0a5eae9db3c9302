import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { systemActor } from '../../../src/access/actor.ts'
import { loadOrganisation, personId } from '../../../src/agencies/load.ts'
import { legalDay } from '../../../src/clock.ts'
import type { Tx } from '../../../src/database/transaction.ts'
import { openStore } from '../../../src/documents/store.ts'
import { intakeRoutes } from '../../../src/intake/routes.ts'
import type { Mail } from '../../../src/notifications/mailer.ts'
import { sendNext } from '../../../src/notifications/sender.ts'
import { deactivate } from '../../../src/people/admin.ts'
import { adminPeopleRoutes } from '../../../src/people/admin-routes.ts'
import { loadDemoAccounts } from '../../../src/people/demo-accounts.ts'
import { makeFirstAdmin } from '../../../src/people/first-admin.ts'
import { createPasswordLinks, mailedLink } from '../../../src/people/password-link.ts'
import { passwordRoutes } from '../../../src/people/password-routes.ts'
import { addPost } from '../../../src/people/posts.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { browser, loggedIn, testApp } from '../../support/http.ts'

let test: TestDatabase
let app: ReturnType<typeof testApp>
let server: Server
let admin: Awaited<ReturnType<typeof loggedIn>>
const system = systemActor('intake test')
const sql = <T = Record<string, unknown>>(text: string, params: unknown[] = []) =>
  test.db.transact(system, (tx) => tx.sql<T>(text, params))

const FIRST = {
  login: 'quan.tri',
  name: 'Lê Thị Đầu',
  agency: { code: 'H9.P', name: 'UBND tỉnh' },
  unit: { code: 'H9.P.VP', name: 'Văn phòng' },
}
const PUBLIC = 'https://motcua.example'
const MAIL_SECRET = 'a secret that the parts of an installation share'
const PASSWORD = 'một câu đủ dài để nhớ'
const makeFirst = (change: Partial<typeof FIRST> = {}) =>
  test.db.transact(system, (tx) => makeFirstAdmin(tx, { ...FIRST, ...change }, PUBLIC))
const tokenOf = (url: string) => url.split('#')[1] ?? ''
const usePassword = (token: string, password = PASSWORD) =>
  browser(app).post('/api/password-links/use').send({ token, password })
const comeIn = (login: string, password = PASSWORD) =>
  browser(app).post('/api/session').send({ login, password })
const acts = async (like: string) =>
  (
    await sql<{ act: string; line: string }>(
      'select act, line from audit_entry where act like $1 order by index',
      [like],
    )
  ).map(({ act, line }) => ({ act, detail: JSON.parse(line).detail }))

const send = (kind: string, step: string, csv: string | Buffer) =>
  admin
    .post(`/api/admin/intake/${kind}/${step}`)
    .set('Content-Type', 'text/csv')
    .serialize((body) => body as unknown as string)
    .send(csv as string)
const tried = async (kind: string, csv: string) => (await send(kind, 'try', csv).expect(200)).body
const takenOver = async (kind: string, csv: string) => {
  const { sha256 } = await tried(kind, csv)
  return (await send(kind, `take-over?sha256=${sha256}`, csv).expect(200)).body
}
const counts = (added: number, changed: number, unchanged: number, refused: number) => ({
  added,
  changed,
  unchanged,
  refused,
})

const AGENCIES = `Mã;Loại;Thuộc;Tên;Giờ làm việc
H9.X.MC;Một cửa;H9.X;Một cửa xã;
H9.X.KT;Chuyên môn;H9.X;Phòng Kinh tế;
H9.X;Xã;H9.P;UBND xã Một;
H9.P;Tỉnh;;Ủy ban nhân dân tỉnh;T2-T6 07:00-11:30, 13:30-17:00
H9.Y;Xã;H9.Q;UBND xã Hai;
=H9;Xã;H9.P;UBND xã Ba;
`
const PEOPLE = `Tên đăng nhập,Họ tên,Mã bộ phận,Vai trò,Chức danh,Số định danh
an.x,Nguyễn Thị An,H9.X.MC,Một cửa,Công chức,000000000901
binh.x,Trần Văn Bình,H9.X.KT,Chuyên viên,Chuyên viên,
binh.x,Trần Văn Bình,H9.X.KT,Lãnh đạo phòng,Phó phòng,
chi.x,Lê Thị Chi,H9.X.QQ,Chuyên viên,Chuyên viên,
`

beforeAll(async () => {
  test = await createTestDatabase()
  app = testApp(test.db, [
    ...adminPeopleRoutes(),
    ...intakeRoutes({ sample: false }),
    ...passwordRoutes({ publicUrl: PUBLIC }, MAIL_SECRET),
  ])
  server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  await new Promise((resolve) => {
    server.close(resolve)
    server.closeAllConnections()
  })
  await test.close()
})
beforeEach(() => sql('delete from rate_limit'))

// In the order of a new installation: each part stands on the one before.
describe('the first administrator', () => {
  it('sets a password by a link that works once, and may then do what administrators do', async () => {
    const link = await makeFirst()
    expect(link.url).toMatch(/^https:\/\/motcua\.example\/dat-mat-khau#[\w-]{43}$/)
    await comeIn('quan.tri', '').expect(400)
    await comeIn('quan.tri').expect(401)
    expect((await usePassword(tokenOf(link.url), 'ngan').expect(400)).body.errors[0].field).toBe('password')
    expect((await usePassword(tokenOf(link.url)).expect(200)).body).toEqual({ login: 'quan.tri' })
    expect((await usePassword(tokenOf(link.url)).expect(409)).body.type).toBe(
      'urn:mot-cua:password-link-spent',
    )
    admin = browser(app)
    const { body } = await admin
      .post('/api/session')
      .send({ login: 'quan.tri', password: PASSWORD })
      .expect(200)
    expect(body.posts).toEqual([
      expect.objectContaining({ role: 'admin', unit: expect.objectContaining({ code: 'H9.P.VP' }) }),
    ])
    await admin.get('/api/admin/people').expect(200)
  })

  it('is made once: with an administrator who has come in, the command is refused', async () => {
    for (const change of [{}, { login: 'ke.khac' }])
      await expect(makeFirst(change)).rejects.toMatchObject({ type: 'admin-exists' })
    expect(await sql('select login from account')).toEqual([{ login: 'quan.tri' }])
  })

  it('gets another link while nobody has come in; the one before is worth nothing', async () => {
    await sql(`update account set password_hash = null`)
    await sql(`update person set active = false where full_name = $1`, [FIRST.name])
    const first = await makeFirst({ login: 'quan.tri.hai', name: 'Phạm Văn Hai' })
    const second = await makeFirst({ login: 'quan.tri.hai', name: 'Phạm Văn Hai' })
    await usePassword(tokenOf(first.url)).expect(409)
    await expect(makeFirst({ login: 'ke.khac' })).rejects.toMatchObject({ type: 'admin-exists' })
    await usePassword(tokenOf(second.url)).expect(200)
    await comeIn('quan.tri.hai').expect(200)
    await sql(`update person set active = true where full_name = $1`, [FIRST.name])
    const own = await sql<{ person_id: string }>(`select person_id from account where login = 'quan.tri'`)
    const [link] = await test.db.transact(system, (tx) =>
      createPasswordLinks(tx, [own[0]!.person_id], { publicUrl: PUBLIC, mailSecret: null }),
    )
    await usePassword(tokenOf(link!.url ?? '')).expect(200)
    admin = browser(app)
    await admin.post('/api/session').send({ login: 'quan.tri', password: PASSWORD }).expect(200)
  })

  it('is in the trail with all that was made for them, and without names', async () => {
    const made = await acts('%.created')
    expect(made.map(({ act }) => act)).toEqual(
      expect.arrayContaining([
        'person.created',
        'agency.created',
        'unit.created',
        'post.created',
        'password-link.created',
      ]),
    )
    expect(JSON.stringify(made)).not.toMatch(/Đầu|quan\.tri/)
  })
})

describe('a file of agencies', () => {
  it('is tried row by row, and nothing is saved', async () => {
    const before = await sql('select count(*) from audit_entry')
    const report = await tried('agencies', AGENCIES)
    expect(report).toMatchObject({ saved: false, counts: counts(3, 1, 0, 2) })
    const refused = report.lines.filter(({ verdict }: { verdict: string }) => verdict === 'refused')
    expect(refused).toEqual([
      expect.objectContaining({
        row: 6,
        code: 'H9.Y',
        faults: [{ column: 'Thuộc', message: expect.stringMatching(/Không có cơ quan mã H9.Q/) }],
      }),
      expect.objectContaining({
        row: 7,
        faults: [{ column: 'Mã', message: expect.stringMatching(/công thức/) }],
      }),
    ])
    expect(report.csv).toMatch(/"7","'=H9"/)
    expect(await sql('select code from agency')).toEqual([{ code: 'H9.P' }])
    expect(await sql('select count(*) from audit_entry')).toEqual(before)
  })

  it('is taken over: good rows together, bad rows not at all, each in the trail', async () => {
    const report = await takenOver('agencies', AGENCIES)
    expect(report).toMatchObject({ saved: true, counts: counts(3, 1, 0, 2) })
    const { body } = await admin.get('/api/admin/agencies').expect(200)
    expect(body.agencies).toEqual([
      expect.objectContaining({
        code: 'H9.P',
        name: { vi: 'Ủy ban nhân dân tỉnh' },
        sample: false,
        workingHours: [
          expect.objectContaining({
            week: expect.objectContaining({
              1: [
                ['07:00', '11:30'],
                ['13:30', '17:00'],
              ],
            }),
          }),
        ],
      }),
      expect.objectContaining({
        code: 'H9.X',
        level: 'commune',
        parentId: body.agencies[0].id,
        workingHours: body.agencies[0].workingHours,
        units: [
          expect.objectContaining({ code: 'H9.X.KT', kind: 'specialist' }),
          expect.objectContaining({ code: 'H9.X.MC', kind: 'one-stop' }),
        ],
      }),
    ])
    const places = await browser(app).get('/api/places').expect(200)
    expect(places.body.places.map(({ code }: { code: string }) => code)).toEqual(['H9.X'])
    expect((await acts('agency.changed')).at(-1)?.detail).toMatchObject({ fields: ['name', 'hours'] })
    expect((await acts('unit.created')).length).toBe(3)
    expect((await acts('intake.taken-over')).at(-1)?.detail).toMatchObject({
      kind: 'agencies',
      rows: counts(3, 1, 0, 2),
    })
  })

  it('changes nothing the second time', async () => {
    const state = () =>
      sql(
        `select (select jsonb_agg(a order by id) from agency a) a, (select jsonb_agg(u order by id) from unit u) u`,
      )
    const before = await state()
    expect((await takenOver('agencies', AGENCIES)).counts).toEqual(counts(0, 0, 4, 2))
    expect(await state()).toEqual(before)
    expect((await acts('agency.%')).length).toBe(3)
  })
})

describe('a file of people', () => {
  it('adds people and posts; they have no password and get none by guessing', async () => {
    const report = await takenOver('people', PEOPLE)
    expect(report.counts).toEqual(counts(3, 0, 0, 1))
    expect(report.people).toHaveLength(2)
    const { body } = await admin.get('/api/admin/people?q=x').expect(200)
    const binh = body.people.find(({ login }: { login: string }) => login === 'binh.x')
    expect(binh.posts.map(({ role }: { role: string }) => role).sort()).toEqual(['officer', 'unit-head'])
    for (const password of ['null', ' ', 'motcua-demo']) await comeIn('an.x', password).expect(401)
    expect((await acts('person.created')).length).toBe(4)
    expect(JSON.stringify(await acts('%'))).not.toMatch(/Nguyễn|an\.x|000000000901/)
  })

  it('is said to be unchanged the second time, and to change what it changes', async () => {
    expect((await takenOver('people', PEOPLE)).counts).toEqual(counts(0, 0, 3, 1))
    const corrected = PEOPLE.replace('Nguyễn Thị An', 'Nguyễn Thị Ân').replace('Phó phòng', 'Trưởng phòng')
    const report = await takenOver('people', corrected)
    expect(report.counts).toEqual(counts(0, 2, 1, 1))
    expect(await sql(`select full_name from person where identity_no = '000000000901'`)).toEqual([
      { full_name: 'Nguyễn Thị Ân' },
    ])
    expect(await sql(`select title from post where role = 'unit-head'`)).toEqual([
      { title: { vi: 'Trưởng phòng' } },
    ])
    expect((await acts('post.changed')).length).toBe(1)
    expect(report.people).toEqual([])
  })

  it('lets nobody out whom it leaves out', async () => {
    const state = () =>
      sql(
        'select count(*) filter (where active) as people, (select count(*) from post where valid_to is null) as posts from person',
      )
    const before = await state()
    await takenOver('people', PEOPLE.split('\n').slice(0, 2).join('\n').replace('Thị An', 'Thị Ân'))
    expect(await state()).toEqual(before)
  })

  it('of two at once, one adds and the other finds all there', async () => {
    const file = 'login,name,unit,role,title\ndung.x,Đỗ Dung,H9.X.KT,officer,Chuyên viên\n'
    const { sha256 } = await tried('people', file)
    const both = await Promise.all([1, 2].map(() => send('people', `take-over?sha256=${sha256}`, file)))
    expect(both.map(({ body }) => body.counts.added).sort()).toEqual([0, 1])
    expect(await sql(`select count(*)::int as n from account where login = 'dung.x'`)).toEqual([{ n: 1 }])
  })

  it('waits for somebody who deactivates or gives a post at that moment, and sees it', async () => {
    const file = (role: string) => `login,name,unit,role,title\ndung.x,Đỗ Dung,H9.X.KT,${role},Chuyên viên\n`
    const beside = async (role: string, act: (tx: Tx, person: string, unit: string) => Promise<unknown>) => {
      const { sha256 } = await tried('people', file(role))
      const [ids] = await sql<{ person: string; unit: string }>(
        `select c.person_id as person, u.id as unit from account c, unit u where c.login = 'dung.x' and u.code = 'H9.X.KT'`,
      )
      const { importing } = await test.db.transact(system, async (tx) => {
        await act(tx, ids!.person, ids!.unit)
        let over = false
        const importing = send('people', `take-over?sha256=${sha256}`, file(role)).then((answer) => {
          over = true
          return answer
        })
        const waits = async () =>
          (
            await tx.sql(
              'select from pg_stat_activity where wait_event_type = $1 and datname = current_database()',
              ['Lock'],
            )
          ).length > 0
        while (!over && !(await waits())) await sleep(20)
        return { importing }
      })
      return (await importing).body.counts
    }
    const post = { role: 'unit-head', title: { vi: 'Trưởng phòng' }, validTo: null } as const
    expect(
      await beside('unit-head', (tx, person, unitId) =>
        addPost(tx, person, { ...post, unitId, validFrom: legalDay(tx.at) }),
      ),
    ).toMatchObject({ added: 0 })
    expect(await beside('leader', deactivate)).toEqual(counts(0, 0, 0, 1))
    await sql(
      `update person set active = true where id = (select person_id from account where login = 'dung.x')`,
    )
  })

  it('brings links for first passwords, as a list without formulas', async () => {
    const rows = await sql<{ person_id: string }>(
      `select person_id from account where login in ('an.x', 'binh.x')`,
    )
    const { body } = await admin
      .post('/api/admin/password-links')
      .set('Idempotency-Key', 'never-kept-anywhere')
      .send({ personIds: [...rows.map(({ person_id }) => person_id), personId('nobody')] })
      .expect(201)
    expect(body.links.map(({ login }: { login: string }) => login)).toEqual(['an.x', 'binh.x'])
    expect(body.csv).toMatch(/"Nguyễn Thị Ân","an\.x","https:\/\/motcua\.example\/dat-mat-khau#/)
    const token = tokenOf(body.links[0].url)
    expect(JSON.stringify(await sql('select * from password_link'))).not.toContain(token)
    expect(JSON.stringify(await sql('select * from idempotency_key'))).not.toContain(token)
    await sql(`update password_link set expires_at = now() - interval '1 second' where person_id = $1`, [
      rows[0]!.person_id,
    ])
    const [late, inTime] = body.links as { url: string; personId: string }[]
    const expired = late!.personId === rows[0]!.person_id ? [late, inTime] : [inTime, late]
    await usePassword(tokenOf(expired[0]!.url)).expect(409)
    await usePassword(tokenOf(expired[1]!.url)).expect(200)
  })

  it('a link to an account in use is told to its person, and so is that it was used, by whom it was made', async () => {
    const [row] = await sql<{ id: string; admin: string }>(
      `select person_id as id, (select person_id from account where login = 'quan.tri') as admin
         from account where login = 'dung.x'`,
    )
    const { id, admin: maker } = row!
    const told = () =>
      sql<{ subject: string; body: string }>(
        'select subject, body from notification where person_id = $1 order by created_at, id',
        [id],
      )
    const link = async () =>
      (
        await admin
          .post('/api/admin/password-links')
          .send({ personIds: [id] })
          .expect(201)
      ).body.links[0].url
    await usePassword(tokenOf(await link())).expect(200)
    expect((await told()).map(({ subject }) => subject)).toEqual([
      'Mật khẩu của ông/bà vừa được đặt qua liên kết',
    ])
    await link()
    const [, last] = await told()
    expect(last!.subject).toBe('Có liên kết đặt lại mật khẩu cho tài khoản của ông/bà')
    expect(last!.body).toContain('Lê Thị Đầu đã tạo')
    expect((await acts('password.set')).at(-1)?.detail).toMatchObject({ person: id, linkBy: maker })
    const own = await admin
      .post('/api/admin/password-links')
      .send({ personIds: [maker] })
      .expect(409)
    expect(own.body.type).toContain('own-password-link')
  })

  it('goes by mail to whoever has an address: the administrator sees to which, and never the link', async () => {
    const made = (
      await admin
        .post('/api/admin/people')
        .send({ name: 'Đỗ Thị Thư', login: 'thu.x', email: 'thu.x@example.test', password: PASSWORD })
        .expect(201)
    ).body.id
    const { body } = await admin
      .post('/api/admin/password-links')
      .send({ personIds: [made] })
      .expect(201)
    expect(body.links).toEqual([
      expect.objectContaining({ login: 'thu.x', url: null, sentTo: 't•••@example.test' }),
    ])
    expect(body.csv).toContain('"thu.x","Đã gửi thư tới t•••@example.test"')
    expect((await acts('password-link.created')).at(-1)?.detail).toMatchObject({
      person: made,
      handedOver: 'mailed',
    })
    // One message with everything in it, and kept without the link, which opens the account to its bearer.
    const kept = await sql<{ key: string; body: string }>(
      'select key, body, address, state from notification where person_id = $1',
      [made],
    )
    expect(kept).toEqual([expect.objectContaining({ address: 'thu.x@example.test', state: 'queued' })])
    expect(kept[0]!.body).toContain('Lê Thị Đầu đã tạo liên kết để ông/bà đặt mật khẩu cho tài khoản thu.x')
    expect(kept[0]!.body).toContain('[liên kết chỉ có trong thư gửi đến hộp thư của ông/bà]')
    const folder = mkdtempSync(join(tmpdir(), 'mot-cua-links-'))
    const sent: Mail[] = []
    const parts = {
      db: test.db,
      store: await openStore(folder),
      log: pino({ level: 'silent' }),
      mailer: { send: async (mail: Mail) => void sent.push(mail), close: () => undefined } as never,
      secretOf: mailedLink(MAIL_SECRET, { publicUrl: PUBLIC }),
    }
    while (await sendNext(parts));
    rmSync(folder, { recursive: true })
    const mail = sent.find(({ addresses }) => addresses.includes('thu.x@example.test'))
    const [url = ''] = /https:\S+#\S+/.exec(mail?.body ?? '') ?? []
    expect(url).toMatch(/^https:\/\/motcua\.example\/dat-mat-khau#[\w-]{43}$/)
    expect(sent.filter(({ body: words }) => words.includes(url))).toHaveLength(1)
    for (const table of ['notification', 'password_link', 'audit_entry', 'idempotency_key'])
      expect(JSON.stringify(await sql(`select * from ${table}`))).not.toContain(tokenOf(url))
    expect((await usePassword(tokenOf(url), 'câu của chị Thư, đủ dài').expect(200)).body).toEqual({
      login: 'thu.x',
    })
    await usePassword(tokenOf(url)).expect(409)
    await comeIn('thu.x', 'câu của chị Thư, đủ dài').expect(200)
  })

  it('is shown to whoever made it where there is no address, and the trail says so', async () => {
    const [row] = await sql<{ person_id: string }>(`select person_id from account where login = 'an.x'`)
    const { body } = await admin
      .post('/api/admin/password-links')
      .send({ personIds: [row!.person_id] })
      .expect(201)
    expect(body.links).toEqual([
      expect.objectContaining({ url: expect.stringMatching(/#[\w-]{43}$/), sentTo: null }),
    ])
    expect((await acts('password-link.created')).at(-1)?.detail).toMatchObject({
      person: row!.person_id,
      handedOver: 'shown',
    })
  })

  it('a new password ends the sessions of the old one', async () => {
    const [row] = await sql<{ person_id: string }>(
      `select person_id from account where login = 'quan.tri.hai'`,
    )
    const agent = browser(app)
    await agent.post('/api/session').send({ login: 'quan.tri.hai', password: PASSWORD }).expect(200)
    const { body } = await admin
      .post('/api/admin/password-links')
      .send({ personIds: [row!.person_id] })
      .expect(201)
    await agent.get('/api/session').expect(200)
    await usePassword(tokenOf(body.links[0].url), 'một câu khác cũng đủ dài').expect(200)
    await agent.get('/api/session').expect(401)
    await comeIn('quan.tri.hai').expect(401)
  })
})

describe('a file that is refused as a whole', () => {
  it.each<[string, () => Buffer, number, string]>([
    ['in UTF-16', () => Buffer.from(`\uFEFF${AGENCIES}`, 'utf16le'), 422, 'not-utf8'],
    ['in Windows-1258', () => Buffer.from([0x4d, 0xe3, 0x3b, 0xd5, 0x0a]), 422, 'not-utf8'],
    ['with nothing in it', () => Buffer.from('\uFEFF\n'), 422, 'csv-unreadable'],
    ['of more than 5 MB', () => Buffer.alloc(5 * 1024 * 1024 + 1, 'a'), 413, 'file-too-large'],
  ])('%s leaves everything as it was', async (_what, bytes, status, type) => {
    const before = await sql('select count(*) from audit_entry')
    for (const step of ['try', `take-over?sha256=${'0'.repeat(64)}`]) {
      const { body } = await send('agencies', step, bytes())
      if (step === 'try' || status === 413)
        expect([body.status, body.type]).toEqual([status, `urn:mot-cua:${type}`])
      else expect(body.type).toBe('urn:mot-cua:file-changed')
    }
    expect(await sql('select count(*) from audit_entry')).toEqual(before)
  })

  it('is taken over only as it was tried', async () => {
    const { sha256 } = await tried('agencies', AGENCIES)
    const { body } = await send(
      'agencies',
      `take-over?sha256=${sha256}`,
      `${AGENCIES}H9.Z;Xã;H9.P;Khác;\n`,
    ).expect(422)
    expect(body.type).toBe('urn:mot-cua:file-changed')
    await send('agencies', 'take-over', AGENCIES).expect(400)
  })

  it('is heard of at once when it says that it has 300 MB, and when it does not say', async () => {
    const { port } = server.address() as AddressInfo
    const cookie = (
      await browser(app).post('/api/session').send({ login: 'quan.tri', password: PASSWORD })
    ).headers['set-cookie']![0]!.split(';')[0]
    const answerTo = (head: string, body: string[]) =>
      new Promise<string>((resolve, reject) => {
        const socket = connect(port, '127.0.0.1')
        socket.once('data', (data) => {
          resolve(data.toString())
          socket.destroy()
        })
        socket.once('error', reject)
        socket.write(
          `POST /api/admin/intake/people/try HTTP/1.1\r\nHost: x\r\nCookie: ${cookie}\r\nX-Requested-With: mot-cua\r\nContent-Type: text/csv\r\n${head}\r\n\r\n`,
        )
        for (const part of body) socket.write(part)
      })
    // Neither sends all it promised: whoever waited for the rest would never answer.
    expect(await answerTo('Content-Length: 314572800', ['a'])).toMatch(/^HTTP\/1\.1 413 /)
    const chunk = `100000\r\n${'a'.repeat(1_048_576)}\r\n`
    expect(await answerTo('Transfer-Encoding: chunked', Array(6).fill(chunk))).toMatch(/^HTTP\/1\.1 413 /)
  })

  it('for what is no CSV, no kind of file, and nobody’s business', async () => {
    await admin.post('/api/admin/intake/people/try').send({ a: 1 }).expect(415)
    await send('dossiers', 'try', AGENCIES).expect(404)
    await test.db.transact(system, async (tx) => {
      await loadOrganisation(tx)
      await loadDemoAccounts(tx)
    })
    const clerk = await loggedIn(app, 'motcua.x01')
    for (const path of ['/api/admin/intake/people', '/api/admin/intake/people/sample'])
      await clerk.get(path).expect(403)
    await clerk.post('/api/admin/intake/people/try').set('Content-Type', 'text/csv').send('a').expect(403)
    await clerk
      .post('/api/admin/password-links')
      .send({ personIds: [personId('quantri')] })
      .expect(403)
  })
})

it('thousands of people are taken over in one go', async () => {
  const rows = Array.from(
    { length: 1_500 },
    (_, n) => `dong${n}.x,Người Thứ ${n},H9.X.KT,officer,Chuyên viên`,
  )
  const report = await takenOver('people', `login,name,unit,role,title\n${rows.join('\n')}\n`)
  expect(report.counts).toEqual(counts(1_500, 0, 0, 0))
  expect(report.lines).toHaveLength(500)
  expect(report.csv.trim().split('\r\n')).toHaveLength(1_501)
}, 120_000)

it('the commands set up an empty database, one after the other', async () => {
  const empty = await createTestDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'mot-cua-intake-'))
  const run = (script: string, ...args: string[]) => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [join('src', script), ...args], {
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        MOTCUA_MODE: 'test',
        MOTCUA_DATA: folder,
        MOTCUA_PUBLIC_URL: PUBLIC,
        DATABASE_URL: empty.appUrl,
        DATABASE_OWNER_URL: empty.ownerUrl,
      },
    })
    return { said: stdout + stderr, status }
  }
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  try {
    const first = [
      '--login',
      'dau.tien',
      '--name',
      'Lê Đầu',
      '--agency',
      'H9.P',
      '--agency-name',
      'UBND tỉnh',
    ]
    expect(run('people/first-admin-cli.ts', ...first)).toEqual({
      said: expect.stringMatching(
        /Lê Đầu \(dau\.tien\) is the first administrator.+\nhttps:\/\/motcua\.example\/dat-mat-khau#/,
      ),
      status: 0,
    })
    const agencies = file('agencies.csv', AGENCIES.split('\n').slice(0, 5).join('\n'))
    expect(run('intake/import-cli.ts', 'agencies', agencies, '--take-over').status).toBe(0)
    const report = join(folder, 'report.csv')
    const people = run(
      'intake/import-cli.ts',
      'people',
      file('people.csv', PEOPLE),
      '--take-over',
      '--report',
      report,
    )
    expect(people).toEqual({
      said: expect.stringMatching(
        /^row 5 chi\.x Unit code: .+\n4 rows: 3 added, 0 changed, 0 unchanged, 1 refused/,
      ),
      status: 1,
    })
    expect(readFileSync(report, 'utf8').trim().split('\r\n')).toHaveLength(5)
    const logins = await empty.db.transact(system, (tx) => tx.sql('select login from account order by login'))
    expect(logins).toEqual([{ login: 'an.x' }, { login: 'binh.x' }, { login: 'dau.tien' }])
  } finally {
    rmSync(folder, { recursive: true })
    await empty.close()
  }
}, 120_000)

it('the guide names each column of the sample', async () => {
  for (const kind of ['agencies', 'people']) {
    const { body } = await admin.get(`/api/admin/intake/${kind}`).expect(200)
    const { text, headers } = await admin.get(`/api/admin/intake/${kind}/sample`).expect(200)
    expect(headers['content-disposition']).toMatch(/attachment; filename="mau-/)
    expect(text.slice(1).split('\r\n')[0]).toBe(
      body.columns.map(({ label }: { label: { vi: string } }) => `"${label.vi}"`).join(','),
    )
    expect((await tried(kind, text)).counts.refused).toBe(kind === 'agencies' ? 0 : 3)
  }
})
