import { setTimeout as sleep } from 'node:timers/promises'
import { jest } from '@jest/globals'
import pg from 'pg'
import { systemActor } from '../../../src/access/actor.ts'
import { loadDemoAccounts } from '../../../src/people/demo-accounts.ts'
import { assemble } from '../../../src/procedures/assemble.ts'
import { catalogueRoutes } from '../../../src/studio/catalogue/routes.ts'
import { draftRoutes } from '../../../src/studio/drafts/routes.ts'
import { filesOf } from '../../../src/studio/source.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { loggedIn, testApp } from '../../support/http.ts'
import { province } from '../../support/province.ts'

// For a busy machine; nothing here is judged by time.
jest.setTimeout(180_000)

const CATALOGUE = '/api/studio/catalogue'
/** Rows of the province's catalogue. */
const ROWS = 1914
const AT_ONCE = 200
const codeOf = (n: number) => `9.${String(200_000 + n)}`

type Made = { code: string; draftId: string | null; errors: number; warnings: number; reasons: object[] }
let test: TestDatabase
let analyst: Awaited<ReturnType<typeof loggedIn>>

/** Made-up rows of every kind: online or not, with and without fees, some lacking their limit. */
const rowsFile = () =>
  [
    'code,name,field,level,agency,unit,onlineLevel,eligible,limit,limitUnit,papers,feeOnline,feeDirect,results',
    ...Array.from({ length: ROWS }, (_, n) =>
      [
        codeOf(n),
        `Thủ tục mẫu số ${n}`,
        `Lĩnh vực mẫu ${n % 12}`,
        'Xã',
        'UBND cấp xã',
        'place.KT',
        ['toàn trình', 'một phần', 'thông tin'][n % 3],
        n % 5 ? 'có' : 'không',
        n % 50 === 49 ? '' : 5 + (n % 20),
        n % 50 === 49 ? '' : 'ngày làm việc',
        'Đơn | Bản sao [1 sao] | Văn bản ủy quyền [nếu có]',
        n % 4 ? '' : 50_000,
        n % 4 ? '' : 100_000,
        'Giấy xác nhận',
      ].join(','),
    ),
  ].join('\n')

/** A step table for every third procedure of the first two hundred; every ninth asks another body. */
const stepsFile = () =>
  [
    'code,number,role,action,hours,bodies',
    ...Array.from({ length: AT_ONCE }, (_, n) => n)
      .filter((n) => n % 3 === 0)
      .flatMap((n) =>
        [
          ['clerk', 'Tiếp nhận', 4, ''],
          ['officer', 'Thẩm định', 16, ''],
          ...(n % 9 === 0 ? [['consulted', 'Cho ý kiến', 8, 'T00.S02.CM']] : []),
          ['leader', 'Ký', 4, ''],
          ['clerical', 'Cấp số', 2, ''],
        ].map(([role, action, hours, bodies], at) =>
          [codeOf(n), at + 1, role, action, hours, bodies].join(','),
        ),
      ),
  ].join('\n')

async function takeOver(kind: 'rows' | 'steps', text: string) {
  const post = (path: string) =>
    analyst
      .post(`${CATALOGUE}/import/${kind}/${path}`)
      .set('Content-Type', 'text/csv')
      .send(Buffer.from(text))
  const tried = await post('try').expect(200)
  return (await post(`take-over?sha256=${tried.body.sha256}`).expect(200)).body.counts
}

const look = <T>(text: string, params: unknown[] = []) =>
  test.db.transact(systemActor('look'), (tx) => tx.sql<T>(text, params))
const drafts = async () => {
  const [row] = await look<{ n: number; revisions: number }>(
    `select (select count(*)::int from procedure_draft) as n,
            (select count(*)::int from procedure_draft_revision) as revisions`,
  )
  return [row!.n, row!.revisions]
}
const bySuperuser = async (text: string) => {
  const client = new pg.Client(test.superUrl)
  await client.connect()
  const { rows } = await client.query(text)
  await client.end()
  return rows
}

