/**
 * The only reader of the environment. Every other module is given a Config.
 */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { SystemAddresses } from './exchange/systems.ts'
import type { Gateways } from './notifications/gateway.ts'
import type { Vnpay } from './payments/vnpay.ts'
import { findJava } from './setup/java.js'
import { zeebeHome } from './setup/zeebe.js'
import type { SsoSettings } from './sso/settings.ts'

type Environment = Record<string, string | undefined>

const roles = ['api', 'workers', 'sink', 'dispatcher'] as const
export type Role = (typeof roles)[number]
export type Mode = 'demo' | 'production' | 'test'

export type Config = {
  mode: Mode
  host: string
  /** Undefined: the first free one from 8080. */
  port: number | undefined
  /** Undefined (never in production): the embedded PostgreSQL. The role may not change the record. */
  databaseUrl: string | undefined
  /** For migrations. */
  databaseOwnerUrl: string | undefined
  /** Undefined (never in production): the embedded broker. `host:port`. */
  zeebeGrpcAddress: string | undefined
  /** `http://host:port` of the gateway's REST interface. */
  zeebeRestAddress: string | undefined
  /** `http://host:port` of the management interface, for moving the clock; undefined in production. */
  zeebeClockAddress: string | undefined
  /** Where the record sink listens; port undefined: a free one, told to the embedded broker. */
  sinkHost: string
  sinkPort: number | undefined
  sinkSecret: string
  /** Absolute. Holds the embedded parts' data, the secrets of demo mode, uploaded files and the record archive. */
  dataDir: string
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'
  roles: readonly Role[]
  sessionSecret: string
  /** Undefined: mail goes to the page in the product. */
  smtpUrl: string | undefined
  /** Who letters and messages come from. */
  mailFrom: string
  /** Where citizens reach us; undefined: the address we listen on. */
  publicUrl: string | undefined
  /** Seconds for which a decision can be taken back before it is sent to the engine (machine time). */
  takeBackSeconds: number
  /** Other systems that procedures ask; outside production, those without an address are played by stand-ins. */
  systems: SystemAddresses
  /** Undefined: outside production a stand-in plays the bank; in production only the counter takes money. */
  vnpay: Vnpay | undefined
  /** SMS and Zalo; outside production a stand-in plays those without an address, in production they are off. */
  gateways: Gateways
  /** The settings file of digital signing; undefined: made-up keys in demo mode, else letters are not signed digitally. */
  signingFile: string | undefined
  /** Undefined: people log in with a password only. */
  sso: SsoSettings | undefined
  /** Demo accounts exist and the clock can be moved. */
  demo: boolean
  /** Whether drafts may be tried out here, on an engine started for the purpose. */
  trials: boolean
  /** What the embedded broker needs, looked for when asked. @throws when no Java is found */
  embeddedBroker(): { javaBin: string; zeebeHome: string }
}

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number from 0 to 65535')
  .transform(Number)
  .refine((number) => number <= 65_535, 'must be a port number from 0 to 65535')
