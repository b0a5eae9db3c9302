import { v7 as uuid } from 'uuid'
import { agencyId, personId, unitId } from '../../../src/agencies/load.ts'
import { agencyRoutes } from '../../../src/agencies/routes.ts'
import { signingPosts } from '../../../src/letters/signer.ts'
import { adminPeopleRoutes } from '../../../src/people/admin-routes.ts'
import { browser, loggedIn, testApp } from '../../support/http.ts'
import { at, type Scene, setScene } from '../reports/scene.ts'

let scene: Scene
let app: ReturnType<typeof testApp>
let admin: Awaited<ReturnType<typeof loggedIn>>
beforeAll(async () => {
  scene = await setScene()
  app = testApp(scene.db, [...adminPeopleRoutes(), ...agencyRoutes])
  admin = await loggedIn(app, 'quantri')
}, 60_000)
afterAll(() => scene.close())
beforeEach(() => scene.sql('delete from rate_limit'))

const PASSWORD = 'một câu đủ dài để nhớ'
const post = (change: object = {}) => ({
  unitId: unitId('T00.X01.KT'),
  role: 'officer',
  title: { vi: 'Chuyên viên' },
  validFrom: '2026-11-01',
  ...change,
})
const create = (change: object = {}) =>
  admin
    .post('/api/admin/people')
    .send({ name: 'Đặng Thị Hồng', login: 'hong.x01', password: PASSWORD, posts: [post()], ...change })
let logins = 0
const newLogin = () => `moi${++logins}.x01`
const taken = async (change: object = {}): Promise<string> =>
  (await create({ login: newLogin(), ...change }).expect(201)).body.id
const person = async (id: string) => {
  const { body } = await admin.get('/api/admin/people').expect(200)
  return body.people.find((one: { id: string }) => one.id === id)
}

/** A task that the person holds in a unit. */
async function holdTask(person: string, unit: string, state = 'open'): Promise<string> {
  const dossier = await scene.file(uuid(), '2026-11-02 08:00')
  const id = uuid()
  await scene.sql(
    `insert into subject (id, kind, dossier_id, process_id, created_at) values ($1, 'dossier', $1, 'p', now())`,
    [dossier.id],
  )
  await scene.sql(
    `insert into task (id, subject_id, subject_kind, dossier_id, applicant_id, element_id, visit, epoch, engine_key, form, name, role,
                       agency_id, unit_id, assignee_id, state, opened_at)
     select $1, $2, 'dossier', $2, (select applicant_id from dossier where id = $2), 'Appraise', 1, 1, $6, 'appraise', '{"vi": "Thẩm định"}', 'officer', u.agency_id, u.id,
            $4, $5, now() from unit u where u.id = $3`,
    [id, dossier.id, unitId(unit), person, state, id],
  )
  return id
}
const details = async (act: string): Promise<string[]> =>
  (
    await scene.sql<{ line: string }>('select line from audit_entry where act = $1 order by index', [act])
  ).map(({ line }) => line)

