import type { z } from 'zod'
import { endOfDay } from '../calendar/calendar.ts'
import { addDays } from '../calendar/day.ts'
import { formatDay, formatWorkingTime } from '../calendar/format.ts'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import type { HoldingRow } from '../deadlines/read-model.ts'
import { entriesBetween } from './entries.ts'
import { type AuditFrame, audited, auditFrame } from './frame.ts'
import { letterViews } from './letters.ts'
import type { IntervalAudit } from './schemas.ts'

type Audit = z.input<typeof IntervalAudit>
type Day = Audit['days'][number]
type Looked = ReturnType<typeof audited>

/** The auditor's third click: one interval, every day of it, and what proves it. */
export async function intervalAudit(tx: Tx, holdingId: string): Promise<Audit | undefined> {
  const [known] = await tx.sql<{ dossier_id: string }>('select dossier_id from holding where id = $1', [
    holdingId,
  ])
  const frame = known && (await auditFrame(tx, known.dossier_id))
  const row = frame?.rows.find(({ id }) => id === holdingId)
  if (!frame || !row) return undefined
  const to = row.to_at ?? tx.at
  const looked = audited(frame, row)
  return {
    holding: looked.view,
    dossier: { id: frame.row.id, code: frame.row.code },
    allottedBy: allottedBy(frame, row),
    days: daysOf(frame, row, looked, to),
    ...(await papersOf(tx, frame, { from: row.from_at, to })),
    entries: await entriesBetween(tx, frame.row.id, row.from_at, to),
  }
}

/** Letters, notes, and what stopped the clock: all of this time. */
async function papersOf(tx: Tx, frame: AuditFrame, within: { from: Date; to: Date }) {
  const { id } = frame.row
  return {
    letters: await letterViews(frame.tx, id, within),
    notes: await notesBetween(tx, id, within),
    stops: await stopsBetween(tx, id, within),
  }
}

/** The caller's right to the dossier is checked before. A note that was corrected stands as its correction. */
const notesBetween = async (tx: Tx, dossierId: string, { from, to }: { from: Date; to: Date }) =>
  (
    await tx.sql<{ id: string; at: Date; author: string; text: string }>(
      `select n.id, n.at, p.full_name as author, n.text from dossier_note n join person p on p.id = n.author_id
        where n.dossier_id = $1 and n.at between $2 and $3
          and not exists (select from dossier_note c where c.replaces_id = n.id) order by n.at, n.id`,
      [dossierId, from, to],
    )
  ).map((note) => ({ ...note, at: note.at.toISOString() }))

const stopsBetween = async (tx: Tx, dossierId: string, { from, to }: { from: Date; to: Date }) =>
  (
    await tx.sql<{ at: Date; kind: Audit['stops'][number]['kind']; document: string }>(
      `select e.at, e.kind, coalesce(e.document->>'number', '') as document
         from clock_event e join clock c on c.id = e.clock_id and c.kind = 'dossier'
        where e.dossier_id = $1 and e.at between $2 and $3 and e.kind in ('asked', 'complete', 'excluded', 'resumed')
        order by e.at, e.id`,
      [dossierId, from, to],
    )
  ).map((stop) => ({ ...stop, at: stop.at.toISOString() }))

/** The decision that approved the internal process; a consulted body has its time from the consultation's own text. */
function allottedBy({ version, calendar }: AuditFrame, row: HoldingRow): Audit['allottedBy'] {
  if (row.allotted_minutes === null) return null
  const { decision, consultation } = version.definition
  if (row.track === 'side')
    return (
      consultation && {
        text: { vi: `${consultation.basis.text} (${consultation.basis.source})` },
        verified: consultation.basis.verified,
      }
    )
  const words = (lang: 'vi' | 'en') =>
    formatWorkingTime(row.allotted_minutes ?? 0, lang, calendar.fullDayMinutes)
  return {
    text: {
      vi: `Quyết định ${decision.number} ngày ${formatDay(decision.date, 'vi')}, ${decision.signer} (quy trình nội bộ, phiên bản ${version.version}): bước ${row.step_name.vi} ${words('vi')}`,
      en: `Decision ${decision.number} of ${formatDay(decision.date, 'en')}, ${decision.signer} (internal process, version ${version.version}): step ${row.step_name.en ?? row.step_name.vi} ${words('en')}`,
    },
    verified: decision.verified,
  }
}

/** Every legal day that the interval touches. The minutes of all days add up to what the interval used. */
function daysOf(frame: AuditFrame, row: HoldingRow, looked: Looked, to: Date): Day[] {
  const days: Day[] = []
  for (let day = legalDay(row.from_at); day <= legalDay(to); day = addDays(day, 1)) {
    const from = max(row.from_at, endOfDay(addDays(day, -1)))
    days.push({ day, ...judge(frame, row, looked, { day, from, to: min(to, endOfDay(day)) }) })
  }
  return days
}

function judge(
  { calendar, rules, version }: AuditFrame,
  row: HoldingRow,
  { place, round }: Looked,
  { day, from, to }: { day: string; from: Date; to: Date },
): Omit<Day, 'day'> {
  const explained = calendar.explain(day)
  const minutes = calendar.workingMinutesBetween(from, to)
  const skipped = (reason: Day['reason'], source: string, passed = 0) => ({
    counted: false,
    minutes: passed,
    reason,
    source,
  })
  if (!explained.working) return skipped(explained.text, explained.source)
  if (place === 'outside') {
    const { text, source } = version.definition.clockMode.basis
    const ended = round && round.clock.stoppedAt === null && row.from_at >= round.window.until
    return ended
      ? skipped(
          { vi: 'đã xử lý xong, hạn không tính nữa', en: 'finished, no longer counted' },
          rules.lastDay.source,
          minutes,
        )
      : skipped(
          { vi: `chờ người nộp, không tính (${text})`, en: 'waiting for the applicant, not counted' },
          source,
          minutes,
        )
  }
  if (place === 'counted' && round && to <= round.window.countFrom)
    return skipped({ vi: 'ngày nhận, không tính', en: 'day of receipt, not counted' }, rules.dayCount.source)
  if (minutes === 0)
    return skipped(
      { vi: 'ngày làm việc, ngoài giờ làm việc', en: 'working day, outside working hours' },
      explained.source,
    )
  return { counted: true, minutes, reason: explained.text, source: explained.source }
}

const min = (a: Date, b: Date): Date => (a <= b ? a : b)
const max = (a: Date, b: Date): Date => (a >= b ? a : b)