const postgres = z
  .string()
  .regex(/^postgres(ql)?:\/\//, 'must be an address like postgresql://user:password@host:5432/motcua')
const httpAddress = z
  .string()
  .regex(/^https?:\/\/[^/]+\/?$/, 'must be an address like http://host:8080')
  .transform((text) => text.replace(/\/$/, ''))
/** With a path, unlike our own addresses: other people's services lie where they lie. */
const serviceAddress = z
  .string()
  .regex(/^https?:\/\/[^/\s?#]+(\/[^\s?#]*)?$/, 'must be an address like https://host/path')
const secret = z.string().min(32, 'must have at least 32 characters (openssl rand -hex 32 makes one)')
const list = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean),
  )
  .pipe(z.array(z.enum(roles, `must be a list out of ${roles.join(',')}`)).min(1))

const variables = z.object({
  MOTCUA_MODE: z.enum(['demo', 'production', 'test'], 'must be demo, production or test').default('demo'),
  MOTCUA_HOST: z.string().default('127.0.0.1'),
  PORT: port.optional(),
  DATABASE_URL: postgres.optional(),
  DATABASE_OWNER_URL: postgres.optional(),
  ZEEBE_GRPC_ADDRESS: z
    .string()
    .regex(/^[^/\s]+:\d+$/, 'must be host:port')
    .optional(),
  ZEEBE_REST_ADDRESS: httpAddress.optional(),
  ZEEBE_CLOCK_ADDRESS: httpAddress.optional(),
  MOTCUA_SINK_HOST: z.string().default('127.0.0.1'),
  MOTCUA_SINK_PORT: port.optional(),
  MOTCUA_SINK_SECRET: secret.optional(),
  MOTCUA_DATA: z.string().optional(),
  MOTCUA_LOG: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'must be a log level such as info')
    .optional(),
  MOTCUA_ROLES: list.default([...roles]),
  SESSION_SECRET: secret.optional(),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'must be an address like smtp://user:password@host:587')
    .optional(),
  MOTCUA_MAIL_FROM: z.string().default('Một Cửa <mot-cua@localhost>'),
  MOTCUA_PUBLIC_URL: httpAddress.optional(),
  MOTCUA_TAKE_BACK_SECONDS: z
    .string()
    .regex(/^\d{1,4}$/, 'must be a whole number of seconds')
    .transform(Number)
    .optional(),
  MOTCUA_EXCHANGE_TAX_URL: serviceAddress.optional(),
  MOTCUA_EXCHANGE_TAX_TOKEN: z.string().optional(),
  MOTCUA_EXCHANGE_POPULATION_URL: serviceAddress.optional(),
  MOTCUA_EXCHANGE_POPULATION_TOKEN: z.string().optional(),
  MOTCUA_EXCHANGE_LAND_URL: serviceAddress.optional(),
  MOTCUA_EXCHANGE_LAND_TOKEN: z.string().optional(),
  MOTCUA_SMS_URL: serviceAddress.optional(),
  MOTCUA_SMS_SECRET: secret.optional(),
  MOTCUA_ZALO_URL: serviceAddress.optional(),
  MOTCUA_ZALO_SECRET: secret.optional(),
  MOTCUA_VNPAY_TMN_CODE: z.string().optional(),
  MOTCUA_VNPAY_SECRET: z.string().min(16, 'must have at least 16 characters').optional(),
  MOTCUA_VNPAY_URL: serviceAddress.optional(),
  MOTCUA_SIGNING: z.string().optional(),
  MOTCUA_TRIALS: z.enum(['on', 'off'], 'must be on or off').optional(),
  MOTCUA_OIDC_ISSUER: serviceAddress.optional(),
  MOTCUA_OIDC_CLIENT_ID: z.string().optional(),
  MOTCUA_OIDC_CLIENT_SECRET: z.string().optional(),
  MOTCUA_OIDC_NAME: z.string().max(40, 'must have at most 40 characters').default('SSO'),
  MOTCUA_OIDC_SCOPE: z
    .string()
    .regex(/(^| )openid( |$)/, 'must be a list with openid in it, such as openid profile')
    .default('openid profile'),
  MOTCUA_OIDC_CLAIM: z.string().default('preferred_username'),
  MOTCUA_OIDC_MATCH: z
    .enum(['login', 'identity-number'], 'must be login or identity-number')
    .default('login'),
  MOTCUA_OIDC_CITIZENS: z.enum(['known', 'all'], 'must be known or all').default('known'),
})
type Variables = z.infer<typeof variables>

/** Wrong settings: its message lists every variable with the mend, one per line. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

/**
 * Reads and checks the settings; in demo mode it keeps made-up secrets in the data folder.
 * @throws ConfigError
 */
export function loadConfig(env: Environment = process.env): Config {
  // An empty variable (`PORT= npm start`, a blank line of a compose file) is one that is not set.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const read = variables.safeParse(given)
  if (!read.success)
    throw new ConfigError(
      read.error.issues.map(({ path, message }) => `${path[0]?.toString()} ${message}.`).join('\n'),
    )
  const values = read.data
  const faults = [
    ...together(values),
    ...(values.MOTCUA_MODE === 'production' ? productionFaults(values) : []),
  ]
  if (faults.length > 0) throw new ConfigError(faults.join('\n'))
  return configFrom(values, given)
}

