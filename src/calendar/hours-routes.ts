import { z } from 'zod'
import { idParams, type Route, route } from '../http/route.ts'
import { isLegalDay, yearOf } from './day.ts'
import { decideHours, type HoursChange, hoursChange } from './decide-hours.ts'
import { previewChange } from './preview.ts'
import { DayPreview } from './routes.ts'

const Time = z.string().max(5)
const Sessions = z.array(z.tuple([Time, Time])).max(4)
const change = {
  validFrom: z.iso.date().refine((day) => isLegalDay(day) && yearOf(day) >= 2000 && yearOf(day) <= 2199, {
    params: { vi: 'Ghi một ngày của các năm 2000–2199.', en: 'Give a day of the years 2000–2199.' },
  }),
  /** Sessions by weekday (1 Monday … 7 Sunday); a day left out is a weekly day off. Null removes the row of this day. */
  week: z
    .strictObject({
      1: Sessions.optional(),
      2: Sessions.optional(),
      3: Sessions.optional(),
      4: Sessions.optional(),
      5: Sessions.optional(),
      6: Sessions.optional(),
      7: Sessions.optional(),
    })
    .nullable(),
  source: z.string().trim().min(1).max(1000),
}
const PreviewHours = z.strictObject({ ...change, source: change.source.optional() })
const DecideHours = z.strictObject({ ...change, reason: z.string().trim().min(1).max(500) })

const changeOf = ({ validFrom, week, source }: z.output<typeof PreviewHours>): HoursChange => ({
  validFrom,
  // A key that is not there would not be a weekly day off but an undefined one.
  week: week && JSON.parse(JSON.stringify(week)),
  source: source ?? '',
})

export const hoursRoutes = (): Route[] => [
  route({
    method: 'post',
    path: '/api/admin/agencies/:id/hours/preview',
    summary: 'Which open dossiers of an agency new working hours would move',
    permission: { action: 'update', subject: 'Agency' },
    params: idParams,
    body: PreviewHours,
    answer: DayPreview,
    handler: async ({ tx, params, body }) =>
      previewChange(tx, await hoursChange(tx, params.id, changeOf(body))),
  }),
  route({
    method: 'put',
    path: '/api/admin/agencies/:id/hours',
    summary: 'Decide the working hours of an agency from a day on, and count its open dossiers again',
    permission: { action: 'update', subject: 'Agency' },
    params: idParams,
    body: DecideHours,
    answer: z.object({ dossiers: z.int() }),
    handler: async ({ tx, params, body }) => ({
      dossiers: (await decideHours(tx, params.id, changeOf(body), body.reason)).length,
    }),
  }),
]
