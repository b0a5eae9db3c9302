import type { LegalDay } from '../calendar/day.ts'
import { formatDay } from '../calendar/format.ts'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { notify, notifyOfWork } from '../notifications/notify.ts'
import { headsOf } from '../team/heads.ts'
import type { Text } from '../text.ts'
import { kindsOfWork } from './kinds.ts'
import type { AbsenceRow } from './read-model.ts'

type Row = Omit<AbsenceRow, 'unit' | 'reason' | 'entered_by' | 'entered_name' | 'cancelled'>

const ROW = `
  select b.id, b.agency_id, b.unit_ids, b.person_id, p.full_name as person, b.substitute_id, s.full_name as substitute,
         b.from_day, b.to_day, b.procedures, b.forms, b.entered_at
    from absence b join person p on p.id = b.person_id left join person s on s.id = b.substitute_id`

const dayText = (day: LegalDay): Text => ({ vi: formatDay(day, 'vi'), en: formatDay(day, 'en') })

/** An absence was entered: who stands in hears of it, and who heads the unit; whoever entered it knows. */
export async function tellEntered(tx: Tx, absenceId: string): Promise<void> {
  const row = await absenceRow(tx, absenceId)
  const facts = await factsOf(tx, row)
  if (row.substitute_id !== tx.actor.personId) await toSubstitute(tx, row, 'stand-in', 'entered', facts)
  for (const [unitId, heads] of await headsOfUnits(tx, row))
    for (const personId of heads)
      await notifyOfWork(tx, {
        key: `absence/${row.id}/head/${personId}`,
        personId,
        unitId,
        template: 'absence-entered',
        data: {
          ...facts,
          substitute: row.substitute ?? {
            vi: 'không ai, việc về đơn vị',
            en: 'nobody, the work goes to the unit',
          },
        },
      })
}

/** The last day was moved forward, or the absence cancelled (null): the substitute hears of it. */
export async function tellEnded(tx: Tx, absenceId: string, lastDay: LegalDay | null): Promise<void> {
  const row = await absenceRow(tx, absenceId)
  if (row.substitute_id === tx.actor.personId) return
  const change: Text = lastDay
    ? { vi: `ngày cuối là ${formatDay(lastDay, 'vi')}`, en: `its last day is ${formatDay(lastDay, 'en')}` }
    : { vi: 'đã hủy', en: 'it was cancelled' }
  await toSubstitute(tx, row, 'stand-in-over', `ended/${lastDay}`, {
    absent: row.person,
    from: dayText(row.from_day),
    change,
  })
}

/** The first day of absences entered before it has come: who stands in hears how much is open. Answers how many were told. */
export async function tellBegun(tx: Tx): Promise<number> {
  const today = legalDay(tx.at)
  const rows = await tx.sql<Row & { open: number }>(
    `with begun as (
       update absence set told_at = $2
        where id in (select id from absence where told_at is null and cancelled_at is null and $1 between from_day and to_day
                      order by id limit 100 for update skip locked)
        returning id)
     select one.*, (select count(*)::int from task t join dossier d on d.id = t.dossier_id
                     where t.assignee_id = one.person_id and t.state = 'open'
                       and covers(one.procedures, one.forms, d.procedure_code, t.form)) as open
       from (${ROW}) one join begun on begun.id = one.id`,
    [today, tx.at],
  )
  // Entered on its first day, it was told then.
  for (const row of rows)
    if (legalDay(row.entered_at) < row.from_day)
      await toSubstitute(tx, row, 'stand-in-begins', 'begins', {
        ...(await factsOf(tx, row)),
        open: String(row.open),
      })
  return rows.length
}

/** New work came to somebody in the place of another (the stream of the engine's records writes no messages itself). */
export async function tellWorkInPlace(tx: Tx): Promise<number> {
  const rows = await tx.sql<{
    id: string
    dossier_id: string
    assignee_id: string
    name: Text
    absent: string
  }>(
    `select t.id, t.dossier_id, t.assignee_id, t.name, p.full_name as absent
       from task t join person p on p.id = t.in_place_of
      where t.in_place_of is not null and t.state = 'open' and t.assignee_id is not null
        and not exists (select from notification n where n.key = 'in-place/' || t.id || '/' || t.assignee_id)
      order by t.opened_at limit 100`,
  )
  for (const { id, dossier_id, assignee_id, name, absent } of rows)
    await notify(tx, {
      key: `in-place/${id}/${assignee_id}`,
      dossierId: dossier_id,
      personId: assignee_id,
      template: 'work-in-place',
      data: { absent, task: name },
    })
  return rows.length
}

async function absenceRow(tx: Tx, id: string): Promise<Row> {
  const [row] = await tx.sql<Row>(`${ROW} where b.id = $1`, [id])
  if (!row) throw new RangeError(`no absence ${id}`)
  return row
}

const toSubstitute = async (
  tx: Tx,
  row: Row,
  template: 'stand-in' | 'stand-in-begins' | 'stand-in-over',
  occasion: string,
  data: Record<string, string | Text>,
): Promise<void> => {
  const [unitId] = row.unit_ids
  if (!row.substitute_id || !unitId) return
  await notifyOfWork(tx, {
    key: `absence/${row.id}/${occasion}`,
    personId: row.substitute_id,
    unitId,
    template,
    data,
  })
}

async function factsOf(tx: Tx, row: Row) {
  return {
    absent: row.person,
    from: dayText(row.from_day),
    to: dayText(row.to_day),
    kinds: await kindsText(tx, row),
  }
}

/** The kinds of work in words; those that are no longer in force by their code. */
async function kindsText(tx: Tx, { procedures, forms }: Row): Promise<Text> {
  if (procedures.length + forms.length === 0) return { vi: 'mọi loại việc', en: 'all kinds of work' }
  const known = await kindsOfWork(tx)
  const names = [
    ...procedures.map((code) => known.procedures.find((one) => one.code === code)?.name ?? { vi: code }),
    ...forms.map((form) => known.forms.find((one) => one.form === form)?.name ?? { vi: form }),
  ]
  return {
    vi: names.map(({ vi }) => vi).join(', '),
    en: names.map((name: Text) => name.en ?? name.vi).join(', '),
  }
}

/** Who heads each of the units, without the absent person, the substitute and whoever acts. */
async function headsOfUnits(tx: Tx, row: Row): Promise<[unitId: string, heads: string[]][]> {
  const knowing = [row.person_id, row.substitute_id, tx.actor.personId]
  const told = new Set<string>()
  const units: [string, string[]][] = []
  for (const unitId of row.unit_ids) {
    const heads = await headsOf(tx, { unitId, agencyId: row.agency_id }, legalDay(tx.at))
    const fresh = heads.filter((id) => !knowing.includes(id) && !told.has(id))
    for (const id of fresh) told.add(id)
    units.push([unitId, fresh])
  }
  return units
}
