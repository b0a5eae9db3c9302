import type { z } from 'zod'
import { formatLegal, formatRemaining } from '../calendar/format.ts'
import type { Tx } from '../database/transaction.ts'
import { eventsOf } from '../deadlines/clocks.ts'
import { type Ledger, type LedgerLine, varianceSentence } from '../deadlines/variance.ts'
import { type Verdict, verdicts } from '../deadlines/verdict.ts'
import { dossierSummary } from '../dossiers/read-model.ts'
import { clockView } from '../dossiers/views.ts'
import type { Text } from '../text.ts'
import { type AuditFrame, audited, auditFrame } from './frame.ts'
import { letterViews } from './letters.ts'
import type { DossierAudit } from './schemas.ts'

type Audit = z.input<typeof DossierAudit>

/** The auditor's second click: one sentence, who held the dossier when, and books that add up to finish − due. */
export async function dossierAudit(tx: Tx, dossierId: string): Promise<Audit | undefined> {
  const frame = await auditFrame(tx, dossierId)
  if (!frame) return undefined
  const { row, calendar, clocks, rows, judged, until } = frame
  const late = judged !== undefined && until > judged.clock.dueAt
  const finished = row.finished_at !== null
  return {
    dossier: dossierSummary(row, tx.at),
    sentence: sentenceOf(frame),
    lateMinutes: late ? calendar.workingMinutesBetween(judged.clock.dueAt, until) : null,
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

function sentenceOf(frame: AuditFrame): Text {
  const { row, calendar, judged, until } = frame
  if (!judged)
    return { vi: 'Hồ sơ chưa được tiếp nhận nên chưa có hạn trả', en: 'Not received, so no due date' }
  const { clock, ledger } = judged
  const late = until > clock.dueAt
  const words = (given: Ledger) =>
    varianceSentence(given, (line) => nameOf(frame, line), calendar.fullDayMinutes)
  if (row.finished_at !== null) return words(ledger)
  // Steps to come have saved nothing yet: of an open dossier only the overruns are known.
  if (late) {
    const lines = ledger.lines.filter(({ kind, variance }) => kind === 'interval' && variance > 0)
    return words({ ...ledger, lines })
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
  const { tx, row, version, calendar, rules, judged, until } = frame
  if (!judged) {
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
    mode: judged.clock.mode,
    receivedAt,
    legal: judged.clock.legal,
    committed: judged.clock.committed,
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
