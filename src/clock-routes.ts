import { z } from 'zod'
import { daysInForce } from './calendar/agency-calendar.ts'
import type { ClockControl } from './clock-control.ts'
import type { Engine } from './engine/index.ts'
import { forbidden } from './http/problem.ts'
import { type Route, route } from './http/route.ts'
import { AdvanceClock, ServerClock } from './reports/schemas.ts'

/** The demonstration's clock. `managementAddress` is undefined where nobody may move it: then reading is all there is. */
export const clockRoutes = (
  control: ClockControl,
  engine: Engine,
  managementAddress: string | undefined,
): Route[] => [
  route({
    method: 'get',
    path: '/api/admin/clock',
    summary: 'The legal now, and how far it stands before the machine’s',
    permission: { action: 'read', subject: 'ClockControl' },
    answer: ServerClock,
    async handler({ tx, db }) {
      const [next] = await tx.sql<{ at: Date | null }>(
        'select min(coalesce(retry_at, at)) as at from alarm where handled_at is null',
      )
      const undecided = (await daysInForce(tx.sql)).filter((day) => day.kind === 'undecided')
      const now = db.clock.now()
      return {
        now,
        machine: new Date(now.getTime() - control.offsetMs()),
        offsetMs: control.offsetMs(),
        controllable: managementAddress !== undefined,
        nextAlarmAt: next?.at ?? null,
        undecidedDays: undecided.map((day) => ({ date: day.date, name: day.name, source: day.source })),
      }
    },
  }),
  route({
    method: 'post',
    path: '/api/admin/clock/advance',
    summary: 'Move everybody’s clock forward (demonstration only)',
    permission: { action: 'update', subject: 'ClockControl' },
    body: AdvanceClock,
    answer: z.void(),
    async serve({ db, actor, body }) {
      if (!managementAddress)
        throw forbidden({
          vi: 'Chỉ chế độ trình diễn mới được chuyển đồng hồ.',
          en: 'The clock can be moved in demonstration mode only.',
        })
      await control.advanceTo(db, actor, engine, managementAddress, new Date(body.to))
      return undefined
    },
  }),
]
