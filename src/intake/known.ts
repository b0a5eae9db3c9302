import type { Tx } from '../database/transaction.ts'
import type { KnownPeople, KnownPerson, KnownPost } from './people.ts'
import type { Known, KnownAgency, KnownUnit } from './record.ts'
import { cellOf, type TableRow } from './table.ts'

// Raw rows on purpose: an import compares with all there is, and only administrators get here.

/** Every agency and unit of the record. */
export async function knownAgencies(tx: Tx): Promise<Known> {
  const agencies = await tx.sql<KnownAgency>(
    `select a.code, a.name, a.level, o.code as parent, a.address, a.phone, a.working_hours as hours,
            a.valid_from as "validFrom", a.valid_to as "validTo",
            exists (select from dossier d where d.agency_id = a.id or a.id = any(d.participant_agency_ids)) as begun
       from agency a left join agency o on o.id = a.parent_id`,
  )
  const units = await tx.sql<KnownUnit>(
    `select u.code, a.code as agency, u.name, u.kind, u.valid_from as "validFrom", u.valid_to as "validTo",
            exists (select from post where unit_id = u.id and role in ('clerk', 'one-stop-head', 'officer', 'unit-head', 'leader', 'clerical'))
              or exists (select from dossier where unit_id = u.id or one_stop_unit_id = u.id) as begun
       from unit u join agency a on a.id = u.agency_id`,
  )
  const byCode = <T extends { code: string }>(rows: T[]) => new Map(rows.map((row) => [row.code, row]))
  return { agencies: byCode(agencies), units: byCode(units) }
}

type PersonRecord = Omit<KnownPerson, 'staff'> & { kind: string; posts: KnownPost[] }

/**
 * The people whom a file names by login or identity number, with their posts, and every unit. `lock`: nobody gives them a
 * post or deactivates them until the transaction ends.
 */
export async function knownPeople(tx: Tx, rows: TableRow[], lock: boolean): Promise<KnownPeople> {
  const logins = rows.map((row) => cellOf(row, 'login').toLowerCase())
  const numbers = rows.map((row) => cellOf(row, 'identityNo').replace(/[\s.-]/g, '')).filter(Boolean)
  // A statement of its own: the next one sees what those have done who were waited for.
  if (lock)
    await tx.sql(
      `select from person p join account c on c.person_id = p.id
        where c.login = any($1::text[]) or (p.kind = 'staff' and p.identity_no = any($2::text[]))
        order by p.id for update of p`,
      [logins, numbers],
    )
  const people = await tx.sql<PersonRecord>(
    `select c.login, p.kind, p.active, p.full_name as name, p.email, p.phone, p.identity_no as "identityNo",
            coalesce((select jsonb_agg(jsonb_build_object('unit', u.code, 'role', t.role, 'title', t.title,
                        'capacity', t.capacity, 'validFrom', t.valid_from, 'validTo', t.valid_to) order by t.valid_from)
                        from post t join unit u on u.id = t.unit_id where t.person_id = p.id), '[]') as posts
       from person p join account c on c.person_id = p.id
      where c.login = any($1::text[]) or (p.kind = 'staff' and p.identity_no = any($2::text[]))`,
    [logins, numbers],
  )
  const units = await tx.sql<{ code: string; kind: string; validFrom: string; validTo: string | null }>(
    `select u.code, u.kind, greatest(u.valid_from, a.valid_from) as "validFrom", least(u.valid_to, a.valid_to) as "validTo"
       from unit u join agency a on a.id = u.agency_id`,
  )
  const agencies = await tx.sql<{ code: string }>('select code from agency')
  return {
    people: new Map(
      people.map(({ kind, ...person }) => [person.login, { ...person, staff: kind === 'staff' }]),
    ),
    numbers: new Map(
      people
        .filter(({ kind, identityNo }) => kind === 'staff' && identityNo)
        .map((one) => [one.identityNo, one.login]),
    ),
    units: new Map(units.map(({ code, ...unit }) => [code, unit])),
    agencies: new Set(agencies.map(({ code }) => code)),
  }
}
