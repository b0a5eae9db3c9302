import type { z } from 'zod'
import { allows } from '../access/ability.ts'
import { scope } from '../access/scope.ts'
import { calendarOf } from '../calendar/agency-calendar.ts'
import type { LegalDay } from '../calendar/day.ts'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { rulesOn } from '../deadlines/rules.ts'
import { conflict, notFound } from '../http/problem.ts'
import { notifyApplicant } from '../notifications/notify.ts'
import type { Text } from '../text.ts'
import { oneStopOf, uncollectedBefore } from './one-stop.ts'
import type { Uncollected } from './schemas.ts'

type Row = {
  id: string
  code: string
  applicant: string
  procedure_code: string
  procedure: Text
  result: 'granted' | 'denied' | 'partial' | null
  finished_at: Date
  reminders: number
  reminded_on: LegalDay | null
}

const PAGE = 100

/** Results that lie at the counter for so many working days (data) or more, longest first. */
export async function uncollected(
  tx: Tx,
  days?: number,
  after?: string,
): Promise<z.input<typeof Uncollected>> {
  const oneStop = await oneStopOf(tx)
  const afterDays = days ?? rulesOn(legalDay(tx.at)).uncollected.value.afterWorkingDays
  const params: unknown[] = [await uncollectedBefore(tx, oneStop, afterDays), after ?? null, PAGE + 1]
  const rows = await tx.sql<Row>(
    `select d.id, d.code, ap.full_name as applicant, d.procedure_code, v.definition->'name' as procedure, d.result,
            d.finished_at, r.n as reminders, r.last as reminded_on
       from dossier d join person ap on ap.id = d.applicant_id join procedure_version v on v.id = d.procedure_version_id
       left join lateral (select count(*)::int as n, max(day) as last from collection_reminder where dossier_id = d.id) r on true
      where d.state = 'done' and d.returned_at is null and d.finished_at <= $1
        and ${scope(tx.actor.ability, 'read', 'OneStop', 'd', params)}
        and ($2::uuid is null or (d.finished_at, d.id) > (select l.finished_at, l.id from dossier l where l.id = $2))
      order by d.finished_at, d.id limit $3`,
    params,
  )
  const calendar = await calendarOf(tx.sql, oneStop.agencyId)
  const page = rows.slice(0, PAGE)
  return {
    afterDays,
    dossiers: page.map((row) => ({
      id: row.id,
      code: row.code,
      applicant: row.applicant,
      procedure: { code: row.procedure_code, name: row.procedure },
      result: row.result,
      finishedAt: row.finished_at.toISOString(),
      days: Math.floor(calendar.workingMinutesBetween(row.finished_at, tx.at) / calendar.fullDayMinutes),
      reminders: row.reminders,
      remindedOn: row.reminded_on,
    })),
    next: rows.length > PAGE ? (page.at(-1)?.id ?? null) : null,
  }
}

/**
 * The one-stop reminds the applicant that the result is there (contact goes through it alone, NĐ 61/2018 art. 5.1e), once
 * a legal day; each time is kept. Problems: 404, 409 when collected meanwhile or reminded today.
 */
export async function remindToCollect(tx: Tx, dossierId: string): Promise<void> {
  const [dossier] = await tx.sql<{
    oneStopUnitId: string
    state: string
    returned_at: Date | null
    finished_at: Date
  }>(
    `select one_stop_unit_id as "oneStopUnitId", state, returned_at, finished_at from dossier where id = $1 for update`,
    [dossierId],
  )
  if (!dossier || !allows(tx.actor.ability, 'update', 'OneStop', dossier)) throw notFound()
  if (dossier.state !== 'done' || dossier.returned_at)
    throw conflict('not-uncollected', {
      vi: 'Hồ sơ này chưa có kết quả tại một cửa hoặc đã trả; tải lại danh sách.',
      en: 'The result of this dossier is not at the one-stop or has been collected; reload the list.',
    })
  const day = legalDay(tx.at)
  const added = await tx.sql(
    `insert into collection_reminder (dossier_id, day, by_person_id, at) values ($1, $2, $3, $4)
     on conflict do nothing returning dossier_id`,
    [dossierId, day, tx.actor.personId, tx.at],
  )
  if (added.length === 0)
    throw conflict('reminded-today', {
      vi: 'Hôm nay đã nhắc người nộp hồ sơ này rồi.',
      en: 'The applicant of this dossier has been reminded today already.',
    })
  await notifyApplicant(tx, {
    key: `collect/${dossierId}/${day}`,
    dossierId,
    template: 'collect-reminder',
    data: { finishedAt: dossier.finished_at },
  })
  tx.audit({ act: 'collection.reminded', dossierId, detail: { day } })
}
