import type { Calendar } from '../calendar/calendar.ts'
import { formatLegal, formatWorkingTime, type Text } from '../calendar/format.ts'
import { legalDay } from '../clock.ts'
import { type Limit, startsAtOnce } from './limit.ts'
import { type ApplyInput, applyEvents, type ClockState } from './modes.ts'

/** trước hạn, đúng hạn, quá hạn (form "kiểm soát quá trình"); `open` while it is neither finished nor late. */
export type Outcome = 'open' | 'early' | 'on-time' | 'late'

export type Verdict = {
  outcome: Outcome
  dueAt: Date
  endedAt: Date | null
  /** Working minutes from due to end (or now), negative before the due date. */
  minutes: number
  reason: Text
}

export type Verdicts = {
  law: { legal: Verdict; committed: Verdict }
  index766: Verdict
  /** Why the law (committed date) and 766 disagree; null when they agree. */
  differ: Text | null
}

type VerdictInput = Omit<ApplyInput, 'limit'> & { legal: Limit; committed: Limit; now: Date }

/**
 * Two verdicts on one dossier from the same raw events (rules 4). The law judges every appointment of its
 * own mode; 766 judges the first date, moved by the supplement wait, and any second request as late
 * (QĐ 766/QĐ-TTg by the portal's formula, `rules.index766`, unverified).
 */
export function verdicts(input: VerdictInput): Verdicts {
  const { legal, committed, now, ...rest } = input
  const law = (limit: Limit) => judgeLaw(applyEvents({ ...rest, limit }), input, limit)
  const result = { legal: law(legal), committed: law(committed) }
  const index766 = judge766(input)
  return { law: result, index766, differ: difference(result.committed, index766) }
}

function judgeLaw(state: ClockState, { calendar, now }: VerdictInput, limit: Limit): Verdict {
  const end = state.finishedAt
  const at = end ?? (state.stopped ? state.stopped.since : now)
  const last = judge(calendar, state.lastDueAt, at, end, limit)
  const broken = state.rounds.find(
    (round) =>
      round.endedBy !== 'finished' && round.endedAt && round.endedAt.getTime() > round.dueAt.getTime(),
  )
  if (!broken || last.outcome === 'late') return last
  return {
    ...last,
    outcome: 'late',
    reason: {
      vi: `lần hẹn ${broken.number} (${formatLegal(broken.dueAt, 'vi')}) đã quá trước khi tính lại`,
      en: `appointment ${broken.number} (${formatLegal(broken.dueAt, 'en')}) had passed before the new count`,
    },
  }
}

function judge766(input: VerdictInput): Verdict {
  const { calendar, rules, committed, now, ...rest } = input
  const state = applyEvents({ ...rest, calendar, rules, limit: committed, supplements: 'PAUSE' })
  // A single request that was never answered is itself the end of processing.
  const ended = state.finishedAt ?? (state.stopped?.kind === 'asked' ? state.stopped.since : null)
  const verdict = judge(calendar, state.lastDueAt, ended ?? state.stopped?.since ?? now, ended, committed)
  const max = rules.index766.value.maxSupplementRequests
  if (state.requests <= max) return verdict
  return {
    ...verdict,
    outcome: 'late',
    reason: {
      vi: `yêu cầu bổ sung ${state.requests} lần, quá ${max} lần: 766 tính quá hạn`,
      en: `${state.requests} supplement requests, more than ${max}: late by 766`,
    },
  }
}

function judge(calendar: Calendar, dueAt: Date, at: Date, ended: Date | null, limit: Limit): Verdict {
  const minutes = calendar.workingMinutesBetween(dueAt, at)
  const base = { dueAt, endedAt: ended, minutes }
  if (at.getTime() > dueAt.getTime()) {
    // After the last close of work no working minute passes, but the date has.
    if (minutes === 0)
      return {
        ...base,
        outcome: 'late',
        reason: { vi: 'quá hạn, sau giờ làm việc của ngày hẹn', en: 'late, after hours of the due day' },
      }
    const late = (lang: 'vi' | 'en') => formatWorkingTime(minutes, lang, calendar.fullDayMinutes)
    return {
      ...base,
      outcome: 'late',
      reason: { vi: `quá hạn ${late('vi')}`, en: `late by ${late('en')}` },
    }
  }
  if (!ended)
    return { ...base, outcome: 'open', reason: { vi: 'chưa xong, còn hạn', en: 'open, within time' } }
  const early = startsAtOnce(limit.unit) ? minutes < 0 : legalDay(at) < legalDay(dueAt)
  return early
    ? { ...base, outcome: 'early', reason: { vi: 'trước hạn', en: 'before the due date' } }
    : { ...base, outcome: 'on-time', reason: { vi: 'đúng hạn', en: 'on time' } }
}

function difference(law: Verdict, index766: Verdict): Text | null {
  const late = (verdict: Verdict) => verdict.outcome === 'late'
  if (late(law) === late(index766)) return null
  const words = (verdict: Verdict, lang: 'vi' | 'en') =>
    `${verdict.reason[lang]} (${lang === 'vi' ? 'hạn' : 'due'} ${formatLegal(verdict.dueAt, lang)})`
  return {
    vi: `Theo luật: ${words(law, 'vi')}; theo 766: ${words(index766, 'vi')}`,
    en: `By law: ${words(law, 'en')}; by 766: ${words(index766, 'en')}`,
  }
}
