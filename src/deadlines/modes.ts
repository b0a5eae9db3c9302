import type { Calendar } from '../calendar/calendar.ts'
import { formatLegal } from '../calendar/format.ts'
import { isoLegal } from '../clock.ts'
import { checkInstant, computeDue, sayReceived } from './due.ts'
import { checkSpan, DeadlineInputError, type Limit, type Span } from './limit.ts'
import { finishProof, type Proof, say, sayDue, startTrace, type Trace } from './proof.ts'
import {
  type LegalEvent,
  type OpenRound,
  openRound,
  type Round,
  resumeRound,
  type Stop,
  stopLine,
  stopRound,
} from './rounds.ts'
import type { Rules } from './rules.ts'

/**
 * RESTART: counted anew after supplements (NĐ 61 art. 19.4), the default. PAUSE: the wait is not counted;
 * only with a cited text. EXCLUDED-STAGE: a stage of another body (tax, payment) is not counted; with a
 * split limit it separates two appointments.
 */
export type ClockMode = 'RESTART' | 'PAUSE' | 'EXCLUDED-STAGE'

export type { LegalEvent } from './rounds.ts'

export type ApplyInput = {
  calendar: Calendar
  rules: Rules
  mode: ClockMode
  receivedAt: Date
  limit: Limit
  events: LegalEvent[]
  /** The text that allows a pause or an excluded stage, cited in the proof. */
  basis?: string
  /** What a supplement does to the count; by default what the mode says (EXCLUDED-STAGE: RESTART). */
  supplements?: 'RESTART' | 'PAUSE'
}

export type ClockState = {
  mode: ClockMode
  /** Null while the clock stands still. */
  dueAt: Date | null
  /** The date of the current round, also while it stands still. */
  lastDueAt: Date
  rounds: Round[]
  stopped: { kind: Stop['kind']; since: Date; remainingMinutes: number } | null
  finishedAt: Date | null
  /** Supplement requests so far. */
  requests: number
  proof: Proof
}

/**
 * The clock after its events, with the proof of the current date. Rounds keep their old dates. Finishing
 * during a stop takes the stop out of the count in every mode. Throws DeadlineInputError for events out
 * of order or without their beginning.
 */
export function applyEvents(input: ApplyInput): ClockState {
  const { calendar, limit, mode } = input
  checkInstant(input.receivedAt, 'receivedAt')
  for (const [field, span] of spansOf(limit)) checkSpan(span, field)
  checkOrder(input)
  const trace = startTrace()
  const { rounds, stop, finishedAt, requests } = replay(trace, input)
  const current = rounds.at(-1)!
  const again = (other: Calendar) => replay(startTrace(), { ...input, calendar: other }).rounds.at(-1)!.dueAt
  return {
    mode,
    dueAt: stop ? null : current.dueAt,
    lastDueAt: current.dueAt,
    rounds: rounds.map(({ rawLastDay: _, ...round }) => round),
    stopped: stop && {
      kind: stop.kind,
      since: stop.from,
      remainingMinutes: calendar.workingMinutesBetween(stop.from, current.dueAt),
    },
    finishedAt,
    requests,
    proof: finishProof(trace, calendar, current.dueAt, again),
  }
}

const spansOf = (limit: Limit): [string, Span][] => [
  ['limit', limit],
  ...(limit.split
    ? ([
        ['limit.split.first', limit.split.first],
        ['limit.split.second', limit.split.second],
      ] as [string, Span][])
    : []),
]

type Replay = { rounds: OpenRound[]; stop: Stop | null; finishedAt: Date | null; requests: number }

function replay(trace: Trace, input: ApplyInput): Replay {
  const { rules, mode, limit, events } = input
  const split = mode === 'EXCLUDED-STAGE' ? limit.split : undefined
  const basis = input.basis ?? ''
  const supplements = input.supplements ?? (mode === 'PAUSE' ? 'PAUSE' : 'RESTART')
  let span: Span = split
    ? split.first
    : { value: limit.value, unit: limit.unit, ...(limit.cutoff && { cutoff: limit.cutoff }) }
  sayReceived(trace, input.receivedAt)
  let round = openRound(trace, input, { number: 1, cause: 'received', from: input.receivedAt, span })
  const state: Replay = { rounds: [round], stop: null, finishedAt: null, requests: 0 }
  const next = (cause: Round['cause'], from: Date) => {
    round = openRound(trace, input, { number: round.number + 1, cause, from, span })
    state.rounds.push(round)
  }
  const endRound = (stop: Stop, to: Date, source: string) => {
    stop.to = to
    stopLine(trace, stop, to, source)
    round.endedAt = stop.from
    round.endedBy = stop.kind
  }

  for (const event of events) {
    const { stop } = state
    if (event.kind === 'asked' || event.kind === 'excluded') {
      if (event.kind === 'asked') state.requests++
      stopRound(trace, round, event, event.kind)
      state.stop = round.stops.at(-1)!
    } else if (event.kind === 'finished') {
      if (stop) resumeRound(trace, input, round, event.at, basis)
      state.stop = null
      state.finishedAt = event.at
      round.endedAt = event.at
      round.endedBy = 'finished'
    } else if (event.kind === 'complete' && supplements === 'RESTART') {
      endRound(stop!, event.at, rules.restart.source)
      state.stop = null
      sayRestart(trace, round.dueAt, event.at, rules.restart.source)
      next('restarted', event.at)
    } else if (event.kind === 'resumed' && split && !state.rounds.some(isSecond)) {
      endRound(stop!, event.at, basis)
      state.stop = null
      span = split.second
      saySecond(trace, round.dueAt, event.at)
      next('second-appointment', event.at)
    } else {
      resumeRound(trace, input, round, event.at, basis)
      state.stop = null
    }
  }
  if (state.stop) sayStandsStill(trace, state.stop, round.dueAt, basis)
  else sayDue(trace, round.dueAt, rules.lastDay.source)
  if (state.finishedAt) sayFinished(trace, state.finishedAt)
  return state
}