function configFrom(values: Variables, env: Environment): Config {
  const mode = values.MOTCUA_MODE
  const dataDir = resolve(values.MOTCUA_DATA ?? fileURLToPath(new URL('../.data', import.meta.url)))
  return {
    mode,
    host: values.MOTCUA_HOST,
    port: values.PORT,
    databaseUrl: values.DATABASE_URL,
    databaseOwnerUrl: values.DATABASE_OWNER_URL,
    zeebeGrpcAddress: values.ZEEBE_GRPC_ADDRESS,
    zeebeRestAddress: values.ZEEBE_REST_ADDRESS,
    zeebeClockAddress: values.ZEEBE_CLOCK_ADDRESS,
    sinkHost: values.MOTCUA_SINK_HOST,
    sinkPort: values.MOTCUA_SINK_PORT,
    sinkSecret: values.MOTCUA_SINK_SECRET ?? keptSecret(mode, dataDir, 'sink-secret'),
    dataDir,
    logLevel: values.MOTCUA_LOG ?? (mode === 'test' ? 'warn' : 'info'),
    roles: values.MOTCUA_ROLES,
    sessionSecret: values.SESSION_SECRET ?? keptSecret(mode, dataDir, 'session-secret'),
    smtpUrl: values.SMTP_URL,
    mailFrom: values.MOTCUA_MAIL_FROM,
    publicUrl: values.MOTCUA_PUBLIC_URL,
    takeBackSeconds: values.MOTCUA_TAKE_BACK_SECONDS ?? (mode === 'test' ? 0 : 30),
    systems: systemsFrom(values),
    vnpay: vnpayFrom(values),
    gateways: gatewaysFrom(values),
    signingFile: values.MOTCUA_SIGNING && resolve(values.MOTCUA_SIGNING),
    sso: ssoFrom(values),
    demo: mode !== 'production',
    trials: values.MOTCUA_TRIALS === undefined ? mode !== 'production' : values.MOTCUA_TRIALS === 'on',
    embeddedBroker: () => ({ javaBin: findJava(env), zeebeHome: zeebeHome(env) }),
  }
}

const systemsFrom = (values: Variables): SystemAddresses => ({
  ...(values.MOTCUA_EXCHANGE_TAX_URL && {
    tax: { url: values.MOTCUA_EXCHANGE_TAX_URL, token: values.MOTCUA_EXCHANGE_TAX_TOKEN },
  }),
  ...(values.MOTCUA_EXCHANGE_POPULATION_URL && {
    population: {
      url: values.MOTCUA_EXCHANGE_POPULATION_URL,
      token: values.MOTCUA_EXCHANGE_POPULATION_TOKEN,
    },
  }),
  ...(values.MOTCUA_EXCHANGE_LAND_URL && {
    land: { url: values.MOTCUA_EXCHANGE_LAND_URL, token: values.MOTCUA_EXCHANGE_LAND_TOKEN },
  }),
})

function gatewaysFrom(values: Variables): Gateways {
  const at = (url: string | undefined, shared: string | undefined) => url && shared && { url, secret: shared }
  const sms = at(values.MOTCUA_SMS_URL, values.MOTCUA_SMS_SECRET)
  const zalo = at(values.MOTCUA_ZALO_URL, values.MOTCUA_ZALO_SECRET)
  return { ...(sms && { sms }), ...(zalo && { zalo }) }
}

function vnpayFrom(values: Variables): Vnpay | undefined {
  const { MOTCUA_VNPAY_TMN_CODE: tmnCode, MOTCUA_VNPAY_SECRET: secret, MOTCUA_VNPAY_URL: url } = values
  return tmnCode && secret && url ? { tmnCode, secret, url, demo: false } : undefined
}

function ssoFrom(values: Variables): SsoSettings | undefined {
  const {
    MOTCUA_OIDC_ISSUER: issuer,
    MOTCUA_OIDC_CLIENT_ID: clientId,
    MOTCUA_OIDC_CLIENT_SECRET: clientSecret,
  } = values
  if (!issuer || !clientId || !clientSecret) return undefined
  return {
    issuer,
    clientId,
    clientSecret,
    name: values.MOTCUA_OIDC_NAME,
    scope: values.MOTCUA_OIDC_SCOPE,
    claim: values.MOTCUA_OIDC_CLAIM,
    match: values.MOTCUA_OIDC_MATCH,
    citizens: values.MOTCUA_OIDC_CITIZENS === 'all',
  }
}

const OIDC = ['MOTCUA_OIDC_ISSUER', 'MOTCUA_OIDC_CLIENT_ID', 'MOTCUA_OIDC_CLIENT_SECRET'] as const

