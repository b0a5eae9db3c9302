import { v7 as uuid } from 'uuid'
import type { Tx } from '../database/transaction.ts'
import { conflict } from '../http/problem.ts'
import type { AgencyPlan } from './agencies.ts'
import type { PersonPlan } from './people.ts'

type Row = Record<string, unknown>

/** Inserts all of it; what somebody else has added meanwhile undoes the whole import, which can be tried again. */
async function insertAll(tx: Tx, table: string, rows: Row[]): Promise<void> {
  if (rows.length === 0) return
  const columns = Object.keys(rows[0] as Row).join(', ')
  const inserted = await tx.sql(
    `insert into ${table} (${columns})
     select ${columns} from jsonb_populate_recordset(null::${table}, $1) on conflict do nothing returning 1`,
    [JSON.stringify(rows)],
  )
  if (inserted.length !== rows.length)
    throw conflict('intake-overtaken', {
      vi: 'Có người vừa thêm cùng mã hoặc tên đăng nhập. Chưa ghi gì; hãy kiểm tra lại tệp.',
      en: 'Somebody has just added the same code or login. Nothing was saved; try the file again.',
    })
}

async function idsOf(tx: Tx, table: 'agency' | 'unit'): Promise<Map<string, string>> {
  const rows = await tx.sql<{ code: string; id: string }>(`select code, id from ${table}`)
  return new Map(rows.map(({ code, id }) => [code, id]))
}

/** Where an agency has jurisdiction: a commune in itself, the others in the province above (as for those that ship). */
const placeOf = (agency: AgencyPlan['agencies'][number]): string =>
  agency.level === 'commune' ? agency.code : (agency.parent ?? agency.code)

/** Writes what the plan adds and changes, with an entry of the trail for each agency and unit. `sample`: made-up data. */
export async function saveAgencies(tx: Tx, plan: AgencyPlan, sample: boolean): Promise<void> {
  const agencies = await idsOf(tx, 'agency')
  const idOf = (code: string | null) => (code === null ? null : (agencies.get(code) as string))
  for (const { code, isNew } of plan.agencies) if (isNew) agencies.set(code, uuid())
  const touched = plan.agencies.filter(({ isNew, changes }) => isNew || changes.length > 0)
  const rows = touched.map((agency) => ({
    id: idOf(agency.code),
    code: agency.code,
    name: agency.name,
    level: agency.level,
    parent_id: idOf(agency.parent),
    place: placeOf(agency),
    working_hours: agency.hours,
    address: agency.address,
    phone: agency.phone,
    sample,
    valid_from: agency.validFrom,
    isNew: agency.isNew,
  }))
  // One statement: agencies refer to each other.
  await insertAll(
    tx,
    'agency',
    rows.filter(({ isNew }) => isNew).map(({ isNew: _, ...row }) => row),
  )
  await tx.sql(
    `update agency a set name = r.name, level = r.level, parent_id = r.parent_id, place = r.place,
            working_hours = r.working_hours, address = r.address, phone = r.phone
       from jsonb_populate_recordset(null::agency, $1) r where a.id = r.id`,
    [JSON.stringify(rows.filter(({ isNew }) => !isNew))],
  )
  for (const { code, isNew, changes } of touched)
    tx.audit({
      act: isNew ? 'agency.created' : 'agency.changed',
      detail: { agency: idOf(code), fields: changes },
    })
  await saveUnits(tx, plan, agencies, sample)
}

