import type { z } from 'zod'
import type { Calendar } from '../calendar/calendar.ts'
import { formatDay, formatLegal, formatWorkingTime } from '../calendar/format.ts'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { computeDue } from '../deadlines/due.ts'
import { rulesOn } from '../deadlines/rules.ts'
import { calendars } from '../reports/facts.ts'
import { auditScope, dueDays, type LateFilter } from '../reports/read-model.ts'
import type { Text } from '../text.ts'
import { CANDIDATES } from './gamed-sql.ts'
import { GAMED_RULES, type GamedRule, gamedRule, gamedRules } from './rules.ts'
import type { GamedHits, GamedTally } from './schemas.ts'

type Hit = z.input<typeof GamedHits>['hits'][number]
type Facts = {
  startedAt?: string
  dueAt?: string
  mode?: string
  stands?: { from: string; to: string }[]
  code?: string
  filedAt?: string
  receivedAt?: string | null
  paper?: string
  proofDueAt?: string | null
  unit?: string
  until?: string
}
type Candidate = {
  id: string
  code: string
  procedure_code: string
  procedure_name: Text
  agency_id: string
  agency_code: string
  agency_name: Text
  at: Date
  facts: Facts
  finding_id: string | null
}
type Filter = Pick<LateFilter, 'from' | 'to' | 'agencyId'>

/** More than so many are counted and not listed. */
export const MOST_LISTED = 1000

/** Candidates whose suspicious instant lies in the period, of dossiers within the actor's reach. */
function candidates(tx: Tx, rule: GamedRule, filter: Filter): Promise<Candidate[]> {
  const params: unknown[] = [
    ...dueDays(filter),
    filter.agencyId ?? null,
    tx.at,
    gamedRule(rule).threshold.value,
    `${rule}`,
  ]
  return tx.sql<Candidate>(
    `select d.id, d.code, d.procedure_code, v.definition->'name' as procedure_name, a.id as agency_id, a.code as agency_code,
            a.name as agency_name, g.at, g.facts,
            (select f.id from finding f where f.dossier_id = d.id and f.kind = $6 order by f.at desc limit 1) as finding_id
       from dossier d
       join procedure_version v on v.id = d.procedure_version_id
       join agency a on a.id = d.agency_id
       join lateral (${CANDIDATES[rule]}) g on true
      where g.at >= $1 and g.at < $2 and ($3::uuid is null or d.agency_id = $3)
        and $4::timestamptz is not null and $5::int is not null and ${auditScope(tx, 'd', params)}
      order by g.at, d.code`,
    params,
  )
}

const minutesLeft = (calendar: Calendar, { at, facts }: Candidate): number => {
  const whole = calendar.workingMinutesBetween(at, new Date(facts.dueAt!))
  if (facts.mode !== 'PAUSE') return whole
  const stood = (facts.stands ?? []).reduce(
    (sum, { from, to }) => sum + calendar.workingMinutesBetween(new Date(from), new Date(to)),
    0,
  )
  return whole - stood
}

/**
 * Whether form 02 was sent when the date was nearly missed: with no more than the threshold left and after the first days,
 * in which the law lets one ask (so never within a limit that is not longer than they are), or when it had passed.
 */
function isAskedAtTheEnd(calendar: Calendar, one: Candidate): boolean {
  const left = minutesLeft(calendar, one)
  if (left < 0 || one.at > new Date(one.facts.dueAt!)) return true
  const { value, within } = gamedRule('supplement-at-the-end').threshold
  const receivedAt = new Date(one.facts.startedAt!)
  const { dueAt: askBy } = computeDue({
    calendar,
    rules: rulesOn(legalDay(receivedAt)),
    receivedAt,
    limit: { value: within?.value ?? 0, unit: 'working-day' },
  })
  return one.at > askBy && left <= value * calendar.fullDayMinutes
}

/** At the end of a working day, within so many working minutes of its close, and still within hours. */
function isAtClose(calendar: Calendar, at: Date, minutes: number): boolean {
  const day = legalDay(at)
  if (!calendar.isWorkingDay(day)) return false
  const close = calendar.closeOfWork(day)
  return at <= close && calendar.workingMinutesBetween(at, close) <= minutes
}

/** What SQL cannot decide: whatever hangs on working time, or on several dossiers together. */
async function kept(
  rule: GamedRule,
  found: Candidate[],
  calendar: (agencyId: string) => Promise<Calendar>,
): Promise<Candidate[]> {
  const { threshold } = gamedRule(rule)
  if (rule === 'supplement-at-the-end') {
    const late: Candidate[] = []
    for (const one of found) {
      if (isAskedAtTheEnd(await calendar(one.agency_id), one)) late.push(one)
    }
    return late
  }
  if (rule === 'finish-cluster') {
    const atClose: Candidate[] = []
    for (const one of found)
      if (isAtClose(await calendar(one.agency_id), one.at, threshold.within?.value ?? 0)) atClose.push(one)
    return [...Map.groupBy(atClose, ({ at, facts }) => `${facts.unit} ${legalDay(at)}`).values()]
      .filter((group) => group.length >= threshold.value)
      .flat()
  }
  return found
}

