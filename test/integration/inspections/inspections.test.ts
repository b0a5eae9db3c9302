import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { extractText, getDocumentProxy } from 'unpdf'
import { systemActor } from '../../../src/access/actor.ts'
import { agencyId, personId } from '../../../src/agencies/load.ts'
import { auditRoutes } from '../../../src/audit/routes.ts'
import { controlSlipRoutes } from '../../../src/control-slip/routes.ts'
import { documentRoutes } from '../../../src/documents/routes.ts'
import { openStore } from '../../../src/documents/store.ts'
import { addFinding } from '../../../src/dossiers/finding.ts'
import { dossierRoutes } from '../../../src/dossiers/routes.ts'
import { factsOf, mayHear } from '../../../src/events/visible.ts'
import { findingRoutes } from '../../../src/findings/routes.ts'
import { index766Routes } from '../../../src/index766/routes.ts'
import { inspectionRoutes } from '../../../src/inspections/routes.ts'
import { loadActor } from '../../../src/people/actor.ts'
import { adminPeopleRoutes } from '../../../src/people/admin-routes.ts'
import { DEMO_PASSWORD } from '../../../src/people/demo-accounts.ts'
import { resetFactorOf } from '../../../src/people/second-factor-reset.ts'
import { secondFactorRoutes } from '../../../src/people/second-factor-routes.ts'
import { codeOf, stepAt } from '../../../src/people/totp.ts'
import { registerRoutes } from '../../../src/registers/routes.ts'
import { reportRoutes } from '../../../src/reports/routes.ts'
import type { Services } from '../../../src/services.ts'
import { browser, loggedIn, testApp, whole } from '../../support/http.ts'
import { at, type Scene, setScene } from '../reports/scene.ts'

type Agent = Awaited<ReturnType<typeof loggedIn>>
let scene: Scene
let app: ReturnType<typeof testApp>
let admin: Agent
let inspector: Agent
const PERIOD = 'from=2026-11-01&to=2026-11-30'
/** An analyst by post, who reads no dossier: what they see is the decision's alone. */
const LOGIN = 'phantich'
const ids: Record<string, string> = {}

let folder: string

beforeAll(async () => {
  scene = await setScene()
  folder = mkdtempSync(join(tmpdir(), 'mot-cua-inspections-'))
  const services = { db: scene.db, settings: { demo: true, publicUrl: 'http://x' } } as unknown as Services
  app = testApp(scene.db, [
    ...reportRoutes(),
    ...findingRoutes(services),
    ...dossierRoutes(services),
    ...controlSlipRoutes(services),
    ...registerRoutes(services),
    ...inspectionRoutes,
    ...index766Routes(),
    ...secondFactorRoutes(scene.db),
    ...adminPeopleRoutes(),
    ...auditRoutes(scene.db, '/nonexistent'),
    ...documentRoutes(await openStore(folder), 1_000_000),
  ])
  for (const [code, commune] of [
    ['X01-1', 'X01'],
    ['X01-2', 'X01'],
    ['X02-1', 'X02'],
  ] as const) {
    const { id } = await scene.playLate(code, commune)
    ids[code] = id
    await scene.doing('2026-11-09 17:00', (tx) =>
      addFinding(tx, { id, agencyId: agencyId(`T00.${commune}`) }, 'late', tx.at),
    )
  }
  // Of the same commune, but filed before the days of the decision.
  const before = await scene.file('X01-0', '2026-10-20 08:00')
  await before.receive('2026-10-20 09:10')
  await before.opened('Appraise', 'KT', 'chuyenvien')
  ids['X01-0'] = before.id
  scene.clock.set(at('2026-11-12 10:00'))
  admin = await loggedIn(app, 'quantri')
  inspector = await loggedIn(app, LOGIN)
}, 60_000)
afterAll(async () => {
  await scene.close()
  rmSync(folder, { recursive: true })
})
beforeEach(() => scene.sql('delete from rate_limit'))

const decision = {
  personId: personId(LOGIN),
  number: '12/QĐ-TTr',
  decidedOn: '2026-11-10',
  decidedBy: 'Chánh Thanh tra tỉnh',
  agencyIds: [agencyId('T00.X01')],
  procedureCodes: ['1.013225'],
  filedFrom: '2026-11-01',
  filedTo: '2026-11-30',
  validFrom: '2026-11-12',
  validTo: '2026-11-20',
}
const codes = async (agent = inspector): Promise<string[]> =>
  (await agent.get('/api/audit/late?from=2026-10-01&to=2026-11-30').expect(200)).body.dossiers.map(
    ({ code }: { code: string }) => code,
  )