const isSecond = (round: Round): boolean => round.cause === 'second-appointment'

function sayRestart(trace: Trace, oldDue: Date, at: Date, source: string): void {
  trace.lines.push({
    kind: 'restarted',
    from: isoLegal(at),
    counted: false,
    reason: {
      vi: `nhận đủ hồ sơ, tính lại từ đầu; hạn cũ ${formatLegal(oldDue, 'vi')}`,
      en: `papers complete, counted anew; the old date was ${formatLegal(oldDue, 'en')}`,
    },
    source,
  })
  say(trace, (lang) =>
    lang === 'vi'
      ? `đủ hồ sơ ${formatLegal(at, lang)}, tính lại từ đầu (hạn cũ ${formatLegal(oldDue, lang)})`
      : `papers complete ${formatLegal(at, lang)}, counted anew (old date ${formatLegal(oldDue, lang)})`,
  )
}

function saySecond(trace: Trace, firstDue: Date, at: Date): void {
  say(trace, (lang) =>
    lang === 'vi'
      ? `hẹn lần một ${formatLegal(firstDue, lang)}; tính hẹn lần hai từ ${formatLegal(at, lang)}`
      : `first appointment ${formatLegal(firstDue, lang)}; second counted from ${formatLegal(at, lang)}`,
  )
}

/** While the clock stands still nothing is due; the proof says since when, and what the date was. */
function sayStandsStill(trace: Trace, stop: Stop, dueBefore: Date, source: string): void {
  const words = {
    vi: `đồng hồ đang dừng, chưa có hạn; hạn trước khi dừng ${formatLegal(dueBefore, 'vi')}`,
    en: `the clock stands still, nothing is due; before it stopped due ${formatLegal(dueBefore, 'en')}`,
  }
  trace.lines.push({
    kind: 'stopped',
    from: isoLegal(stop.from),
    counted: false,
    reason: words,
    source,
  })
  say(trace, (lang) => words[lang])
}

function sayFinished(trace: Trace, at: Date): void {
  const reason = { vi: 'đã xử lý xong', en: 'finished' }
  trace.lines.push({ kind: 'finished', to: isoLegal(at), counted: false, reason, source: '' })
  say(trace, (lang) => `${lang === 'vi' ? 'xong' : 'finished'} ${formatLegal(at, lang)}`)
}

function checkOrder({ receivedAt, events }: ApplyInput): void {
  const refuse = (index: number, field: string, vi: string, en: string): never => {
    throw new DeadlineInputError(`events[${index}].${field}`, { vi, en })
  }
  let before = receivedAt
  let open: LegalEvent['kind'] | null = null
  events.forEach(({ at, kind }, index) => {
    checkInstant(at, `events[${index}].at`)
    if (at.getTime() < before.getTime())
      refuse(
        index,
        'at',
        'sớm hơn sự kiện trước hoặc lúc nhận; xếp sự kiện theo thời gian',
        'before the previous event or the receipt; put events in order of time',
      )
    before = at
    if (open === 'finished')
      refuse(index, 'kind', 'hồ sơ đã xong; bỏ sự kiện sau', 'after the end; leave it out')
    if (kind === 'asked' || kind === 'excluded') {
      if (open) refuse(index, 'kind', `đang dừng vì '${open}'`, `the clock already stands still: '${open}'`)
      open = kind
    } else if (kind === 'complete' || kind === 'resumed') {
      const begun = kind === 'complete' ? 'asked' : 'excluded'
      if (open !== begun) refuse(index, 'kind', `thiếu '${begun}' trước '${kind}'`, `no '${begun}' before it`)
      open = null
    } else if (kind === 'finished') open = kind
    else
      refuse(
        index,
        'kind',
        `không có loại '${kind}'; dùng asked, complete, excluded, resumed, finished`,
        `there is no kind '${kind}'; use asked, complete, excluded, resumed, finished`,
      )
  })
}

/** Working minutes left before the due date at an instant; negative when it has passed. */
export function remainingMinutes(calendar: Calendar, state: ClockState, now: Date): number {
  if (state.stopped) return state.stopped.remainingMinutes
  return calendar.workingMinutesBetween(state.finishedAt ?? now, state.lastDueAt)
}

/**
 * A supplement request against its rule (rules 5): until when it may be asked in this round, whether it
 * comes too late, and whether it is beyond the rounds allowed. Never a refusal: beyond `max` a leader's
 * written reason, a finding and a 766-late mark follow.
 */
export function supplementCheck(input: {
  calendar: Calendar
  rules: Rules
  state: ClockState
  at: Date
  max?: number
  within?: Span
}): { askBy: Date; lateAsk: boolean; beyondMax: boolean } {
  const { calendar, rules, state, at } = input
  const within = input.within ?? { value: rules.supplement.value.withinWorkingDays, unit: 'working-day' }
  const { startedAt } = state.rounds.at(-1)!
  const { dueAt: askBy } = computeDue({ calendar, rules, receivedAt: startedAt, limit: within })
  return {
    askBy,
    lateAsk: at.getTime() > askBy.getTime(),
    beyondMax: state.requests >= (input.max ?? rules.supplement.value.max),
  }
}
