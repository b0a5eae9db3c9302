import { knownDays } from '../calendar/agency-calendar.ts'
import { sampleHours, type WorkingHours } from '../calendar/hours.ts'
import { knownCalendars } from '../calendar/known.ts'
import type { Database, Tx } from '../database/transaction.ts'
import { invalidField } from '../http/invalid.ts'
import { Problem } from '../http/problem.ts'
import { type Route, route } from '../http/route.ts'
import { keyOf, limiter } from '../people/limiter.ts'
import { type CalendarFor, explain } from './explain.ts'
import { Explained, Question } from './explain-schema.ts'
import { DeadlineInputError } from './limit.ts'

/** So many questions a minute from one address: plenty for a person, too few to keep the server busy. */
const QUESTIONS = 120
/** And no question so long that others wait for it. */
const MOST_DAYS = 4_000

const tooOften = (seconds: number) =>
  new Problem(
    429,
    'too-many-questions',
    {
      vi: `Đã hỏi quá nhiều lần. Hãy thử lại sau ${seconds} giây, hoặc dùng lệnh npx mot-cua deadline explain để tính hàng loạt.`,
      en: `Too many questions. Try again in ${seconds} seconds, or use npx mot-cua deadline explain for many.`,
    },
    { retryAfterSeconds: seconds },
  )

/** The calendars of the record, as known on any day, with the hours of the agency asked for. */
async function recordedCalendars(tx: Tx, agency: string | undefined): Promise<CalendarFor> {
  const calendars = knownCalendars(await knownDays(tx.sql))
  const [row] = agency
    ? await tx.sql<{ hours: WorkingHours[] }>('select working_hours as hours from agency where code = $1', [
        agency,
      ])
    : []
  return (code, knownOn) => {
    const hours = code === undefined ? sampleHours : row?.hours
    return hours && calendars(hours, knownOn)
  }
}

export function explainRoutes(db: Database): Route[] {
  const perAddress = limiter(db, 'explain', QUESTIONS, 60)
  return [
    route({
      method: 'post',
      path: '/api/deadlines/explain',
      summary: 'When a limit ends, and why: the same computation as for a dossier, without one',
      permission: 'public',
      body: Question,
      answer: Explained,
      async handler({ tx, body, req }) {
        const wait = await perAddress.take(keyOf(req.ip ?? ''))
        if (wait !== undefined) throw tooOften(wait)
        try {
          return explain(body, await recordedCalendars(tx, body.agency), MOST_DAYS)
        } catch (error) {
          if (!(error instanceof DeadlineInputError)) throw error
          throw invalidField(error.field.replace(/\[(\d+)\]/g, '.$1'), error.text.vi, error.text.en)
        }
      },
    }),
  ]
}
