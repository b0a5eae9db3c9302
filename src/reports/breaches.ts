import type { z } from 'zod'
import { addDays, daysBetween, type LegalDay, weekdayOf } from '../calendar/day.ts'
import { formatDay } from '../calendar/format.ts'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import type { Text } from '../text.ts'
import type { Late } from './facts.ts'
import { keysOf, lateFacts, NOBODY, tally, totalsOf } from './late.ts'
import { dueCounts, type LateFilter } from './read-model.ts'
import type { Breaches } from './schemas.ts'

type Report = z.input<typeof Breaches>
type Row = Report['tables'][number]['rows'][number]
type Dimension = Report['tables'][number]['dimension']
type Key = { key: string; name: Text; from?: LegalDay; to?: LegalDay }

/** Longer periods are told month by month, shorter ones week by week. */
const WEEKS_UP_TO_DAYS = 92

const nobody = (vi: string, en: string): Key => ({ key: NOBODY, name: { vi, en } })

/** The week (Monday to Sunday) or month that a day lies in, cut to the period so that its link counts the same. */
function partOf(day: LegalDay, { from, to }: LateFilter): Key {
  const weekly = daysBetween(from, to) <= WEEKS_UP_TO_DAYS
  const month = day.slice(0, 7)
  const first = weekly ? addDays(day, 1 - weekdayOf(day)) : `${month}-01`
  const last = weekly ? addDays(first, 6) : addDays(`${nextMonth(month)}-01`, -1)
  const [start, end] = [first < from ? from : first, last > to ? to : last]
  const words = (lang: 'vi' | 'en') => `${formatDay(start, lang)} – ${formatDay(end, lang)}`
  const name = weekly
    ? { vi: words('vi'), en: words('en') }
    : {
        vi: `Tháng ${month.slice(5)}/${month.slice(0, 4)}`,
        en: `${month.slice(5)}/${month.slice(0, 4)}`,
      }
  return { key: start, name, from: start, to: end }
}

const nextMonth = (month: string): string =>
  month.endsWith('-12')
    ? `${Number(month.slice(0, 4)) + 1}-01`
    : `${month.slice(0, 5)}${String(Number(month.slice(5)) + 1).padStart(2, '0')}`

/** Many communes have a unit of the same name. */
const inAgency = (name: Text, agency: Text): Text => ({
  vi: `${name.vi}, ${agency.vi}`,
  en: `${name.en ?? name.vi}, ${agency.en ?? agency.vi}`,
})

/** Where a late dossier stands in each table: in exactly one row, so that every table adds up to the whole. */
const KEYS: Record<Dimension, (late: Late, filter: LateFilter) => Key> = {
  period: (late, filter) => partOf(legalDay(new Date(late.originalDueAt)), filter),
  agency: ({ agency }) => ({ key: agency.id, name: agency.name }),
  unit: (late) =>
    late.worst
      ? { key: keysOf(late).unit, name: inAgency(late.worst.unit.name, late.worst.agency) }
      : nobody('Không bước nào vượt', 'No step overran'),
  person: (late) =>
    late.worst?.person
      ? { key: keysOf(late).person, name: inAgency({ vi: late.worst.person.name }, late.worst.unit.name) }
      : nobody('Chưa ai nhận, hoặc không bước nào vượt', 'Unclaimed, or no step overran'),
  procedure: ({ procedure }) => ({ key: procedure.code, name: procedure.name }),
  step: (late) =>
    late.worst
      ? {
          key: keysOf(late).step,
          name: {
            vi: `${late.worst.stepName.vi} (${late.procedure.code})`,
            en: `${late.worst.stepName.en ?? late.worst.stepName.vi} (${late.procedure.code})`,
          },
        }
      : nobody('Không bước nào vượt', 'No step overran'),
}

/**
 * The breaches of a period by each thing one may ask them by. All tables are sums over the very dossiers that the list
 * of the same period shows (`lateFacts`), each counted once per table.
 */
export async function breaches(tx: Tx, filter: LateFilter): Promise<Report> {
  const facts = await lateFacts(tx, filter)
  const due = await dueCounts(tx, filter)
  const dueBy: Partial<Record<Dimension, Map<string, number>>> = {
    period: sums(due, ({ day }) => partOf(day, filter).key),
    agency: sums(due, ({ agency_id }) => agency_id),
    procedure: sums(due, ({ procedure_code }) => procedure_code),
  }
  const totals = totalsOf(facts)
  return {
    from: filter.from,
    to: filter.to,
    totals,
    sentence: tally(totals),
    due: due.reduce((sum, row) => sum + row.due, 0),
    tables: (Object.keys(KEYS) as Dimension[]).map((dimension) => ({
      dimension,
      rows: table(facts, (late) => KEYS[dimension](late, filter), dueBy[dimension]).sort(
        dimension === 'period'
          ? (a, b) => a.key.localeCompare(b.key)
          : (a, b) => b.totals.late - a.totals.late || a.name.vi.localeCompare(b.name.vi, 'vi'),
      ),
    })),
  }
}

function table(facts: Late[], keyOf: (late: Late) => Key, due: Map<string, number> | undefined): Row[] {
  const groups = Map.groupBy(facts, (late) => keyOf(late).key)
  return [...groups.values()].map((group) => {
    const key = keyOf(group[0]!)
    return {
      key: key.key,
      name: key.name,
      from: key.from ?? null,
      to: key.to ?? null,
      due: due?.get(key.key) ?? null,
      totals: totalsOf(group),
      overrunMinutes: group.reduce((sum, { worst }) => sum + (worst?.overrunMinutes ?? 0), 0),
    }
  })
}

function sums<T extends { due: number }>(rows: T[], keyOf: (row: T) => string): Map<string, number> {
  const found = new Map<string, number>()
  for (const row of rows) found.set(keyOf(row), (found.get(keyOf(row)) ?? 0) + row.due)
  return found
}
