import { v7 as uuid } from 'uuid'
import type { z } from 'zod'
import { allows } from '../access/ability.ts'
import { scope } from '../access/scope.ts'
import type { Tx } from '../database/transaction.ts'
import { invalidField } from '../http/invalid.ts'
import { conflict, forbidden, notFound } from '../http/problem.ts'
import type { Text } from '../text.ts'
import {
  COLUMNS,
  type Columns,
  type NewView,
  type Settings,
  type ViewAnswer,
  type ViewContent,
} from './desk-schemas.ts'

type View = z.input<typeof ViewAnswer>

type Row = {
  id: string
  name: string
  content: z.output<typeof ViewContent>
  owner_id: string
  owner_name: string
  shared_unit_ids: string[]
  unit_id: string | null
  unit_name: Text | null
}

const SELECT = `select s.id, s.name, s.content, s.owner_id, p.full_name as owner_name, s.shared_unit_ids, u.id as unit_id, u.name as unit_name
  from saved_view s join person p on p.id = s.owner_id left join unit u on u.id = s.shared_unit_ids[1]`

/** My views and those shared with my units, by name. */
export async function savedViews(tx: Tx): Promise<View[]> {
  const params: unknown[] = []
  const rows = await tx.sql<Row>(
    `${SELECT} where ${scope(tx.actor.ability, 'read', 'SavedView', 's', params)} order by u.id is null, s.name`,
    params,
  )
  return rows.map((row) => viewOf(tx, row))
}

const viewOf = (tx: Tx, row: Row): View => ({
  id: row.id,
  name: row.name,
  content: row.content,
  sharedWith: row.unit_id && row.unit_name ? { id: row.unit_id, name: row.unit_name } : null,
  owner: row.owner_name,
  mine: row.owner_id === tx.actor.personId,
})

export async function addView(tx: Tx, input: z.output<typeof NewView>): Promise<View> {
  await mayShare(tx, input.unitId)
  const id = uuid()
  await demandFreeName(tx, input.name, id)
  await tx.sql(
    `insert into saved_view (id, owner_id, shared_unit_ids, name, content, created_at, updated_at) values ($1, $2, $3, $4, $5, $6, $6)`,
    [
      id,
      tx.actor.personId,
      unitsOf(input),
      input.name.normalize('NFC'),
      JSON.stringify(input.content),
      tx.at,
    ],
  )
  tx.audit({ act: 'view.saved', detail: { view: id, sharedWith: input.unitId } })
  return read(tx, id)
}

export async function changeView(tx: Tx, id: string, input: z.output<typeof NewView>): Promise<View> {
  const row = await changeable(tx, id)
  if (input.unitId !== row.unit_id) await mayShare(tx, input.unitId)
  await demandFreeName(tx, input.name, id, row.owner_id)
  await tx.sql(
    'update saved_view set name = $2, shared_unit_ids = $3, content = $4, updated_at = $5 where id = $1',
    [id, input.name.normalize('NFC'), unitsOf(input), JSON.stringify(input.content), tx.at],
  )
  tx.audit({ act: 'view.changed', detail: { view: id, sharedWith: input.unitId } })
  return read(tx, id)
}

/** A view is somebody's habit and no record: it goes. */
export async function removeView(tx: Tx, id: string): Promise<void> {
  await changeable(tx, id)
  await tx.sql('delete from saved_view where id = $1', [id])
  tx.audit({ act: 'view.removed', detail: { view: id } })
}

const unitsOf = ({ unitId }: z.output<typeof NewView>): string[] => (unitId ? [unitId] : [])

async function read(tx: Tx, id: string): Promise<View> {
  const [row] = await tx.sql<Row>(`${SELECT} where s.id = $1`, [id])
  if (!row) throw notFound()
  return viewOf(tx, row)
}

async function changeable(tx: Tx, id: string): Promise<Row> {
  const params: unknown[] = [id]
  const [row] = await tx.sql<Row>(
    `${SELECT} where s.id = $1 and ${scope(tx.actor.ability, 'read', 'SavedView', 's', params)} for update of s`,
    params,
  )
  if (!row) throw notFound()
  if (
    !allows(tx.actor.ability, 'update', 'SavedView', {
      ownerId: row.owner_id,
      sharedUnitIds: row.shared_unit_ids,
    })
  )
    throw forbidden({
      vi: `Danh sách này của ${row.owner_name}. Bạn dùng được nhưng không sửa được; hãy lưu thành danh sách của bạn.`,
      en: `This list is ${row.owner_name}’s. You can use it but not change it; save one of your own.`,
    })
  return row
}

/** Sharing puts a list before a whole unit: for whoever assigns the unit's work. */
async function mayShare(tx: Tx, unitId: string | null): Promise<void> {
  if (unitId === null) return
  const [unit] = await tx.sql<{ agency_id: string }>('select agency_id from unit where id = $1', [unitId])
  const work = { unitId, agencyId: unit?.agency_id ?? '' }
  if (!unit || !allows(tx.actor.ability, 'assign', 'Task', work))
    throw forbidden({
      vi: 'Chỉ người phân công việc của đơn vị mới chia sẻ danh sách cho cả đơn vị. Hãy lưu cho riêng bạn.',
      en: 'Only whoever assigns the unit’s work shares a list with all of it. Save it for yourself.',
    })
}

async function demandFreeName(
  tx: Tx,
  wanted: string,
  except: string,
  owner = tx.actor.personId,
): Promise<void> {
  if (!tx.actor.personId) throw forbidden()
  const [taken] = await tx.sql('select 1 from saved_view where owner_id = $1 and name = $2 and id <> $3', [
    owner,
    wanted.normalize('NFC'),
    except,
  ])
  if (taken)
    throw conflict('view-name', {
      vi: `Bạn đã có danh sách tên “${wanted}”. Hãy chọn tên khác hoặc lưu đè.`,
      en: `You have a list called “${wanted}” already. Choose another name or save over it.`,
    })
}

export const STANDARD: z.output<typeof Settings> = {
  columns: [...COLUMNS],
  density: 'compact',
  singleKeys: true,
}

/** How the person's desk looks and listens; the standard until they choose. */
export async function deskSettings(tx: Tx): Promise<z.output<typeof Settings>> {
  const [row] = await tx.sql<{
    columns: z.output<typeof Columns>
    density: 'compact' | 'comfortable'
    single_keys: boolean
  }>('select columns, density, single_keys from desk_setting where person_id = $1', [tx.actor.personId])
  return row ? { columns: row.columns, density: row.density, singleKeys: row.single_keys } : STANDARD
}

export async function keepSettings(tx: Tx, settings: z.output<typeof Settings>): Promise<void> {
  if (!tx.actor.personId) throw invalidField('person', 'Hãy đăng nhập.', 'Log in.')
  await tx.sql(
    `insert into desk_setting (person_id, columns, density, single_keys) values ($1, $2, $3, $4)
     on conflict (person_id) do update
       set columns = excluded.columns, density = excluded.density, single_keys = excluded.single_keys`,
    [tx.actor.personId, settings.columns, settings.density, settings.singleKeys],
  )
}
