import { jest } from '@jest/globals'
import { v7 as uuid } from 'uuid'
import { systemActor } from '../../../src/access/actor.ts'
import { agencyId, loadOrganisation, personId, unitId } from '../../../src/agencies/load.ts'
import type { Tx } from '../../../src/database/transaction.ts'
import { JobIncident } from '../../../src/engine/index.ts'
import { loadDemoAccounts } from '../../../src/people/demo-accounts.ts'
import { publishFolders } from '../../../src/procedures/publish.ts'
import { findVersion } from '../../../src/procedures/version.ts'
import { routingRoutes } from '../../../src/routing/routes.ts'
import { dossierRoute } from '../../../src/routing/worker.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { takesAll } from '../../support/deploy.ts'
import { loggedIn, testApp } from '../../support/http.ts'

// For a busy machine; nothing here is judged by time.
jest.setTimeout(60_000)

let test: TestDatabase
const act = <T>(work: (tx: Tx) => Promise<T>) => test.db.transact(systemActor('routing test'), work)

beforeAll(async () => {
  test = await createTestDatabase()
  await publishFolders(test.db, takesAll, { root: 'processes', epoch: 1 })
  await act(async (tx) => {
    await loadOrganisation(tx)
    await loadDemoAccounts(tx)
  })
})
afterAll(() => test.close())

/** A dossier filed at commune T00.X01 for works at `place`. */
const filedFor = (place: string) =>
  act(async (tx) => {
    const id = uuid()
    const version = (await findVersion(tx.sql, '1.013225'))!
    await tx.sql(
      `insert into dossier (id, code, procedure_version_id, procedure_code, case_key, channel, agency_id,
                              deciding_agency_id, one_stop_unit_id,
                            unit_id, participant_agency_ids, applicant_id, filed_by, place, form_data, state, filed_at)
       values ($1, $2, $3, '1.013225', 'house', 'ONLINE', $4, $4, $5, $6, '{}', $7, $7, $8, '{}', 'filed', $9)`,
      [
        id,
        `test-${id}`,
        version.id,
        agencyId('T00.X01'),
        unitId('T00.X01.MC'),
        unitId('T00.X01.KT'),
        personId('congdan'),
        place,
        tx.at,
      ],
    )
    return id
  })

const job = (dossierId: string) => ({
  key: '1',
  epoch: 1,
  subjectId: dossierId,
  dossierId,
  elementId: 'Route',
  visit: 1,
  instanceKey: '1',
  variables: { dossierId },
  headers: {},
  retries: 3,
})
const asked: unknown[] = []
/** Runs the worker with a table that answers as given, and reads where the dossier went. */
const route = async (dossierId: string, answer: unknown) => {
  const worker = dossierRoute(async (decision, variables) => {
    asked.push([decision, variables])
    return answer
  })
  await act((tx) => worker.run(tx, job(dossierId)))
  const [row] = await act((tx) =>
    tx.sql<{ agency: string; unit: string; participants: string[] }>(
      `select a.code as agency, u.code as unit, d.participant_agency_ids as participants from dossier d
         join agency a on a.id = d.agency_id join unit u on u.id = d.unit_id where d.id = $1`,
      [dossierId],
    ),
  )
  return row!
}

it('asks the table of the version the dossier was filed under, by procedure, place and case', async () => {
  asked.length = 0
  const id = await filedFor('T00.X01')
  expect(await route(id, { agency: 'T00.X01', unit: 'T00.X01.KT' })).toMatchObject({
    agency: 'T00.X01',
    unit: 'T00.X01.KT',
  })
  expect(asked).toEqual([['routing_p1013225_v1', { procedure: '1.013225', place: 'T00.X01', case: 'house' }]])
})

it('an agency that received for another keeps sight of the dossier', async () => {
  const id = await filedFor('T00.X02')
  const routed = await route(id, { agency: 'T00.X02', unit: 'T00.X02.KT' })
  expect(routed).toMatchObject({ agency: 'T00.X02', participants: [agencyId('T00.X01')] })
})

