import { z } from 'zod'
import { asSystem } from '../access/filter.ts'
import type { Tx } from '../database/transaction.ts'
import { ringBefore } from '../deadlines/worker.ts'
import { Dossier } from '../dossiers/entity.ts'
import { dossierRow } from '../dossiers/read-model.ts'
import { notFound } from '../http/problem.ts'
import { idParams, type Route, route } from '../http/route.ts'
import type { Services } from '../services.ts'
import { answerConfirmation } from './answer.ts'

const Answer = z.strictObject({
  outcome: z.enum(['confirmed', 'amended']),
  /** The whole form, corrected. Only with `amended`. */
  formData: z.record(z.string(), z.unknown()).optional(),
  /** Of the dossier, as the page had it. */
  version: z.int(),
})

export const confirmationRoutes = (services: Services): Route[] => [
  route({
    method: 'post',
    path: '/api/dossiers/:id/confirmation',
    summary: 'Confirm the form that the result will be written from, or correct it',
    permission: { action: 'confirm', subject: 'Dossier' },
    params: idParams,
    body: Answer,
    answer: z.object({ answeredAt: z.iso.datetime({ offset: true }) }),
    async handler({ tx, params, body, actor }) {
      if (!(await dossierRow(tx, params.id, 'confirm'))) throw notFound()
      const system: Tx = { ...tx, em: asSystem(tx.em, 'confirmation') }
      const dossier = await system.em.findOneOrFail(Dossier, { id: params.id })
      // The wait's end is judged by the clock, even if its alarm has not run.
      await ringBefore(system, services, dossier.id)
      await answerConfirmation(system, dossier, actor.personId ?? dossier.applicantId, body)
      return { answeredAt: tx.at }
    },
  }),
]
