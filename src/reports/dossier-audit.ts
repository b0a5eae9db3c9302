import type { z } from 'zod'
import { formatLegal, formatRemaining, formatWorkingTime } from '../calendar/format.ts'
import type { Tx } from '../database/transaction.ts'
import { eventsOf } from '../deadlines/clocks.ts'
import { type Ledger, type LedgerLine, varianceSentence } from '../deadlines/variance.ts'
import { type Verdict, verdicts } from '../deadlines/verdict.ts'
import { dossierSummary } from '../dossiers/read-model.ts'
import { clockView } from '../dossiers/views.ts'
import type { Text } from '../text.ts'
import { minutesMissed } from './facts.ts'
import { type AuditFrame, audited, auditFrame } from './frame.ts'
import { letterViews } from './letters.ts'
import type { DossierAudit } from './schemas.ts'

type Audit = z.input<typeof DossierAudit>

/** The auditor's second click: one sentence, who held the dossier when, and books that add up to finish − due. */
export async function dossierAudit(tx: Tx, dossierId: string): Promise<Audit | undefined> {
  const frame = await auditFrame(tx, dossierId)
  if (!frame) return undefined
  const { row, calendar, clocks, rows, missed } = frame
  const judged = judgedRound(frame)
  const summary = dossierSummary(row, tx.at)
  const late = missed.length > 0
  const finished = row.finished_at !== null
  return {
    dossier: { ...summary, originalDueAt: missed[0]?.promisedAt ?? summary.originalDueAt },
    late,
    sentence: sentenceOf(frame),
    lateMinutes: late ? minutesMissed(missed, calendar) : null,
    verdicts: await verdictsOf(frame),
    holdings: rows.map((holding) => audited(frame, holding).view),
    spareMinutes: spareOf(judged?.ledger),
    balance:
      judged && finished
        ? {
            varianceSum: judged.ledger.sum,
            finishMinusDue: judged.ledger.finishMinusDue,
            lines: judged.ledger.lines.map((line) => ({
              kind: line.kind,
              holdingId: line.id ?? null,
              name: nameOf(frame, line),
              allottedMinutes: line.allotted,
              usedMinutes: line.used,
              varianceMinutes: line.variance,
            })),
          }
        : null,
    clocks: clocks.map((clock) => clockView(clock, calendar, tx.at)),
    letters: await letterViews(frame.tx, dossierId),
  }
}

/** The round by which the dossier is judged: the first that missed its date, otherwise the last. */
const judgedRound = ({ rounds, missed, last }: AuditFrame) =>
  missed[0] ? rounds.find(({ clock }) => clock.round === missed[0]?.round) : last

/** The spare line's allotment: what the round's limit leaves beside its steps. */
function spareOf(ledger: Ledger | undefined): number | null {
  return ledger?.lines.find(({ kind }) => kind === 'spare')?.allotted ?? null
}

/** A line in words: its step and, for an interval, who held it. */
function nameOf({ rows, version }: AuditFrame, line: LedgerLine): { vi: string; en: string } {
  if (line.kind === 'spare') return { vi: 'dự phòng', en: 'the reserve' }
  if (line.kind === 'receipt-day') return { vi: 'ngày nhận, không tính', en: 'day of receipt, not counted' }
  const row = rows.find(({ id }) => id === line.id)
  const step: Text = row?.step_name ?? version.definition.steps[line.step]?.name ?? { vi: line.step }
  const [vi, en] = [step.vi, step.en ?? step.vi]
  if (!row) return { vi: `bước ${vi}`, en: `step ${en}` }
  const person = row.person_name ? ` (${row.person_name})` : ''
  return {
    vi: `bước ${vi}, ${row.unit_name.vi}${person}`,
    en: `step ${en}, ${row.unit_name.en ?? row.unit_name.vi}${person}`,
  }
}

