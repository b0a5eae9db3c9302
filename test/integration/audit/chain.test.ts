import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { systemActor } from '../../../src/access/actor.ts'
import { sealDays } from '../../../src/audit/heads.ts'
import { verify } from '../../../src/audit/verify.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

let test: TestDatabase
let intruder: pg.Client
let dataDir: string
const actor = systemActor('chain test')

beforeEach(async () => {
  test = await createTestDatabase()
  intruder = new pg.Client({ connectionString: test.superUrl })
  await intruder.connect()
  dataDir = mkdtempSync(join(tmpdir(), 'mot-cua-audit-'))
  for (let act = 1; act <= 5; act++)
    await test.db.transact(actor, async (tx) => tx.audit({ act: `test.${act}`, detail: { act } }))
})
afterEach(async () => {
  await intruder.end()
  await test.close()
  rmSync(dataDir, { recursive: true })
})

/** As if everything so far had been recorded the day before. */
const yesterday = async () => {
  await intruder.query(`update audit_entry set recorded_at = recorded_at - interval '1 day'`)
}

it('an untouched chain is whole', async () => {
  const { ok, entries, lastHash } = await verify(test.db, dataDir)
  const { rows } = await intruder.query('select hash from audit_entry where index = 5')
  expect({ ok, entries, lastHash }).toEqual({ ok: true, entries: 5, lastHash: rows[0].hash })
})

it('a superuser who edits one entry is found, and the entry named', async () => {
  await intruder.query(`update audit_entry set line = replace(line, 'test.3', 'test.9') where index = 3`)
  expect((await verify(test.db)).broken).toMatchObject({ index: 3, why: 'altered' })
})

it('a superuser who also makes a fitting hash is found at the next entry', async () => {
  await intruder.query(
    `update audit_entry set act = 'test.9', line = replace(line, 'test.3', 'test.9'),
            hash = encode(digest(replace(line, 'test.3', 'test.9'), 'sha256'), 'hex') where index = 3`,
  )
  expect((await verify(test.db)).broken).toMatchObject({ index: 4, why: 'unlinked' })
})

it('a superuser who edits only the column that is searched is found', async () => {
  await intruder.query(`update audit_entry set dossier_id = gen_random_uuid() where index = 2`)
  expect((await verify(test.db)).broken).toMatchObject({ index: 2, why: 'columns' })
})

it('a removed entry is named', async () => {
  await intruder.query('delete from audit_entry where index = 4')
  expect((await verify(test.db)).broken).toMatchObject({ index: 4, why: 'missing' })
})

it('a chain cut off at its end is found by the signed head of its day', async () => {
  await yesterday()
  expect(await sealDays(test.db, dataDir)).toHaveLength(1)
  await intruder.query('delete from audit_entry where index > 3')
  expect((await verify(test.db)).ok).toBe(true)
  expect((await verify(test.db, dataDir)).broken).toMatchObject({ index: 4, why: 'missing' })
})

it('a chain rewritten from one entry to its end is found by the exported head, even when the kept one is gone', async () => {
  await yesterday()
  await sealDays(test.db, dataDir)
  await intruder.query('delete from audit_head')
  await intruder.query('delete from audit_entry where index > 3')
  for (const act of ['false.4', 'false.5']) await test.db.transact(actor, async (tx) => tx.audit({ act }))
  expect((await verify(test.db)).ok).toBe(true)
  expect((await verify(test.db, dataDir)).broken).toMatchObject({ index: 5, why: 'head' })
})

it('a head signed with another key is not believed', async () => {
  await yesterday()
  const [head] = await sealDays(test.db, dataDir)
  const file = join(dataDir, 'audit-heads', `${head?.day}.json`)
  const forged = { ...JSON.parse(readFileSync(file, 'utf8')), signature: Buffer.alloc(64).toString('base64') }
  writeFileSync(file, JSON.stringify(forged))
  expect((await verify(test.db, dataDir)).broken).toMatchObject({ index: 5, why: 'head' })
})

it('sealing a day again changes nothing, and today is not sealed yet', async () => {
  expect(await sealDays(test.db, dataDir)).toEqual([])
  await yesterday()
  expect(await sealDays(test.db, dataDir)).toHaveLength(1)
  expect(await sealDays(test.db, dataDir)).toEqual([])
  expect(await verify(test.db, dataDir)).toMatchObject({ ok: true, entries: 5 })
})

it.each([
  `update audit_entry set act = 'x'`,
  'delete from audit_entry',
  'truncate audit_entry',
  `insert into audit_entry (index, recorded_at, line, hash, act, at) values (99, now(), '', '', 'x', now())`,
  `update audit_head set hash = ''`,
  'delete from audit_head',
  'alter table audit_entry disable trigger all',
  'drop function audit_append',
])('the application may not: %s', async (statement) => {
  await expect(test.db.transact(actor, (tx) => tx.sql(statement))).rejects.toThrow(
    /permission denied|must be owner/,
  )
})

it('acts at the same time make one chain without a gap', async () => {
  await Promise.all(
    Array.from({ length: 40 }, (_, n) =>
      test.db.transact(actor, async (tx) => tx.audit({ act: `together.${n}` })),
    ),
  )
  expect(await verify(test.db)).toMatchObject({ ok: true, entries: 45 })
})
