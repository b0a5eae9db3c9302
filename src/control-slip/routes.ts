import { z } from 'zod'
import { servePdf } from '../documents/serve.ts'
import { forbidden, notFound } from '../http/problem.ts'
import { idParams, type Route, route } from '../http/route.ts'
import type { Services } from '../services.ts'
import { controlSlip } from './slip.ts'

export const controlSlipRoutes = (services: Pick<Services, 'settings'>): Route[] => [
  route({
    method: 'get',
    path: '/api/dossiers/:id/control-slip',
    summary: '"Phiếu kiểm soát quá trình giải quyết hồ sơ", made from the ledger, to print',
    permission: { action: 'read', subject: 'Dossier' },
    params: idParams,
    answer: z.void(),
    async serve({ db, actor, params, req, res }) {
      // The way of a dossier inside is nobody's outside: applicants have its state on their own page.
      if (actor.kind !== 'staff') throw forbidden()
      // A link in somebody else's page or mail prints, and draws no number.
      const ownPage = ['same-origin', undefined].includes(req.get('sec-fetch-site'))
      const slip = await db.transact(actor, (tx) => controlSlip(tx, services, params.id, { draw: ownPage }))
      if (!slip) throw notFound()
      return servePdf(res, slip.bytes, `phieu-kiem-soat-${slip.code}.pdf`)
    },
  }),
]
