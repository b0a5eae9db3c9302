import { z } from 'zod'
import { conflict, notFound } from '../http/problem.ts'
import { type Route, route } from '../http/route.ts'
import { text } from '../procedures/definition.ts'
import { goneProcedures, refusedInForce, waitingFolders } from '../procedures/publish.ts'
import { IncidentView } from '../reports/schemas.ts'
import { heldUp, tryNow } from '../tasks/held-up.ts'
import { nameOfElement } from '../tasks/step.ts'
import type { Engine } from './engine.ts'
import { messageOf } from './errors.ts'
import { openIncidents, retryIncident, stuckCommands } from './incidents.ts'
import { retryCommand } from './outbox.ts'
import { unplaced } from './unplaced.ts'

export const IncidentList = z.object({ incidents: z.array(IncidentView) })
export const EngineState = z.object({
  epoch: z.int(),
  health: z.unknown(),
  stuck: z.array(z.unknown()),
  /** Versions in force that the broker does not take, and how much of what was filed under them waits. `code`: null for a shared process. */
  refusedInForce: z.array(
    z.object({
      processId: z.string(),
      code: z.string().nullable(),
      version: z.int(),
      name: text,
      refusal: z.string(),
      waiting: z.int(),
    }),
  ),
  /** Procedures in force whose folder is gone. */
  withoutFolder: z.array(z.object({ code: z.string(), version: z.int(), name: text, folder: z.string() })),
  /** Folders newer than the version that a decision has put in force. */
  waitingFolders: z.array(
    z.object({ code: z.string(), version: z.int(), name: text, folder: z.string(), inForce: z.int() }),
  ),
})

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
      for (const incident of [...(await openIncidents(tx.sql)), ...(await unplaced(tx.sql))]) {
        const [about] = await tx.sql<{ code: string; process_id: string }>(
          `select d.code, s.process_id from subject s join dossier d on d.id = s.dossier_id where s.id = $1`,
          [incident.subjectId],
        )
        incidents.push({
          epoch: incident.epoch,
          key: incident.key,
          dossierId: incident.dossierId,
          dossierCode: about?.code ?? null,
          elementId: incident.elementId,
          stepName: await nameOfElement(tx.sql, about?.process_id ?? '', incident.elementId),
          errorType: 'errorType' in incident ? incident.errorType : 'UNPLACED',
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
      const isIt = (one: { epoch: number; key: string }) =>
        one.key === params.key && one.epoch === params.epoch
      const waiting = (await unplaced(tx.sql)).find(isIt)
      const known = waiting ?? (await openIncidents(tx.sql)).find(isIt)
      if (!known)
        throw notFound({
          vi: 'Sự cố này không còn: có thể đã được xử lý.',
          en: 'This incident is gone: it may have been resolved.',
        })
      if (waiting)
        await engine.placeAgain(tx, params).catch((error: unknown) => {
          throw conflict('still-unplaced', {
            vi: `Vẫn chưa giao được việc này: ${messageOf(error)}`,
            en: `This task still cannot be given to anybody: ${messageOf(error)}`,
          })
        })
      else await retryIncident(tx, params)
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
      return {
        epoch: engine.epoch,
        health: await engine.health(),
        stuck,
        refusedInForce: await refusedInForce(tx.sql),
        withoutFolder: await goneProcedures(tx.sql),
        waitingFolders: await waitingFolders(tx.sql),
      }
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
