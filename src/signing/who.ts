import type { Sql } from '../database/sql.ts'
import type { Text } from '../text.ts'
import type { Who } from './keys.ts'

/** A person as a key is found for them: by their login. Somebody without one signs by single sign-on's name, their id. */
export async function personOf(sql: Sql, personId: string): Promise<Who> {
  const [row] = await sql<{ name: string; login: string | null; agency: Text | null }>(
    `select p.full_name as name, a.login,
            (select g.name from post po join agency g on g.id = po.agency_id
              where po.person_id = p.id order by po.valid_from desc, po.id limit 1) as agency
       from person p left join account a on a.person_id = p.id where p.id = $1`,
    [personId],
  )
  if (!row) throw new Error(`person ${personId} is not there`)
  return {
    kind: 'person',
    id: row.login ?? personId,
    name: row.name,
    organisation: row.agency?.vi ?? row.name,
  }
}

/** An agency as its seal is found: by its code. */
export async function agencyOf(sql: Sql, agencyId: string): Promise<Who> {
  const [row] = await sql<{ code: string; name: Text; level: string }>(
    'select code, name, level from agency where id = $1',
    [agencyId],
  )
  if (!row) throw new Error(`agency ${agencyId} is not there`)
  const { vi } = row.name
  const name = row.level === 'commune' ? `Ủy ban nhân dân ${vi.charAt(0).toLowerCase()}${vi.slice(1)}` : vi
  return { kind: 'agency', id: row.code, name, organisation: name }
}
