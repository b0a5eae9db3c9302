import { scope } from '../access/scope.ts'
import type { Tx } from '../database/transaction.ts'
import type { Text } from '../text.ts'

type Ref = { id: string; code: string; name: Text }

export type StaffRow = {
  id: string
  name: string
  active: boolean
  sample: boolean
  login: string | null
  sso: boolean
  posts: {
    id: string
    agency: Ref
    unit: Ref
    role: string
    title: Text
    capacity: { capacity: string; onBehalfOf: string; title: string; decision: { number: string } } | null
    validFrom: string
    validTo: string | null
  }[]
}

export type StaffFilter = {
  q?: string | undefined
  agencyId?: string | undefined
  after?: string | undefined
  limit: number
}

const NAME = 'p.full_name collate "und-x-icu"'

/**
 * Staff with all their posts, ended ones too, by name; `q` is part of a name or login, without accents, `after` the id
 * of the last person seen, `agencyId` keeps those who hold or held a post there.
 */
export async function listStaff(
  tx: Tx,
  filter: StaffFilter,
): Promise<{ people: StaffRow[]; next: string | null }> {
  const q = filter.q?.normalize('NFC').trim() || null
  const params: unknown[] = [q, filter.agencyId ?? null, filter.after ?? null, filter.limit + 1]
  const rows = await tx.sql<StaffRow>(
    `select p.id, p.full_name as name, p.active, p.sample, c.login,
            exists (select from sso_subject s where s.person_id = p.id) as sso, coalesce(t.posts, '[]') as posts
       from person p
       left join lateral (select min(login) as login from account where person_id = p.id) c on true
       left join lateral (
         select jsonb_agg(jsonb_build_object(
                  'id', t.id, 'role', t.role, 'title', t.title, 'capacity', t.capacity,
                  'validFrom', t.valid_from, 'validTo', t.valid_to,
                  'agency', jsonb_build_object('id', a.id, 'code', a.code, 'name', a.name),
                  'unit', jsonb_build_object('id', u.id, 'code', u.code, 'name', u.name))
                order by t.valid_from, u.code, t.role) as posts
           from post t join agency a on a.id = t.agency_id join unit u on u.id = t.unit_id
          where t.person_id = p.id) t on true
      where p.kind = 'staff'
        and ($1::text is null or strpos(lower(unaccent(p.full_name)), lower(unaccent($1))) > 0
             or strpos(c.login, lower($1)) > 0)
        and ($2::uuid is null or exists (select from post where person_id = p.id and agency_id = $2))
        and ($3::uuid is null or (${NAME}, p.id) > (select ${NAME}, p.id from person p where p.id = $3))
        and ${scope(tx.actor.ability, 'update', 'Person', 'p', params)}
      order by ${NAME}, p.id limit $4`,
    params,
  )
  const people = rows.slice(0, filter.limit)
  return { people, next: rows.length > filter.limit ? (people.at(-1)?.id ?? null) : null }
}
