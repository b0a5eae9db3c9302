import { LockMode } from '@mikro-orm/core'
import { z } from 'zod'
import { asSystem } from '../access/filter.ts'
import { legalDay } from '../clock.ts'
import type { Sql } from '../database/sql.ts'
import { Dossier } from '../dossiers/entity.ts'
import { openIncidents, retryIncident } from '../engine/index.ts'
import { invalid } from '../http/invalid.ts'
import { conflict, notFound } from '../http/problem.ts'
import { idParams, route } from '../http/route.ts'
import { receivingUnit } from './unit.ts'

export const RouteDossier = z.strictObject({
  agencyCode: z.string().trim().min(1).max(60),
  unitCode: z.string().trim().min(1).max(60),
  reason: z.string().trim().min(5).max(2000),
})
export const Routed = z.object({ agencyCode: z.string(), unitCode: z.string(), retried: z.int() })

async function routingIncidents(sql: Sql, dossierId: string) {
  const open = (await openIncidents(sql)).filter((incident) => incident.subjectId === dossierId)
  const jobs = await sql<{ epoch: number; key: string }>(
    `select epoch, key from engine_job where type = 'dossier.route' and key = any($1)`,
    [open.map((incident) => incident.jobKey)],
  )
  return open.filter(({ epoch, jobKey }) => jobs.some((job) => job.epoch === epoch && job.key === jobKey))
}

export const routingRoutes = [
  route({
    method: 'post',
    path: '/api/dossiers/:id/routing',
    summary:
      'Name the agency and unit that handle this dossier, with a reason, where the routing table knows none',
    permission: { action: 'retry', subject: 'Incident' },
    params: idParams,
    body: RouteDossier,
    answer: Routed,
    handler: async ({ tx, params, body }) => {
      // Who repairs incidents reads no dossiers: only its routing is touched here.
      const em = asSystem(tx.em, 'routing override')
      const dossier = await em.findOne(Dossier, { id: params.id }, { lockMode: LockMode.PESSIMISTIC_WRITE })
      if (!dossier) throw notFound()
      const incidents = await routingIncidents(tx.sql, dossier.id)
      if (incidents.length === 0)
        throw conflict('not-waiting-for-routing', {
          vi: 'Hồ sơ không bị dừng ở bước phân tuyến; đơn vị đang thụ lý có thể chuyển việc cho người khác.',
          en: 'The dossier is not held up at routing; the unit that handles it can pass the work on.',
        })
      const found = await receivingUnit(tx.sql, body, legalDay(tx.at))
      if ('fault' in found) throw invalid([{ field: found.field, message: found.fault }])
      dossier.facts = { ...dossier.facts, routing: body }
      await em.flush()
      tx.audit({
        act: 'dossier.routing-overridden',
        dossierId: dossier.id,
        // The reason is free text: it stays with the dossier's facts.
        detail: { agency: body.agencyCode, unit: body.unitCode },
      })
      for (const { epoch, key } of incidents) await retryIncident(tx, { epoch, key })
      return { agencyCode: body.agencyCode, unitCode: body.unitCode, retried: incidents.length }
    },
  }),
]
