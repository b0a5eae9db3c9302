import { z } from 'zod'
import { type Route, route } from '../http/route.ts'
import { NOBODY } from '../reports/late.ts'
import { demandOrder } from '../reports/routes.ts'
import { index766, index766Dossiers } from './group2.ts'
import { Index766, Index766Dossiers } from './schemas.ts'

const permission = { action: 'read', subject: 'Report' } as const
/** Days on which dossiers ended. */
const Period = { from: z.iso.date(), to: z.iso.date(), agencyId: z.uuid().optional() }
const Picked = z.union([z.uuid(), z.literal(NOBODY)]).optional()

export const index766Routes = (): Route[] => [
  route({
    method: 'get',
    path: '/api/index766',
    summary: 'Index 766, group 2 (progress) by agency, unit and person, and what the other groups still need',
    permission,
    query: z.strictObject(Period),
    answer: Index766,
    handler({ tx, query }) {
      demandOrder(query)
      return index766(tx, query)
    },
  }),
  route({
    method: 'get',
    path: '/api/index766/dossiers',
    summary: 'The dossiers behind a figure of group 2',
    permission,
    query: z.strictObject({
      ...Period,
      unit: Picked,
      person: Picked,
      onTime: z
        .enum(['true', 'false'])
        .transform((text) => text === 'true')
        .optional(),
    }),
    answer: Index766Dossiers,
    handler({ tx, query }) {
      demandOrder(query)
      return index766Dossiers(tx, query)
    },
  }),
]