/** What there is to say of the last round; where an earlier one was missed, of that one first. */
function sentenceOf(frame: AuditFrame): Text {
  const { row, calendar, rounds, missed, last } = frame
  if (!last)
    return { vi: 'Hồ sơ chưa được tiếp nhận nên chưa có hạn trả', en: 'Not received, so no due date' }
  const isEarlier = missed.some(({ round }) => round !== last.clock.round)
  const ofLast = lastSentence(frame, last)
  if (!isEarlier) return ofLast
  const told = missed.map(({ round, promisedAt }) => {
    const { ledger, clock } = rounds.find((one) => one.clock.round === round)!
    const words = clock === last.clock ? ofLast : inWords(frame, ledger)
    const due = new Date(promisedAt)
    return {
      vi: `Lần hẹn ${round} (hạn ${formatLegal(due, 'vi')}): ${words.vi}`,
      en: `Appointment ${round} (due ${formatLegal(due, 'en')}): ${words.en ?? words.vi}`,
    }
  })
  const all = formatWorkingTime(minutesMissed(missed, calendar), 'vi', calendar.fullDayMinutes)
  const allEn = formatWorkingTime(minutesMissed(missed, calendar), 'en', calendar.fullDayMinutes)
  if (missed.length > 1)
    told.push({
      vi: `Cộng ${missed.length} lần hẹn: trễ ${all}`,
      en: `${missed.length} appointments together: late by ${allEn}`,
    })
  // The date in force is not missed yet, and somebody still works towards it.
  if (row.finished_at === null && missed.at(-1)?.round !== last.clock.round)
    told.push({ vi: ofLast.vi, en: ofLast.en ?? ofLast.vi })
  return { vi: told.map(({ vi }) => vi).join('. '), en: told.map(({ en }) => en).join('. ') }
}

const inWords = (frame: AuditFrame, ledger: Ledger): Text =>
  varianceSentence(ledger, (line) => nameOf(frame, line), frame.calendar.fullDayMinutes)

function lastSentence(frame: AuditFrame, { clock, ledger }: NonNullable<AuditFrame['last']>): Text {
  const { row, calendar, until } = frame
  const late = until > clock.dueAt
  if (row.finished_at !== null) return inWords(frame, ledger)
  // Steps to come have saved nothing yet: of an open dossier only the overruns are known.
  if (late) {
    const lines = ledger.lines.filter(({ kind, variance }) => kind === 'interval' && variance > 0)
    return inWords(frame, { ...ledger, lines })
  }
  const due = clock.dueAt
  const minutes = calendar.workingMinutesBetween(until, due)
  const open = (lang: 'vi' | 'en') =>
    `${formatRemaining(minutes, lang, calendar.fullDayMinutes)} (${lang === 'vi' ? 'hạn' : 'due'} ${formatLegal(due, lang)})`
  return clock.stoppedAt
    ? {
        vi: `Chờ người nộp bổ sung từ ${formatLegal(clock.stoppedAt, 'vi')}, khi đó ${open('vi')}`,
        en: `Waiting for the applicant since ${formatLegal(clock.stoppedAt, 'en')}, then ${open('en')}`,
      }
    : { vi: `Đang giải quyết, ${open('vi')}`, en: `Being processed, ${open('en')}` }
}

async function verdictsOf(frame: AuditFrame): Promise<Audit['verdicts']> {
  const { tx, row, version, calendar, rules, last, until } = frame
  if (!last) {
    const none = {
      vi: 'Chưa tính: hồ sơ chưa được tiếp nhận',
      en: 'Not judged: the dossier was not received',
    }
    return { law: none, index766: none, differ: false, reason: null }
  }
  const { receivedAt, events } = await eventsOf(tx, row.id)
  const { law, index766, differ } = verdicts({
    calendar,
    rules,
    mode: last.clock.mode,
    receivedAt,
    legal: last.clock.legal,
    committed: last.clock.committed,
    events,
    basis: version.definition.clockMode.basis.text,
    now: until,
  })
  return {
    law: byLaw(law.committed, law.legal),
    index766: withDue(index766),
    differ: differ !== null,
    reason: differ,
  }
}

const withDue = ({ reason, dueAt }: Verdict): Text => ({
  vi: `${reason.vi} (hạn ${formatLegal(dueAt, 'vi')})`,
  en: `${reason.en ?? reason.vi} (due ${formatLegal(dueAt, 'en')})`,
})

/** Both limits where they differ: the receipt promises the committed one, lateness is shown against the legal one too. */
function byLaw(committed: Verdict, legal: Verdict): Text {
  const own = withDue(committed)
  if (legal.dueAt.getTime() === committed.dueAt.getTime()) return own
  const other = withDue(legal)
  return {
    vi: `theo hạn cam kết: ${own.vi}; theo hạn luật định: ${other.vi}`,
    en: `by the committed limit: ${own.en}; by the legal limit: ${other.en}`,
  }
}
