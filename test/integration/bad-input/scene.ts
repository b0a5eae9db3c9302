import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { systemActor } from '../../../src/access/actor.ts'
import { loadOrganisation } from '../../../src/agencies/load.ts'
import { loadShippedDays } from '../../../src/calendar/load.ts'
import type { Sql } from '../../../src/database/sql.ts'
import { openStore } from '../../../src/documents/store.ts'
import { ensureEpoch } from '../../../src/engine/index.ts'
import { loadDemoAccounts } from '../../../src/people/demo-accounts.ts'
import { publishFolders } from '../../../src/procedures/publish.ts'
import type { Services } from '../../../src/services.ts'
import { createTestDatabase } from '../../support/database.ts'
import { takesAll } from '../../support/deploy.ts'
import type { Answer, Browser } from '../../support/rough-browser.ts'
import { wholeApi } from '../whole-api.ts'

/** Every route of the product on a database of its own, with the fictitious province and the shipped procedures. */
export async function setScene() {
  const test = await createTestDatabase()
  const { db } = test
  const folder = await mkdtemp(join(tmpdir(), 'mot-cua-bad-input-'))
  const log = pino({ level: 'silent' })
  const system = systemActor('bad input')
  await db.transact(system, async (tx) => {
    await loadOrganisation(tx)
    await loadDemoAccounts(tx)
    await loadShippedDays(tx)
  })
  await publishFolders(db, takesAll, {
    root: 'processes',
    epoch: await ensureEpoch(db, { brokerDir: null }),
  })
  const services: Services = {
    db,
    log,
    files: await openStore(join(folder, 'files')),
    settings: { demo: true, publicUrl: 'http://localhost', takeBackSeconds: 0 },
    machineNow: (plusSeconds = 0) => new Date(Date.now() + plusSeconds * 1000),
  }
  const api = await wholeApi(services, folder)
  const sql: Sql = (text, params) => db.transact(system, (tx) => tx.sql(text, params))
  return {
    ...test,
    ...api,
    sql,
    /** Every row of every table as one sum per table; sessions aside, whose time is moved by each request. */
    everything: () => everything(sql),
    close: async () => {
      await api.close()
      await test.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export type Scene = Awaited<ReturnType<typeof setScene>>

async function everything(sql: Sql): Promise<Record<string, string>> {
  const tables = await sql<{ name: string }>(
    `select table_name as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'session' order by 1`,
  )
  const state: Record<string, string> = {}
  for (const { name } of tables) {
    const [row] = await sql<{ rows: string }>(
      `select count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) as rows from "${name}" t`,
    )
    state[name] = row!.rows
  }
  return state
}

const example = JSON.parse(
  readFileSync('processes/1.013225-cap-giay-phep-xay-dung-moi/cases/01-house-straight.json', 'utf8'),
) as { formData: Record<string, unknown>; papers: string[]; place: string }

/** A dossier that would be accepted, with uploads of its own; `change` makes it bad. */
export async function goodDossier(browser: Browser) {
  const papers = []
  for (const paperKey of example.papers) {
    const { body } = await browser.upload(`${paperKey}.pdf`, PDF)
    papers.push({ paperKey, uploadId: body.id as string })
  }
  return { procedureCode: '1.013225', place: example.place, formData: { ...example.formData }, papers }
}

export const PDF = readFileSync('test/walk/paper.pdf')

/** Says no as every refusal must: problem+json, in the language asked for, with what to do next. */
export function expectRefusal(answer: Answer, status: number, type?: string): void {
  expect([answer.status, answer.contentType]).toEqual([status, 'application/problem+json; charset=utf-8'])
  expect(answer.body).toMatchObject({ status, title: expect.any(String), detail: expect.any(String) })
  expect(answer.body.type).toMatch(/^urn:mot-cua:[a-z-]+$/)
  if (type) expect(answer.body.type).toBe(`urn:mot-cua:${type}`)
  expect(answer.body.type).not.toBe('urn:mot-cua:internal')
}
