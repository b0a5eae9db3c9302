import { v5 } from 'uuid'
import type { Tx } from '../database/transaction.ts'
import { agenciesOf, agencyCodeOf, demoOrganisation, type Organisation, staffOf } from './organisation.ts'

// Any fixed UUID: ids made from codes are the same on every machine and in every run.
const NAMESPACE = '6f1c4f0e-2b58-5b0e-9c41-0a7d3f6f8e11'

export const agencyId = (code: string): string => v5(`agency:${code}`, NAMESPACE)
export const unitId = (code: string): string => v5(`unit:${code}`, NAMESPACE)
/** Of a person of the organisation file, by login. */
export const personId = (login: string): string => v5(`person:${login}`, NAMESPACE)

type Row = Record<string, unknown>

/** Inserts what is not there yet; rows that exist stay as administrators have changed them. */
async function insertMissing(tx: Tx, table: string, rows: Row[]): Promise<number> {
  const columns = Object.keys(rows[0] ?? {}).join(', ')
  const inserted = await tx.sql(
    `insert into ${table} (${columns})
     select ${columns} from jsonb_populate_recordset(null::${table}, $1) on conflict do nothing returning 1`,
    [JSON.stringify(rows)],
  )
  return inserted.length
}

const agencyRows = (organisation: Organisation): Row[] =>
  agenciesOf(organisation).map((agency) => ({
    id: agencyId(agency.code),
    code: agency.code,
    name: agency.name,
    level: agency.level,
    parent_id: agency.parent && agencyId(agency.parent),
    successor_id: agency.successor ? agencyId(agency.successor) : null,
    place: agency.level === 'commune' ? agency.code : (agency.parent ?? agency.code),
    working_hours: organisation.hours[agency.hours],
    address: agency.address ?? '',
    phone: agency.phone ?? '',
    sample: organisation.sample,
    valid_from: agency.validFrom ?? organisation.validFrom,
    valid_to: agency.validTo ?? null,
  }))

const unitRows = (organisation: Organisation): Row[] =>
  agenciesOf(organisation).flatMap((agency) =>
    agency.units.map((suffix) => ({
      id: unitId(`${agency.code}.${suffix}`),
      agency_id: agencyId(agency.code),
      code: `${agency.code}.${suffix}`,
      name: organisation.units[suffix].name,
      kind: organisation.units[suffix].kind,
      sample: organisation.sample,
      valid_from: agency.validFrom ?? organisation.validFrom,
      valid_to: agency.validTo ?? null,
    })),
  )

const personRows = (organisation: Organisation): Row[] => [
  ...staffOf(organisation).map(({ login, name }) => ({
    id: personId(login),
    kind: 'staff',
    full_name: name,
    identity_no: '',
    email: `${login}@example.invalid`,
    phone: '',
    address: '',
    active: true,
    sample: organisation.sample,
  })),
  ...organisation.citizens.map(({ login, name, identityNo, email, phone, address }) => ({
    id: personId(login),
    kind: 'citizen',
    full_name: name,
    identity_no: identityNo,
    email,
    phone,
    address,
    active: true,
    sample: organisation.sample,
  })),
]

const postRows = (organisation: Organisation): Row[] =>
  staffOf(organisation).flatMap(({ login, posts }) =>
    posts.map((post) => ({
      id: v5(`post:${login}:${post.unit}:${post.role}`, NAMESPACE),
      person_id: personId(login),
      agency_id: agencyId(agencyCodeOf(post.unit)),
      unit_id: unitId(post.unit),
      role: post.role,
      title: post.title,
      capacity: post.capacity ?? null,
      valid_from: organisation.validFrom,
      valid_to: null,
    })),
  )

/**
 * Brings an organisation into the database, by default the fictitious one: agencies, units, people, posts; no accounts.
 * Idempotent. Order of the tables is that of their references; agencies refer to each other within one statement.
 */
export async function loadOrganisation(
  tx: Tx,
  organisation: Organisation = demoOrganisation(),
): Promise<void> {
  const inserted = {
    agencies: await insertMissing(tx, 'agency', agencyRows(organisation)),
    units: await insertMissing(tx, 'unit', unitRows(organisation)),
    people: await insertMissing(tx, 'person', personRows(organisation)),
    posts: await insertMissing(tx, 'post', postRows(organisation)),
  }
  if (Object.values(inserted).some((count) => count > 0))
    tx.audit({ act: 'organisation.load', detail: inserted })
}