describe('the staff', () => {
  it('are listed with their posts and validity, by name', async () => {
    const { body } = await admin.get('/api/admin/people').expect(200)
    const officer = body.people.find(({ login }: { login: string }) => login === 'chuyenvien.x01')
    expect(officer).toMatchObject({
      id: personId('chuyenvien.x01'),
      active: true,
      posts: [
        {
          agency: { code: 'T00.X01' },
          unit: { code: 'T00.X01.KT' },
          role: 'officer',
          validFrom: '2025-07-01',
          validTo: null,
        },
      ],
    })
    expect(body.people.map(({ login }: { login: string }) => login)).not.toContain('congdan')
    expect(JSON.stringify(body)).not.toContain('argon2')
  })

  it('come page by page without a gap or a repeat', async () => {
    const whole: { id: string }[] = (await admin.get('/api/admin/people').expect(200)).body.people
    const seen: string[] = []
    let after = ''
    do {
      const { body } = await admin.get(`/api/admin/people?limit=60${after && `&after=${after}`}`).expect(200)
      seen.push(...body.people.map(({ id }: { id: string }) => id))
      expect(body.total).toBe(whole.length)
      after = body.next ?? ''
    } while (after)
    expect(seen).toEqual(whole.map(({ id }) => id))
  })

  it('are found without accents, by login, and by agency', async () => {
    const id = await taken({ name: 'Đoàn Thị Ước Tìm' })
    const found = async (query: string) =>
      (await admin.get(`/api/admin/people?${query}`).expect(200)).body.people.map(
        (one: { id: string }) => one.id,
      )
    expect(await found('q=doan thi uoc')).toEqual([id])
    expect(await found(`q=${encodeURIComponent('Ước tìm'.normalize('NFD'))}`)).toEqual([id])
    expect(await found('q=quantri')).toEqual([personId('quantri')])
    expect(await found('q=100%25')).toEqual([])
    const { body } = await admin.get('/api/admin/agencies').expect(200)
    const agency = body.agencies.find(({ code }: { code: string }) => code === 'T00.X05')
    const there = (await admin.get(`/api/admin/people?agencyId=${agency.id}`).expect(200)).body.people
    expect(there.map(({ login }: { login: string }) => login).sort()).toEqual([
      'chanhvp.x05',
      'chutich.x05',
      'chuyenvien.x05',
      'hotich.x05',
      'motcua.x05',
      'truongphong.x05',
      'vanthu.x05',
    ])
  })

  it('are found by what they are and where, by role, and by whether they can come in', async () => {
    const found = async (query: string) => {
      const { body } = await admin.get(`/api/admin/people?${query}`).expect(200)
      return { logins: body.people.map(({ login }: { login: string }) => login), total: body.total }
    }
    const words = encodeURIComponent('truong phong kinh te')
    expect((await found(`q=${words}&role=unit-head`)).logins).toContain('truongphong.x01')
    expect((await found(`q=${words}&role=clerk`)).logins).toEqual([])
    const login = newLogin()
    const id = await taken({ login, password: undefined })
    expect(await person(id)).toMatchObject({ shut: true })
    expect(await found('shut=true')).toEqual({ logins: [login], total: 1 })
    await scene.sql(
      `insert into sso_subject (issuer, subject, person_id) values ('https://a.example', $1, $2)`,
      [id, id],
    )
    expect(await found('shut=true')).toEqual({ logins: [], total: 0 })
    const page = await found('role=officer&limit=2')
    expect(page.logins).toHaveLength(2)
    expect(page.total).toBe((await found('role=officer')).logins.length)
  })
})

describe('taking on', () => {
  it('a new officer can log in with the first password and holds the post', async () => {
    const { body } = await create().expect(201)
    const agent = browser(app)
    const session = await agent
      .post('/api/session')
      .send({ login: 'HONG.x01', password: PASSWORD })
      .expect(200)
    expect(session.body).toMatchObject({
      person: { id: body.id, name: 'Đặng Thị Hồng' },
      posts: [{ role: 'officer', unit: { code: 'T00.X01.KT' } }],
    })
    const [account] = await scene.sql<{ password_hash: string }>(
      'select password_hash from account where person_id = $1',
      [body.id],
    )
    expect(account?.password_hash).toMatch(/^\$argon2id\$/)
  })

  it('a login can be given once', async () => {
    await create({ login: 'mot.lan' }).expect(201)
    const { body } = await create({ login: 'mot.lan', name: 'Người Khác' }).expect(409)
    expect(body.type).toBe('urn:mot-cua:login-taken')
    expect(await scene.sql(`select from person where full_name = 'Người Khác'`)).toHaveLength(0)
  })

  it.each([
    ['a short password', { password: 'ngan' }, 400, 'password'],
    ['a login with spaces', { login: 'hai chu' }, 400, 'login'],
    ['no name', { name: ' ' }, 400, 'name'],
    ['an unknown field', { colour: 'red' }, 400, 'colour'],
    ['an unknown role', { posts: [post({ role: 'king' })] }, 400, 'posts.0.role'],
    ['an unknown unit', { posts: [post({ unitId: uuid() })] }, 422, 'posts.0.unitId'],
    ['a clerk outside a one-stop', { posts: [post({ role: 'clerk' })] }, 422, 'posts.0.unitId'],
    ['a post before the unit', { posts: [post({ validFrom: '2025-06-30' })] }, 422, 'posts.0.validFrom'],
    [
      'a post that ends before it begins',
      { posts: [post({ validTo: '2026-10-31' })] },
      422,
      'posts.0.validTo',
    ],
    ['the same post twice', { posts: [post(), post()] }, 422, 'posts.1.validFrom'],
    [
      'a unit of a dissolved agency',
      { posts: [post({ unitId: unitId('T00.H01.KT') })] },
      422,
      'posts.0.validFrom',
    ],
  ])('with %s is refused and leaves nobody behind', async (_, change, status, field) => {
    const login = newLogin()
    const { body } = await create({ login, ...change }).expect(status)
    expect(body.errors.map((error: { field: string }) => error.field)).toContain(field)
    expect(await scene.sql('select from account where login = $1', [login])).toHaveLength(0)
  })

  it('the trail keeps ids and no personal data', async () => {
    await create({ name: 'Tên Không Được Lộ', login: 'khong.lo', email: 'khong.lo@example.test' }).expect(201)
    const lines = [...(await details('person.created')), ...(await details('post.created'))].join('\n')
    expect(lines).not.toMatch(/Lộ|khong\.lo|example|argon2/)
  })
})

