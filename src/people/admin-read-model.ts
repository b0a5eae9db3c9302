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
  /** There is an account that nobody can come in by yet: no password set, no single sign-on known. */
  shut: boolean
  secondFactor: boolean
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
  role?: string | undefined
  shut?: boolean | undefined
  after?: string | undefined
  limit: number
}

const NAME = 'p.full_name collate "und-x-icu"'

const SHUT = `(p.active and c.login is not null and not c.password_set
               and not exists (select from sso_subject s where s.person_id = p.id))`

/** Whoever may be seen and is asked for; parameters 1 to 4, and those of the scope. */
const asked = (scoped: string): string => `
       from person p
       left join lateral (select min(login) as login, bool_or(password_hash is not null) as password_set
                            from account where person_id = p.id) c on true
      where p.kind = 'staff'
        and ($1::text is null or not exists (
              select from unnest(string_to_array(lower(unaccent($1)), ' ')) as word
               where strpos(lower(unaccent(concat_ws(' ', p.full_name, c.login, (
                       select string_agg(concat_ws(' ', t.title->>'vi', u.name->>'vi', a.name->>'vi'), ' ')
                         from post t join agency a on a.id = t.agency_id join unit u on u.id = t.unit_id
                        where t.person_id = p.id)))), word) = 0))
        and ($2::uuid is null or exists (select from post where person_id = p.id and agency_id = $2))
        and ($3::text is null or exists (select from post where person_id = p.id and role = $3))
        and (not $4 or ${SHUT})
        and ${scoped}`

/**
 * Staff with all their posts, ended ones too, by name; `q` are words, without accents, of name, login and the titles,
 * units and agencies of their posts; `after` is the id of the last person seen, `agencyId` and `role` keep those who hold or held
 * such a post, `shut` those who cannot come in yet. `total` counts all of them, whatever the page.
 */
export async function listStaff(
  tx: Tx,
  filter: StaffFilter,
): Promise<{ people: StaffRow[]; total: number; next: string | null }> {
  const q = filter.q?.normalize('NFC').trim() || null
  const params: unknown[] = [q, filter.agencyId ?? null, filter.role ?? null, filter.shut ?? false]
  const those = asked(scope(tx.actor.ability, 'update', 'Person', 'p', params))
  const [all] = await tx.sql<{ total: number }>(`select count(*)::int as total ${those}`, params)
  const page = [...params, filter.after ?? null, filter.limit + 1]
  const rows = await tx.sql<StaffRow>(
    `with page as (
       select p.id, ${NAME} as ordered, c.login, ${SHUT} as shut ${those}
          and ($${page.length - 1}::uuid is null
               or (${NAME}, p.id) > (select ${NAME}, p.id from person p where p.id = $${page.length - 1}))
        order by ordered, p.id limit $${page.length})
     select p.id, p.full_name as name, p.active, p.sample, page.login, page.shut,
            exists (select from sso_subject s where s.person_id = p.id) as sso,
            exists (select from second_factor f where f.person_id = p.id and f.confirmed_at is not null) as "secondFactor",
            coalesce(t.posts, '[]') as posts
       from page join person p on p.id = page.id
       left join lateral (
         select jsonb_agg(jsonb_build_object(
                  'id', t.id, 'role', t.role, 'title', t.title, 'capacity', t.capacity,
                  'validFrom', t.valid_from, 'validTo', t.valid_to,
                  'agency', jsonb_build_object('id', a.id, 'code', a.code, 'name', a.name),
                  'unit', jsonb_build_object('id', u.id, 'code', u.code, 'name', u.name))
                order by t.valid_from, u.code, t.role) as posts
           from post t join agency a on a.id = t.agency_id join unit u on u.id = t.unit_id
          where t.person_id = p.id) t on true
      order by page.ordered, p.id`,
    page,
  )
  const people = rows.slice(0, filter.limit)
  const next = rows.length > filter.limit ? (people.at(-1)?.id ?? null) : null
  return { people, total: all?.total ?? 0, next }
}
