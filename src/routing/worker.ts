import { z } from 'zod'
import { asSystem } from '../access/filter.ts'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { Dossier } from '../dossiers/entity.ts'
import { defineWorker, JobIncident } from '../engine/index.ts'
import { publishedVersion } from '../procedures/version.ts'
import { receivingUnit } from './unit.ts'

/** Asks the broker for a decision; null when nothing matches. */
export type Evaluate = (decisionId: string, variables: Record<string, unknown>) => Promise<unknown>

const answer = z.object({ agency: z.string().nullable(), unit: z.string().nullable() })

/**
 * "Chuyển đơn vị thụ lý": who handles the dossier. An override by an act with a reason comes first, then the routing
 * table of the very version the dossier was filed under. Nothing matching, or a unit that is no more, is an incident
 * that names what was asked and how to mend it; a dossier never goes somewhere by guess.
 */
export const dossierRoute = (evaluate: Evaluate) =>
  defineWorker({
    type: 'dossier.route',
    input: z.object({ dossierId: z.uuid() }),
    output: z.object({}),
    run: async (transaction, job) => {
      const tx: Tx = { ...transaction, em: asSystem(transaction.em, 'dossier.route') }
      const dossier = await tx.em.findOneOrFail(Dossier, { id: job.variables.dossierId })
      const target = dossier.facts.routing ?? (await decided(tx, dossier, evaluate))
      const found = await receivingUnit(tx.sql, target, legalDay(tx.at))
      if ('fault' in found) throw new JobIncident(`${found.fault.vi} ${MEND}`)
      const { definition } = await publishedVersion(tx.sql, dossier.procedureVersionId)
      const before = dossier.agencyId
      dossier.agencyId = found.agencyId
      // Decided at the counter's agency (filing has set it), or by whoever prepares it.
      if (definition.deciding !== 'counter') dossier.decidingAgencyId = found.agencyId
      dossier.unitId = found.unitId
      // Whoever received it keeps sight of it. Nobody has received a part of a group but the one-stop, which sees it anyway.
      if (!dossier.parentId && before !== found.agencyId && !dossier.participantAgencyIds.includes(before))
        dossier.participantAgencyIds = [...dossier.participantAgencyIds, before]
      await tx.em.flush()
      tx.audit({
        act: 'dossier.routed',
        dossierId: dossier.id,
        detail: {
          agency: target.agencyCode,
          unit: target.unitCode,
          by: dossier.facts.routing ? 'override' : 'table',
        },
      })
      return {}
    },
  })

const MEND = 'Sửa địa bàn của hồ sơ, hoặc chỉ định cơ quan và đơn vị thụ lý kèm lý do, rồi thử lại.'

async function decided(tx: Tx, dossier: Dossier, evaluate: Evaluate) {
  const { decisionId, code } = await publishedVersion(tx.sql, dossier.procedureVersionId)
  const asked = { procedure: code, place: dossier.place, case: dossier.caseKey }
  const { agency, unit } = answer.parse((await evaluate(decisionId, asked)) ?? { agency: null, unit: null })
  if (!agency || !unit)
    throw new JobIncident(
      `Bảng phân tuyến ${decisionId} không có dòng cho thủ tục (procedure) ${asked.procedure}, địa bàn (place) ${asked.place}, trường hợp (case) ${asked.case}. ${MEND}`,
    )
  return { agencyCode: agency, unitCode: unit }
}
