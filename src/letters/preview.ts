import { v7 as uuid } from 'uuid'
import { z } from 'zod'
import { inWhosePlace } from '../absence/who-does.ts'
import { allows } from '../access/ability.ts'
import { asSystem } from '../access/filter.ts'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { Dossier, SupplementRequest } from '../dossiers/entity.ts'
import { form02, nextRound, roundAhead } from '../dossiers/form02.ts'
import { openRequest } from '../dossiers/supplement.ts'
import { invalidField, invalidFrom } from '../http/invalid.ts'
import { forbidden, notFound } from '../http/problem.ts'
import { publishedVersion } from '../procedures/version.ts'
import type { Services } from '../services.ts'
import { Task } from '../tasks/entity.ts'
import { stepOf, subjectOf } from '../tasks/step.ts'
import { frameOf, officeHead, officerOf } from './compose.ts'
import type { Letter } from './entity.ts'
import { checkLetterData, formRule } from './issue.ts'
import { renderLetter } from './render.ts'
import { composeResult, deniedBy } from './result.ts'
import { ResultChoice } from './result-schema.ts'
import { wordsInForce } from './templates.ts'

/** A form being written is looked at before every line is there: what is missing keeps its dotted line. */
const line = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .transform((words) => words || '……………')
const UnfinishedItems = z
  .array(
    z.object({
      paperKey: z.string().max(80),
      text: line(2000),
      reason: line(2000),
      basis: z.string().trim().max(500).default(''),
    }),
  )
  .min(1)
  .max(60)

type Asked = { outcome: string; data: Record<string, unknown> }
type Drawn = Pick<Letter, 'template' | 'data'> & { sourceSha256?: string | null }

/**
 * Keeps what a decision would write for its person to look at, and answers the preview's id. 404 and 403 as for the
 * task; 422 names the field that cannot be printed. Earlier previews of the person that are an hour old go.
 */
export async function askPreview(tx: Tx, services: Services, taskId: string, asked: Asked): Promise<string> {
  const { drawn } = await drawnFor(tx, services, taskId, asked)
  checkLetterData(drawn.template, drawn.data)
  const id = uuid()
  await tx.sql(`delete from preview where person_id = $1 and created_at < now() - interval '1 hour'`, [
    tx.actor.personId,
  ])
  await tx.sql('insert into preview (id, person_id, task_id, outcome, data) values ($1, $2, $3, $4, $5)', [
    id,
    tx.actor.personId,
    taskId,
    asked.outcome,
    JSON.stringify(asked.data),
  ])
  return id
}

/** The letter of a preview that the actor asked for, drawn as a draft. Throws 404 for anybody else's. */
export async function drawPreview(
  tx: Tx,
  services: Services,
  id: string,
): Promise<{ bytes: Buffer; dossier: Dossier }> {
  const [row] = await tx.sql<{ task_id: string } & Asked>(
    'select task_id, outcome, data from preview where id = $1 and person_id = $2',
    [id, tx.actor.personId],
  )
  if (!row) throw notFound()
  const { drawn, dossier } = await drawnFor(tx, services, row.task_id, row)
  const letter = { ...drawn, form: formRule(tx, dossier, drawn), sourceSha256: drawn.sourceSha256 ?? null }
  return { bytes: await renderLetter(services, letter, dossier, 'draft'), dossier }
}

/** Form 02 by the supplement's forms, the result by an outcome that writes it. Nothing is recorded. */
async function drawnFor(
  transaction: Tx,
  services: Services,
  taskId: string,
  asked: Asked,
): Promise<{ drawn: Drawn; dossier: Dossier }> {
  const task = await transaction.em.findOne(Task, { id: taskId })
  if (!task) throw notFound()
  if (!allows(transaction.actor.ability, 'decide', 'Task', task)) throw forbidden()
  const tx: Tx = { ...transaction, em: asSystem(transaction.em, 'preview of a letter') }
  const dossier = await tx.em.findOneOrFail(Dossier, { id: task.dossierId })
  const drawn = task.form.startsWith('supplement-')
    ? await supplement(tx, dossier, task, asked)
    : await result(tx, services, dossier, task, asked)
  const { wording } = await wordsInForce(tx.sql, drawn.template, legalDay(tx.at))
  return { drawn: wording ? { ...drawn, data: { ...drawn.data, wording } } : drawn, dossier }
}

async function supplement(
  tx: Tx,
  dossier: Dossier,
  { id, form }: Pick<Task, 'id' | 'form'>,
  asked: Asked,
): Promise<Drawn> {
  const known = await openRequest(tx, dossier.id)
  const { definition } = await publishedVersion(tx.sql, dossier.procedureVersionId)
  const sent = await tx.em.count(SupplementRequest, { dossierId: dossier.id, sentAt: { $ne: null } })
  const { round, stage } = known ?? nextRound(definition, sent)
  let items = known?.items ?? []
  if (form === 'supplement-draft') {
    const typed = UnfinishedItems.safeParse(asked.data.items)
    if (!typed.success) throw invalidFrom(typed.error, 'data.items')
    items = typed.data
  }
  const { waitUntil } = await roundAhead(tx, dossier)
  const frame = await frameOf(tx, dossier, 'counter')
  const { personId } = tx.actor
  const clerk =
    form === 'supplement-send' && personId
      ? await officerOf(tx, {
          actorId: personId,
          inPlaceOf: await inWhosePlace(tx.sql, id, personId, legalDay(tx.at)),
        })
      : null
  return {
    template: 'supplement',
    data: {
      head: officeHead(frame),
      dossier: frame.dossier,
      office: frame.office,
      applicant: frame.applicant,
      ...(await form02(tx, dossier, { items, round, stage, waitUntil }, clerk)),
    },
  }
}

async function result(
  tx: Tx,
  services: Services,
  dossier: Dossier,
  task: Pick<Task, 'subjectId' | 'elementId' | 'form'>,
  { outcome, data }: Asked,
): Promise<Drawn> {
  const subject = await subjectOf(tx.sql, task.subjectId)
  const step = await stepOf(tx.sql, subject?.processId ?? '', task.elementId)
  if (!step.outcomes[outcome]?.promises.includes('result.draft'))
    throw invalidField(
      'outcome',
      'Lựa chọn này không soạn văn bản kết quả nên không có bản xem trước.',
      'This choice writes no result, so there is no preview.',
    )
  const choice = ResultChoice.optional().safeParse(data.result)
  if (!choice.success) throw invalidFrom(choice.error, 'data.result')
  return composeResult(
    {
      tx,
      services,
      dossier,
      at: tx.at,
      by: tx.actor.personId ?? '',
      data: {
        reason: typeof data.reason === 'string' ? data.reason.slice(0, 4000) : '',
        result: choice.data,
      },
    },
    deniedBy(task.form, outcome),
  )
}
