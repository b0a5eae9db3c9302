import { setTimeout as sleep } from 'node:timers/promises'
import { type Answer, type Browser, browserAt } from '../../support/rough-browser.ts'
import { prepared } from '../support/play.ts'
import type { Scene } from '../support/scene.ts'
import { until } from '../support/stage.ts'

const OUTAGES = process.env.MOTCUA_LONG_FAULTS ? 10 : 3
const ACTS = 12

/** Sends an act again, under its key, until the server says yes or no; a connection that broke said neither. */
async function insist(browser: Browser, body: unknown): Promise<{ answer: Answer; refusals: number }> {
  const key = { 'Idempotency-Key': crypto.randomUUID() }
  for (let refusals = 0; refusals < 1_000; refusals++) {
    const answer = await browser.post('/api/dossiers', body, key).catch((error: unknown) => {
      if (!(error instanceof TypeError)) throw error
    })
    if (answer && answer.status !== 503) return { answer, refusals }
    if (answer) expect(answer.body.type).toBe('urn:mot-cua:unavailable')
    await sleep(50)
  }
  throw new Error('503 without end')
}

export function databaseAway(scene: () => Scene): void {
  it('while PostgreSQL is away everybody is told when to try again; when it is back all works by itself', async () => {
    const { database, login, url, standsOnce } = scene()
    const dossier = await prepared(await login('congdan'))
    const citizen = await browserAt(url(), 'congdan')
    await database.cut()
    for (const answer of [
      await citizen.get('/api/my/dossiers'),
      await citizen.post('/api/dossiers', dossier),
      await citizen.get('/api/procedures'),
    ]) {
      expect(answer.status).toBe(503)
      expect(answer.headers.get('retry-after')).toMatch(/^\d+$/)
      expect(answer.contentType).toContain('application/problem+json')
      expect(answer.body.detail).toMatch(/Chưa có gì bị mất; hãy thử lại/)
    }
    const health = await citizen.get('/health/ready')
    expect([health.status, health.body]).toEqual([
      503,
      { status: 'not-ready', parts: { postgresql: false, zeebe: false } },
    ])
    expect((await citizen.get('/health/live')).status).toBe(200)

    await database.mend()
    const { answer } = await insist(citizen, dossier)
    expect(answer.status).toBe(201)
    await standsOnce(answer.body.id, 'reception')
    await until('the server to be ready', async () => (await citizen.get('/health/ready')).status === 200)
  })

  it(`${ACTS} dossiers filed while PostgreSQL goes and comes are each filed once`, async () => {
    const { database, login, url, count, standsOnce } = scene()
    const client = await login('congdan')
    const before = await count('dossier')
    const dossiers = []
    for (let n = 0; n < ACTS; n++) dossiers.push(await prepared(client))
    const citizen = await browserAt(url(), 'congdan')
    await database.cut()
    const coming = (async () => {
      for (let n = 0; n < OUTAGES; n++) {
        if (n > 0) await database.cut()
        await sleep(Math.random() * 500)
        await database.mend()
        await sleep(Math.random() * 200)
      }
    })()
    const results = await Promise.all(dossiers.map((dossier) => insist(citizen, dossier)))
    await coming
    expect(results.every(({ refusals }) => refusals > 0)).toBe(true)
    expect(results.map(({ answer }) => answer.status)).toEqual(dossiers.map(() => 201))
    const ids = new Set(results.map(({ answer }) => answer.body.id))
    expect([ids.size, await count('dossier')]).toEqual([ACTS, before + ACTS])
    for (const id of ids) await standsOnce(id, 'reception')
  })
}
