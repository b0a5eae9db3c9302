import { fileURLToPath } from 'node:url'
import { systemActor } from '../../access/actor.ts'
import { demoOrganisation } from '../../agencies/organisation.ts'
import { calendarOf } from '../../calendar/agency-calendar.ts'
import type { LegalDay } from '../../calendar/day.ts'
import { legalDay } from '../../clock.ts'
import type { Tx } from '../../database/transaction.ts'
import { readProcedures } from '../../procedures/folder.ts'
import { openCast } from './cast.ts'
import { diceOf } from './dice.ts'
import { lookInto } from './look.ts'
import { afternoons, momentsOf, monthDays } from './moments.ts'
import { citizensOf, loadCitizens, madeUp } from './people.ts'
import { type Plan, plansOf } from './plan.ts'
import { playMonth } from './play.ts'
import type { Progress } from './progress.ts'
import type { Stage } from './stage.ts'

const PROCESSES = fileURLToPath(new URL('../../../processes', import.meta.url))
const COMMUNE = 'T00.X01'
const actor = systemActor('demonstration month')

const calendarHere = async (tx: Tx) => {
  const [row] = await tx.sql<{ id: string }>('select id from agency where code = $1', [COMMUNE])
  if (!row) throw new Error(`the demonstration has no ${COMMUNE}`)
  return calendarOf(tx.sql, row.id)
}

/** The working days of a month that begins on the next Monday. */
export const daysAhead = (stage: Stage): Promise<LegalDay[]> =>
  stage.db.transact(actor, async (tx) => monthDays(await calendarHere(tx), legalDay(stage.now())))

/**
 * Makes a month of so many dossiers, or goes on with it: what has been filed and decided already is seen in the database.
 * `only` leaves out plans that nobody wants to see; `quick` has everybody do their part at once, at one moment a day.
 * False when it was broken off.
 */
export async function makeMonth(
  stage: Stage,
  { seed, dossiers, days }: { seed: number; dossiers: number; days: readonly LegalDay[] },
  {
    progress,
    stop,
    only = () => true,
    quick = false,
  }: { progress: Progress; stop: AbortSignal; only?: (plan: Plan) => boolean; quick?: boolean },
): Promise<boolean> {
  const dice = diceOf(seed)
  const places = new Map(demoOrganisation().communes.list.map(({ code, name }) => [code, name.vi]))
  const procedures = new Map((await readProcedures(PROCESSES)).map((one) => [one.definition.code, one]))
  const count = citizensOf(dossiers)
  const citizens = Array.from({ length: count }, (_, n) =>
    madeUp(dice, n, count, places.get(COMMUNE) ?? COMMUNE),
  )
  await stage.db.transact(actor, (tx) => loadCitizens(tx, citizens))
  const look = lookInto(stage.db)
  const plans = plansOf(dice, dossiers).filter(only)
  const moments = momentsOf(days, dice)
  return playMonth({
    plans: quick ? plans.map((plan) => ({ ...plan, fast: true })) : plans,
    moments: quick ? afternoons(moments) : moments,
    catalogue: { procedures, places, dossiers, dice },
    calendar: await stage.db.transact(actor, calendarHere),
    look,
    cast: await openCast(stage.url, look, dice),
    now: stage.now,
    advance: stage.advance,
    progress,
    stop,
  })
}
