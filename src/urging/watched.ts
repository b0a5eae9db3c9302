import type { z } from 'zod'
import { scope } from '../access/scope.ts'
import { calendarOf } from '../calendar/agency-calendar.ts'
import type { Calendar } from '../calendar/calendar.ts'
import { remainingText } from '../calendar/format.ts'
import type { Tx } from '../database/transaction.ts'
import type { Text } from '../text.ts'
import { ASKED, WATCHED } from './one-stop.ts'
import type { Watched, WatchedKind, WatchedPage } from './schemas.ts'

type Kind = z.infer<typeof WatchedKind>
type View = z.input<typeof Watched>
export type WatchedRow = {
  id: string
  code: string
  applicant: string
  procedure_code: string
  procedure: Text
  agency_id: string
  agency_code: string
  agency: Text
  unit_id: string
  unit_code: string
  unit: Text
  person: string | null
  step: Text
  missed_at: Date | null
  last_number: string | null
  last_at: Date | null
  last_answered: boolean | null
}

/** Which of the open dossiers a list shows, and the day that it is about. */
const KINDS: Record<Exclude<Kind, 'asked-late'>, { where: string; missed: string }> = {
  late: { where: 'w.late', missed: 'w.due_at' },
  'step-late': { where: 'w.step_late and not w.late', missed: 'w.step_due_at' },
  soon: { where: 'w.soon', missed: 'w.due_at' },
  open: { where: 'true', missed: 'coalesce(w.due_at, w.reception_due_at)' },
  reception: { where: 'w.reception_late', missed: 'w.reception_due_at' },
}

const CONSULTED = `'{"vi": "Trả lời lấy ý kiến", "en": "Answer the consultation"}'::jsonb`

/** The rows of one kind, by the day missed; `ids` keeps those dossiers, `unitId` the holder or the body asked. */
export async function watchedRows(
  tx: Tx,
  kind: Kind,
  {
    unitId,
    ids,
    after,
    limit,
  }: { unitId?: string | undefined; ids?: string[]; after?: string | undefined; limit: number },
): Promise<WatchedRow[]> {
  const params: unknown[] = [tx.at, unitId ?? null, ids ?? null, after ?? null, limit]
  const may = scope(tx.actor.ability, 'read', 'OneStop', 'd', params)
  const source =
    kind === 'asked-late'
      ? `select w.*, w.asked_due_at as missed_at, ${CONSULTED} as step, null::uuid as holder
           from (${ASKED('$1', may)}) w where w.asked_late`
      : `select w.*, ${KINDS[kind].missed} as missed_at, w.step_name as step, w.person_id as holder
           from (${WATCHED('$1', may)}) w where ${KINDS[kind].where}`
  return tx.sql<WatchedRow>(
    `with found as (select * from (${source}) s
                     where ($2::uuid is null or s.unit_id = $2) and ($3::uuid[] is null or s.id = any($3)))
     select f.id, f.code, ap.full_name as applicant, f.procedure_code, v.definition->'name' as procedure,
            a.id as agency_id, a.code as agency_code, a.name as agency, u.id as unit_id, u.code as unit_code, u.name as unit,
            p.full_name as person, f.step, f.missed_at, g.number_text as last_number, g.written_at as last_at,
            g.answered_at is not null as last_answered
       from found f join person ap on ap.id = f.applicant_id join procedure_version v on v.id = f.procedure_version_id
       join unit u on u.id = f.unit_id join agency a on a.id = u.agency_id left join person p on p.id = f.holder
       left join lateral (select number_text, written_at, answered_at from urging g join urging_dossier x on x.urging_id = g.id
                           where x.dossier_id = f.id and g.unit_id = f.unit_id order by written_at desc limit 1) g on true
      where $4::uuid is null or (coalesce(f.missed_at, 'infinity'), f.id) >
            (select coalesce(l.missed_at, 'infinity'), l.id from found l where l.id = $4 limit 1)
      order by coalesce(f.missed_at, 'infinity'), f.id limit $5`,
    params,
  )
}

const PAGE = 100

/** A page of the dossiers that the head of the one-stop watches. */
export async function watched(
  tx: Tx,
  kind: Kind,
  unitId?: string,
  after?: string,
): Promise<z.input<typeof WatchedPage>> {
  const rows = await watchedRows(tx, kind, { unitId, after, limit: PAGE + 1 })
  const page = rows.slice(0, PAGE)
  const calendars = await calendarsOf(tx, page)
  return {
    dossiers: page.map((row) => view(row, kind, calendars.get(row.agency_id), tx.at)),
    next: rows.length > PAGE ? (page.at(-1)?.id ?? null) : null,
  }
}

export async function calendarsOf(tx: Tx, rows: WatchedRow[]): Promise<Map<string, Calendar>> {
  const calendars = new Map<string, Calendar>()
  for (const id of new Set(rows.map((row) => row.agency_id))) calendars.set(id, await calendarOf(tx.sql, id))
  return calendars
}

/** How late a row is (or what is left), in working time and in words. */
export function lateness(row: WatchedRow, calendar: Calendar | undefined, now: Date) {
  const minutes = row.missed_at && calendar ? calendar.workingMinutesBetween(now, row.missed_at) : null
  return { minutes, words: calendar ? remainingText(minutes, calendar) : null }
}

function view(row: WatchedRow, kind: Kind, calendar: Calendar | undefined, now: Date): View {
  const { minutes, words } = lateness(row, calendar, now)
  return {
    id: row.id,
    code: row.code,
    applicant: row.applicant,
    procedure: { code: row.procedure_code, name: row.procedure },
    agency: { id: row.agency_id, code: row.agency_code, name: row.agency },
    unit: { id: row.unit_id, code: row.unit_code, name: row.unit },
    person: row.person,
    step: row.step,
    dueAt: row.missed_at?.toISOString() ?? null,
    remaining: words,
    remainingMinutes: minutes,
    kind,
    lastUrged:
      row.last_number && row.last_at
        ? { number: row.last_number, at: row.last_at.toISOString(), answered: row.last_answered === true }
        : null,
  }
}
