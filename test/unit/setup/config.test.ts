import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ConfigError, loadConfig } from '../../../src/config.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mot-cua-config-'))
  chmodSync(folder, 0o755)
})
afterEach(() => rmSync(folder, { recursive: true }))

const secret = 's'.repeat(32)
const production = {
  MOTCUA_MODE: 'production',
  DATABASE_URL: 'postgresql://motcua_app:a@db:5432/motcua',
  DATABASE_OWNER_URL: 'postgresql://motcua_owner:b@db:5432/motcua',
  ZEEBE_GRPC_ADDRESS: 'zeebe:26500',
  ZEEBE_REST_ADDRESS: 'http://zeebe:8080/',
  MOTCUA_SINK_PORT: '9200',
  MOTCUA_SINK_SECRET: secret,
  MOTCUA_PUBLIC_URL: 'https://motcua.example',
  SESSION_SECRET: secret,
}

/** What is said about an environment that is refused. */
function refusal(env: Record<string, string>): string {
  try {
    loadConfig({ MOTCUA_DATA: folder, ...env })
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError)
    return (error as Error).message
  }
  throw new Error('the environment was accepted')
}

test('with nothing set it is a demonstration on embedded parts, for this machine only', () => {
  const config = loadConfig({ MOTCUA_DATA: folder })
  expect(config).toMatchObject({
    mode: 'demo',
    demo: true,
    host: '127.0.0.1',
    port: undefined,
    databaseUrl: undefined,
    zeebeGrpcAddress: undefined,
    sinkHost: '127.0.0.1',
    dataDir: folder,
    roles: ['api', 'workers', 'sink', 'dispatcher'],
    takeBackSeconds: 30,
  })
})

test('the demonstration keeps its secrets over a restart, readable by nobody else', () => {
  const first = loadConfig({ MOTCUA_DATA: folder })
  const second = loadConfig({ MOTCUA_DATA: folder })
  expect(first.sessionSecret).toMatch(/^[0-9a-f]{64}$/)
  expect(second.sessionSecret).toBe(first.sessionSecret)
  expect(second.sinkSecret).toBe(first.sinkSecret)
  expect(first.sinkSecret).not.toBe(first.sessionSecret)
  expect(statSync(join(folder, 'session-secret')).mode & 0o777).toBe(0o600)
  expect(readFileSync(join(folder, 'session-secret'), 'utf8')).toBe(first.sessionSecret)
})

test('in tests a decision goes out at once', () => {
  expect(loadConfig({ MOTCUA_MODE: 'test', MOTCUA_DATA: folder }).takeBackSeconds).toBe(0)
  expect(
    loadConfig({ MOTCUA_MODE: 'test', MOTCUA_DATA: folder, MOTCUA_TAKE_BACK_SECONDS: '5' }).takeBackSeconds,
  ).toBe(5)
})

test('production takes what is given, and nothing of the demonstration', () => {
  const config = loadConfig({ ...production, MOTCUA_DATA: folder, MOTCUA_ROLES: 'api, sink' })
  expect(config).toMatchObject({
    mode: 'production',
    demo: false,
    zeebeRestAddress: 'http://zeebe:8080',
    sinkPort: 9200,
    roles: ['api', 'sink'],
    sessionSecret: secret,
  })
})

test.each(Object.keys(production).filter((name) => name !== 'MOTCUA_MODE'))(
  'production refuses to start without %s',
  (name) => {
    const env: Record<string, string> = { ...production }
    delete env[name]
    expect(refusal(env)).toMatch(new RegExp(`^${name} is missing`, 'm'))
  },
)

test('production names everything that is missing at once', () => {
  const said = refusal({ MOTCUA_MODE: 'production' })
  for (const name of Object.keys(production))
    if (name !== 'MOTCUA_MODE') expect(said).toContain(`${name} is missing in production mode: set it`)
})

test.each([
  ['a clock to move', { ZEEBE_CLOCK_ADDRESS: 'http://zeebe:9600' }, 'ZEEBE_CLOCK_ADDRESS is refused'],
  [
    'the owner’s role as the application’s',
    { DATABASE_URL: production.DATABASE_OWNER_URL },
    'DATABASE_URL must not be the owner’s',
  ],
  ['a short session secret', { SESSION_SECRET: 'short' }, 'SESSION_SECRET must have at least 32 characters'],
])('production refuses %s', (_what, extra, said) => {
  expect(refusal({ ...production, ...extra })).toContain(said)
})

test.each([
  ['MOTCUA_MODE', 'live', 'must be demo, production or test'],
  ['PORT', '70000', 'must be a port number'],
  ['PORT', '80a', 'must be a port number'],
  ['DATABASE_URL', 'mysql://db', 'must be an address like postgresql://'],
  ['ZEEBE_GRPC_ADDRESS', 'http://zeebe:26500', 'must be host:port'],
  ['ZEEBE_REST_ADDRESS', 'zeebe:8080', 'must be an address like http://host:8080'],
  ['MOTCUA_ROLES', 'api,cook', 'must be a list out of api,workers,sink,dispatcher'],
  ['MOTCUA_LOG', 'loud', 'must be a log level'],
  ['SMTP_URL', 'mail.example', 'must be an address like smtp://'],
])('a wrong %s (%s) is named with its mend', (name, value, said) => {
  expect(refusal({ [name]: value })).toMatch(new RegExp(`^${name} ${said}`, 'm'))
})

