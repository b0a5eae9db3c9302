import type { Calendar } from '../calendar/calendar.ts'
import type { Sql } from '../database/transaction.ts'
import type { Span } from './limit.ts'
import { spanMinutes } from './limit.ts'

type Allotments = Record<string, Record<string, Span>>

// Published versions never change.
const known = new Map<string, Allotments>()

/** The allotments of a dossier's version by case and step, as its approved internal process has them (rules 10). */
async function allotmentsOf(sql: Sql, processId: string): Promise<Allotments> {
  const cached = known.get(processId)
  if (cached) return cached
  const [row] = await sql<{ allotments: Allotments | null }>(
    `select definition->'allotments' as allotments from procedure_version where process_id = $1`,
    [processId],
  )
  const allotments = row?.allotments ?? {}
  known.set(processId, allotments)
  return allotments
}

/** Working minutes the internal process allots to each step of a case, in the order of the happy path. */
export async function allotmentTable(
  sql: Sql,
  processId: string,
  caseKey: string,
  calendar: Calendar,
): Promise<Map<string, number>> {
  const spans = (await allotmentsOf(sql, processId))[caseKey] ?? {}
  return new Map(
    Object.entries(spans).map(([step, span]) => [step, spanMinutes(span, calendar.fullDayMinutes)]),
  )
}

/** One step's working minutes; null where its process allots none (letters, consultations have their own limits). */
export async function allottedMinutes(
  sql: Sql,
  subject: { kind: string; dossierId: string; processId: string },
  elementId: string,
  calendar: Calendar,
): Promise<number | null> {
  if (subject.kind !== 'dossier') return null
  const [dossier] = await sql<{ case_key: string }>('select case_key from dossier where id = $1', [
    subject.dossierId,
  ])
  const table = await allotmentTable(sql, subject.processId, dossier?.case_key ?? '', calendar)
  return table.get(elementId) ?? null
}