beforeAll(async () => {
  test = await createTestDatabase({ furniture: province })
  await test.db.transact(systemActor('scene'), loadDemoAccounts)
  analyst = await loggedIn(
    testApp(test.db, [...draftRoutes, ...catalogueRoutes({ sample: true })]),
    'phantich',
  )
})
afterAll(() => test.close())

it('a whole province’s catalogue comes in by one file, and the same file again changes nothing', async () => {
  expect(await takeOver('rows', rowsFile())).toMatchObject({ added: ROWS, refused: 0 })
  expect(await takeOver('rows', rowsFile())).toMatchObject({ added: 0, changed: 0, unchanged: ROWS })
  expect((await analyst.get(CATALOGUE).expect(200)).body).toMatchObject({ total: ROWS, all: ROWS })
  expect(await takeOver('steps', stepsFile())).toMatchObject({ refused: 0 })
})

describe('two hundred procedures in one act', () => {
  const codes = Array.from({ length: AT_ONCE }, (_, n) => codeOf(n))
  const lacking = codes.filter((_, n) => n % 50 === 49)
  const make = (some = codes) => analyst.post(`${CATALOGUE}/skeletons`).send({ codes: some })

  it('are all kept or none, whatever breaks off the act', async () => {
    await bySuperuser(`
      create sequence broken_off;
      create function break_off() returns trigger security definer language plpgsql as $$ begin
        if new.code = '${codeOf(150)}' then perform nextval('broken_off'); raise 'the disk is full'; end if;
        return new; end $$;
      create trigger break_off before insert on procedure_draft for each row execute function break_off()`)
    await make(codes.slice(140, 160)).expect(500)
    expect(await drafts()).toEqual([0, 0])
    // Ten of them had been kept when it broke off: a sequence remembers across the rollback.
    expect(await bySuperuser('select is_called from broken_off')).toEqual([{ is_called: true }])
    await bySuperuser('drop trigger break_off on procedure_draft; drop function break_off()')
  })

  it('are made, laid out and checked while the server goes on answering, with a report', async () => {
    let working = true
    const act = make()
      .expect(200)
      .then(({ body }) => {
        working = false
        return body.made as Made[]
      })
    let answered = 0
    while (working) {
      await analyst.get(`${CATALOGUE}?field=${encodeURIComponent('Lĩnh vực mẫu 1')}`).expect(200)
      if (working) answered++
      await sleep(50)
    }
    expect(answered).toBeGreaterThan(10)
    const made = await act
    expect(made.map(({ code }) => code)).toEqual(codes)
    expect(made.filter(({ draftId }) => draftId === null).map(({ code }) => code)).toEqual(lacking)
    expect(made.filter(({ errors }) => errors > 0)).toEqual([])
    expect(made.filter(({ reasons }) => reasons.length > 0)).toHaveLength(lacking.length)
    expect(await drafts()).toEqual([AT_ONCE - lacking.length, AT_ONCE - lacking.length])
    const [audited] = await look<{ n: number }>(
      `select count(*)::int as n from audit_entry where act = 'draft.created'`,
    )
    expect(audited).toEqual({ n: AT_ONCE - lacking.length })
    const ids = made.flatMap(({ draftId }) => draftId ?? [])
    for (const id of ids.slice(0, 12)) {
      const { body } = await analyst.get(`/api/studio/drafts/${id}`).expect(200)
      expect(assemble(filesOf(body.source)).definition.code).toBe(body.code)
    }
  })

  it('are not made twice by the same act', async () => {
    const { body } = await make().expect(200)
    expect((body.made as Made[]).filter(({ draftId }) => draftId !== null)).toEqual([])
    expect(await drafts()).toEqual([AT_ONCE - lacking.length, AT_ONCE - lacking.length])
  })
})
