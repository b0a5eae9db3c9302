import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { systemActor } from '../../../src/access/actor.ts'
import { loadOrganisation, personId } from '../../../src/agencies/load.ts'
import { httpApp } from '../../../src/http/app.ts'
import { modeRoute } from '../../../src/http/mode.ts'
import { actorOf } from '../../../src/people/actor.ts'
import { releaseSso } from '../../../src/people/admin.ts'
import { DEMO_PASSWORD, loadDemoAccounts } from '../../../src/people/demo-accounts.ts'
import { loginRoutes } from '../../../src/sso/routes.ts'
import type { SsoSettings } from '../../../src/sso/settings.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { startOidc, visitor } from '../../support/oidc.ts'

const ACCOUNTS: Record<string, Record<string, string>> = {
  officer: { name: 'Nguyễn Thị Mẫu An', preferred_username: 'MOTCUA.x01', so_dinh_danh: '000 000 000 777' },
  nobody: { name: 'Không Ai', preferred_username: 'khong.ai', so_dinh_danh: '000000000778' },
  climber: { name: 'Lê Văn Leo', preferred_username: 'chuyenvien.x01' },
  citizen: { name: 'Phạm Thị Mới', preferred_username: '0912', so_dinh_danh: '000000000779' },
}

let test: TestDatabase
let oidc: Awaited<ReturnType<typeof startOidc>>
let product: { url: string; server: Server }
const system = systemActor('sso test')
const sql = <T = Record<string, unknown>>(text: string, params: unknown[] = []) =>
  test.db.transact(system, (tx) => tx.sql<T>(text, params))

async function startProduct(sso: SsoSettings | undefined, demo = true) {
  const settings = { demo, publicUrl: '', takeBackSeconds: 0 }
  const server = createServer(
    httpApp({
      db: test.db,
      actorOf: actorOf(test.db),
      routes: [
        modeRoute({ mode: 'test', demo, version: '0.0.0', ...(sso && { sso: sso.name }) }),
        ...loginRoutes({ db: test.db, log: pino({ level: 'silent' }), settings }, { demo, sso }),
      ],
      sessionSecret: 'a secret of tests only, long enough for it',
      secure: false,
      version: '0.0.0',
      readiness: async () => ({}),
    }),
  )
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  settings.publicUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url: settings.publicUrl, server, settings }
}
const stop = (server: Server) =>
  new Promise((resolve) => {
    server.close(resolve)
    server.closeAllConnections()
  })

beforeAll(async () => {
  test = await createTestDatabase()
  await test.db.transact(system, async (tx) => {
    await loadOrganisation(tx)
    await loadDemoAccounts(tx)
  })
  oidc = await startOidc(ACCOUNTS, () => `${product.url}/api/sso/return`)
  product = await startProduct(oidc.settings())
  oidc.open()
}, 60_000)
afterAll(async () => {
  await stop(product.server)
  await oidc.close()
  await test.close()
})
beforeEach(async () => {
  await sql('delete from sso_subject')
  Object.assign(oidc.state, { person: 'officer', spoil: undefined, forge: false, away: false })
})

/** Where somebody who presses the button ends, on pages of the product. */
async function pressButton(browser = visitor(), back = '') {
  const ended = new URL(
    await browser.follow(`${product.url}/api/sso/login${back && `?ve=${encodeURIComponent(back)}`}`),
  )
  return {
    browser,
    at: ended.pathname + ended.search,
    host: ended.host,
    session: await browser.json(`${product.url}/api/session`),
  }
}
/** As far as the address by which the provider sends the browser back, not visited yet. */
const returnOf = (browser: ReturnType<typeof visitor>) =>
  browser.follow(`${product.url}/api/sso/login`, /\/api\/sso\/return\?/)

