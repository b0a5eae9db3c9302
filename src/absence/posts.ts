import type { LegalDay } from '../calendar/day.ts'
import type { Sql } from '../database/transaction.ts'
import type { Text } from '../text.ts'
import { type HeldPost, WORKING } from './fit.ts'

export type WorkingPost = HeldPost & { person_id: string; agency_id: string; title: Text; unit: Text }

/** The working posts of an agency, or of one person, that are held on every day of the stretch. */
export const workingPosts = (
  sql: Sql,
  { agencyId, personId }: { agencyId?: string; personId?: string },
  from: LegalDay,
  to: LegalDay,
): Promise<WorkingPost[]> =>
  sql<WorkingPost>(
    `select po.person_id, po.agency_id, po.unit_id, po.role, po.title, u.name as unit
       from post po join person p on p.id = po.person_id and p.active and p.kind = 'staff' join unit u on u.id = po.unit_id
      where ($1::uuid is null or po.agency_id = $1) and ($2::uuid is null or po.person_id = $2)
        and po.role = any($3) and po.valid_from <= $4 and coalesce(po.valid_to, 'infinity') >= $5
      order by u.code, po.role`,
    [agencyId ?? null, personId ?? null, WORKING, from, to],
  )
