import { z } from 'zod'
import type { Tx } from '../database/transaction.ts'
import { invalid, invalidField } from '../http/invalid.ts'
import { type Route, route } from '../http/route.ts'
import { daysInForce, dayVersions } from './agency-calendar.ts'
import { CalendarError, importShape, readCalendarImport } from './check.ts'
import { type CalendarDay, isLegalDay, yearOf } from './day.ts'
import { type DayChange, decideDay, decideYears, isProvisional, planYears } from './decide.ts'
import { previewChange, previewDay } from './preview.ts'
import { proposeYear } from './propose.ts'

const Text = z.object({ vi: z.string(), en: z.string().optional() })
const Kind = z.enum(['holiday', 'substitute', 'swapped-working-day', 'undecided'])
const [FIRST_YEAR, LAST_YEAR] = [2000, 2199]
/** A legal day of the years the lunar calendar is known for. */
const Day = z.iso
  .date()
  .refine((day) => isLegalDay(day) && yearOf(day) >= FIRST_YEAR && yearOf(day) <= LAST_YEAR, {
    params: {
      vi: `Ghi một ngày của các năm ${FIRST_YEAR}–${LAST_YEAR}.`,
      en: `Give a day of the years ${FIRST_YEAR}–${LAST_YEAR}.`,
    },
  })

export const CalendarYear = z.object({
  year: z.int(),
  /** No decision of this year is known: the days shown are proposed. */
  provisional: z.boolean(),
  days: z.array(
    z.object({
      date: z.iso.date(),
      kind: Kind,
      name: Text,
      source: z.string(),
      decision: z.string(),
      swapWith: z.iso.date().nullable(),
      substitutesFor: z.iso.date().nullable(),
      verified: z.boolean(),
      test: z.boolean(),
    }),
  ),
})
export const DayPreview = z.object({
  dossiers: z.int(),
  examples: z.array(
    z.object({
      code: z.string(),
      dueAt: z.iso.datetime({ offset: true }),
      newDueAt: z.iso.datetime({ offset: true }),
    }),
  ),
})
/** What was decided of a day, newest first; `to` null: in force. */
export const DayVersions = z.object({
  versions: z.array(
    z.object({
      kind: Kind,
      name: Text,
      source: z.string(),
      decision: z.string(),
      verified: z.boolean(),
      from: z.iso.datetime({ offset: true }),
      to: z.iso.datetime({ offset: true }).nullable(),
    }),
  ),
})

/** `begin` and `end`: how many days are decided otherwise than before, and how many no more. */
export const YearsPreview = DayPreview.extend({ begin: z.int(), end: z.int() })

const words = (max: number) => z.string().trim().max(max)
const change = {
  date: Day,
  kind: Kind.nullable(),
  name: z.strictObject({ vi: words(200), en: words(200).optional() }).default({ vi: '' }),
  source: words(1000).default(''),
  decision: words(300).default(''),
  swapWith: Day.nullish(),
}
const PreviewDay = z.strictObject({ ...change, reason: words(500).optional() })
const DecideDay = z.strictObject({ ...change, reason: words(500).min(1) })

function changeOf(body: z.output<typeof PreviewDay>): DayChange {
  const { date, kind, name, source, decision, swapWith } = body
  if (swapWith && kind !== 'substitute' && kind !== 'swapped-working-day')
    throw invalidField(
      'swapWith',
      'Chỉ ngày nghỉ bù và ngày làm bù mới có ngày hoán đổi; hãy bỏ mục này.',
      'Only a substitute and a made-up working day are swapped with another; leave this out.',
    )
  return { date, kind, name, source, decision, ...(swapWith ? { swapWith } : {}) }
}

/** A decision that stays on the record says what the day is and on whose word. */
function checkWords({ kind, name, source }: DayChange): void {
  if (kind === null) return
  if (!name.vi)
    throw invalidField('name.vi', 'Ghi tên ngày bằng tiếng Việt.', 'Give the day its Vietnamese name.')
  if (!source)
    throw invalidField(
      'source',
      'Ghi nguồn: số văn bản hoặc địa chỉ trang công bố.',
      'Give the source: the number of the text or the page that published it.',
    )
}

const ImportYears = z.strictObject({ ...importShape.shape, reason: words(500).min(1) })
const PreviewYears = importShape

