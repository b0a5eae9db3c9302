/** A draft's examples on a throw-away broker, as the Studio runs them; and what the broker says against what it does not take. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { loadConfig } from '../../src/config.ts'
import { type ThrowAwayEngine, withThrowAwayEngine } from '../../src/engine/index.ts'
import { readProcedureFolder } from '../../src/procedures/folder.ts'
import { idsOf } from '../../src/procedures/ids.ts'
import { versioned } from '../../src/procedures/new-version.ts'
import { offer } from '../../src/procedures/publish.ts'
import { type ProcedureSource, sourceOf } from '../../src/studio/source.ts'
import { runTrial, type TrialResult } from '../../src/studio/trial/trial.ts'

const FOLDER = 'processes/1.001612-dang-ky-thanh-lap-ho-kinh-doanh'

let folder: string
let engine: ThrowAwayEngine
let finish: (() => void) | undefined
let over: Promise<unknown>
let source: ProcedureSource

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mot-cua-trial-'))
  source = sourceOf((await readProcedureFolder(FOLDER)).files)
  const { javaBin, zeebeHome } = loadConfig({ ...process.env, MOTCUA_MODE: 'test' }).embeddedBroker()
  const held = new Promise<void>((resolve) => {
    finish = resolve
  })
  engine = await new Promise<ThrowAwayEngine>((resolve, reject) => {
    over = withThrowAwayEngine(
      { folder: join(folder, 'engine'), javaBin, zeebeHome, log: pino({ level: 'silent' }) },
      async (ready) => {
        resolve(ready)
        await held
      },
    )
    over.catch(reject)
  })
}, 90_000)
afterAll(async () => {
  finish?.()
  await over
  await rm(folder, { recursive: true, force: true })
}, 30_000)

const told: number[] = []
const tried = (draft: ProcedureSource): Promise<TrialResult> =>
  runTrial(engine, draft, {
    trialId: crypto.randomUUID(),
    signal: AbortSignal.timeout(120_000),
    tell: async ({ done }) => void told.push(done),
  })

type Walk = { element: string; outcome: string }[]
/** The examples named, each with its walk changed. */
const only = (changes: Record<string, (walk: Walk, content: { ends: string }) => void>): ProcedureSource => {
  const examples = structuredClone(source.examples).filter(({ name }) => name in changes)
  for (const { name, content } of examples)
    changes[name]!(content.walk as Walk, content as unknown as { ends: string })
  return { ...source, examples }
}
const asItIs = () => undefined

describe('a draft on a throw-away broker', () => {
  it('takes each of its examples to the end that it names, by every step that it names', async () => {
    const { problems, examples } = await tried(source)
    expect(problems).toEqual([])
    expect(examples.map(({ file }) => file)).toEqual(source.examples.map(({ name }) => name))
    for (const [n, example] of examples.entries()) {
      const { walk, ends } = source.examples[n]!.content as { walk: Walk; ends: string }
      expect([example.file, example.deviation, example.endedAt]).toEqual([example.file, null, ends])
      expect(example.path).toEqual(expect.arrayContaining([...walk.map(({ element }) => element), ends]))
      expect(example.walked).toBe(walk.length)
    }
    expect(Math.max(...told)).toBe(source.examples.length)
  }, 150_000)

  it('says where an example goes another way, and lets the others arrive', async () => {
    const { examples } = await tried(
      only({
        '01-online-paid.json': asItIs,
        // It is granted; the example says that it was refused.
        '02-counter-cash.json': (_walk, content) => {
          content.ends = 'Stopped'
        },
        // Nobody appraises in the example; the dossier stands at whoever does.
        '03-fee-not-paid.json': (walk) =>
          void walk.splice(
            0,
            walk.length,
            { element: 'AwaitPayment', outcome: 'paid' },
            { element: 'Receive', outcome: 'received' },
            { element: 'SignResult', outcome: 'signed' },
          ),
        // Somebody stops in the middle.
        '08-denied-after-send-back.json': (walk) => void walk.splice(2),
      }),
    )
    expect(examples.map(({ file, deviation }) => [file, deviation?.kind ?? null])).toEqual([
      ['01-online-paid.json', null],
      ['02-counter-cash.json', 'other-end'],
      ['03-fee-not-paid.json', 'other-step'],
      ['08-denied-after-send-back.json', 'goes-on'],
    ])
    const [, otherEnd, otherStep, goesOn] = examples
    expect(otherEnd).toMatchObject({
      endedAt: 'Returned',
      deviation: { elementId: 'Returned', expected: 'Stopped' },
    })
    expect(otherStep).toMatchObject({
      endedAt: null,
      walked: 2,
      deviation: { elementId: 'Check', expected: 'SignResult' },
    })
    expect(goesOn).toMatchObject({ endedAt: null, walked: 2, deviation: { elementId: 'Check' } })
  }, 150_000)

  it('that the broker does not take plays nothing and names the place', async () => {
    const bpmn = source.bpmn.replace(/<zeebe:taskDefinition [^>]*\/>/, '')
    expect(bpmn).not.toBe(source.bpmn)
    const { problems, examples } = await tried({ ...source, bpmn })
    expect(examples).toEqual([])
    expect(problems).toMatchObject([{ elementId: expect.any(String) }])
  }, 60_000)
})

describe('what is published, on the broker', () => {
  const version = async (change: (dmn: string) => string = (dmn) => dmn, id = 'p1001612_v7') => {
    const text = (name: string) => readFile(join(FOLDER, name), 'utf8')
    return {
      process_id: id,
      decision_id: `routing_${id}`,
      bpmn: versioned(await text('process.bpmn'), 'process', 'p1001612', id),
      dmn: change(versioned(await text('routing.dmn'), 'decision', 'routing_p1001612', `routing_${id}`)),
    }
  }
  const deploy = async (resources: { name: string; content: string }[]) => {
    const { processKeys, decisionIds } = await engine.client.deploy(resources)
    return [...processKeys.keys(), ...decisionIds]
  }

  it('is taken under the ids that its elements have, in either kind of quotes', async () => {
    expect(await offer(deploy, await version())).toBeNull()
    const row = await version(asIs, 'p1001612_v8')
    const quoted = { ...row, bpmn: row.bpmn.replaceAll(/id="p1001612_v8"/g, "id='p1001612_v8'") }
    expect(idsOf(quoted.bpmn, 'process')).toEqual(['p1001612_v8'])
    expect(await offer(deploy, quoted)).toBeNull()
  })

  it('is refused with its table when a cell is no expression, and nothing of it is deployed', async () => {
    const said = await offer(
      deploy,
      await version(
        (dmn) => dmn.replace(/<text>"individual", "family"<\/text>/, '<text>"a" "b"</text>'),
        'p1001612_v9',
      ),
    )
    expect(said).toMatch(/FEEL|parse|expression/i)
    await expect(engine.start('p1001612_v9', {})).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('is refused when the broker knows it under another id', async () => {
    const row = await version(asIs, 'p1001612_v10')
    const said = await offer(deploy, { ...row, decision_id: 'routing_elsewhere' })
    expect(said).toContain('not as routing_elsewhere')
  })
})

const asIs = (dmn: string) => dmn