describe('logging in by single sign-on', () => {
  it('lets in the civil servant whose login the provider names, and leads back to where they were', async () => {
    const { at, session } = await pressButton(visitor(), '/ban-lam-viec?xem=mine')
    expect(at).toBe('/ban-lam-viec?xem=mine')
    expect(session.body).toMatchObject({
      person: { id: personId('motcua.x01') },
      posts: [{ role: 'clerk', unit: { code: 'T00.X01.MC' } }],
    })
    const [entry] = await sql<{ line: string }>(
      `select line from audit_entry where act = 'session.login' order by index desc limit 1`,
    )
    expect(JSON.parse(entry!.line)).toMatchObject({ actor: personId('motcua.x01'), detail: { by: 'sso' } })
  })

  it('gives a new session id: one planted before is worth nothing', async () => {
    const browser = visitor()
    const back = await returnOf(browser)
    const before = browser.cookies.get('motcua.sid')
    await browser.follow(back)
    expect(browser.cookies.get('motcua.sid')).not.toBe(before)
    const thief = visitor()
    thief.cookies.set('motcua.sid', String(before))
    expect((await thief.json(`${product.url}/api/session`)).status).toBe(401)
  })

  it.each(['//evil.example', 'https://evil.example', '/\\evil.example', '/api/session', '/a b'])(
    'leads to no other place than our pages, whatever the address asks for: %s',
    async (back) => {
      const { at, host, session } = await pressButton(visitor(), back)
      expect([at, host, session.status]).toEqual(['/dang-nhap', new URL(product.url).host, 200])
    },
  )

  it('knows whoever has been here by the account at the provider, whatever that calls itself since', async () => {
    oidc.state.person = 'climber'
    expect((await pressButton()).session.body.person.id).toBe(personId('chuyenvien.x01'))
    ACCOUNTS.climber!.preferred_username = 'chutich.x01'
    expect((await pressButton()).session.body.person.id).toBe(personId('chuyenvien.x01'))
    ACCOUNTS.climber!.preferred_username = 'motcua.x01'
    expect((await pressButton()).session.body.person.id).toBe(personId('chuyenvien.x01'))
    expect(
      await sql(`select count(*)::int as n from audit_entry where act = 'sso.bound' and line like $1`, [
        `%${personId('chuyenvien.x01')}%`,
      ]),
    ).toEqual([{ n: 1 }])
  })

  it('keeps the language chosen on the login page; without a choice, the one the person keeps', async () => {
    const english = visitor()
    await english.follow(`${product.url}/api/sso/login?locale=en`)
    expect((await english.json(`${product.url}/api/session`)).body.locale).toBe('en')
    await sql(`update account set locale = 'en' where person_id = $1`, [personId('motcua.x01')])
    expect((await pressButton()).session.body.locale).toBe('en')
    await sql(`update account set locale = 'vi' where person_id = $1`, [personId('motcua.x01')])
    expect((await pressButton()).session.body.locale).toBe('vi')
  })

  it('is offered by name, and by nothing where it is not configured', async () => {
    expect((await visitor().json(`${product.url}/api/mode`)).body.sso).toBe('VNeID')
    const plain = await startProduct(undefined)
    expect((await visitor().json(`${plain.url}/api/mode`)).body.sso).toBeNull()
    expect((await visitor().json(`${plain.url}/api/sso/login`)).status).toBe(404)
    await stop(plain.server)
  })
})

