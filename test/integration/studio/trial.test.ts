import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { jest } from '@jest/globals'
import { loadDemoAccounts } from '../../../src/people/demo-accounts.ts'
import { recordChild } from '../../../src/setup/children.ts'
import { createDraft, versionSource } from '../../../src/studio/drafts/draft.ts'
import { startTrial } from '../../../src/studio/trial/act.ts'
import { beat, claimTrial, endTrial, nextTrial } from '../../../src/studio/trial/runner.ts'
import { type Scene, setScene } from '../dossiers/scene.ts'

jest.setTimeout(60_000)

let scene: Scene
const asked: string[] = []
beforeAll(async () => {
  scene = await setScene()
  await scene.act(loadDemoAccounts)
  // Three drafts wait for their trial.
  for (let n = 0; n < 3; n++)
    asked.push(
      await scene.as('phantich', async (tx) => {
        const [version] = await tx.sql<{ id: string }>(
          `select id from procedure_version where code = '1.013225'`,
        )
        const source = await versionSource(tx, version!.id)
        const draft = await createDraft(tx, {
          code: '1.013225',
          title: `Bản ${n}`,
          source,
          baseVersionId: version!.id,
        })
        return startTrial(tx, draft, { revision: 1, allowed: true })
      }),
    )
})
afterAll(() => scene.close())

const states = async () => {
  const rows = await scene.sql<{ id: string; state: string }>('select id, state from trial_run')
  return asked.map((id) => rows.find((row) => row.id === id)!.state)
}

describe('trials of several servers', () => {
  it('run one at a time, whoever asks first; the start of another server ends none', async () => {
    const claims = await Promise.all([claimTrial(scene.db), claimTrial(scene.db), claimTrial(scene.db)])
    expect(claims.filter(Boolean)).toMatchObject([{ id: asked[0] }])
    expect(await claimTrial(scene.db)).toBeUndefined()
    expect(await beat(scene.db, asked[0]!)).toBe(true)
    expect(await states()).toEqual(['running', 'queued', 'queued'])
  })

  it('of a server that gives no sign of life are broken off, the next one is taken, and what the first says later is not written', async () => {
    await scene.sql(`update trial_run set beat_at = now() - interval '31 seconds' where id = $1`, [asked[0]])
    expect(await claimTrial(scene.db)).toMatchObject({ id: asked[1] })
    expect(await states()).toEqual(['failed', 'running', 'queued'])
    expect(await beat(scene.db, asked[0]!)).toBe(false)
    await endTrial(scene.db, asked[0]!, { result: { problems: [], examples: [] } })
    expect(await states()).toEqual(['failed', 'running', 'queued'])
    await endTrial(scene.db, asked[1]!, { result: { problems: [], examples: [] } })
    expect(await claimTrial(scene.db)).toMatchObject({ id: asked[2] })
    expect(await states()).toEqual(['failed', 'done', 'running'])
  })
})

describe('what a killed server left of a trial', () => {
  it('is ended and removed when no trial runs with it, though no other trial begins', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'mot-cua-leftover-'))
    const [left, running] = [join(dataDir, 'trial', asked[0]!), join(dataDir, 'trial', asked[2]!)]
    for (const folder of [left, running]) await mkdir(folder, { recursive: true })
    const orphan = spawn('sleep', ['300'], { detached: true, stdio: 'ignore' })
    recordChild(join(left, 'broker.pid.json'), orphan.pid!)
    const gone = new Promise((resolve) => orphan.once('exit', resolve))
    const embeddedBroker = () => {
      throw new Error('no trial begins here')
    }
    const deps = { db: scene.db, log: scene.db.log, dataDir, embeddedBroker }
    try {
      expect(await nextTrial(deps, new AbortController().signal)).toBe(false)
      await gone
      expect(await readdir(join(dataDir, 'trial'))).toEqual([asked[2]])
    } finally {
      orphan.kill('SIGKILL')
      await rm(dataDir, { recursive: true })
    }
  })
})
