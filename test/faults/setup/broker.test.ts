import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { ZBClient } from 'zeebe-node'
import { loadConfig } from '../../../src/config.ts'
import {
  addClockOffset,
  type BrokerOptions,
  currentBrokerTime,
  sinkUser,
  startBroker,
} from '../../../src/engine/broker.ts'
import { processStart } from '../../../src/setup/children.ts'
import { type Machine, startMachine } from '../../support/broker.ts'

const aDay = 24 * 3600_000
const bpmn = (id: string) =>
  Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="test" id="d">
  <process id="${id}" isExecutable="true">
    <startEvent id="start"/><sequenceFlow id="flow" sourceRef="start" targetRef="end"/><endEvent id="end"/>
  </process>
</definitions>`)

type Call = { method: string; path: string; authorization: string | undefined; body: string }

/** As much of a record sink as the exporter needs to go on. */
async function recordingSink(port: number): Promise<{ server: Server; calls: Call[] }> {
  const calls: Call[] = []
  const server = createServer(async (request, response) => {
    calls.push({
      method: request.method!,
      path: request.url!,
      authorization: request.headers.authorization,
      body: await text(request),
    })
    response.setHeader('X-Elastic-Product', 'Elasticsearch').setHeader('content-type', 'application/json')
    response.end(request.url === '/_bulk' ? '{"took":1,"errors":false,"items":[]}' : '{"acknowledged":true}')
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return { server, calls }
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

async function eventually<T>(look: () => T | undefined, what: string): Promise<T> {
  for (let tries = 0; tries < 600; tries++) {
    const found = look()
    if (found !== undefined) return found
    await sleep(100)
  }
  throw new Error(`in a minute there was no ${what}`)
}

async function deploy(address: string, id: string): Promise<string> {
  const client = new ZBClient(address, { useTLS: false, loglevel: 'NONE' })
  try {
    const { deployments } = await client.deployResource({ process: bpmn(id), name: `${id}.bpmn` })
    return deployments[0]!.process.processDefinitionKey
  } finally {
    await client.close()
  }
}

describe('the embedded broker', () => {
  let machine: Machine
  let sink: Awaited<ReturnType<typeof recordingSink>>

  beforeAll(async () => {
    machine = await startMachine()
    sink = await recordingSink(Number(machine.env.MOTCUA_SINK_PORT))
  }, 180_000)

  afterAll(async () => {
    await machine?.stop()
    sink?.server.close()
  })

  test('sends what happens to our sink, under the epoch and with the shared secret', async () => {
    await deploy(machine.broker.grpcAddress, 'sent')
    const bulk = await eventually(
      () => sink.calls.find(({ path, body }) => path === '/_bulk' && body.includes('"bpmnProcessId":"sent"')),
      'record of the deployment',
    )
    expect(bulk.body).toContain('"_index":"motcua-e1_process_8.5.8_')
    const secret = Buffer.from(`${sinkUser}:${machine.env.MOTCUA_SINK_SECRET}`).toString('base64')
    expect(new Set(sink.calls.map(({ authorization }) => authorization))).toEqual(
      new Set([`Basic ${secret}`]),
    )
    expect(sink.calls.map(({ path }) => path)).toContain('/_index_template/motcua-e1_user-task_8.5.8')
  }, 90_000)

  test('writes its log beside its data, and nothing where we stand', () => {
    expect(existsSync(join(machine.brokerDir, 'logs', 'zeebe.log'))).toBe(true)
    expect(readdirSync('.').filter((name) => name.includes('$'))).toEqual([])
  })

  test('moves its time forward and never back', async () => {
    const { managementAddress } = machine.broker
    const before = await currentBrokerTime(managementAddress)
    const after = await addClockOffset(managementAddress, 15 * aDay)
    expect(after.getTime()).toBeGreaterThanOrEqual(before.getTime() + 15 * aDay)
    await expect(addClockOffset(managementAddress, -1)).rejects.toThrow(RangeError)
    expect((await currentBrokerTime(managementAddress)).getTime()).toBeGreaterThanOrEqual(after.getTime())
  })

  test('keeps its data over a crash, and comes back on its ports', async () => {
    const { grpcAddress } = machine.broker
    const key = await deploy(grpcAddress, 'kept')
    const broker = await machine.crashBroker()
    expect(broker.grpcAddress).toBe(grpcAddress)
    // Zeebe answers an unchanged diagram with the key it has; a broker that forgot would draw a new one.
    expect(await deploy(grpcAddress, 'kept')).toBe(key)
  }, 180_000)

  test('refuses a second server on its data folder, and says which process to stop', async () => {
    const script = `
      import { startBroker } from '${new URL('../../../src/engine/broker.ts', import.meta.url)}'
      await startBroker({ dataDir: ${JSON.stringify(machine.brokerDir)}, zeebeHome: '/none', javaBin: '/none' })`
    const { code, stderr } = await node(script)
    expect(code).not.toBe(0)
    expect(stderr).toContain(`in use by process ${process.pid}`)
  }, 60_000)
})

test('a broker left by a killed server is ended by the next start, and its time moves before it is ready', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mot-cua-orphan-'))
  const { javaBin, zeebeHome } = loadConfig({ ...process.env, MOTCUA_MODE: 'test' }).embeddedBroker()
  const options: Omit<BrokerOptions, 'log'> = {
    dataDir: folder,
    javaBin,
    zeebeHome,
    sink: { url: 'http://127.0.0.1:9', indexPrefix: 'motcua-e1', secret: 'nobody listens there' },
    clockControl: true,
  }
  const { signal } = await node(`
    import { startBroker } from '${new URL('../../../src/engine/broker.ts', import.meta.url)}'
    await startBroker({ ...${JSON.stringify(options)}, log: console })
    process.kill(process.pid, 'SIGKILL')`)
  expect(signal).toBe('SIGKILL')
  const { pid } = JSON.parse(readFileSync(join(folder, 'broker.pid.json'), 'utf8')) as { pid: number }
  expect(processStart(pid)).not.toBeNull()

  const broker = await startBroker({ ...options, clockOffsetMs: 3 * aDay, log: pino({ level: 'silent' }) })
  try {
    expect(processStart(pid)).toBeNull()
    expect((await currentBrokerTime(broker.managementAddress)).getTime()).toBeGreaterThan(
      Date.now() + 2 * aDay,
    )
  } finally {
    await broker.stop()
    rmSync(folder, { recursive: true })
  }
}, 300_000)

function node(script: string): Promise<{ code: number | null; signal: string | null; stderr: string }> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let stderr = ''
  child.stderr.on('data', (data) => {
    stderr += data
  })
  return new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal, stderr })))
}
