import { asSystem } from '../access/filter.ts'
import { calendarOf } from '../calendar/agency-calendar.ts'
import type { Calendar } from '../calendar/calendar.ts'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { allotmentTable } from '../deadlines/allotted.ts'
import { DeadlineClock } from '../deadlines/entity.ts'
import { type HoldingRow, holdingRows, holdingView } from '../deadlines/read-model.ts'
import { type Rules, rulesOn } from '../deadlines/rules.ts'
import { roundKey, standstills } from '../deadlines/standstill.ts'
import type { Ledger } from '../deadlines/variance.ts'
import { type DossierRow, dossierRow } from '../dossiers/read-model.ts'
import { type ProcedureVersion, publishedVersion } from '../procedures/version.ts'
import { allotmentsInLimit, booksOf, placeOf, type Window, windowOf } from './books.ts'
import { earlierAllotments, movedFrom } from './earlier.ts'
import { auditScope, type MissedRound } from './read-model.ts'

type Round = { clock: DeadlineClock; window: Window; ledger: Ledger }

/** A dossier as an auditor looks at it: its line, its clocks and the books of every round. */
export type AuditFrame = {
  /** With the system's eyes: the caller's right to the dossier is checked before. */
  tx: Tx
  row: DossierRow
  version: ProcedureVersion
  calendar: Calendar
  rules: Rules
  clocks: DeadlineClock[]
  rows: HoldingRow[]
  rounds: Round[]
  /** The last round: its date is the one in force; undefined before receipt. */
  last: Round | undefined
  /** The rounds that missed their dates, as `judged_round` says, in order: what makes a dossier late. */
  missed: (Pick<MissedRound, 'round' | 'dueAt' | 'until'> & { promisedAt: string })[]
  /** Where the last round's count ended: the end, the instant the clock stood still for good, or now. */
  until: Date
}

/** Undefined when the dossier is not there, not within the actor's reach, or the actor's own application. */
export async function auditFrame(transaction: Tx, dossierId: string): Promise<AuditFrame | undefined> {
  const params: unknown[] = [dossierId]
  const [known] = await transaction.sql<{ procedure_version_id: string; case_key: string }>(
    `select d.procedure_version_id, d.case_key from dossier d
      where d.id = $1 and ${auditScope(transaction, 'd', params)}`,
    params,
  )
  const row = known && (await dossierRow(transaction, dossierId))
  if (!known || !row) return undefined
  const tx: Tx = { ...transaction, em: asSystem(transaction.em, 'audit of a dossier') }
  const version = await publishedVersion(tx.sql, known.procedure_version_id)
  const calendar = await calendarOf(tx.sql, row.agency_id)
  const rules = rulesOn(legalDay(row.received_at ?? row.filed_at))
  const clocks = await tx.em.find(DeadlineClock, { dossierId }, { orderBy: { startedAt: 'asc' } })
  const rows = await holdingRows(tx, dossierId)
  const allotted = await allotmentTable(tx.sql, version.processId, known.case_key, calendar)
  const allotments = allotmentsInLimit(allotted, version.definition)
  const before = (await movedFrom(tx.sql, [dossierId])).get(dossierId) ?? []
  const earlier = await earlierAllotments(tx.sql, before, known.case_key, calendar)
  const line = rows.filter(({ track }) => track === 'accountable')
  const stops = await standstills(tx.sql, [dossierId])
  const rounds = clocks
    .filter(({ kind }) => kind === 'dossier')
    .sort((a, b) => a.round - b.round)
    .map((clock) => {
      const until = clock.stoppedAt ?? clock.endedAt ?? row.finished_at ?? tx.at
      const window = windowOf(calendar, rules, clock, until)
      const ledger = booksOf({
        calendar,
        clock,
        window,
        rows: line,
        allotments,
        earlier,
        stops: stops.get(roundKey(dossierId, clock.round)),
      })
      return { clock, window, ledger }
    })
  const last = rounds.at(-1)
  const until = last?.window.until ?? row.finished_at ?? tx.at
  const missed = await missedRounds(tx, dossierId)
  return { tx, row, version, calendar, rules, clocks, rows, rounds, last, missed, until }
}

async function missedRounds(tx: Tx, dossierId: string): Promise<AuditFrame['missed']> {
  const rows = await tx.sql<{ round: number; promised_at: Date; due_at: Date; until: Date }>(
    `select round, promised_at, due_at, until from judged_round($2) where dossier_id = $1 and late order by round`,
    [dossierId, tx.at],
  )
  return rows.map(({ round, promised_at, due_at, until }) => ({
    round,
    promisedAt: promised_at.toISOString(),
    dueAt: due_at.toISOString(),
    until: until.toISOString(),
  }))
}

/**
 * An interval with the figures of the books where it counts in its round: the day of receipt is not used, and a step held
 * by several people is allotted to them in order. Elsewhere (reception, the applicant, consulted bodies) as it passed.
 */
export function audited(frame: AuditFrame, row: HoldingRow) {
  const { rows, rounds, calendar, tx } = frame
  const view = holdingView(row, rows, calendar, tx.at)
  const round = row.track === 'side' ? undefined : rounds.find(({ clock }) => clock.round === row.round)
  const place = row.track === 'side' ? ('side' as const) : placeOf(row, round?.window)
  const line = round?.ledger.lines.find(({ id }) => id === row.id)
  if (place !== 'counted' || !line)
    return {
      place,
      round,
      view: place === 'outside' ? { ...view, allottedMinutes: null, varianceMinutes: null } : view,
    }
  return {
    place,
    round,
    view: {
      ...view,
      usedMinutes: line.used,
      allottedMinutes: row.allotted_minutes === null ? null : line.allotted,
      varianceMinutes: line.variance,
    },
  }
}
