import type { Sql } from '../database/sql.ts'
import type { Applied } from './projector.ts'

/**
 * Commands are settled by the record of their effect, not by the engine's answer: a task that had gone still answered 204.
 * A command without an answer (a time-out) is sent as well as settled by it, and so not sent again.
 */
export async function settleCommands(sql: Sql, epoch: number, applied: Applied): Promise<void> {
  if (applied.begun.length > 0) await sql(SETTLE_STARTS, [epoch, applied.begun])
  if (applied.endedElements.length > 0) await sql(SETTLE_COMPLETIONS, [epoch, applied.endedElements])
  if (applied.migrated.length > 0) await sql(SETTLE_MIGRATIONS, [epoch, applied.migrated])
  if (applied.endedInstances.length > 0) await sql(SETTLE_CANCELS, [epoch, applied.endedInstances])
}

const SETTLED = 'settled_at = now(), sent_at = coalesce(o.sent_at, now()), leased_until = null'

const SETTLE_STARTS = `
  update outbox o set ${SETTLED} from engine_instance i
   where i.epoch = $1 and i.key = any($2) and i.started_at is not null and o.id = i.start_id and o.settled_at is null`

// By way of the subject, whose commands are indexed; payloads are not.
const SETTLE_COMPLETIONS = `
  update outbox o set ${SETTLED}
    from (select v.subject_id, j.key, 'complete-job' as kind from visit v
            join engine_job j on j.epoch = v.epoch and j.element_key = v.element_key
           where v.epoch = $1 and v.element_key = any($2) and j.type like 'await.%'
          union all
          select v.subject_id, t.key, 'complete-task' from visit v
            join engine_user_task t on t.epoch = v.epoch and t.element_key = v.element_key
           where v.epoch = $1 and v.element_key = any($2)) done
   where o.subject_id = done.subject_id and o.kind = done.kind and o.settled_at is null and o.withdrawn_at is null
     and (o.payload ->> 'epoch')::int = $1 and coalesce(o.payload ->> 'taskKey', o.payload ->> 'jobKey') = done.key`

// One that was declined and had gone through before (its answer was lost) is settled too: the record says what is.
const SETTLE_MIGRATIONS = `
  update outbox o set ${SETTLED}, withdrawn_at = null from engine_instance i
   where i.epoch = $1 and i.key = any($2) and o.subject_id = i.subject_id and o.kind = 'migrate' and o.settled_at is null
     and (o.payload ->> 'epoch')::int = $1 and o.payload ->> 'processId' = i.process_id`

// Not a cancellation that means a later instance of the subject: one with another start between.
const SETTLE_CANCELS = `
  update outbox o set ${SETTLED} from engine_instance i join outbox began on began.id = i.start_id
   where i.epoch = $1 and i.key = any($2) and i.state <> 'active'
     and o.subject_id = i.subject_id and o.kind = 'cancel' and o.settled_at is null and o.withdrawn_at is null
     and o.payload ->> 'instanceKey' is null and o.seq > began.seq
     and not exists (select from outbox later where later.subject_id = o.subject_id and later.kind = 'start'
                        and later.seq > began.seq and later.seq < o.seq)`