async function saveUnits(
  tx: Tx,
  plan: AgencyPlan,
  agencies: Map<string, string>,
  sample: boolean,
): Promise<void> {
  const known = await idsOf(tx, 'unit')
  const touched = plan.units
    .filter(({ isNew, changes }) => isNew || changes.length > 0)
    .map((unit) => ({ ...unit, id: unit.isNew ? uuid() : (known.get(unit.code) as string) }))
  const rowOf = ({ id, code, name, kind, agency, validFrom }: (typeof touched)[number]) => ({
    id,
    agency_id: agencies.get(agency),
    code,
    name,
    kind,
    sample,
    valid_from: validFrom,
  })
  await insertAll(tx, 'unit', touched.filter(({ isNew }) => isNew).map(rowOf))
  await tx.sql(
    `update unit u set name = r.name, kind = r.kind from jsonb_populate_recordset(null::unit, $1) r where u.id = r.id`,
    [JSON.stringify(touched.filter(({ isNew }) => !isNew).map(rowOf))],
  )
  for (const { id, isNew, changes } of touched)
    tx.audit({ act: isNew ? 'unit.created' : 'unit.changed', detail: { unit: id, fields: changes } })
}

/**
 * Writes what the plan adds and changes, with an entry of the trail for each person and post. Those added have an
 * account without a password. Answers their ids.
 */
export async function savePeople(tx: Tx, plan: PersonPlan, sample: boolean): Promise<string[]> {
  const added = plan.added.map((person) => ({ ...person, id: uuid() }))
  await insertAll(
    tx,
    'person',
    added.map(({ id, name, email, phone, identityNo }) => ({
      id,
      kind: 'staff',
      full_name: name,
      identity_no: identityNo,
      email,
      phone,
      address: '',
      active: true,
      sample,
    })),
  )
  await insertAll(
    tx,
    'account',
    added.map(({ id, login }) => ({ id: uuid(), person_id: id, login, locale: 'vi', demo: false })),
  )
  for (const { id } of added) tx.audit({ act: 'person.created', detail: { person: id } })
  const logins = [...plan.changed, ...plan.posts, ...plan.titles].map(({ login }) => login)
  const people = await peopleOf(tx, logins)
  for (const { login, values, columns } of plan.changed) {
    const person = people.get(login)
    await tx.sql(
      `update person set full_name = coalesce($2, full_name), email = coalesce($3, email), phone = coalesce($4, phone),
              identity_no = coalesce($5, identity_no) where id = $1`,
      [person, values.name ?? null, values.email ?? null, values.phone ?? null, values.identityNo ?? null],
    )
    tx.audit({ act: 'person.changed', detail: { person, fields: columns } })
  }
  await savePosts(tx, plan, people)
  return added.map(({ id }) => id)
}

async function peopleOf(tx: Tx, logins: string[]): Promise<Map<string, string>> {
  const rows = await tx.sql<{ login: string; person_id: string }>(
    'select login, person_id from account where login = any($1::text[])',
    [logins],
  )
  return new Map(rows.map(({ login, person_id }) => [login, person_id]))
}

type UnitRow = { id: string; code: string; agency_id: string }

async function savePosts(tx: Tx, plan: PersonPlan, people: Map<string, string>): Promise<void> {
  const rows = await tx.sql<UnitRow>('select id, code, agency_id from unit')
  const units = new Map(rows.map((unit) => [unit.code, unit]))
  const posts = plan.posts.map(({ login, post }) => ({
    id: uuid(),
    person_id: people.get(login),
    agency_id: units.get(post.unit)?.agency_id,
    unit_id: units.get(post.unit)?.id,
    role: post.role,
    title: post.title,
    capacity: post.capacity,
    valid_from: post.validFrom,
    valid_to: post.validTo,
  }))
  await insertAll(tx, 'post', posts)
  for (const { id, person_id, unit_id, role, valid_from, valid_to } of posts)
    tx.audit({
      act: 'post.created',
      detail: { post: id, person: person_id, unit: unit_id, role, validFrom: valid_from, validTo: valid_to },
    })
  for (const { login, post, title } of plan.titles) {
    const [changed] = await tx.sql<{ id: string }>(
      `update post set title = $5 where person_id = $1 and unit_id = $2 and role = $3 and valid_from = $4 returning id`,
      [people.get(login), units.get(post.unit)?.id, post.role, post.validFrom, title],
    )
    tx.audit({
      act: 'post.changed',
      detail: { post: changed?.id, person: people.get(login), fields: ['title'] },
    })
  }
}
