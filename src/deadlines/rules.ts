import type { LegalDay } from '../calendar/day.ts'
import shipped from './data/rules.json' with { type: 'json' }
import { DeadlineInputError } from './limit.ts'

type Basis = Record<string, never>

/** What each rule says; times are wall-clock 'HH:mm' in Asia/Ho_Chi_Minh. */
export type RuleValues = {
  /** Received after the cut-off: handed over at the next opening. Moves no due date. */
  handOver: { cutoff: string }
  /** Same-day procedures: received after the cut-off, the result is due on the next working day. */
  sameDayResult: { cutoff: string }
  /** Online filings after closing or on a day off count as filed at `opens` of the next working day. */
  onlineFiled: { closes: string; opens: string }
  /** Bases without a number of their own: what the proof cites. */
  dayCount: Basis
  hourCount: Basis
  lastDay: Basis
  month: Basis
  restart: Basis
  halfDay: { shareOfDay: number }
  supplement: { max: number; withinWorkingDays: number }
  apologyBy: { workingDaysBefore: number }
  reappointment: { max: number }
  warnAt: { workingDaysBeforeApology: number; workingHoursBeforeDue: number }
  apologyStart: { workingHoursBeforeApology: number; shareOfLimit: number }
  /** When an applicant who has not answered form 02 is reminded: after shares of the wait, and days before its end. */
  supplementReminder: { sharesOfWait: number[]; workingDaysBeforeEnd: number[] }
  /** When a step overdue is shown to the head of unit, and to the leader; working days after the step's own limit. */
  escalation: { headAfterWorkingDays: number; leaderAfterWorkingDays: number }
  /** From when a finished result counts as uncollected; the working days that an urging slip gives to answer. */
  uncollected: { afterWorkingDays: number }
  urging: { answerWithinWorkingDays: number }
  index766: { maxSupplementRequests: number }
}

export type RuleId = keyof RuleValues

/** One rule between two days (both counted; `validTo` null: still in force), for all or one province. */
export type RuleRow<K extends RuleId = RuleId> = {
  id: K
  value: RuleValues[K]
  source: string
  validFrom: LegalDay
  validTo: LegalDay | null
  verified: boolean
  province?: string
}

/** The rules in force on one day. */
export type Rules = { [K in RuleId]: RuleRow<K> }

export const shippedRules = shipped as RuleRow[]

const IDS: RuleId[] = [...new Set(shippedRules.map((row) => row.id))]

/**
 * The rules in force on a legal day (that of receipt: a dossier of 2024 is computed by the rules of
 * 2024). A province's row goes before the general one. Throws DeadlineInputError before 21/06/2018.
 */
export function rulesOn(day: LegalDay, rows: RuleRow[] = shippedRules, province?: string): Rules {
  const found = IDS.map((id) => {
    const valid = rows.filter(
      (row) => row.id === id && row.validFrom <= day && (row.validTo === null || day <= row.validTo),
    )
    const row =
      valid.find((candidate) => province !== undefined && candidate.province === province) ??
      valid.find((candidate) => candidate.province === undefined)
    if (!row)
      throw new DeadlineInputError('receivedAt', {
        vi: `không có quy tắc '${id}' cho ngày ${day}; thêm một dòng quy tắc có hiệu lực ngày đó`,
        en: `there is no rule '${id}' for ${day}; add a rule row that is in force on that day`,
      })
    return [id, row]
  })
  return Object.fromEntries(found) as Rules
}
