import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { v7 } from 'uuid'
import { systemActor } from '../../../src/access/actor.ts'
import { loadOrganisation } from '../../../src/agencies/load.ts'
import { agencyRoutes } from '../../../src/agencies/routes.ts'
import { auditRoutes } from '../../../src/audit/routes.ts'
import { adminPeopleRoutes } from '../../../src/people/admin-routes.ts'
import { loadDemoAccounts } from '../../../src/people/demo-accounts.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { loggedIn, testApp } from '../../support/http.ts'

let test: TestDatabase
let app: ReturnType<typeof testApp>
let dataDir: string
const system = systemActor('audit routes test')
const dossierId = v7()

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'mot-cua-audit-'))
  test = await createTestDatabase()
  await test.db.transact(system, async (tx) => {
    await loadOrganisation(tx)
    await loadDemoAccounts(tx)
  })
  for (let n = 0; n < 60; n++)
    await test.db.transact(system, async (tx) => tx.audit({ act: `test.${n}`, dossierId, detail: { n } }))
  app = testApp(test.db, [...auditRoutes(test.db, dataDir), ...adminPeopleRoutes(), ...agencyRoutes])
})
afterAll(async () => {
  await test.close()
  rmSync(dataDir, { recursive: true })
})

it('an inspector reads a dossier`s trail page by page, each entry with its proof', async () => {
  const agent = await loggedIn(app, 'thanhtra')
  const first = (await agent.get(`/api/audit/entries?dossierId=${dossierId}`).expect(200)).body
  const rest = (await agent.get(`/api/audit/entries?dossierId=${dossierId}&cursor=${first.next}`).expect(200))
    .body
  const acts = [...first.entries, ...rest.entries].map((entry: { act: string }) => entry.act)
  expect(acts).toEqual(Array.from({ length: 60 }, (_, n) => `test.${n}`))
  expect(first.entries.every((entry: { intact: boolean }) => entry.intact)).toBe(true)
  expect(rest.next).toBeNull()
})

it.each(['congdan', 'chutich.x01', 'quantri'])('%s may not read the trail', async (login) => {
  const agent = await loggedIn(app, login)
  await agent.get(`/api/audit/entries?dossierId=${dossierId}`).expect(403)
  await agent.get('/api/audit/verify').expect(403)
})

it('the first entry that a superuser edited is named to the inspector, with its dossier', async () => {
  const agent = await loggedIn(app, 'thanhtra')
  expect((await agent.get('/api/audit/verify').expect(200)).body).toMatchObject({
    ok: true,
    firstBroken: null,
  })
  const intruder = new pg.Client({ connectionString: test.superUrl })
  await intruder.connect()
  await intruder.query(`update audit_entry set line = replace(line, '"n": 7', '"n": 8') where act = 'test.7'`)
  await intruder.end()
  const { body } = await agent.get('/api/audit/verify').expect(200)
  expect(body).toMatchObject({ ok: false, firstBroken: { act: 'test.7', dossierId } })
  expect(body.firstBroken.problem.vi).toContain('đã bị sửa')
  const page = (await agent.get(`/api/audit/entries?dossierId=${dossierId}`).expect(200)).body
  const suspect = page.entries.filter((entry: { intact: boolean }) => !entry.intact)
  expect(suspect.map((entry: { act: string }) => entry.act)).toEqual(['test.7'])
})

it('only an administrator sees the staff with their logins; officers and citizens are refused', async () => {
  const people = async (login: string) => (await loggedIn(app, login)).get('/api/admin/people')
  const byAdmin = (await people('quantri')).body.people
  expect(byAdmin.find((one: { login: string }) => one.login === 'phochutich.x01').posts[0]).toMatchObject({
    role: 'leader',
    unit: { code: 'T00.X01.LD' },
    capacity: { capacity: 'KT', onBehalfOf: 'Chủ tịch', title: 'Phó Chủ tịch' },
    validFrom: '2025-07-01',
  })
  expect((await people('chuyenvien.x01')).status).toBe(403)
  expect((await people('congdan')).status).toBe(403)
})

it('the dissolved district stays in the list of agencies with its successor', async () => {
  const { body } = await (await loggedIn(app, 'thanhtra')).get('/api/admin/agencies').expect(200)
  const district = body.agencies.find((agency: { code: string }) => agency.code === 'T00.H01')
  const successor = body.agencies.find((agency: { id: string }) => agency.id === district.successorId)
  expect(district).toMatchObject({ level: 'district', validTo: '2025-06-30', sample: true })
  expect(successor.code).toBe('T00.X01')
  expect(body.agencies.filter((agency: { level: string }) => agency.level === 'commune')).toHaveLength(36)
})

describe('the search in the trail', () => {
  const search = async (query: string, login = 'thanhtra') =>
    (await (await loggedIn(app, login)).get(`/api/audit/trail?${query}`).expect(200)).body

  it('finds by kind of act and its first part, newest first, a page at a time along the chain', async () => {
    const first = await search('act=test')
    expect(first.entries).toHaveLength(50)
    const rest = await search(`act=test&after=${first.next}`)
    const indexes = [...first.entries, ...rest.entries].map(({ index }: { index: string }) => Number(index))
    expect(indexes).toHaveLength(60)
    expect(indexes).toEqual([...indexes].sort((a, b) => b - a))
    expect(rest.next).toBeNull()
    expect((await search('act=test.7')).entries).toHaveLength(1)
    expect(first.acts).toContain('test.7')
    expect(first.acts).toEqual([...new Set(first.acts)])
  })

  it('finds by who acted, without accents, and by the legal days', async () => {
    const { entries } = await search('who=minh&act=session.login')
    expect(entries.length).toBeGreaterThan(0)
    for (const { actor } of entries) expect(actor).toMatch(/minh/i)
    expect((await search('who=khong co ai nhu the')).entries).toEqual([])
    expect((await search('act=test&from=2026-11-03')).entries).toEqual([])
    expect((await search('act=test&to=2026-11-02')).entries).toHaveLength(50)
  })

  it('says of each entry whether it holds, and whether the head of its day is signed', async () => {
    const { entries } = await search('act=test')
    for (const { sealed } of entries) expect(sealed).toBe(false)
    // A superuser has edited one of them above.
    expect(entries.some(({ intact }: { intact: boolean }) => intact)).toBe(true)
  })

  it.each(['after=x', 'act=%25', 'act=a b', 'from=2026-02-30'])('refuses %s', async (query) => {
    await (await loggedIn(app, 'thanhtra')).get(`/api/audit/trail?${query}`).expect(400)
  })
})
