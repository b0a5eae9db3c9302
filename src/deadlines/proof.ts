import type { Calendar, DayExplanation } from '../calendar/calendar.ts'
import type { LegalDay } from '../calendar/day.ts'
import { yearOf } from '../calendar/day.ts'
import { formatDay, formatLegal, formatShortDay, type Lang, type Text } from '../calendar/format.ts'
import { isoLegal, legalDay } from '../clock.ts'

export const PROOF_KINDS = [
  'received',
  'first-day',
  'counted',
  'skipped',
  'stopped',
  'moved',
  'restarted',
  'due',
  'finished',
] as const

/**
 * One step of a computation: a day, or a stretch `from`–`to` (legal days, or instants as ISO text with
 * the legal offset), counted or not, why, and on whose word. `minutes` are working minutes.
 */
export type ProofLine = {
  kind: (typeof PROOF_KINDS)[number]
  day?: LegalDay
  from?: string
  to?: string
  counted: boolean
  minutes?: number
  reason: Text
  source: string
}

/** A day nobody has decided yet, and the date that would hold if it became a day off. */
export type ProofWarning = {
  kind: 'undecided-day'
  day: LegalDay
  text: Text
  source: string
  dueAtIfOff: string
}

/** Why a date is what it is; plain JSON, stored beside the date and shown unchanged everywhere. */
export type Proof = {
  lines: ProofLine[]
  sentence: Text
  /** True when a year without a decision was consulted: the date may move when the decision comes. */
  provisional: boolean
  warnings: ProofWarning[]
}

/** What a computation has looked at and said so far. */
export type Trace = { lines: ProofLine[]; clauses: Text[]; touched: Map<LegalDay, DayExplanation> }

export const startTrace = (): Trace => ({ lines: [], clauses: [], touched: new Map() })

/** Asks the calendar about a day and remembers that the result depends on it. */
export function look(trace: Trace, calendar: Calendar, day: LegalDay): DayExplanation {
  const explanation = calendar.explain(day)
  trace.touched.set(day, explanation)
  return explanation
}

/** Adds a clause to the sentence, both languages made by one function. */
export const say = (trace: Trace, words: (lang: Lang) => string): void => {
  trace.clauses.push({ vi: words('vi'), en: words('en') })
}

/** More days of one kind than this are summed up in the sentence; the lines name each. */
const NAMED_DAYS = 8

/** Says which days since `start` were skipped, and which were worked though the weekday says otherwise. */
export function sayDays(trace: Trace, start: number, year: string): void {
  const since = trace.lines.slice(start).filter((line) => line.day !== undefined)
  const skipped = groups(since.filter((line) => line.kind === 'skipped'))
  if (skipped.length > 0)
    say(trace, (lang) => {
      const parts = skipped.map((lines) => `${dayList(lines, lang, year)} (${lines[0]!.reason[lang]})`)
      return `${lang === 'vi' ? 'bỏ' : 'skipping'} ${parts.join(', ')}`
    })
  const special = since.filter(
    (line) => line.counted && trace.touched.get(line.day!)?.why === 'swapped-working-day',
  )
  for (const lines of groups(special))
    say(
      trace,
      (lang) =>
        `${lang === 'vi' ? 'tính cả' : 'counting'} ${dayList(lines, lang, year)} (${lines[0]!.reason[lang]})`,
    )
}

function groups(lines: ProofLine[]): ProofLine[][] {
  const byReason = new Map<string, ProofLine[]>()
  for (const line of lines) {
    const group = byReason.get(line.reason.vi)
    if (!group) byReason.set(line.reason.vi, [line])
    else if (group.at(-1)?.day !== line.day) group.push(line)
  }
  return [...byReason.values()]
}

function dayList(lines: ProofLine[], lang: Lang, year: string): string {
  const days = lines.map((line) => formatShortDay(line.day!, lang, year))
  if (days.length <= NAMED_DAYS) return days.join(', ')
  return lang === 'vi'
    ? `${days.length} ngày từ ${days[0]} đến ${days.at(-1)}`
    : `${days.length} days from ${days[0]} to ${days.at(-1)}`
}

/** The line and clause of a due date. */
export function sayDue(trace: Trace, dueAt: Date, source: string): void {
  const at = isoLegal(dueAt)
  trace.lines.push({
    kind: 'due',
    day: legalDay(dueAt),
    to: at,
    counted: false,
    reason: { vi: 'hạn trả kết quả', en: 'due' },
    source,
  })
  say(trace, (lang) => `${lang === 'vi' ? 'hạn' : 'due'} ${formatLegal(dueAt, lang)}`)
}

/**
 * Closes a trace. `again` computes the date once more on another calendar: for each undecided day that
 * was consulted it tells what would happen if the day were off; a day that changes nothing is no warning.
 */
export function finishProof(
  trace: Trace,
  calendar: Calendar,
  dueAt: Date,
  again: (calendar: Calendar) => Date,
): Proof {
  const touched = [...trace.touched.values()]
  const years = [...new Set(touched.filter((day) => day.provisional).map((day) => yearOf(day.day)))].sort()
  if (years.length > 0)
    say(trace, (lang) =>
      lang === 'vi'
        ? `tạm tính: chưa có quyết định ngày nghỉ năm ${years.join(', ')}`
        : `provisional: no decision on days off yet for ${years.join(', ')}`,
    )
  const warnings: ProofWarning[] = []
  for (const day of touched.filter((candidate) => candidate.why === 'undecided')) {
    const ifOff = again(calendar.ifOff(day.day))
    if (ifOff.getTime() !== dueAt.getTime()) warnings.push(undecidedWarning(day, ifOff))
  }
  return {
    lines: trace.lines,
    sentence: {
      vi: trace.clauses.map((clause) => clause.vi).join('; '),
      en: trace.clauses.map((clause) => clause.en).join('; '),
    },
    provisional: years.length > 0,
    warnings,
  }
}

const undecidedWarning = (day: DayExplanation, ifOff: Date): ProofWarning => ({
  kind: 'undecided-day',
  day: day.day,
  text: {
    vi: `${formatDay(day.day, 'vi')} chưa quyết định (${day.text.vi}); nếu nghỉ, hạn là ${formatLegal(ifOff, 'vi')}`,
    en: `${formatDay(day.day, 'en')} is not decided (${day.text.en}); if it is off, due ${formatLegal(ifOff, 'en')}`,
  },
  source: day.source,
  dueAtIfOff: isoLegal(ifOff),
})

/** The proof in words: the one text on receipt, worklist, report and letter. */
export const proofText = (proof: Proof, lang: Lang): string =>
  [proof.sentence[lang], ...proof.warnings.map((warning) => warning.text[lang])].join('. ')