/** What the person's trail says of codes. */
const acts = async (): Promise<string[]> =>
  (
    await scene.sql<{ act: string }>(
      `select act from audit_entry where actor_id = $1 and act like 'second-factor.%' order by index`,
      [personId(LOGIN)],
    )
  ).map(({ act }) => act)
/** The next code of the app: a code counts once, so each one is a step on, which the drift still takes. */
let secret = ''
let step = 0
const nextCode = (): string => {
  const now = stepAt(new Date())
  step = Math.max(step + 1, now - 1)
  return codeOf(secret, step)
}

it('a decision is entered by an administrator, for a civil servant, with days in order', async () => {
  await inspector.post('/api/inspections').send(decision).expect(403)
  const wrong: [object, string][] = [
    [{ validTo: '2026-11-11' }, 'validTo'],
    [{ filedTo: '2026-10-01' }, 'filedTo'],
    [{ personId: personId('congdan') }, 'personId'],
    [{ personId: personId('quantri') }, 'personId'],
    [{ agencyIds: ['0199a000-0000-7000-8000-000000000001'] }, 'agencyIds'],
    [{ procedureCodes: ['9.999999'] }, 'procedureCodes'],
  ]
  for (const [change, field] of wrong) {
    const { body } = await admin
      .post('/api/inspections')
      .send({ ...decision, ...change })
      .expect(422)
    expect(body.errors[0].field).toBe(field)
  }
  await admin.post('/api/inspections').send(decision).expect(201)
})

it('without a second factor the inspector sees nothing of it, and is told why', async () => {
  const { body } = await inspector.get('/api/session').expect(200)
  expect(body).toMatchObject({ inspections: [], awaitsSecondFactor: true })
  expect(await codes()).toEqual([])
})

it('a secret that was only asked for opens nothing: its code is refused until it is confirmed', async () => {
  const { body } = await inspector.post('/api/session/second-factor').send({}).expect(201)
  const code = codeOf(body.secret, stepAt(new Date()))
  await inspector.post('/api/session/second-factor/pass').send({ code }).expect(401)
  expect((await inspector.get('/api/session').expect(200)).body.inspections).toEqual([])
  expect(await acts()).toContain('second-factor.refused')
  expect(await acts()).not.toContain('second-factor.passed')
})

it('the second factor is begun with a secret, holds after its first code, and gives recovery codes this once', async () => {
  const begun = await inspector.post('/api/session/second-factor').send({}).expect(201)
  secret = begun.body.secret
  expect(begun.body.uri).toContain(`secret=${secret}`)
  expect(begun.body.qr.length).toBeGreaterThan(20)
  await inspector.post('/api/session/second-factor/confirm').send({ code: '000000' }).expect(401)
  const { body } = await inspector
    .post('/api/session/second-factor/confirm')
    .send({ code: nextCode() })
    .expect(200)
  expect(body.recoveryCodes).toHaveLength(8)
  const kept = await scene.sql<{ code_hash: string }>('select code_hash from recovery_code')
  for (const { code_hash } of kept) expect(code_hash).toMatch(/^[0-9a-f]{64}$/)
  ids.recovery = body.recoveryCodes[0]
  await inspector.post('/api/session/second-factor').send({}).expect(409)
  expect(
    await scene.sql('select person_id from notification where key like $1', ['second-factor-added/%']),
  ).toEqual([{ person_id: personId(LOGIN) }])
})

it('a second confirmation is refused and leaves the recovery codes as they are', async () => {
  await inspector.post('/api/session/second-factor/confirm').send({ code: nextCode() }).expect(409)
  await inspector.post('/api/session/second-factor/confirm').send({ code: ids.recovery }).expect(409)
  const { body } = await inspector.get('/api/session/second-factor').expect(200)
  expect(body).toEqual({ enrolled: true, passed: true, recoveryCodes: 8 })
})

