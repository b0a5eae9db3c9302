import { z } from 'zod'
import { LEGAL_ZONE } from '../clock.ts'
import { type CalendarDay, isLegalDay, weekdayOf } from './day.ts'

/** What is wrong in a calendar, where, and how to mend it. */
export type CalendarProblem = {
  /** Path of the field, such as `days[3].swapWith`. */
  field: string
  problem: { vi: string; en: string }
  mend: { vi: string; en: string }
}

export class CalendarError extends Error {
  readonly problems: CalendarProblem[]
  constructor(problems: CalendarProblem[]) {
    super(problems.map(({ field, problem, mend }) => `${field}: ${problem.en}; ${mend.en}`).join('\n'))
    this.name = 'CalendarError'
    this.problems = problems
  }
}

const dayShape = z.strictObject({
  date: z.string(),
  name: z.strictObject({ vi: z.string().min(1), en: z.string().min(1).optional() }),
  kind: z.enum(['holiday', 'substitute', 'swapped-working-day', 'undecided']),
  source: z.string().min(1),
  verified: z.boolean(),
  decision: z.string().min(1).optional(),
  swapWith: z.string().optional(),
  substitutesFor: z.string().optional(),
  knownFrom: z.string().optional(),
})

/** A calendar as a file: whole years, and the zone in which their days are meant. */
export const importShape = z.strictObject({ timeZone: z.string(), days: z.array(dayShape).min(1).max(2000) })

/**
 * Reads an imported calendar `{ timeZone, days }`. Throws CalendarError with field and mend for a wrong
 * shape, another zone than Asia/Ho_Chi_Minh, a duplicate day, or a swap without its pair.
 */
export function readCalendarImport(input: unknown): CalendarDay[] {
  const read = importShape.safeParse(input)
  if (!read.success)
    throw new CalendarError(
      read.error.issues.map((issue) => ({
        field: pathOf(issue.path),
        problem: { vi: `sai dạng (${issue.message})`, en: `wrong shape (${issue.message})` },
        mend: {
          vi: 'ghi { timeZone, days: [{ date, name: { vi }, kind, source, verified }] }',
          en: 'write { timeZone, days: [{ date, name: { vi }, kind, source, verified }] }',
        },
      })),
    )
  const { timeZone, days } = read.data
  const problems = findProblems(days)
  if (timeZone !== LEGAL_ZONE)
    problems.unshift({
      field: 'timeZone',
      problem: { vi: `múi giờ ${timeZone} không phải giờ pháp lý`, en: `${timeZone} is not the legal zone` },
      mend: {
        vi: `đổi các ngày sang ${LEGAL_ZONE} rồi ghi timeZone: '${LEGAL_ZONE}'`,
        en: `convert the days to ${LEGAL_ZONE} and write timeZone: '${LEGAL_ZONE}'`,
      },
    })
  if (problems.length > 0) throw new CalendarError(problems)
  return days
}

const pathOf = (path: PropertyKey[]): string =>
  path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text && `${text}.`}${String(key)}`),
    '',
  )

/** Contradictions among calendar days: format, duplicates, swaps and substitutes without their other half. */
export function findProblems(days: CalendarDay[]): CalendarProblem[] {
  const problems: CalendarProblem[] = []
  const byDate = new Map<string, CalendarDay>()
  days.forEach((day, index) => {
    const field = `days[${index}]`
    for (const key of ['date', 'swapWith', 'substitutesFor', 'knownFrom'] as const) {
      const value = day[key]
      if (value !== undefined && !isLegalDay(value)) problems.push(wrongDay(`${field}.${key}`, value))
    }
    if (byDate.has(day.date)) problems.push(duplicate(`${field}.date`, day.date))
    byDate.set(day.date, day)
  })
  if (problems.length > 0) return problems
  days.forEach((day, index) => {
    const field = `days[${index}]`
    if (day.kind === 'swapped-working-day' || day.swapWith) problems.push(...swapProblems(field, day, byDate))
    if (day.substitutesFor && byDate.get(day.substitutesFor)?.kind !== 'holiday')
      problems.push({
        field: `${field}.substitutesFor`,
        problem: {
          vi: `${day.date} nghỉ bù cho ${day.substitutesFor} nhưng ngày đó không phải ngày lễ`,
          en: `${day.date} is in lieu of ${day.substitutesFor}, which is not a holiday here`,
        },
        mend: {
          vi: `thêm ngày lễ ${day.substitutesFor} hoặc sửa substitutesFor`,
          en: `add the holiday ${day.substitutesFor} or correct substitutesFor`,
        },
      })
  })
  return problems
}

function swapProblems(field: string, day: CalendarDay, byDate: Map<string, CalendarDay>): CalendarProblem[] {
  const pair = day.swapWith ? byDate.get(day.swapWith) : undefined
  const wanted = day.kind === 'swapped-working-day' ? 'substitute' : 'swapped-working-day'
  if (!pair || pair.kind !== wanted || pair.swapWith !== day.date)
    return [
      {
        field: `${field}.swapWith`,
        problem: {
          vi: `ngày hoán đổi ${day.date} thiếu ngày đi cặp`,
          en: `the swap of ${day.date} lacks its pair`,
        },
        mend: {
          vi: `khai cả hai ngày: một '${wanted}' có swapWith ${day.date}, và swapWith ở đây trỏ tới ngày đó`,
          en: `give both days: a '${wanted}' with swapWith ${day.date}, and point swapWith here at it`,
        },
      },
    ]
  if (day.kind === 'swapped-working-day' && weekdayOf(day.date) < 6)
    return [
      {
        field: `${field}.date`,
        problem: {
          vi: `ngày làm bù ${day.date} không phải thứ Bảy, Chủ nhật`,
          en: `the made-up day ${day.date} is not at a weekend`,
        },
        mend: { vi: 'ghi ngày cuối tuần được làm bù', en: 'give the weekend day that is worked instead' },
      },
    ]
  return []
}

const wrongDay = (field: string, value: string): CalendarProblem => ({
  field,
  problem: {
    vi: `'${value}' không phải một ngày dạng YYYY-MM-DD`,
    en: `'${value}' is not a day written YYYY-MM-DD`,
  },
  mend: {
    vi: `ghi ngày pháp lý theo ${LEGAL_ZONE}, không giờ, không múi giờ, ví dụ 2026-11-24`,
    en: `write the legal day in ${LEGAL_ZONE}, without time or offset, such as 2026-11-24`,
  },
})

const duplicate = (field: string, date: string): CalendarProblem => ({
  field,
  problem: { vi: `ngày ${date} khai hai lần`, en: `the day ${date} is given twice` },
  mend: { vi: 'giữ một dòng cho mỗi ngày', en: 'keep one row per day' },
})