/** The days of a file; its contradictions, and another zone, are told at their fields with how to mend them. */
function daysOf({ timeZone, days }: z.output<typeof PreviewYears>): CalendarDay[] {
  try {
    return readCalendarImport({ timeZone, days })
  } catch (error) {
    if (!(error instanceof CalendarError)) throw error
    throw invalid(
      error.problems.map(({ field, problem, mend }) => ({
        field: field.replace(/\[(\d+)\]/g, '.$1'),
        message: { vi: `${problem.vi}; ${mend.vi}.`, en: `${problem.en}; ${mend.en}.` },
      })),
    )
  }
}

async function calendarYear(tx: Tx, year: number) {
  const inForce = await daysInForce(tx.sql)
  const provisional = isProvisional(inForce, year)
  const rows = inForce.filter(({ date }) => yearOf(date) === year)
  const known = new Set(rows.map(({ date }) => date))
  const proposed = provisional ? proposeYear(year).filter(({ date }) => !known.has(date)) : []
  const marked = await tx.sql<{ date: string }>(
    'select date from calendar_day where valid_to is null and test',
  )
  const test = new Set(marked.map(({ date }) => date))
  return {
    year,
    provisional,
    days: [...rows, ...proposed]
      .sort((a, b) => (a.date < b.date ? -1 : 1))
      .map(({ date, kind, name, source, decision, swapWith, substitutesFor, verified }) => ({
        date,
        kind,
        name,
        source,
        decision: decision ?? '',
        swapWith: swapWith ?? null,
        substitutesFor: substitutesFor ?? null,
        verified,
        test: test.has(date),
      })),
  }
}

export const calendarRoutes = (): Route[] => [
  route({
    method: 'get',
    path: '/api/admin/calendar',
    summary: 'The days off and swapped days of a year, or what is proposed for it',
    permission: { action: 'read', subject: 'Calendar' },
    query: z.strictObject({ year: z.coerce.number().int().min(FIRST_YEAR).max(LAST_YEAR) }),
    answer: CalendarYear,
    handler: ({ tx, query }) => calendarYear(tx, query.year),
  }),
  route({
    method: 'get',
    path: '/api/admin/calendar/days/:date',
    summary: 'Every decision there ever was on a day: none is changed in place',
    permission: { action: 'read', subject: 'Calendar' },
    params: z.strictObject({ date: Day }),
    answer: DayVersions,
    handler: async ({ tx, params }) => ({ versions: await dayVersions(tx.sql, params.date) }),
  }),
  route({
    method: 'post',
    path: '/api/admin/calendar/preview',
    summary: 'Which open dossiers a decision on a day would move',
    permission: { action: 'update', subject: 'Calendar' },
    body: PreviewDay,
    answer: DayPreview,
    handler: ({ tx, body }) => previewDay(tx, changeOf(body)),
  }),
  route({
    method: 'put',
    path: '/api/admin/calendar/days',
    summary: 'Decide a day, and count open dossiers again',
    permission: { action: 'update', subject: 'Calendar' },
    body: DecideDay,
    answer: z.object({ dossiers: z.int() }),
    async handler({ tx, body }) {
      const decided = changeOf(body)
      checkWords(decided)
      const moves = await decideDay(tx, decided, body.reason)
      return { dossiers: moves.length }
    },
  }),
  route({
    method: 'post',
    path: '/api/admin/calendar/years/preview',
    summary: 'What the decided years of a file would change, and which open dossiers they would move',
    permission: { action: 'update', subject: 'Calendar' },
    body: PreviewYears,
    answer: YearsPreview,
    async handler({ tx, body }) {
      const plan = planYears(await daysInForce(tx.sql), daysOf(body))
      return { begin: plan.begin.length, end: plan.end.length, ...(await previewChange(tx, plan)) }
    },
  }),
  route({
    method: 'put',
    path: '/api/admin/calendar/years',
    summary: 'Take the decided years of a file over, and count open dossiers again',
    permission: { action: 'update', subject: 'Calendar' },
    body: ImportYears,
    answer: z.object({ dossiers: z.int() }),
    handler: async ({ tx, body }) => ({
      dossiers: (await decideYears(tx, daysOf(body), body.reason)).length,
    }),
  }),
]