it('from then on the inspector sees the dossiers of the decision: its agency, its days, and no more', async () => {
  const { body } = await inspector.get('/api/session').expect(200)
  expect(body.inspections).toMatchObject([{ number: '12/QĐ-TTr', validTo: '2026-11-20' }])
  expect(await codes()).toEqual(['X01-1', 'X01-2'])
  await inspector.get(`/api/audit/dossiers/${ids['X01-1']}`).expect(200)
  for (const outside of ['X01-0', 'X02-1'])
    await inspector.get(`/api/audit/dossiers/${ids[outside]}`).expect(404)
  const figures = await inspector.get(`/api/audit/breaches?${PERIOD}`).expect(200)
  expect(figures.body.totals.late).toBe(2)
  expect(figures.body.due).toBe(2)
  const index = await inspector.get(`/api/index766?${PERIOD}`).expect(200)
  expect(index.body.total.denominator).toBe(2)
  const found = await inspector.get('/api/findings').expect(200)
  expect(found.body.findings.map((one: { dossier: { code: string } }) => one.dossier.code).sort()).toEqual([
    'X01-1',
    'X01-2',
  ])
})

it('acts reach no further than the eyes: a finding outside the decision is not there', async () => {
  await inspector.post('/api/findings').send({ dossierId: ids['X02-1'], kind: 'other' }).expect(404)
  await inspector.post('/api/findings').send({ dossierId: ids['X01-1'], kind: 'other' }).expect(201)
  const [outside] = await scene.sql<{ id: string }>('select id from finding where dossier_id = $1', [
    ids['X02-1'],
  ])
  await inspector.get(`/api/findings/${outside!.id}`).expect(404)
})

it('the trail is open for those dossiers, and for nothing else', async () => {
  const { body } = await inspector.get('/api/audit/trail').expect(200)
  const seen = body.entries.map(({ dossier }: { dossier: { code: string } | null }) => dossier?.code)
  expect(new Set(seen)).toEqual(new Set(['X01-1', 'X01-2']))
  expect(
    (await inspector.get(`/api/audit/entries?dossierId=${ids['X02-1']}`).expect(200)).body.entries,
  ).toEqual([])
  await inspector.get('/api/audit/verify').expect(403)
})

it('every look at a dossier stands in the trail with the decision, and is counted beside it', async () => {
  const looks = () =>
    scene.sql(`select from audit_entry where act = 'inspection.opened' and dossier_id = $1`, [ids['X01-1']])
  const before = (await looks()).length
  const { body } = await inspector.get(`/api/audit/dossiers/${ids['X01-1']}`).expect(200)
  await inspector.get(`/api/audit/intervals/${body.holdings[0].id}`).expect(200)
  expect((await looks()).length).toBe(before + 2)
  const list = await admin.get('/api/inspections').expect(200)
  expect(list.body.inspections[0]).toMatchObject({
    state: 'running',
    secondFactor: true,
    ownAgency: false,
    views: before + 2,
  })
})

it('lists that name people and the trail of a dossier stand in the trail too, with the decision', async () => {
  const said = async () =>
    (
      await scene.sql<{ said: string }>(
        `select concat_ws(' ', act, line::jsonb->'detail'->>'page', line::jsonb->'detail'->>'list') as said from audit_entry
          where actor_id = $1 and act like 'inspection.%' and jsonb_array_length(line::jsonb->'detail'->'inspections') = 1
          order by index`,
        [personId(LOGIN)],
      )
    ).map((one) => one.said)
  const before = (await said()).length
  await inspector.get('/api/dossiers').expect(200)
  await inspector.get(`/api/dossiers/${ids['X01-1']}/diagrams`).expect(200)
  await inspector.get(`/api/audit/entries?dossierId=${ids['X01-1']}`).expect(200)
  await inspector.get(`/api/audit/entries?dossierId=${ids['X02-1']}`).expect(200)
  await inspector.get('/api/audit/trail').expect(200)
  expect((await said()).slice(before)).toEqual([
    'inspection.listed search',
    'inspection.opened diagrams',
    'inspection.opened trail',
    'inspection.listed trail',
  ])
})

it('a control slip an inspector prints names the decision and takes no number from the book of the one-stop', async () => {
  const { body } = await whole(inspector.get(`/api/dossiers/${ids['X01-1']}/control-slip`)).expect(200)
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(body)), { mergePages: true })
  expect(text.replace(/\s+/g, ' ')).toContain('theo Quyết định thanh tra số 12/QĐ-TTr')
  expect(await scene.sql('select from control_slip')).toEqual([])
})