it.each([
  ['nothing matches', null, /place.*T00\.X99.*Sửa địa bàn/],
  ['the agency is not there', { agency: 'T00.X99', unit: 'T00.X99.KT' }, /Không có cơ quan mã T00\.X99/],
  ['the unit is not there', { agency: 'T00.X01', unit: 'T00.X01.QQ' }, /không có đơn vị T00\.X01\.QQ/],
  [
    'the agency was merged',
    { agency: 'T00.H01', unit: 'T00.H01.KT' },
    /T00\.H01 đã kết thúc hoạt động, kế thừa là T00\.X01/,
  ],
])('is an incident with its mend when %s', async (_what, answer, message) => {
  const id = await filedFor('T00.X99')
  const failing = route(id, answer)
  await expect(failing).rejects.toThrow(JobIncident)
  await expect(failing).rejects.toThrow(message)
})

describe('naming the agency and unit of one dossier', () => {
  const post = async (login: string, id: string, body: object) => {
    const agent = await loggedIn(testApp(test.db, routingRoutes), login)
    return agent.post(`/api/dossiers/${id}/routing`).set('Accept-Language', 'vi').send(body)
  }
  const wish = { agencyCode: 'T00.X03', unitCode: 'T00.X03.KT', reason: 'Địa bàn đã sáp nhập' }

  /** As the record stream would tell: the job of the routing step stopped. */
  const stopped = (id: string) =>
    act(async (tx) => {
      const key = id.replaceAll('-', '').slice(0, 12)
      await tx.sql(
        `insert into subject (id, kind, dossier_id, process_id, created_at) values ($1, 'dossier', $1, 'p1013225_v1', $2)`,
        [id, tx.at],
      )
      await tx.sql(
        `insert into engine_instance (epoch, key, process_id, subject_id, state) values (1, $1, 'p1013225_v1', $2, 'active')`,
        [key, id],
      )
      await tx.sql(
        `insert into engine_job (epoch, key, type, instance_key, element_id, state) values (1, $1, 'dossier.route', $1, 'Route', 'failed')`,
        [key],
      )
      await tx.sql(
        `insert into engine_incident (epoch, key, instance_key, element_id, job_key, state) values (1, $1, $1, 'Route', $1, 'open')`,
        [key],
      )
    })

  it('an administrator does it with a reason: on record, tried again, and read before the table', async () => {
    const id = await filedFor('T00.X99')
    await stopped(id)
    const answer = await post('quantri', id, wish)
    expect(answer.body).toEqual({ agencyCode: 'T00.X03', unitCode: 'T00.X03.KT', retried: 1 })
    expect(await act((tx) => tx.sql('select kind from outbox where subject_id = $1', [id]))).toEqual([
      { kind: 'retry' },
    ])
    const entries = await act((tx) =>
      tx.sql<{ act: string }>('select act from audit_entry where dossier_id = $1', [id]),
    )
    expect(entries.map((entry) => entry.act)).toContain('dossier.routing-overridden')
    asked.length = 0
    expect(await route(id, null)).toMatchObject({ agency: 'T00.X03', unit: 'T00.X03.KT' })
    expect(asked).toEqual([])
  })

  it('a unit that is not there is refused with its field, and nothing is tried again', async () => {
    const id = await filedFor('T00.X99')
    await stopped(id)
    const answer = await post('quantri', id, { ...wish, unitCode: 'T00.X03.QQ' })
    expect(answer.status).toBe(422)
    expect(answer.body.errors[0].field).toBe('unitCode')
    expect(await act((tx) => tx.sql('select kind from outbox where subject_id = $1', [id]))).toEqual([])
  })

  it('a dossier that is not held up at routing is left alone', async () => {
    const answer = await post('quantri', await filedFor('T00.X01'), wish)
    expect(answer.status).toBe(409)
  })

  it('it takes a reason, and the right to repair', async () => {
    const id = await filedFor('T00.X99')
    await stopped(id)
    expect((await post('quantri', id, { ...wish, reason: '' })).status).toBe(400)
    expect((await post('chuyenvien.x01', id, wish)).status).toBe(403)
  })
})
