import { jest } from '@jest/globals'
import { brokerKilledUnderWork } from './cases/crowd.ts'
import { databaseAway } from './cases/database.ts'
import { engineAway, workerKilled } from './cases/engine.ts'
import { productionMode } from './cases/production.ts'
import { recordsRepeated } from './cases/records.ts'
import { twoPeopleAtOnce } from './cases/two-people.ts'
import { type Scene, setScene } from './support/scene.ts'

// For a busy machine; nothing here is judged by time.
jest.setTimeout(300_000)

// One broker and one PostgreSQL for all: whatever a case has broken is whole again at its end.
let scene: Scene
beforeAll(async () => {
  scene = await setScene()
})
beforeEach(() => scene.mend())
afterAll(() => scene?.strike())

engineAway(() => scene)
twoPeopleAtOnce(() => scene)
databaseAway(() => scene)
brokerKilledUnderWork(() => scene)
workerKilled(() => scene)
recordsRepeated(() => scene)

it('after all of this the audit trail is whole, and every dossier has one line of holders without a gap', async () => {
  const auditor = await scene.login('thanhtra')
  expect(await auditor.get('/api/audit/verify')).toMatchObject({ ok: true })
  const gaps = await scene.sql(
    `select dossier_id from (
       select dossier_id, from_at, lag(to_at) over (partition by dossier_id order by seq) as before, seq
         from holding where track = 'accountable') line
      where seq > 1 and from_at is distinct from before`,
  )
  expect(gaps).toEqual([])
  expect(await scene.count('dossier')).toBeGreaterThan(30)
})

// Last: no later case could log in.
productionMode(() => scene)