it('the register an inspector takes away names the decision, in the file and in the trail', async () => {
  const { text } = await inspector.get('/api/registers/dossiers/file?format=csv&from=2026-11-01').expect(200)
  expect(text).toContain('theo Quyết định thanh tra số 12/QĐ-TTr')
  const [taken] = await scene.sql<{ decisions: string[] }>(
    `select line::jsonb->'detail'->'inspections' as decisions from audit_entry where act = 'register.taken'`,
  )
  expect(taken!.decisions).toHaveLength(1)
})

it('the live page tells an inspector of the dossiers of the decision, and of no other', async () => {
  const actor = await loadActor(scene.db, personId(LOGIN), 'vi', { secondFactor: true })
  const events = ['X01-1', 'X02-1', 'X01-0'].map((code) => ({ type: 'dossier', ids: [ids[code]!] }))
  const facts = await factsOf(scene.db, events)
  expect(events.map((event) => mayHear(actor!.ability, event, facts))).toEqual([true, false, false])
})

it('the trail of an export says all that was picked out', async () => {
  await inspector.get(`/api/audit/late/file?${PERIOD}&format=csv&state=finished&letter=none`).expect(200)
  const [last] = await scene.sql<{ detail: object }>(
    `select line::jsonb->'detail' as detail from audit_entry where act = 'report.exported' order by index desc limit 1`,
  )
  expect(last!.detail).toMatchObject({ what: 'late', from: '2026-11-01', state: 'finished', letter: 'none' })
})

it('what the inspector takes away names the decision', async () => {
  const { text } = await inspector.get(`/api/audit/late/file?${PERIOD}&format=csv`).expect(200)
  expect(text).toMatch(
    /theo Quyết định thanh tra số 12\/QĐ-TTr ngày T3 10\/11\/2026, lúc T5 12\/11\/2026 10:00/,
  )
})

it('the inspector reads the papers of those dossiers, each look written down as an opening, and of no other', async () => {
  const add = async (code: string) => {
    const [file] = await scene.sql<{ id: string }>(
      `with kept as (insert into stored_file (sha256, size, media_type) values ($2, 1, 'application/pdf') returning sha256)
       insert into document (id, dossier_id, agency_id, paper_key, sha256, file_name, media_type, size, round, added_by, added_at)
       select gen_random_uuid(), d.id, d.agency_id, 'don', sha256, 'don.pdf', 'application/pdf', 1, 1, d.applicant_id, d.filed_at
         from kept, dossier d where d.id = $1 returning id`,
      [ids[code], `sha of ${code}`],
    )
    return file!.id
  }
  await inspector.get(`/api/documents/${await add('X02-1')}/content`).expect(404)
  const within = await add('X01-2')
  await inspector.get(`/api/documents/${within}/content`).catch(() => undefined)
  const openings = await scene.sql('select from opening where dossier_id = $1 and person_id = $2', [
    ids['X01-2'],
    personId(LOGIN),
  ])
  expect(openings).toHaveLength(1)
})

it('logging in asks for the code, takes each once, and a recovery code in its place once', async () => {
  const login = (code?: string) =>
    browser(app)
      .post('/api/session')
      .send({ login: LOGIN, password: DEMO_PASSWORD, ...(code && { code }) })
  const asked = await login().expect(401)
  expect(asked.body.type).toBe('urn:mot-cua:second-factor-needed')
  expect((await login('000000').expect(401)).body.type).toBe('urn:mot-cua:wrong-code')
  const code = nextCode()
  expect((await login(code).expect(200)).body.inspections).toHaveLength(1)
  await login(code).expect(401)
  await login(ids.recovery).expect(200)
  await login(ids.recovery).expect(401)
  const logins = await scene.sql<{ by: string }>(
    `select line::jsonb->'detail'->>'secondFactor' as by from audit_entry
      where actor_id = $1 and act = 'session.login' order by index`,
    [personId(LOGIN)],
  )
  expect(logins.map(({ by }) => by)).toEqual(['none', 'app', 'recovery-code'])
})

