import { systemActor } from '../../../src/access/actor.ts'
import { attempt, savepoint } from '../../../src/database/savepoint.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.close())

const actor = systemActor('transaction test')
const insert = `insert into stored_file (sha256, size, media_type) values ($1, 1, 'text/plain')`
const count = async () =>
  (await test.db.transact(actor, (tx) => tx.sql<{ n: string }>('select count(*) as n from stored_file')))[0]
    ?.n

it('gives instants as Date, days as text, and bigints as text', async () => {
  const [row] = await test.db.transact(actor, (tx) =>
    tx.sql(`select $1::timestamptz as at, '2026-11-02'::date as day, 9007199254740993::bigint as big`, [
      tx.at,
    ]),
  )
  expect(row).toEqual({ at: new Date('2026-11-02T02:00:00Z'), day: '2026-11-02', big: '9007199254740993' })
})

it('leaves nothing behind when the work fails, not even its audit entry', async () => {
  let told = false
  const failing = test.db.transact(actor, async (tx) => {
    await tx.sql(insert, ['a'])
    tx.audit({ act: 'test.fail' })
    tx.afterCommit(() => {
      told = true
    })
    throw new Error('changed my mind')
  })
  await expect(failing).rejects.toThrow('changed my mind')
  expect(await count()).toBe('0')
  expect(told).toBe(false)
  const entries = await test.db.transact(actor, (tx) =>
    tx.sql(`select from audit_entry where act = 'test.fail'`),
  )
  expect(entries).toEqual([])
})

it('runs again after a deadlock, and both acts are done', async () => {
  await test.db.transact(actor, (tx) =>
    tx.sql(`insert into letter_series values ('x', 2026, 0), ('y', 2026, 0)`),
  )
  const runs: string[] = []
  // Both hold their first row before either wants its second: PostgreSQL must end one of them.
  let waiting = 0
  let open: () => void = () => undefined
  const gate = new Promise<void>((resolve) => {
    open = resolve
  })
  const meet = () => {
    if (++waiting === 2) open()
    return gate
  }
  const bump = (first: string, second: string) =>
    test.db.transact(actor, async (tx) => {
      runs.push(first)
      const add = (series: string) =>
        tx.sql('update letter_series set last = last + 1 where series = $1', [series])
      await add(first)
      await meet()
      await add(second)
    })
  await Promise.all([bump('x', 'y'), bump('y', 'x')])
  const rows = await test.db.transact(actor, (tx) =>
    tx.sql('select series, last from letter_series order by 1'),
  )
  expect(rows).toEqual([
    { series: 'x', last: 2 },
    { series: 'y', last: 2 },
  ])
  expect(runs.length).toBeGreaterThan(2)
})

it('appends the audit entries of one act in their order, with the act`s legal instant', async () => {
  await test.db.transact(actor, async (tx) => {
    tx.audit({ act: 'test.first' })
    tx.audit({ act: 'test.second', detail: { field: 'place' } })
  })
  const rows = await test.db.transact(actor, (tx) =>
    tx.sql(
      `select act, at, line::jsonb->'detail' as detail from audit_entry where act like 'test.%' order by index`,
    ),
  )
  expect(rows).toEqual([
    { act: 'test.first', at: test.clock.now(), detail: { by: 'transaction test' } },
    { act: 'test.second', at: test.clock.now(), detail: { field: 'place', by: 'transaction test' } },
  ])
})

it('a part that fails takes its own changes and audit entries back, and those of its parts; the rest is kept', async () => {
  await test.db.transact(actor, (tx) => tx.sql('delete from stored_file'))
  const kept = async () =>
    (
      await test.db.transact(actor, (tx) =>
        tx.sql<{ sha256: string }>('select sha256 from stored_file order by 1'),
      )
    ).map(({ sha256 }) => sha256)
  const failure = await test.db.transact(actor, async (tx) => {
    await tx.sql(insert, ['before'])
    expect(await attempt(tx, async (part) => void (await part.sql(insert, ['done'])))).toBeUndefined()
    const error = await attempt(tx, async (part) => {
      part.audit({ act: 'test.part' })
      await part.sql(insert, ['lost'])
      expect(
        await savepoint(part.sql, async () => void (await part.sql(insert, ['lost too']))),
      ).toBeUndefined()
      // The broken statement would end a transaction without a savepoint.
      await part.sql('select 1 / 0')
    })
    await tx.sql(insert, ['after'])
    return error
  })
  expect(failure).toMatchObject({ message: expect.stringContaining('division by zero') })
  expect(await kept()).toEqual(['after', 'before', 'done'])
  const entries = await test.db.transact(actor, (tx) =>
    tx.sql(`select from audit_entry where act = 'test.part'`),
  )
  expect(entries).toEqual([])
})

it('a deadlock within a part is for the whole transaction, which may run again', async () => {
  const deadlock = Object.assign(new Error('deadlock detected'), { code: '40P01' })
  let runs = 0
  await test.db.transact(actor, async (tx) => {
    runs++
    await savepoint(tx.sql, async () => {
      if (runs === 1) throw deadlock
    })
  })
  expect(runs).toBe(2)
})