describe('a post', () => {
  it('can be added, with the decision a deputy signs by', async () => {
    const id = await taken({ posts: [] })
    const decision = { number: '5/QĐ-UBND', issuedOn: '2026-10-01', validFrom: '2026-10-01', validTo: null }
    const capacity = { capacity: 'KT', onBehalfOf: 'CHỦ TỊCH', title: 'PHÓ CHỦ TỊCH', decision }
    const { body } = await admin
      .post(`/api/admin/people/${id}/posts`)
      .send(post({ unitId: unitId('T00.X01.LD'), role: 'leader', capacity, validTo: '2027-12-31' }))
      .expect(201)
    const shown = {
      capacity: 'KT',
      onBehalfOf: 'CHỦ TỊCH',
      title: 'PHÓ CHỦ TỊCH',
      decision: { number: '5/QĐ-UBND' },
    }
    expect((await person(id)).posts).toEqual([
      expect.objectContaining({ id: body.id, role: 'leader', capacity: shown, validTo: '2027-12-31' }),
    ])
    // What the rule of signing reads.
    const posts = await scene.doing('2026-11-03 08:00', (tx) => signingPosts(tx, id, agencyId('T00.X01')))
    expect(posts).toEqual([
      expect.objectContaining({ postId: body.id, signer: expect.objectContaining({ decision }) }),
    ])
  })

  it('ends on its last day: the rights go the day after', async () => {
    const login = newLogin()
    const id = await taken({ login })
    const [own] = (await person(id)).posts
    await admin
      .post(`/api/admin/posts/${own.id}/end`)
      .send({ on: '2026-11-10', reason: 'transferred' })
      .expect(204)
    const agent = browser(app)
    const posts = async (when: string) => {
      scene.clock.set(at(when))
      return (await agent.get('/api/session').expect(200)).body.posts.length
    }
    await agent.post('/api/session').send({ login, password: PASSWORD }).expect(200)
    expect(await posts('2026-11-10 16:00')).toBe(1)
    expect(await posts('2026-11-11 08:00')).toBe(0)
    scene.clock.set(at('2026-11-03 08:00'))
    expect(JSON.parse((await details('post.ended')).at(-1) ?? '').detail).toEqual({
      post: own.id,
      person: id,
      on: '2026-11-10',
      reason: 'transferred',
    })
    const again = await admin
      .post(`/api/admin/posts/${own.id}/end`)
      .send({ on: '2026-11-20', reason: 'left' })
    expect(again.status).toBe(409)
  })

  it('does not end while its holder has open tasks of the unit; those of another unit do not matter', async () => {
    const id = await taken({ posts: [post(), post({ unitId: unitId('T00.X02.KT') })] })
    const task = await holdTask(id, 'T00.X01.KT')
    const { posts } = await person(id)
    const end = (code: string) =>
      admin
        .post(
          `/api/admin/posts/${posts.find(({ unit }: { unit: { code: string } }) => unit.code === code).id}/end`,
        )
        .send({ on: '2026-11-30', reason: 'left' })
    const { body } = await end('T00.X01.KT').expect(409)
    expect(body).toMatchObject({ type: 'urn:mot-cua:open-tasks', tasks: 1 })
    expect(body.detail).toMatch(/còn giữ 1 việc chưa xong.+Phòng Kinh tế, Hạ tầng và Đô thị: 1 \(/)
    await end('T00.X02.KT').expect(204)
    await scene.sql(`update task set state = 'deciding' where id = $1`, [task])
    await end('T00.X01.KT').expect(409)
    await scene.sql(`update task set state = 'done' where id = $1`, [task])
    await end('T00.X01.KT').expect(204)
  })

  it.each([
    ['before it began', { on: '2026-10-31', reason: 'left' }, 422, 'on'],
    ['for no reason of the list', { on: '2026-11-30', reason: 'nghỉ thai sản' }, 400, 'reason'],
    ['on no day', { reason: 'left' }, 400, 'on'],
  ])('does not end %s', async (_, end, status, field) => {
    const [own] = (await person(await taken())).posts
    const { body } = await admin.post(`/api/admin/posts/${own.id}/end`).send(end).expect(status)
    expect(body.errors.map((error: { field: string }) => error.field)).toContain(field)
  })
})

describe('deactivating', () => {
  it('shuts the person out at once, and can be repeated', async () => {
    const login = newLogin()
    const id = await taken({ login })
    const agent = browser(app)
    await agent.post('/api/session').send({ login, password: PASSWORD }).expect(200)
    await admin.post(`/api/admin/people/${id}/deactivate`).expect(204)
    await admin.post(`/api/admin/people/${id}/deactivate`).expect(204)
    await agent.get('/api/session').expect(401)
    await browser(app).post('/api/session').send({ login, password: PASSWORD }).expect(401)
    expect((await person(id)).active).toBe(false)
    expect((await details('person.deactivated')).filter((line) => line.includes(id))).toHaveLength(1)
    await admin
      .post(`/api/admin/people/${id}/posts`)
      .send(post({ role: 'unit-head' }))
      .expect(409)
  })

  it('is refused while the person holds any open task', async () => {
    const id = await taken()
    const task = await holdTask(id, 'T00.X02.KT')
    const { body } = await admin.post(`/api/admin/people/${id}/deactivate`).expect(409)
    expect(body).toMatchObject({
      type: 'urn:mot-cua:open-tasks',
      tasks: 1,
      open: [{ step: { vi: 'Thẩm định' }, unit: { vi: 'Phòng Kinh tế, Hạ tầng và Đô thị' }, state: 'open' }],
      reassign: [{ tasks: 1, page: `/nhom?don-vi=${unitId('T00.X02.KT')}&nguoi=${id}` }],
    })
    const [head] = await scene.sql<{ full_name: string }>('select full_name from person where id = $1', [
      personId('truongphong.x02'),
    ])
    expect(body.reassign[0].by).toContain(head?.full_name)
    await scene.sql('update task set assignee_id = null where id = $1', [task])
    await admin.post(`/api/admin/people/${id}/deactivate`).expect(204)
  })

  it('leaves at least one administrator', async () => {
    const me = personId('quantri')
    const { body } = await admin.post(`/api/admin/people/${me}/deactivate`).expect(409)
    expect(body.type).toBe('urn:mot-cua:last-admin')
    const [own] = (await person(me)).posts
    const end = { on: '2026-11-30', reason: 'left' }
    await admin.post(`/api/admin/posts/${own.id}/end`).send(end).expect(409)
    const second = await taken({ posts: [post({ unitId: own.unit.id, role: 'admin' })] })
    await admin.post(`/api/admin/people/${second}/deactivate`).expect(204)
  })

  it('knows staff only', async () => {
    await admin.post(`/api/admin/people/${personId('congdan')}/deactivate`).expect(404)
    await admin.post(`/api/admin/people/${uuid()}/deactivate`).expect(404)
    await admin
      .post(`/api/admin/people/${personId('congdan')}/posts`)
      .send(post())
      .expect(404)
    await admin.post(`/api/admin/posts/${uuid()}/end`).send({ on: '2026-11-30', reason: 'left' }).expect(404)
  })
})

it('agencies come with units, hours, parents and what has ended', async () => {
  const { body } = await admin.get('/api/admin/agencies').expect(200)
  const of = (code: string) => body.agencies.find((agency: { code: string }) => agency.code === code)
  expect(of('T00.X01')).toMatchObject({
    level: 'commune',
    validTo: null,
    workingHours: [{ validFrom: null }],
  })
  expect(of('T00.X01').units.map(({ code }: { code: string }) => code)).toEqual([
    'T00.X01.KT',
    'T00.X01.LD',
    'T00.X01.MC',
    'T00.X01.VP',
    'T00.X01.VT',
  ])
  expect(of('T00.H01')).toMatchObject({ validTo: '2025-06-30', successorId: of('T00.X01').id })
  const ids = new Set(body.agencies.map(({ id }: { id: string }) => id))
  for (const { parentId } of body.agencies) if (parentId) expect(ids).toContain(parentId)
})

describe('who may', () => {
  it.each(['chutich.x01', 'truongphong.x01', 'motcua.x01', 'thanhtra', 'kiemsoat', 'phantich', 'congdan'])(
    '%s sees the agencies and keeps nobody',
    async (login) => {
      const agent = await loggedIn(app, login)
      await agent.get('/api/admin/agencies').expect(200)
      await agent.get('/api/admin/people').expect(403)
      await agent.post('/api/admin/people').send({ name: 'A', login: 'abc', password: PASSWORD }).expect(403)
      await agent
        .post(`/api/admin/people/${personId('quantri')}/posts`)
        .send(post())
        .expect(403)
      await agent
        .post(`/api/admin/posts/${uuid()}/end`)
        .send({ on: '2026-11-30', reason: 'left' })
        .expect(403)
      await agent.post(`/api/admin/people/${personId('quantri')}/deactivate`).expect(403)
    },
  )

  it('whoever is not logged in does none of it', async () => {
    await browser(app).get('/api/admin/people').expect(401)
    await browser(app).get('/api/admin/agencies').expect(401)
    await browser(app).post('/api/admin/people').send({}).expect(401)
  })
})