describe('nobody is logged in', () => {
  const refused = async (why: string, browser = visitor()) => {
    const { at, session } = await pressButton(browser)
    expect([at, session.status]).toEqual([`/dang-nhap?sso=${why}`, 401])
  }

  it('when the provider knows them and we do not; no one is taken in', async () => {
    const [before] = await sql('select count(*) from person')
    oidc.state.person = 'nobody'
    await refused('unknown')
    expect(await sql('select count(*) from person')).toEqual([before])
  })

  it('when they call themselves what somebody else is called who has been here, unless that one was released', async () => {
    await pressButton()
    ACCOUNTS.nobody!.preferred_username = 'motcua.x01'
    oidc.state.person = 'nobody'
    await refused('taken')
    await test.db.transact(system, (tx) => releaseSso(tx, personId('motcua.x01')))
    expect((await pressButton()).session.body.person.id).toBe(personId('motcua.x01'))
    ACCOUNTS.nobody!.preferred_username = 'khong.ai'
  })

  it('when they were deactivated here', async () => {
    await sql('update person set active = false where id = $1', [personId('motcua.x01')])
    await refused('inactive')
    await sql('update person set active = true where id = $1', [personId('motcua.x01')])
  })

  it('when they give up at the provider', async () => {
    oidc.state.person = null
    await refused('cancelled')
  })

  it.each<[string, (claims: Record<string, unknown>) => Record<string, unknown>]>([
    ['of another login attempt (nonce)', (claims) => ({ ...claims, nonce: 'another' })],
    ['without a nonce', ({ nonce: _, ...claims }) => claims],
    ['for another audience', (claims) => ({ ...claims, aud: 'another-product' })],
    ['that has expired', (claims) => ({ ...claims, iat: 1_700_000_000, exp: 1_700_000_600 })],
    ['of another issuer', (claims) => ({ ...claims, iss: 'http://127.0.0.1:1' })],
  ])('by a token %s', async (_what, spoil) => {
    oidc.state.spoil = spoil
    await refused('refused')
  })

  it('by a token that the provider did not sign', async () => {
    oidc.state.forge = true
    await refused('refused')
  })

  it('by an answer that was not asked for, or to another browser', async () => {
    const back = await returnOf(visitor())
    const other = visitor()
    expect(await other.follow(back)).toBe(`${product.url}/dang-nhap?sso=stale`)
    const third = visitor()
    await returnOf(third)
    expect(await third.follow(back)).toBe(`${product.url}/dang-nhap?sso=stale`)
    expect((await third.json(`${product.url}/api/session`)).status).toBe(401)
  })

  it('by a code that was used before', async () => {
    const first = visitor()
    const used = new URL(await returnOf(first))
    await first.follow(used.href)
    const second = visitor()
    const own = new URL(await returnOf(second))
    own.searchParams.set('code', used.searchParams.get('code') ?? '')
    expect(await second.follow(own.href)).toBe(`${product.url}/dang-nhap?sso=refused`)
    expect((await second.json(`${product.url}/api/session`)).status).toBe(401)
  })

  it('by the same answer twice, though the first was refused', async () => {
    const browser = visitor()
    const back = await returnOf(browser)
    oidc.state.forge = true
    expect(await browser.follow(back)).toBe(`${product.url}/dang-nhap?sso=refused`)
    oidc.state.forge = false
    expect(await browser.follow(back)).toBe(`${product.url}/dang-nhap?sso=stale`)
  })
})

describe('what is kept for somebody who is at the provider', () => {
  const ends = () =>
    sql<{ minutes: number }>(
      `select round(extract(epoch from expire - now()) / 60)::int as minutes from session order by expire desc`,
    )

  it('ends in ten minutes, and lasts a day once they are logged in', async () => {
    await sql('delete from session')
    const back = await returnOf(visitor())
    expect(await ends()).toEqual([{ minutes: 10 }])
    expect(back).toContain('/api/sso/return')
    await pressButton()
    expect((await ends())[0]).toEqual({ minutes: 720 })
  })

  it('is kept for so many from one address, and then no more', async () => {
    await sql(`update rate_limit set points = 200 where key like 'sso:%'`)
    const [before] = await sql('select count(*) from session')
    expect(await visitor().follow(`${product.url}/api/sso/login?ve=/ho-so`)).toBe(
      `${product.url}/dang-nhap?sso=often&ve=%2Fho-so`,
    )
    expect(await sql('select count(*) from session')).toEqual([before])
    await sql(`delete from rate_limit where key like 'sso:%'`)
  })
})

