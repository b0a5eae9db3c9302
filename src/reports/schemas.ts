import { z } from 'zod'
import { AuditEntryView } from '../audit/entry-view.ts'
import {
  AgencyRef,
  ClockView,
  DossierSummary,
  HoldingView,
  LetterView,
  PersonRef,
  Text,
  UnitRef,
} from '../dossiers/schemas.ts'

const Id = z.uuid()
const Instant = z.iso.datetime({ offset: true })

/** Auditor, click 1: late dossiers of a period. */
export const LateDossier = z.object({
  id: Id,
  code: z.string(),
  procedure: z.object({ code: z.string(), name: Text }),
  agency: AgencyRef,
  applicant: z.string(),
  /** The first date that was missed. */
  originalDueAt: Instant,
  reappointedDueAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
  lateMinutes: z.int(),
  lateText: Text,
  worst: z
    .object({
      /** Of the unit: consulted bodies and other agencies hold dossiers too. */
      agency: Text,
      unit: UnitRef,
      person: PersonRef.nullable(),
      elementId: z.string(),
      stepName: Text,
      overrunMinutes: z.int(),
      overrunText: Text,
    })
    .nullable(),
  letter: z.enum(['in-time', 'late', 'none']),
  letterNumber: z.string().nullable(),
  cause: z.string(),
  /** Found by the clock or an auditor; asked; not answered in time; answered; concluded. */
  explanation: z.enum(['none', 'finding', 'asked', 'overdue', 'answered', 'concluded']),
})
const Totals = z.object({
  late: z.int(),
  openLate: z.int(),
  finishedLate: z.int(),
  letterInTime: z.int(),
  letterLate: z.int(),
  letterNone: z.int(),
})
export const LateReport = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  /** "Quá hạn 37 = đang trễ 16 + đã trả trễ 21; thư kịp 20, muộn 9, không 8" */
  sentence: Text,
  totals: Totals,
  dossiers: z.array(LateDossier),
  /** The last dossier of this page, after which the rest is asked for; null when these are all. */
  next: Id.nullable(),
})
/** The dossiers of the next page; the totals of the period stand on the first. */
export const MoreLate = LateReport.pick({ dossiers: true, next: true })

/** Breaches by each thing one may ask them by; every table adds up to the same totals. */
export const Breaches = LateReport.pick({ from: true, to: true, sentence: true }).extend({
  totals: Totals,
  /** Dossiers with a date in the period, late or not: the first one they missed, or the one in force. */
  due: z.int(),
  tables: z.array(
    z.object({
      dimension: z.enum(['period', 'agency', 'unit', 'person', 'procedure', 'step']),
      rows: z.array(
        z.object({
          /** What the list is asked for: an id, a code, or "none". */
          key: z.string(),
          name: Text,
          from: z.iso.date().nullable(),
          to: z.iso.date().nullable(),
          due: z.int().nullable(),
          totals: Totals,
          /** Working minutes of the largest overruns together. */
          overrunMinutes: z.int(),
        }),
      ),
    }),
  ),
})

/** Auditor, click 2: one sentence first, then the lanes by holder. */
export const DossierAudit = z.object({
  dossier: DossierSummary,
  /** Whether a date of the clock was missed, an apology's new date aside: as the lists say. */
  late: z.boolean(),
  sentence: Text,
  /** Working minutes of every round that missed its date, together; null when none did. */
  lateMinutes: z.int().nullable(),
  verdicts: z.object({ law: Text, index766: Text, differ: z.boolean(), reason: Text.nullable() }),
  holdings: z.array(HoldingView),
  /** Working minutes of the lead agency's reserve ("dự phòng"): limit less the allotments that draw on it (not reception's). */
  spareMinutes: z.int().nullable(),
  /** The closed books of the first round that missed its date, otherwise of the last; null while the dossier is open. */
  balance: z
    .object({
      varianceSum: z.int(),
      finishMinusDue: z.int(),
      lines: z.array(
        z.object({
          kind: z.enum(['receipt-day', 'interval', 'unused-step', 'spare']),
          holdingId: Id.nullable(),
          name: Text,
          allottedMinutes: z.int(),
          usedMinutes: z.int(),
          varianceMinutes: z.int(),
        }),
      ),
    })
    .nullable(),
  clocks: z.array(ClockView),
  letters: z.array(LetterView),
})

/** Auditor, click 3: the interval. */
export const IntervalAudit = z.object({
  holding: HoldingView,
  dossier: z.object({ id: Id, code: z.string() }),
  allottedBy: z.object({ text: Text, verified: z.boolean() }).nullable(),
  days: z.array(
    z.object({ day: z.iso.date(), counted: z.boolean(), minutes: z.int(), reason: Text, source: z.string() }),
  ),
  letters: z.array(LetterView),
  /** Notes of the staff written in this time, as they read now. */
  notes: z.array(z.object({ id: Id, at: Instant, author: z.string(), text: z.string() })),
  /** Acts that stopped the clock or let it go on in this time, each with the document that it names. */
  stops: z.array(
    z.object({
      at: Instant,
      kind: z.enum(['asked', 'complete', 'excluded', 'resumed']),
      document: z.string(),
    }),
  ),
  entries: z.array(AuditEntryView),
})

export const IncidentView = z.object({
  epoch: z.int(),
  key: z.string(),
  dossierId: Id.nullable(),
  dossierCode: z.string().nullable(),
  elementId: z.string(),
  stepName: Text.nullable(),
  errorType: z.string(),
  message: z.string(),
  state: z.enum(['open', 'resolved']),
  createdAt: Instant,
  retrying: z.boolean(),
})

export const ServerClock = z.object({
  now: Instant,
  machine: Instant,
  offsetMs: z.int(),
  controllable: z.boolean(),
  nextAlarmAt: Instant.nullable(),
  undecidedDays: z.array(z.object({ date: z.iso.date(), name: Text, source: z.string() })),
})
export const AdvanceClock = z.strictObject({ to: Instant })