/** Who anybody is rests on the provider's word: it has to come from there, unread and unchanged. */
function oidcFaults(values: Variables): string[] {
  const absent = OIDC.filter((name) => values[name] === undefined)
  const half = absent.length === OIDC.length ? [] : absent
  const issuer = values.MOTCUA_OIDC_ISSUER ?? 'https:'
  const local = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:|\/|$)/.test(issuer)
  const plain = issuer.startsWith('http:') && (values.MOTCUA_MODE === 'production' || !local)
  return [
    ...half.map((name) => `${name} is missing: set ${OIDC.join(', ')} together, or none of them.`),
    ...(plain ? ['MOTCUA_OIDC_ISSUER must begin with https://.'] : []),
    ...(values.MOTCUA_OIDC_CITIZENS === 'all' && values.MOTCUA_OIDC_MATCH === 'login'
      ? [
          'MOTCUA_OIDC_CITIZENS=all needs MOTCUA_OIDC_MATCH=identity-number: citizens are known by their number.',
        ]
      : []),
  ]
}

const VNPAY = ['MOTCUA_VNPAY_TMN_CODE', 'MOTCUA_VNPAY_SECRET', 'MOTCUA_VNPAY_URL'] as const

/** Half a configuration would promise online payment and refuse every payer. */
function vnpayFaults(values: Variables): string[] {
  const absent = VNPAY.filter((name) => values[name] === undefined)
  return absent.length === 0 || absent.length === VNPAY.length
    ? []
    : absent.map((name) => `${name} is missing: set ${VNPAY.join(', ')} together, or none of them.`)
}

/** Settings that make sense only in pairs. */
function together(values: Variables): string[] {
  const pairs = [
    ['DATABASE_URL', 'DATABASE_OWNER_URL'],
    ['ZEEBE_GRPC_ADDRESS', 'ZEEBE_REST_ADDRESS'],
    ['MOTCUA_SMS_URL', 'MOTCUA_SMS_SECRET'],
    ['MOTCUA_ZALO_URL', 'MOTCUA_ZALO_SECRET'],
  ] as const
  const halves = pairs.flatMap(([one, other]) =>
    (values[one] === undefined) === (values[other] === undefined)
      ? []
      : [
          `${values[one] === undefined ? one : other} is missing: set it beside ${values[one] === undefined ? other : one}, or neither.`,
        ],
  )
  // A broker of one's own must be told where the sink is before we start, so its port cannot be left to chance.
  const sink =
    values.ZEEBE_GRPC_ADDRESS !== undefined &&
    (values.MOTCUA_SINK_PORT === undefined || values.MOTCUA_SINK_SECRET === undefined)
      ? [
          'MOTCUA_SINK_PORT and MOTCUA_SINK_SECRET are missing: with a Zeebe of your own, set both here and in its exporter.',
        ]
      : []
  return [
    ...halves,
    ...vnpayFaults(values),
    ...oidcFaults(values),
    ...(values.MOTCUA_MODE === 'production' ? [] : sink),
  ]
}

const requiredInProduction = {
  DATABASE_URL: 'set it to the application role’s address; embedded PostgreSQL is for demonstration only',
  DATABASE_OWNER_URL: 'set it to the owner role’s address, for migrations',
  ZEEBE_GRPC_ADDRESS: 'set it to the gateway’s host:port; the embedded broker is for demonstration only',
  ZEEBE_REST_ADDRESS: 'set it to the gateway’s REST address, such as http://zeebe:8080',
  MOTCUA_SINK_PORT: 'set it to the port that Zeebe’s exporter sends to',
  MOTCUA_SINK_SECRET: 'set it to the password in Zeebe’s exporter, at least 32 characters',
  MOTCUA_PUBLIC_URL:
    'set it to the address at which citizens reach us; letters print it in their QR codes for good',
  SESSION_SECRET: 'set it to at least 32 random characters (openssl rand -hex 32 makes them)',
} as const

function productionFaults(values: Variables): string[] {
  const absent = Object.entries(requiredInProduction)
    .filter(([name]) => values[name as keyof typeof requiredInProduction] === undefined)
    .map(([name, mend]) => `${name} is missing in production mode: ${mend}.`)
  const refused = [
    ...(values.ZEEBE_CLOCK_ADDRESS === undefined
      ? []
      : ['ZEEBE_CLOCK_ADDRESS is refused in production mode, where nobody moves the clock: remove it.']),
    ...(values.DATABASE_URL !== undefined && values.DATABASE_URL === values.DATABASE_OWNER_URL
      ? ['DATABASE_URL must not be the owner’s: the application role may not change the record.']
      : []),
  ]
  return [...absent, ...refused]
}

/** Sessions and the broker's sink survive a restart of the demonstration, so their secrets must too. */
function keptSecret(mode: Mode, dataDir: string, name: string): string {
  const file = join(dataDir, name)
  if (mode === 'test') return randomBytes(32).toString('hex')
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true })
    writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' })
  }
  return readFileSync(file, 'utf8')
}