describe('while the provider is away', () => {
  it('that is said, the password still works, and so does the button once it is back', async () => {
    const late = await startProduct(oidc.settings())
    oidc.state.away = true
    const browser = visitor()
    expect(await browser.follow(`${late.url}/api/sso/login?ve=/ho-so`)).toBe(
      `${late.url}/dang-nhap?sso=away&ve=%2Fho-so`,
    )
    const login = await fetch(`${late.url}/api/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'mot-cua' },
      body: JSON.stringify({ login: 'motcua.x01', password: DEMO_PASSWORD }),
    })
    expect(login.status).toBe(200)
    oidc.state.away = false
    expect(await browser.follow(`${late.url}/api/sso/login`, /\/auth\?/)).toMatch(
      /\/auth\?.*code_challenge_method=S256/,
    )
    await stop(late.server)
  })

  it('between the two visits, that is said too', async () => {
    const browser = visitor()
    const back = await returnOf(browser)
    oidc.state.away = true
    expect(await browser.follow(back)).toBe(`${product.url}/dang-nhap?sso=away`)
  })
})

describe('logging out', () => {
  it('leaves the provider too, which sends the browser back to the login', async () => {
    const { browser } = await pressButton()
    const { status, body } = await browser.json(`${product.url}/api/session`, 'DELETE')
    expect(status).toBe(200)
    const next = new URL(body.next)
    expect(next.pathname).toBe('/session/end')
    expect(next.searchParams.get('post_logout_redirect_uri')).toBe(`${product.url}/dang-nhap`)
    expect(next.searchParams.get('id_token_hint')).toMatch(/^ey/)
    expect((await browser.once(next.href)).status).toBe(200)
    expect((await browser.json(`${product.url}/api/session`)).status).toBe(401)
  })

  it('works while the provider is away', async () => {
    const late = await startProduct(oidc.settings())
    const { browser } = await pressButton()
    oidc.state.away = true
    expect((await browser.json(`${late.url}/api/session`, 'DELETE')).status).toBe(204)
    expect((await browser.json(`${late.url}/api/session`)).status).toBe(401)
    await stop(late.server)
  })
})

describe('matched by identity number', () => {
  const numbers = { claim: 'so_dinh_danh', match: 'identity-number' } as const
  const through = async (settings: Partial<SsoSettings>, person: string, demo = true) => {
    const before = product
    product = await startProduct(oidc.settings({ ...numbers, ...settings }), demo)
    oidc.open()
    oidc.state.person = person
    const result = await pressButton()
    await stop(product.server)
    product = before
    oidc.open()
    return result
  }
  const number = (login: string, value: string) =>
    sql('update person set identity_no = $2 where id = $1', [personId(login), value])

  it('the civil servant comes before the citizen of the same number', async () => {
    await number('motcua.x01', '000000000777')
    await number('congdan2', '000000000777')
    expect((await through({}, 'officer')).session.body.person.id).toBe(personId('motcua.x01'))
  })

  it('two civil servants of one number are told apart by people, not by us', async () => {
    await number('motcua.x02', '000000000777')
    const { at, session } = await through({}, 'officer')
    expect([at, session.status]).toEqual(['/dang-nhap?sso=several', 401])
    await number('motcua.x02', '')
  })

  it('a new citizen is taken in only where that is configured, once, and sees their own dossiers only', async () => {
    expect((await through({}, 'citizen')).at).toBe('/dang-nhap?sso=unknown')
    const first = await through({ citizens: true }, 'citizen')
    expect(first.session.body).toMatchObject({ person: { name: 'Phạm Thị Mới' }, kind: 'citizen', posts: [] })
    const again = await through({ citizens: true }, 'citizen')
    expect(again.session.body.person.id).toBe(first.session.body.person.id)
    expect(await sql(`select kind from person where identity_no = '000000000779'`)).toEqual([
      { kind: 'citizen' },
    ])
  })

  it('a deactivated civil servant does not come back as a new citizen', async () => {
    await number('motcua.x03', '000000000778')
    await sql('update person set active = false where id = $1', [personId('motcua.x03')])
    expect((await through({ citizens: true }, 'nobody')).at).toBe('/dang-nhap?sso=inactive')
  })

  it('made-up people count in a demonstration only', async () => {
    expect((await through({}, 'officer', false)).at).toBe('/dang-nhap?sso=unknown')
  })
})
