import { v7 as uuid } from 'uuid'
import type { z } from 'zod'
import { formatLegal } from '../calendar/format.ts'
import type { Tx } from '../database/transaction.ts'
import { addFinding as record } from '../dossiers/finding.ts'
import { invalidField } from '../http/invalid.ts'
import { conflict, notFound } from '../http/problem.ts'
import { openCase, ownCase, reaches } from './case.ts'
import { ANSWERABLE } from './holders.ts'
import { answerBy } from './limit.ts'
import { isParty } from './party.ts'
import { FOUND_BY_AUDITORS } from './rules.ts'
import type { AddFinding, Ask, AskAgain } from './schemas.ts'
import { tellAccountable } from './tell.ts'

const isLate = async (tx: Tx, dossierId: string): Promise<boolean> =>
  (await tx.sql('select from judged_dossier($2) where dossier_id = $1 and late', [dossierId, tx.at])).length >
  0

/** An auditor found something the clock did not. Answers its id; one there already of the same kind is answered again. */
export async function addFinding(tx: Tx, { dossierId, kind }: z.output<typeof AddFinding>): Promise<string> {
  if (!(FOUND_BY_AUDITORS as readonly string[]).includes(kind))
    throw invalidField('kind', 'Không có loại phát hiện này.', 'There is no such kind of finding.')
  if (!(await reaches(tx, dossierId))) throw notFound()
  const [dossier] = await tx.sql<{ agency_id: string }>(
    'select agency_id from dossier where id = $1 for update',
    [dossierId],
  )
  if (kind === 'late' && !(await isLate(tx, dossierId)))
    throw invalidField('kind', 'Hồ sơ này không quá hạn.', 'This dossier is not late.')
  const known = () =>
    tx.sql<{ id: string }>(
      'select id from finding where dossier_id = $1 and kind = $2 order by at desc limit 1',
      [dossierId, kind],
    )
  const [before] = await known()
  if (before) return before.id
  await record(tx, { id: dossierId, agencyId: dossier!.agency_id }, kind, tx.at)
  const [added] = await known()
  await tx.sql('update finding set added_by = $2 where id = $1', [added!.id, tx.actor.personId])
  tx.notify('live', { type: 'dossier', ids: [dossierId] })
  return added!.id
}

type FindingRow = {
  id: string
  dossier_id: string
  kind: string
  asked_at: Date | null
  asked_by: string | null
}

/** Asks whoever held the dossier to explain, within so many working days. 404, 409 when it was asked already. */
export async function ask(tx: Tx, findingId: string, asked: z.output<typeof Ask>): Promise<void> {
  const [finding] = await tx.sql<FindingRow>(
    `select f.id, f.dossier_id, f.kind, x.asked_at, p.full_name as asked_by
       from finding f left join explanation x on x.finding_id = f.id left join person p on p.id = x.asked_by
      where f.id = $1 for update of f`,
    [findingId],
  )
  if (!finding || !(await reaches(tx, finding.dossier_id))) throw notFound()
  if (finding.asked_at)
    throw conflict('explanation-asked', {
      vi: `${finding.asked_by ?? ''} đã yêu cầu giải trình lúc ${formatLegal(finding.asked_at, 'vi')}.`,
      en: `${finding.asked_by ?? ''} asked for an explanation on ${formatLegal(finding.asked_at, 'en')}.`,
    })
  const [holder] = await tx.sql<{ agency_id: string }>(
    `select agency_id from (${ANSWERABLE}) h where unit_id = $2 and ($3::uuid is null or person_id = $3) limit 1`,
    [finding.dossier_id, asked.unitId, asked.personId],
  )
  if (!holder)
    throw invalidField(
      asked.personId ? 'personId' : 'unitId',
      'Chỉ yêu cầu được đơn vị, người đã giữ hồ sơ này.',
      'Only a unit or person that has held this dossier can be asked.',
    )
  if (isParty(tx.actor, { agencyId: holder.agency_id, unitId: asked.unitId, personId: asked.personId }))
    throw ownCase()
  const { dueAt, warnAt } = await answerBy(tx, holder.agency_id, asked.limitDays)
  const id = uuid()
  const question = asked.question.normalize('NFC')
  await tx.sql(
    `insert into explanation (id, finding_id, dossier_id, agency_id, unit_id, person_id, state, question, limit_days, asked_by,
                              asked_at, warn_at, due_at)
     values ($1, $2, $3, $4, $5, $6, 'asked', $7, $8, $9, $10, $11, $12)`,
    [
      id,
      finding.id,
      finding.dossier_id,
      holder.agency_id,
      asked.unitId,
      asked.personId,
      question,
      asked.limitDays,
      tx.actor.personId,
      tx.at,
      warnAt,
      dueAt,
    ],
  )
  tx.audit({
    act: 'explanation.asked',
    dossierId: finding.dossier_id,
    detail: {
      explanation: id,
      finding: finding.id,
      kind: finding.kind,
      unit: asked.unitId,
      person: asked.personId,
      dueAt: dueAt.toISOString(),
    },
  })
  await tellAccountable(
    tx,
    {
      id,
      dossier_id: finding.dossier_id,
      unit_id: asked.unitId,
      person_id: asked.personId,
      kind: finding.kind,
    },
    `explanation-asked/${id}`,
    'explanation-asked',
    { question, answerBy: dueAt },
  )
  tx.notify('live', { type: 'dossier', ids: [finding.dossier_id] })
}

/** The answer does not do: asked again, with a limit of its own. */
export async function askAgain(tx: Tx, id: string, asked: z.output<typeof AskAgain>): Promise<void> {
  const row = await openCase(tx, id, {
    action: 'decide',
    version: asked.version,
    from: ({ state }) => state === 'answered',
  })
  const { dueAt, warnAt } = await answerBy(tx, row.agencyId, asked.limitDays)
  const question = asked.question.normalize('NFC')
  await tx.sql(
    `update explanation set state = 'asked', question = question || E'\\n\\n' || $2, limit_days = $3, warn_at = $4, due_at = $5,
            warned_at = null, overdue_at = null, version = version + 1 where id = $1`,
    [id, question, asked.limitDays, warnAt, dueAt],
  )
  tx.audit({
    act: 'explanation.asked-again',
    dossierId: row.dossier_id,
    detail: { explanation: id, dueAt: dueAt.toISOString() },
  })
  await tellAccountable(
    tx,
    { id, dossier_id: row.dossier_id, unit_id: row.unitId, person_id: row.personId, kind: row.kind },
    `explanation-asked/${id}/${row.version + 1}`,
    'explanation-asked',
    { question, answerBy: dueAt },
  )
  tx.notify('live', { type: 'dossier', ids: [row.dossier_id] })
}