/** What of the sign stands in the record, in words. */
function said(rule: GamedRule, one: Candidate, calendar: Calendar): Text & { en: string } {
  const { facts, at } = one
  const when = (iso: string | null | undefined, lang: 'vi' | 'en') =>
    iso ? formatLegal(new Date(iso), lang) : lang === 'vi' ? 'chưa' : 'not yet'
  const words: Record<GamedRule, (lang: 'vi' | 'en') => string> = {
    'supplement-at-the-end': (lang) => {
      const minutes = minutesLeft(calendar, one)
      const left = formatWorkingTime(minutes, lang, calendar.fullDayMinutes)
      if (minutes < 0 || at > new Date(facts.dueAt!))
        return lang === 'vi'
          ? `Gửi phiếu 02 khi đã quá hạn ${left} (hạn ${when(facts.dueAt, lang)})`
          : `Form 02 sent ${left} after the date (due ${when(facts.dueAt, lang)})`
      return lang === 'vi'
        ? `Gửi phiếu 02 khi còn ${left} (hạn ${when(facts.dueAt, lang)})`
        : `Form 02 sent with ${left} left (due ${when(facts.dueAt, lang)})`
    },
    'done-without-file': (lang) =>
      lang === 'vi'
        ? `Ghi xong lúc ${formatLegal(at, lang)}, chưa ban hành văn bản kết quả nào`
        : `Finished ${formatLegal(at, lang)}; no result was issued`,
    refiled: (lang) =>
      lang === 'vi'
        ? `Nộp lại thành ${facts.code} lúc ${when(facts.filedAt, lang)}`
        : `Filed again as ${facts.code}, ${when(facts.filedAt, lang)}`,
    'received-late': (lang) =>
      lang === 'vi'
        ? `Hạn tiếp nhận ${when(facts.dueAt, lang)}, tiếp nhận: ${when(facts.receivedAt, lang)}`
        : `To be received by ${when(facts.dueAt, lang)}, received: ${when(facts.receivedAt, lang)}`,
    'pause-without-paper': (lang) =>
      lang === 'vi'
        ? `Dừng lúc ${formatLegal(at, lang)}${facts.paper ? `, ghi số ${facts.paper} nhưng không có trong sổ` : ', không ghi văn bản nào'}`
        : `Stopped ${formatLegal(at, lang)}${facts.paper ? `; number ${facts.paper} stands in no book` : '; no document is named'}`,
    'due-edited': (lang) =>
      lang === 'vi'
        ? `Hạn đang ghi ${when(facts.dueAt, lang)}; theo chứng minh ${when(facts.proofDueAt, lang)}`
        : `On record ${when(facts.dueAt, lang)}; by the proof ${when(facts.proofDueAt, lang)}`,
    'finish-cluster': (lang) =>
      lang === 'vi' ? `Ghi xong lúc ${formatLegal(at, lang)}` : `Finished ${formatLegal(at, lang)}`,
    'suspended-long': (lang) =>
      lang === 'vi'
        ? `Dừng từ ${formatDay(legalDay(at), lang)} đến ${when(facts.until, lang)}`
        : `Stood still from ${formatDay(legalDay(at), lang)} to ${when(facts.until, lang)}`,
  }
  return { vi: words[rule]('vi'), en: words[rule]('en') }
}

async function hitsOf(tx: Tx, rule: GamedRule, filter: Filter): Promise<Candidate[]> {
  return kept(rule, await candidates(tx, rule, filter), calendars(tx))
}

/** Every sign with how many dossiers show it: the same search that lists them, so that the two cannot disagree. */
export async function gamedTally(tx: Tx, filter: Filter): Promise<z.input<typeof GamedTally>> {
  const counts = new Map<GamedRule, number>()
  for (const rule of GAMED_RULES)
    counts.set(rule, new Set((await hitsOf(tx, rule, filter)).map(({ id }) => id)).size)
  return {
    from: filter.from,
    to: filter.to,
    rules: gamedRules.map((rule) => ({ ...rule, count: counts.get(rule.key) ?? 0 })),
  }
}

/** The dossiers that show a sign, by the instant of the suspicious act. */
export async function gamedHits(tx: Tx, rule: GamedRule, filter: Filter): Promise<z.input<typeof GamedHits>> {
  const all = await hitsOf(tx, rule, filter)
  const calendar = calendars(tx)
  const hits: Hit[] = []
  for (const one of all.slice(0, MOST_LISTED))
    hits.push({
      id: one.id,
      code: one.code,
      procedure: { code: one.procedure_code, name: one.procedure_name },
      agency: { id: one.agency_id, code: one.agency_code, name: one.agency_name },
      at: one.at.toISOString(),
      said: said(rule, one, await calendar(one.agency_id)),
      findingId: one.finding_id,
    })
  return {
    rule: gamedRule(rule),
    count: new Set(all.map(({ id }) => id)).size,
    hits,
    unlisted: Math.max(0, all.length - MOST_LISTED),
  }
}
