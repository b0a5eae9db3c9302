import { type Actor, systemActor } from './access/actor.ts'
import { type Clock, offsetClock } from './clock.ts'
import type { Database } from './database/orm.ts'
import { addClockOffset } from './engine/broker.ts'
import type { Engine } from './engine/index.ts'
import { invalidField } from './http/invalid.ts'

/** How far the demonstration's clock stands before the machine's; the broker's and ours move together. */
export type ClockControl = {
  clock: Clock
  offsetMs(): number
  /** Reads the offset kept in the database; before the broker starts, which is set to it. */
  load(db: Database): Promise<void>
  /** Moves everybody's clock forward to an instant. 422 for an instant that has passed: time only runs forward. */
  advanceTo(db: Database, actor: Actor, engine: Engine, managementAddress: string, to: Date): Promise<void>
}

export function clockControl(): ClockControl {
  let offset = 0
  const clock = offsetClock(() => offset)
  return {
    clock,
    offsetMs: () => offset,
    load: async (db) => {
      const [row] = await db.transact(systemActor('clock'), (tx) =>
        tx.sql<{ offset_ms: string }>('select offset_ms from clock_offset'),
      )
      offset = Number(row?.offset_ms ?? 0)
    },
    advanceTo: async (db, actor, engine, managementAddress, to) => {
      const by = to.getTime() - clock.now().getTime()
      if (by <= 0)
        throw invalidField(
          'to',
          'Đồng hồ chỉ đi tới: chọn thời điểm sau bây giờ.',
          'The clock only moves forward: choose an instant after now.',
        )
      // A jump under a worker's hand would date its act twice.
      await engine.quiesce()
      try {
        // Kept first: should we die in between, the restart sets the broker to what is kept.
        await db.transact(actor, async (tx) => {
          await tx.sql(
            `insert into clock_offset (single, offset_ms) values (true, $1)
             on conflict (single) do update set offset_ms = excluded.offset_ms`,
            [offset + by],
          )
          tx.audit({ act: 'clock.advanced', detail: { to: to.toISOString(), byMs: by } })
        })
        // Ours before the broker's: an alarm that fires in between must find its instant passed.
        offset += by
        await addClockOffset(managementAddress, by)
      } finally {
        engine.resume()
      }
    },
  }
}
