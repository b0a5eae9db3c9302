import { setImmediate } from 'node:timers/promises'
import type { z } from 'zod'
import type { Tx } from '../database/transaction.ts'
import { type CalendarOf, calendars, factsOf, type Late, letterOf } from './facts.ts'
import { type LateFilter, type LatePage, type LateRow, lateRows } from './read-model.ts'
import type { LateReport, MoreLate } from './schemas.ts'

type Report = z.input<typeof LateReport>
type More = z.input<typeof MoreLate>

/** Nobody: no overrun at all, or one of the unit before anybody had claimed the work. */
export const NOBODY = 'none'

/** Which late dossiers are meant: all of a period and scope, or those that one figure of another page counts. */
export type LateQuery = LateFilter & {
  /** Of the largest overrun: an id, or `NOBODY`. The step as `<procedure>/<element>`. */
  unit?: string | undefined
  person?: string | undefined
  step?: string | undefined
  state?: 'open' | 'finished' | undefined
  letter?: Late['letter'] | undefined
}

/** The keys under which a dossier stands on the page of breaches: the same here and there. */
export const keysOf = ({ procedure, worst }: Late) => ({
  unit: worst?.unit.id ?? NOBODY,
  person: worst?.person?.id ?? NOBODY,
  step: worst ? `${procedure.code}/${worst.elementId}` : NOBODY,
})

const isPicked = (late: Late, { unit, person, step, state, letter }: LateQuery): boolean => {
  const keys = keysOf(late)
  return (
    (!unit || keys.unit === unit) &&
    (!person || keys.person === person) &&
    (!step || keys.step === step) &&
    (!state || (state === 'open') === (late.finishedAt === null)) &&
    (!letter || late.letter === letter)
  )
}

/** Whether every dossier's intervals must be counted to know whether it is meant. */
const asksOfCounting = ({ unit, person, step, state, letter }: LateQuery): boolean =>
  Boolean(unit || person || step || state || letter)

/** Every late dossier that is meant, each counted: what lists, breaches, exports and reports are made of. */
export async function lateFacts(tx: Tx, query: LateQuery): Promise<Late[]> {
  const facts = await factsOf(tx, await lateRows(tx, query), calendars(tx))
  return facts.filter((late) => isPicked(late, query))
}

/**
 * The auditor's first click: the late dossiers of a period, who used the time, and whether an apology came in time. All
 * are counted; so many are listed, and `moreLate` gives the rest.
 */
export async function lateReport(tx: Tx, query: LateQuery, limit: number): Promise<Report> {
  const head = (totals: Report['totals']) => ({
    from: query.from,
    to: query.to,
    totals,
    sentence: tally(totals),
  })
  if (asksOfCounting(query)) {
    const facts = await lateFacts(tx, query)
    return { ...head(totalsOf(facts)), ...cut(facts, limit) }
  }
  const rows = await lateRows(tx, query)
  const calendar = calendars(tx)
  const totals = totalsOf(await judgedOnly(rows, calendar))
  return { ...head(totals), ...(await pageOf(tx, rows, limit, calendar)) }
}

/** The next dossiers of the same period, after one of the page before. */
export async function moreLate(tx: Tx, query: LateQuery, page: Required<LatePage>): Promise<More> {
  if (!asksOfCounting(query))
    return pageOf(
      tx,
      await lateRows(tx, query, { ...page, limit: page.limit + 1 }),
      page.limit,
      calendars(tx),
    )
  const facts = await lateFacts(tx, query)
  return cut(facts.slice(facts.findIndex(({ id }) => id === page.after) + 1), page.limit)
}

const cut = (facts: Late[], limit: number): More => ({
  dossiers: facts.slice(0, limit),
  next: facts.length > limit ? (facts[limit - 1]?.id ?? null) : null,
})

async function pageOf(tx: Tx, all: LateRow[], limit: number, calendar: CalendarOf): Promise<More> {
  const rows = all.slice(0, limit)
  return {
    dossiers: await factsOf(tx, rows, calendar),
    next: all.length > limit ? (rows.at(-1)?.id ?? null) : null,
  }
}

type Judged = Pick<Late, 'letter' | 'finishedAt'>

/** What the tally asks, without the intervals. */
async function judgedOnly(rows: LateRow[], calendar: CalendarOf): Promise<Judged[]> {
  const judged: Judged[] = []
  for (const [n, row] of rows.entries()) {
    judged.push({
      letter: letterOf(row, await calendar(row.agency_id)),
      finishedAt: row.finished_at?.toISOString() ?? null,
    })
    // Years of a province are tens of thousands: the others who ask meanwhile are answered in between.
    if (n % 200 === 199) await setImmediate()
  }
  return judged
}

/** The tally of screen 0 over any late dossiers. */
export function totalsOf(late: Judged[]): Report['totals'] {
  const count = (is: (one: Judged) => boolean) => late.filter(is).length
  const open = count(({ finishedAt }) => finishedAt === null)
  return {
    late: late.length,
    openLate: open,
    finishedLate: late.length - open,
    letterInTime: count(({ letter }) => letter === 'in-time'),
    letterLate: count(({ letter }) => letter === 'late'),
    letterNone: count(({ letter }) => letter === 'none'),
  }
}

export const tally = (totals: Report['totals']): Report['sentence'] => ({
  vi:
    `Quá hạn ${totals.late} = đang trễ ${totals.openLate} + đã trả trễ ${totals.finishedLate}; ` +
    `thư kịp ${totals.letterInTime}, muộn ${totals.letterLate}, không ${totals.letterNone}`,
  en:
    `Late ${totals.late} = still open ${totals.openLate} + finished late ${totals.finishedLate}; ` +
    `letters in time ${totals.letterInTime}, late ${totals.letterLate}, none ${totals.letterNone}`,
})
