import { jest } from '@jest/globals'
import { asSystem } from '../../../src/access/filter.ts'
import { personId } from '../../../src/agencies/load.ts'
import type { Tx } from '../../../src/database/transaction.ts'
import { Dossier } from '../../../src/dossiers/entity.ts'
import { dossierRoutes } from '../../../src/dossiers/routes.ts'
import { requestStop } from '../../../src/dossiers/stop.ts'
import { loadDemoAccounts } from '../../../src/people/demo-accounts.ts'
import { taskRoutes } from '../../../src/tasks/routes.ts'
import { loggedIn, testApp } from '../../support/http.ts'
import { at, overlapping, received, refusal, type Scene, setScene } from './scene.ts'

jest.setTimeout(60_000)

let scene: Scene
let citizen: Awaited<ReturnType<typeof loggedIn>>
let clerk: Awaited<ReturnType<typeof loggedIn>>
beforeAll(async () => {
  scene = await setScene()
  await scene.act(loadDemoAccounts)
  const app = testApp(scene.db, [...dossierRoutes(scene.services), ...taskRoutes(scene.services)])
  citizen = await loggedIn(app, 'congdan')
  clerk = await loggedIn(app, 'motcua.x01')
})
afterAll(() => scene.close())

const asks = (id: string) => citizen.post(`/api/dossiers/${id}/withdrawal`).send({ reason: 'Không xây nữa' })

async function upToSignature(id: string) {
  await scene.does('chuyenvien.x01', id, 'Appraise', 'approved')
  await scene.does('truongphong.x01', id, 'ReviewResult', 'approved')
  await scene.does('chutich.x01', id, 'SignResult', 'signed')
}

