import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { systemActor } from '../../../src/access/actor.ts'
import { documentRoutes } from '../../../src/documents/routes.ts'
import { openStore } from '../../../src/documents/store.ts'
import { loadDemoAccounts } from '../../../src/people/demo-accounts.ts'
import { publishFolders } from '../../../src/procedures/publish.ts'
import { findVersion } from '../../../src/procedures/version.ts'
import type { Services } from '../../../src/services.ts'
import { draftRoutes } from '../../../src/studio/drafts/routes.ts'
import type { Broker } from '../../../src/studio/publishing/in-force.ts'
import { publishingRoutes } from '../../../src/studio/publishing/routes.ts'
import type { ProcedureSource } from '../../../src/studio/source.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { takesAll } from '../../support/deploy.ts'
import { loggedIn, testApp } from '../../support/http.ts'
import { province } from '../../support/province.ts'

type Agent = Awaited<ReturnType<typeof loggedIn>>
export const CODE = '1.013225'
export const FOLDER = '1.013225-cap-giay-phep-xay-dung-moi'
export const DRAFTS = '/api/studio/drafts'
export const TODAY = '2026-11-02'
export const DECISION = { number: '123/QĐ-UBND', date: '2026-10-30', signer: 'Chủ tịch UBND tỉnh' }

export let test: TestDatabase
export let analyst: Agent
export let control: Agent
export let leader: Agent
export let scan: string
export let folder: string
export let deployed: string[]
/** What the broker does when something is deployed to it. */
export let broker: Broker
export let services: Services

export const look = <T>(text: string, params: unknown[] = []) =>
  test.db.transact(systemActor('look'), (tx) => tx.sql<T>(text, params))
export const inForce = (day?: string) =>
  test.db.transact(systemActor('look'), async (tx) => (await findVersion(tx.sql, CODE, day))?.version)
export const restart = (root = 'processes', epoch = 1) =>
  publishFolders(test.db, (resources) => broker.deploy(resources), { root, epoch })

/** Opens the stage of a test file before its first test, and puts everything back after each. */
export function setTheScene(): void {
  beforeAll(async () => {
    test = await createTestDatabase({ furniture: province })
    await test.db.transact(systemActor('scene'), loadDemoAccounts)
    folder = await mkdtemp(join(tmpdir(), 'mot-cua-publishing-'))
    services = {
      db: test.db,
      log: pino({ level: 'silent' }),
      files: await openStore(join(folder, 'files')),
      settings: { demo: true, publicUrl: '', takeBackSeconds: 0 },
      machineNow: () => new Date(),
    }
    const app = testApp(test.db, [
      ...draftRoutes,
      ...publishingRoutes(services, { epoch: 1, deploy: (resources) => broker.deploy(resources) }),
      ...documentRoutes(services.files, 1_000_000),
    ])
    const logins = ['phantich', 'kiemsoat', 'chutich.x01']
    ;[analyst, control, leader] = (await Promise.all(logins.map((login) => loggedIn(app, login)))) as [
      Agent,
      Agent,
      Agent,
    ]
    const upload = await control.post('/api/uploads').attach('file', 'test/walk/paper.pdf').expect(201)
    scan = upload.body.id
  })
  afterAll(async () => {
    await test.close()
    await rm(folder, { recursive: true })
  })
  beforeEach(() => {
    deployed = []
    broker = {
      epoch: 1,
      deploy: (resources) => {
        deployed.push(...resources.map(({ name }) => name))
        return takesAll(resources)
      },
    }
  })
  /** Everything as it was when the folders had been published for the first time. */
  afterEach(async () => {
    test.clock.set('2026-11-02T02:00:00Z')
    for (const undo of [
      'delete from publication',
      'delete from procedure_version where version > 1',
      `update procedure_version set current = true, folder_gone = false, folder_waits = false, deployed_epoch = 1,
              refusal = null, refused_epoch = null`,
      'update shared_process set deployed_epoch = 1',
    ])
      await test.force(undo)
  })
}

export const current = async () =>
  (await look<{ id: string }>('select id from procedure_version where code = $1 and current', [CODE]))[0]!.id

export type Change = (definition: ProcedureSource['definition']) => ProcedureSource['definition']
const shorter: Change = (definition) => {
  const changed = JSON.parse(JSON.stringify(definition))
  changed.allotments.house.Appraise.value -= 4
  return changed
}

export type Warning = { rule: string; elementId: string | null; fingerprint: string }
/** What the rules warn of in this procedure: the same for every draft here, so asked once. */
let warnings: Warning[] | undefined
export const warningsOf = async (id: string): Promise<Warning[]> => {
  const { body } = await control.get(`${DRAFTS}/${id}/publication`).expect(200)
  return body.checks.find(({ name }: { name: string }) => name === 'acknowledged').obstacles
}

/** A draft of the version in force with a change, approved by the control office. */
export async function approved(change: Change = shorter) {
  const { body: draft } = await analyst
    .post(DRAFTS)
    .send({ code: CODE, from: { version: await current() }, title: 'Rút ngắn' })
    .expect(201)
  await analyst
    .put(`${DRAFTS}/${draft.id}`)
    .send({ revision: 1, changes: { definition: change(draft.source.definition) } })
    .expect(200)
  await analyst.post(`${DRAFTS}/${draft.id}/submit`).send({ revision: 2 }).expect(200)
  warnings ??= await warningsOf(draft.id)
  for (const { rule, elementId } of new Map(
    warnings.map((one) => [`${one.rule} ${one.elementId}`, one]),
  ).values())
    await control
      .post(`${DRAFTS}/${draft.id}/acknowledgements`)
      .send({ rule, elementId, reason: 'Đã xem và chấp nhận' })
      .expect(204)
  await control
    .post(`${DRAFTS}/${draft.id}/verdict`)
    .send({ revision: 2, verdict: 'approved', note: '' })
    .expect(200)
  return draft.id as string
}

export const publishing = async (id: string, given: object = {}) =>
  control.post(`${DRAFTS}/${id}/publish`).send({
    revision: 2,
    decision: DECISION,
    uploadId: scan,
    inForceFrom: TODAY,
    replaces: await current(),
    ...given,
  })
