import { z } from 'zod'
import { allows } from '../access/ability.ts'
import { scope } from '../access/scope.ts'
import type { Tx } from '../database/transaction.ts'
import { route } from '../http/route.ts'

const Text = z.object({ vi: z.string(), en: z.string().optional() })
const Ref = z.object({ id: z.uuid(), code: z.string(), name: Text })

export const StaffMember = z.object({
  id: z.uuid(),
  name: z.string(),
  active: z.boolean(),
  sample: z.boolean(),
  /** For whom may administer the person; null for all others. */
  login: z.string().nullable(),
  posts: z.array(
    z.object({
      id: z.uuid(),
      agency: Ref,
      unit: Ref,
      role: z.string(),
      title: Text,
      capacity: z
        .object({
          capacity: z.string(),
          onBehalfOf: z.string(),
          title: z.string(),
          decision: z.object({ number: z.string() }),
        })
        .nullable(),
      validFrom: z.iso.date(),
      validTo: z.iso.date().nullable(),
    }),
  ),
})

type Row = z.infer<typeof StaffMember> & { kind: 'staff' }

/** Civil servants whom the actor may know, with all their posts, past ones too. */
export async function staff(tx: Tx): Promise<z.infer<typeof StaffMember>[]> {
  const { ability } = tx.actor
  const params: unknown[] = []
  const rows = await tx.sql<Row>(
    `select p.id, p.kind, p.full_name as name, p.active, p.sample,
            (select min(c.login) from account c where c.person_id = p.id) as login,
            coalesce(jsonb_agg(jsonb_build_object(
              'id', t.id, 'role', t.role, 'title', t.title, 'capacity', t.capacity,
              'validFrom', t.valid_from, 'validTo', t.valid_to,
              'agency', jsonb_build_object('id', a.id, 'code', a.code, 'name', a.name),
              'unit', jsonb_build_object('id', u.id, 'code', u.code, 'name', u.name))
              order by t.valid_from desc, u.code) filter (where t.id is not null), '[]') as posts
       from person p
       left join (post t join agency a on a.id = t.agency_id join unit u on u.id = t.unit_id) on t.person_id = p.id
      where p.kind = 'staff' and ${scope(ability, 'read', 'Person', 'p', params)}
      group by p.id
      order by min(u.code), p.full_name collate "und-x-icu"`,
    params,
  )
  return rows.map((row) => ({ ...row, login: allows(ability, 'update', 'Person', row) ? row.login : null }))
}

export const staffRoutes = [
  route({
    method: 'get',
    path: '/api/admin/people',
    summary: 'Civil servants and their posts',
    permission: { action: 'read', subject: 'Person' },
    answer: z.object({ people: z.array(StaffMember) }),
    handler: async ({ tx }) => ({ people: await staff(tx) }),
  }),
]
