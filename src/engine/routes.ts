import { z } from 'zod'
import { notFound } from '../http/problem.ts'
import { type Route, route } from '../http/route.ts'
import { IncidentView } from '../reports/schemas.ts'
import { heldUp, tryNow } from '../tasks/held-up.ts'
import { nameOfElement } from '../tasks/step.ts'
import type { Engine } from './engine.ts'
import { openIncidents, retryIncident, stuckCommands } from './incidents.ts'
import { retryCommand } from './outbox.ts'

export const IncidentList = z.object({ incidents: z.array(IncidentView) })
export const EngineState = z.object({ epoch: z.int(), health: z.unknown(), stuck: z.array(z.unknown()) })

/** What administrators see of the engine, and their one lever: trying again what has stopped. */
export const engineRoutes = (engine: Engine): Route[] => [
  route({
    method: 'get',
    path: '/api/admin/incidents',
    summary: 'Where the engine needs a person',
    permission: { action: 'read', subject: 'Incident' },
    answer: IncidentList,
    async handler({ tx }) {
      const incidents = []
      for (const incident of await openIncidents(tx.sql)) {
        const [dossier] = incident.dossierId
          ? await tx.sql<{ code: string }>('select code from dossier where id = $1', [incident.dossierId])
          : []
        incidents.push({
          epoch: incident.epoch,
          key: incident.key,
          dossierId: incident.dossierId,
          dossierCode: dossier?.code ?? null,
          elementId: incident.elementId,
          stepName: await nameOfElement(tx.sql, incident.processId, incident.elementId),
          errorType: incident.errorType,
          message: incident.message,
          state: 'open' as const,
          createdAt: incident.createdAt,
          retrying: await isRetrying(tx.sql, incident.key),
        })
      }
      return { incidents }
    },
  }),
  route({
    method: 'post',
    path: '/api/admin/incidents/:epoch/:key/retry',
    summary: 'Try again what has stopped',
    permission: { action: 'retry', subject: 'Incident' },
    params: z.strictObject({ epoch: z.coerce.number().int(), key: z.string().regex(/^\d{1,20}$/) }),
    answer: z.void(),
    async handler({ tx, params }) {
      const known = (await openIncidents(tx.sql)).find(
        (one) => one.key === params.key && one.epoch === params.epoch,
      )
      if (!known)
        throw notFound({
          vi: 'Sự cố này không còn: có thể đã được xử lý.',
          en: 'This incident is gone: it may have been resolved.',
        })
      await retryIncident(tx, params)
      tx.audit({
        act: 'incident.retried',
        ...(known.dossierId ? { dossierId: known.dossierId } : {}),
        detail: { key: params.key, element: known.elementId },
      })
    },
  }),
  route({
    method: 'get',
    path: '/api/admin/engine',
    summary: 'How the engine is doing: stream, outbox, workers, alerts',
    permission: { action: 'read', subject: 'EngineHealth' },
    answer: EngineState,
    async handler({ tx }) {
      const stuck = [...(await stuckCommands(tx.sql)), ...(await heldUp(tx.sql))]
      return { epoch: engine.epoch, health: await engine.health(), stuck }
    },
  }),
  route({
    method: 'post',
    path: '/api/admin/commands/:id/retry',
    summary: 'Try again what is stuck: a command refused too often, a decision, an alarm',
    permission: { action: 'retry', subject: 'Incident' },
    params: z.strictObject({ id: z.uuid() }),
    answer: z.void(),
    async handler({ tx, params }) {
      if (!(await retryCommand(tx, params.id)) && !(await tryNow(tx, params.id))) throw notFound()
      tx.audit({ act: 'command.retried', detail: { command: params.id } })
    },
  }),
]

async function isRetrying(sql: Parameters<typeof openIncidents>[0], key: string): Promise<boolean> {
  const [row] = await sql(
    `select 1 from outbox where kind = 'retry' and payload->>'incidentKey' = $1 and settled_at is null and withdrawn_at is null`,
    [key],
  )
  return row !== undefined
}
