/**
 * Writes test/unit/studio/replay/month.ndjson anew: the permits of one commune in the month that lies in this data folder
 * (`npm run demo:month`), as a replay reads them. `node_modules/.bin/node test/load/month-history.ts [commune]`, when the
 * shape of what a replay reads has changed.
 */
import { writeFileSync } from 'node:fs'
import { personId } from '../../src/agencies/load.ts'
import { legalDay } from '../../src/clock.ts'
import { loadActor } from '../../src/people/actor.ts'
import { onDatabase } from '../../src/setup/on-database.ts'
import { readHistory } from '../../src/studio/replay/read-model.ts'

const FILE = 'test/unit/studio/replay/month.ndjson'
const CODE = '1.013225'
const commune = process.argv[2] ?? 'T00.X03'

/** Minutes to the hundredth: half a second is nothing to a replay. */
const rounded = (_key: string, value: unknown) =>
  typeof value === 'number' ? Math.round(value * 100) / 100 : value

await onDatabase(async (db) => {
  const analyst = await loadActor(db, personId('phantich'), 'vi')
  if (!analyst) throw new Error('there is no demonstration month in this data folder: npm run demo:month')
  await db.transact(analyst, async (machine) => {
    // The month lies ahead of the machine's clock: it is read as on its last day.
    const [span] = await machine.sql<{ from: Date; to: Date; at: Date; agency: string }>(
      `select min(filed_at) as from, max(filed_at) as to, (select max(at) from audit_entry) as at, (select id from agency where code = $2) as agency
         from dossier where procedure_code = $1`,
      [CODE, commune],
    )
    const tx = { ...machine, at: span!.at }
    const history = await readHistory(tx, CODE, { from: legalDay(span!.from), to: legalDay(span!.to) })
    const agencies = new Map([[span!.agency, commune]])
    const past = history.past.filter(({ agencyId }) => agencyId === span!.agency)
    const units = [...new Set(past.flatMap((one) => Object.values(one.units)))].sort()
    const unit = (id: string) => `u${units.indexOf(id) + 1}`
    const pool = (key: string) => `${unit(key.slice(0, key.indexOf('/')))}${key.slice(key.indexOf('/'))}`
    const staff = history.staff.filter(({ key }) => units.includes(key.slice(0, key.indexOf('/'))))
    const lines = [
      ...staff.map((each) => ({
        is: 'staff',
        ...each,
        key: pool(each.key),
        agencyId: agencies.get(each.agencyId),
      })),
      ...history.days
        .filter(({ date }) => date >= legalDay(span!.from) && date <= legalDay(tx.at))
        .map((day) => ({ is: 'days', ...day })),
      ...history.hours
        .filter(({ agencyId }) => agencies.has(agencyId))
        .map((each) => ({ is: 'hours', ...each, agencyId: commune })),
      ...past.map((one, n) => ({
        is: 'past',
        ...one,
        id: `d${n}`,
        agencyId: commune,
        units: Object.fromEntries(Object.entries(one.units).map(([kind, id]) => [kind, unit(id)])),
        visits: one.visits.map((visit) => ({ ...visit, pool: visit.pool && pool(visit.pool) })),
      })),
    ]
    writeFileSync(FILE, `${lines.map((line) => JSON.stringify(line, rounded)).join('\n')}\n`)
    console.log(`${past.length} dossiers of ${commune} from ${legalDay(span!.from)} on`)
  })
})