it('whoever has a second factor and came in without it holds no post until they give it', async () => {
  const without = await loadActor(scene.db, personId(LOGIN), 'vi')
  expect(without).toMatchObject({ posts: [], awaitsSecondFactor: true })
  const given = await loadActor(scene.db, personId(LOGIN), 'vi', { secondFactor: true })
  expect(given!.posts).toHaveLength(1)
})

it('after ten wrong codes the person has to wait', async () => {
  for (let i = 0; i < 10; i++)
    await inspector.post('/api/session/second-factor/pass').send({ code: '000000' }).expect(401)
  await inspector.post('/api/session/second-factor/pass').send({ code: '000000' }).expect(429)
})

it('a report is the inspector’s to read under the decision it was made under', async () => {
  const { body } = await inspector
    .post('/api/audit/reports')
    .send({ from: '2026-11-01', to: '2026-11-30', agencyId: null })
    .expect(201)
  ids.report = body.id
  await inspector.get(`/api/audit/reports/${ids.report}/file?format=pdf`).expect(200)
})

it('access ends by itself after the last day, in the very session that had it', async () => {
  scene.clock.set(at('2026-11-20 23:59'))
  expect(await codes()).toHaveLength(2)
  scene.clock.set(at('2026-11-21 00:00'))
  expect(await codes()).toEqual([])
  await inspector.get(`/api/audit/dossiers/${ids['X01-1']}`).expect(404)
  expect((await admin.get('/api/inspections').expect(200)).body.inspections[0].state).toBe('over')
})

it('a decision that is ended early opens nothing any more', async () => {
  scene.clock.set(at('2026-11-21 08:00'))
  const again = { ...decision, number: '13/QĐ-TTr', validFrom: '2026-11-21', validTo: '2026-12-31' }
  const { body } = await admin.post('/api/inspections').send(again).expect(201)
  expect(await codes()).toHaveLength(2)
  // What was made under the decision that is over stays closed under this one.
  await inspector.get(`/api/audit/reports/${ids.report}/file?format=pdf`).expect(404)
  expect((await inspector.get('/api/audit/reports').expect(200)).body.reports).toEqual([])
  await admin.post(`/api/inspections/${body.id}/end`).send({ reason: 'Đã xong việc' }).expect(204)
  expect(await codes()).toEqual([])
  await admin.post(`/api/inspections/${body.id}/end`).send({ reason: 'Đã xong việc' }).expect(409)
})

it('an administrator takes away a lost factor, never their own; every session ends and the person is told', async () => {
  const reset = (login: string) =>
    admin.post(`/api/admin/people/${personId(login)}/second-factor/reset`).send({ reason: 'telephone-lost' })
  const refused = await reset('quantri').expect(409)
  expect(refused.body.type).toBe('urn:mot-cua:own-second-factor')
  await inspector
    .post(`/api/admin/people/${personId('quantri')}/second-factor/reset`)
    .send({ reason: 'misuse' })
    .expect(403)
  await reset(LOGIN).expect(204)
  expect((await inspector.get('/api/session')).status).toBe(401)
  const back = await loggedIn(app, LOGIN)
  expect((await back.get('/api/session/second-factor').expect(200)).body).toEqual({
    enrolled: false,
    passed: false,
    recoveryCodes: 0,
  })
  expect(
    await scene.sql(`select line::jsonb->'detail'->>'reason' as reason from audit_entry where act = $1`, [
      'second-factor.reset',
    ]),
  ).toEqual([{ reason: 'telephone-lost' }])
  expect(
    await scene.sql('select person_id from notification where key like $1', ['second-factor-removed/%']),
  ).toEqual([{ person_id: personId(LOGIN) }])
})

it('the command on the server takes a factor away from whoever lost it, and says when there is none', async () => {
  const reset = (login: string) =>
    scene.db.transact(systemActor('test'), (tx) => resetFactorOf(tx, login, 'telephone-lost'))
  expect(await reset('khong.co.ai')).toBeUndefined()
  expect(await reset('quantri')).toBe(false)
  await scene.sql(`insert into second_factor (person_id, secret, confirmed_at) values ($1, 'x', now())`, [
    personId('quantri'),
  ])
  expect(await reset('quantri')).toBe(true)
  expect(await scene.sql('select from second_factor where person_id = $1', [personId('quantri')])).toEqual([])
})
