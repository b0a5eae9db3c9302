import { jest } from '@jest/globals'
import { loadDemoAccounts } from '../../../src/people/demo-accounts.ts'
import { createDraft, versionSource } from '../../../src/studio/drafts/draft.ts'
import { startTrial } from '../../../src/studio/trial/act.ts'
import { beat, claimTrial, endTrial } from '../../../src/studio/trial/runner.ts'
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