test('half of a pair is refused: a database without its owner, a gateway without its REST address', () => {
  expect(refusal({ DATABASE_URL: production.DATABASE_URL })).toContain(
    'DATABASE_OWNER_URL is missing: set it beside DATABASE_URL',
  )
  expect(refusal({ ZEEBE_REST_ADDRESS: 'http://zeebe:8080' })).toContain(
    'ZEEBE_GRPC_ADDRESS is missing: set it beside ZEEBE_REST_ADDRESS',
  )
})

test('a Zeebe of one’s own needs to know where the sink will listen', () => {
  const zeebe = { ZEEBE_GRPC_ADDRESS: 'zeebe:26500', ZEEBE_REST_ADDRESS: 'http://zeebe:8080' }
  expect(refusal(zeebe)).toContain('MOTCUA_SINK_PORT and MOTCUA_SINK_SECRET are missing')
  expect(
    loadConfig({ ...zeebe, MOTCUA_DATA: folder, MOTCUA_SINK_PORT: '9200', MOTCUA_SINK_SECRET: secret })
      .sinkPort,
  ).toBe(9200)
})

test('an empty variable counts as one that is not set', () => {
  expect(loadConfig({ MOTCUA_DATA: folder, PORT: '', DATABASE_URL: '' })).toMatchObject({
    port: undefined,
    databaseUrl: undefined,
  })
})

test('other systems are asked where their addresses say, with their tokens', () => {
  const { systems } = loadConfig({
    ...production,
    MOTCUA_DATA: folder,
    MOTCUA_EXCHANGE_TAX_URL: 'https://lgsp.example/tax/v1',
    MOTCUA_EXCHANGE_TAX_TOKEN: 'abc',
  })
  expect(systems).toEqual({ tax: { url: 'https://lgsp.example/tax/v1', token: 'abc' } })
  expect(refusal({ MOTCUA_EXCHANGE_POPULATION_URL: 'lgsp.example' })).toContain(
    'MOTCUA_EXCHANGE_POPULATION_URL',
  )
})

test('VNPay is configured whole or not at all; without it production takes cash only', () => {
  const vnpay = {
    MOTCUA_VNPAY_TMN_CODE: 'MAUDV001',
    MOTCUA_VNPAY_SECRET: secret,
    MOTCUA_VNPAY_URL: 'https://bank.example/paymentv2/vpcpay.html',
  }
  expect(loadConfig({ ...production, MOTCUA_DATA: folder }).vnpay).toBeUndefined()
  expect(loadConfig({ ...production, ...vnpay, MOTCUA_DATA: folder }).vnpay).toEqual({
    tmnCode: 'MAUDV001',
    secret,
    url: 'https://bank.example/paymentv2/vpcpay.html',
    demo: false,
  })
  const { MOTCUA_VNPAY_SECRET: _left, ...half } = vnpay
  expect(refusal({ ...production, ...half })).toMatch(/^MOTCUA_VNPAY_SECRET is missing/)
})

test('single sign-on is configured whole or not at all, and never over a line that others read', () => {
  const oidc = {
    MOTCUA_OIDC_ISSUER: 'https://id.example/realms/tinh',
    MOTCUA_OIDC_CLIENT_ID: 'mot-cua',
    MOTCUA_OIDC_CLIENT_SECRET: 'between the two',
  }
  expect(loadConfig({ ...production, MOTCUA_DATA: folder }).sso).toBeUndefined()
  expect(loadConfig({ ...production, ...oidc, MOTCUA_DATA: folder }).sso).toEqual({
    issuer: 'https://id.example/realms/tinh',
    clientId: 'mot-cua',
    clientSecret: 'between the two',
    name: 'SSO',
    scope: 'openid profile',
    claim: 'preferred_username',
    match: 'login',
    citizens: false,
  })
  const { MOTCUA_OIDC_CLIENT_SECRET: _left, ...half } = oidc
  expect(refusal({ ...production, ...half })).toMatch(/^MOTCUA_OIDC_CLIENT_SECRET is missing/)
  const plain = { ...oidc, MOTCUA_OIDC_ISSUER: 'http://127.0.0.1:9000' }
  expect(refusal({ ...production, ...plain })).toMatch(/^MOTCUA_OIDC_ISSUER must begin with https/)
  expect(loadConfig({ ...plain, MOTCUA_DATA: folder }).sso?.issuer).toBe('http://127.0.0.1:9000')
  expect(refusal({ ...oidc, MOTCUA_OIDC_ISSUER: 'http://127.0.0.1.example' })).toMatch(
    /must begin with https/,
  )
  expect(refusal({ ...production, ...oidc, MOTCUA_OIDC_CITIZENS: 'all' })).toMatch(
    /^MOTCUA_OIDC_CITIZENS=all needs/,
  )
})
