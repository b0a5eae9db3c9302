import { randomUUID } from 'node:crypto'
import { personId } from '../../../src/agencies/load.ts'
import { hashPassword } from '../../../src/people/password.ts'
import { browserAt } from '../../support/rough-browser.ts'
import type { Scene } from '../support/scene.ts'

const PASSWORD = 'a password of production'

export function productionMode(scene: () => Scene): void {
  it('in production mode the demonstration’s accounts cannot log in and nobody moves the clock', async () => {
    const { sql, stop, start, settings, count } = scene()
    expect(await count(`account where demo and login = 'quantri'`)).toBe(1)
    await sql('insert into account (id, person_id, login, password_hash) values ($1, $2, $3, $4)', [
      randomUUID(),
      personId('quantri'),
      'admin.real',
      await hashPassword(PASSWORD),
    ])
    await stop()
    await start({
      ...settings,
      MOTCUA_MODE: 'production',
      MOTCUA_PUBLIC_URL: 'https://motcua.example',
      ZEEBE_CLOCK_ADDRESS: '',
    })
    // TLS ends before us: without it the session's cookie is not even sent.
    const tls = { 'X-Forwarded-Proto': 'https' }
    const browser = await browserAt(scene().url())
    expect((await browser.get('/api/mode')).body).toMatchObject({ mode: 'production', demo: false })

    const demo = await browser.post('/api/session', { login: 'quantri', password: 'motcua-demo' }, tls)
    expect([demo.status, demo.body.type]).toEqual([401, 'urn:mot-cua:wrong-login'])
    const real = await browser.post('/api/session', { login: 'admin.real', password: PASSWORD }, tls)
    expect(real.status).toBe(200)
    expect((await browser.get('/api/admin/clock', tls)).body.controllable).toBe(false)
    const to = new Date(Date.now() + 86_400_000).toISOString()
    const moved = await browser.post('/api/admin/clock/advance', { to }, tls)
    expect([moved.status, moved.body.type]).toEqual([403, 'urn:mot-cua:forbidden'])
    // Nor by asking around the server: the gateway's clock is not ours to reach without an address.
    expect(await count('clock_offset where offset_ms > 0')).toBeLessThanOrEqual(1)
  })
}