describe('withdrawing a dossier', () => {
  it('changes nothing until the one-stop has looked', async () => {
    const id = await received(scene)
    await asks(id).expect(201)
    const [dossier] = await scene.sql('select state from dossier where id = $1', [id])
    expect(dossier).toEqual({ state: 'processing' })
    // The applicant sees that they have asked, and is not asked for it again.
    const { body } = await citizen.get(`/api/dossiers/${id}`).expect(200)
    expect(body.can.withdraw).toBe(false)
    expect(body.history.map((entry: { act: string }) => entry.act)).toContain('stop.requested')
  })

  it('asked twice it is one request, at the same moment too', async () => {
    const id = await received(scene)
    const [first, again] = [await asks(id), await asks(id)]
    expect(again.body.id).toBe(first.body.id)
    const other = await received(scene)
    const ask = async (tx: Tx) => {
      const system = { ...tx, em: asSystem(tx.em, 'test') }
      const dossier = await system.em.findOneOrFail(Dossier, { id: other })
      return (await requestStop(system, dossier, 'Không xây nữa', personId('congdan'))).id
    }
    const [one, two] = await overlapping(scene, ask, ask)
    expect(two).toBe(one)
  })

  it('once the decision is signed it cannot be confirmed, numbered or not', async () => {
    const id = await received(scene)
    await upToSignature(id)
    const { body } = await asks(id)
    const confirm = scene.does('motcua.x01', body.id, 'Check', 'stopped')
    expect(await refusal(confirm)).toMatchObject({ status: 409, type: 'already-finished' })
  })

  it('confirmed before the signature, the result in the making is void and nobody can sign it', async () => {
    const id = await received(scene)
    await scene.does('chuyenvien.x01', id, 'Appraise', 'approved')
    await scene.does('truongphong.x01', id, 'ReviewResult', 'approved')
    await scene.opens(id, 'SignResult')
    const { body } = await asks(id)
    await scene.does('motcua.x01', body.id, 'Check', 'stopped')
    const [letter] = await scene.sql(`select state from letter where dossier_id = $1 and kind = 'result'`, [
      id,
    ])
    expect(letter).toEqual({ state: 'void' })
    const [dossier] = await scene.sql('select state, result from dossier where id = $1', [id])
    expect(dossier).toEqual({ state: 'withdrawn', result: null })
    const { id: sign } = await scene.task(id, 'SignResult')
    expect((await refusal(scene.decides('chutich.x01', sign, { outcome: 'signed' }))).status).toBe(409)
  })

  it('confirmed, the instance is cancelled, the line ends, the clocks end and a letter says so', async () => {
    const id = await received(scene)
    await scene.opens(id, 'Appraise')
    const { body } = await asks(id)
    scene.goTo('2026-11-03 14:00')
    await scene.opens(body.id, 'Check')
    const { id: check } = await scene.task(body.id, 'Check')
    const page = await clerk.get(`/api/tasks/${check}`).expect(200)
    expect(page.body.stop).toMatchObject({ reason: 'Không xây nữa', requestedAt: expect.any(String) })
    await scene.decides('motcua.x01', check, { outcome: 'stopped' })
    const [dossier] = await scene.sql('select state, finished_at from dossier where id = $1', [id])
    expect(dossier).toEqual({ state: 'withdrawn', finished_at: at('2026-11-03 14:00') })
    expect((await scene.commands(id)).at(-1)!.kind).toBe('cancel')
    const [last] = await scene.sql(
      'select to_at from holding where dossier_id = $1 order by seq desc limit 1',
      [id],
    )
    expect(last).toEqual({ to_at: at('2026-11-03 14:00') })
    expect(await scene.sql('select from clock where dossier_id = $1 and ended_at is null', [id])).toEqual([])
    const [letter] = await scene.sql<{ data: { reason: string } }>(
      `select data from letter where dossier_id = $1 and kind = 'stop'`,
      [id],
    )
    expect(letter!.data.reason).toBe('Không xây nữa')
    const { id: task } = await scene.task(id, 'Appraise')
    expect((await refusal(scene.decides('chuyenvien.x01', task, { outcome: 'approved' }))).status).toBe(409)
  })

  it('the letter keeps the applicant’s reason, whatever its drafter leaves out', async () => {
    const id = await received(scene)
    const { body } = await asks(id)
    await scene.does('motcua.x01', body.id, 'Check', 'stopped')
    const [letter] = await scene.sql<{ id: string }>(
      `select id from letter where dossier_id = $1 and kind = 'stop'`,
      [id],
    )
    await scene.does('chuyenvien.x01', letter!.id, 'Draft', 'drafted')
    const [drafted] = await scene.sql<{ data: { reason: string } }>('select data from letter where id = $1', [
      letter!.id,
    ])
    expect(drafted!.data.reason).toBe('Không xây nữa')
  })

  it('before reception it ends the reception’s limit too', async () => {
    scene.goTo('2026-11-02 09:00')
    const { id } = await scene.file()
    const { body } = await asks(id)
    await scene.does('motcua.x01', body.id, 'Check', 'stopped')
    scene.goTo('2026-11-09 09:00')
    await scene.rings(id)
    expect(await scene.findings(id)).toEqual([])
    expect(await scene.sql('select from clock where dossier_id = $1 and ended_at is null', [id])).toEqual([])
  })

  it('not confirmed needs a reason, and the applicant is told', async () => {
    const id = await received(scene)
    const { body } = await asks(id)
    const bare = scene.does('motcua.x01', body.id, 'Check', 'rejected')
    expect(await refusal(bare)).toMatchObject({ status: 422, fields: ['data.reason'] })
    const { id: check } = await scene.task(body.id, 'Check')
    await scene.decides('motcua.x01', check, { outcome: 'rejected', data: { reason: 'Đã ký kết quả' } })
    const told = await scene.sql(`select from notification where dossier_id = $1 and key like 'stop/%'`, [id])
    expect(told).toHaveLength(1)
    await asks(id).expect(201)
  })

  it('is refused once the result is there', async () => {
    const id = await received(scene)
    await upToSignature(id)
    await scene.does('vanthu.x01', id, 'NumberResult', 'numbered')
    await asks(id).expect(404)
    const [dossier] = await scene.sql('select state from dossier where id = $1', [id])
    expect(dossier).toEqual({ state: 'done' })
    expect(await scene.sql('select from stop_request where dossier_id = $1', [id])).toEqual([])
  })

  it('asked before and looked at after the result, it cannot be confirmed', async () => {
    const id = await received(scene)
    const { body } = await asks(id)
    await upToSignature(id)
    await scene.does('vanthu.x01', id, 'NumberResult', 'numbered')
    await scene.opens(body.id, 'Check')
    const { id: check } = await scene.task(body.id, 'Check')
    const confirm = scene.decides('motcua.x01', check, { outcome: 'stopped' })
    expect(await refusal(confirm)).toMatchObject({ status: 409, type: 'already-finished' })
    await scene.decides('motcua.x01', check, { outcome: 'rejected', data: { reason: 'Đã có kết quả' } })
  })

  it('an apology for a dossier that nobody has received is refused, not broken', async () => {
    scene.goTo('2026-11-02 09:00')
    const { id } = await scene.file()
    const officer = await loggedIn(testApp(scene.db, dossierRoutes(scene.services)), 'chuyenvien.x01')
    await officer.post(`/api/dossiers/${id}/apology`).send({}).expect(409)
  })
})
