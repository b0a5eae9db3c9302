import type { z } from 'zod'
import { allows } from '../access/ability.ts'
import { calendarOf } from '../calendar/agency-calendar.ts'
import { endOfDay } from '../calendar/calendar.ts'
import { legalDay } from '../clock.ts'
import { Consultation } from '../consultations/entity.ts'
import type { Tx } from '../database/transaction.ts'
import { silenceTooLate } from '../deadlines/clocks.ts'
import { silenceOf } from '../deadlines/due.ts'
import { proofText } from '../deadlines/proof.ts'
import { rulesOn } from '../deadlines/rules.ts'
import { Dossier, SupplementRequest } from '../dossiers/entity.ts'
import { nextRound, openRequest } from '../dossiers/supplement.ts'
import { consultationViews, letterView, supplementViews } from '../dossiers/views.ts'
import { ONE_NEW_DATE, proposedDueAt } from '../letters/apology.ts'
import { causes } from '../letters/causes.ts'
import { Letter } from '../letters/entity.ts'
import { liveResult } from '../letters/result.ts'
import { signingPosts } from '../letters/signer.ts'
import { bodiesAt } from '../procedures/bodies.ts'
import { publishedVersion } from '../procedures/version.ts'
import type { Text } from '../text.ts'
import { subjectRow, type TaskRow, taskSummary } from './read-model.ts'
import type { TaskPage } from './schemas.ts'
import { stepOf, subjectOf } from './step.ts'

type Page = z.input<typeof TaskPage>

/**
 * A task opened for work. `tx` sees with the product's own eyes: the caller has checked that the actor may read the task,
 * and what the panel needs (colleagues, consulted bodies, the letter) goes with it.
 */
export async function taskPage(tx: Tx, row: TaskRow): Promise<Page> {
  const subject = await subjectOf(tx.sql, row.subject_id)
  const step = await stepOf(tx.sql, subject?.processId ?? '', row.element_id)
  const dossier = await tx.em.findOneOrFail(Dossier, { id: row.dossier_id })
  const may = (action: 'decide' | 'claim' | 'assign') =>
    row.state === 'open' && allows(tx.actor.ability, action, 'Task', subjectRow(row))
  const letter = await letterOf(tx, row, dossier)
  const signs = row.form.endsWith('-sign')
  return {
    ...(await taskSummary(tx, row)),
    outcomes: Object.entries(step.outcomes)
      // Only an apology may turn out not to be needed.
      .filter(([, { promises }]) => letter?.kind === 'apology' || !promises.includes('apology.in-time'))
      .map(([key, { label, needsReason }]) => ({ key, label, needsReason })),
    canDecide: may('decide'),
    canClaim: may('claim') && row.assignee_id === null,
    canAssign: may('assign'),
    people:
      row.form === 'assign' || may('assign')
        ? await peopleOf(tx, row.unit_id, row.form === 'assign' ? 'officer' : row.role)
        : [],
    consultBodies: await bodiesFor(tx, row.form, dossier),
    supplement: await supplementOf(tx, dossier),
    consultation:
      row.subject_kind === 'consultation'
        ? ((await consultationViews(tx, await tx.em.find(Consultation, { id: row.subject_id })))[0] ?? null)
        : null,
    letter: letter ? letterView(letter, await signerName(tx, letter)) : null,
    apology: row.form === 'apology-draft' && letter ? await apologyOf(tx, dossier, letter.kind) : null,
    signAs:
      signs && tx.actor.personId
        ? (await signingPosts(tx, tx.actor.personId, row.agency_id)).map(({ postId, text }) => ({
            postId,
            text,
          }))
        : [],
  }
}

async function letterOf(tx: Tx, row: TaskRow, dossier: Dossier): Promise<Letter | null> {
  if (row.subject_kind === 'letter') return tx.em.findOne(Letter, { id: row.subject_id })
  return row.form.startsWith('result-') ? liveResult(tx, dossier.id) : null
}

const signerName = async (tx: Tx, letter: Letter): Promise<string | null> =>
  letter.signedBy
    ? ((
        await tx.sql<{ full_name: string }>('select full_name from person where id = $1', [letter.signedBy])
      )[0]?.full_name ?? null)
    : null

/** Colleagues of a role with their load, lightest first: a suggestion, not a rule. */
async function peopleOf(tx: Tx, unitId: string, role: string): Promise<Page['people']> {
  const endOfToday = endOfDay(legalDay(tx.at))
  const rows = await tx.sql<{ id: string; full_name: string; title: Text; open: number; due_today: number }>(
    `select p.id, p.full_name, po.title,
            (select count(*)::int from task t where t.assignee_id = p.id and t.state = 'open') as open,
            (select count(*)::int from task t where t.assignee_id = p.id and t.state = 'open' and t.due_at < $3) as due_today
       from post po join person p on p.id = po.person_id and p.active
      where po.unit_id = $1 and po.role = $2 and valid_on(po.valid_from, po.valid_to, $4) order by open, p.full_name`,
    [unitId, role, endOfToday, legalDay(tx.at)],
  )
  return rows.map((row) => ({
    id: row.id,
    name: row.full_name,
    title: row.title,
    open: row.open,
    dueToday: row.due_today,
  }))
}

/** Whom a form chooses among; a form that approves the questions shows those drafted, as they are worded. */
async function bodiesFor(tx: Tx, form: string, dossier: Dossier): Promise<Page['consultBodies']> {
  if (form === 'appraise' || form === 'consultation-summary') return bodiesOf(tx, dossier)
  if (form !== 'consultation-approve') return []
  const drafted = await tx.em.find(Consultation, { dossierId: dossier.id, sentAt: null })
  return (await bodiesOf(tx, dossier)).flatMap((body) =>
    drafted
      .filter(({ agencyId }) => agencyId === body.agency.id)
      .map(({ question }) => ({ ...body, question })),
  )
}

/** Who may be asked, and when their silence would take effect beside the dossier's due date (rules 6). */
async function bodiesOf(tx: Tx, dossier: Dossier): Promise<Page['consultBodies']> {
  const { definition } = await publishedVersion(tx.sql, dossier.procedureVersionId)
  const rule = definition.consultation
  if (!rule) return []
  const calendar = await calendarOf(tx.sql, dossier.agencyId)
  const rules = rulesOn(legalDay(dossier.receivedAt ?? tx.at))
  const silence = silenceOf({ calendar, rules, sentAt: tx.at, limit: rule.limit })
  const conflictsWithDue = await silenceTooLate(tx, dossier.id, rule.limit)
  const bodies: Page['consultBodies'] = []
  for (const body of bodiesAt(definition, dossier.place)) {
    const [row] = await tx.sql<{
      id: string
      code: string
      name: Text
      unit_id: string
      unit_code: string
      unit_name: Text
    }>(
      `select a.id, a.code, a.name, u.id as unit_id, u.code as unit_code, u.name as unit_name
         from agency a join unit u on u.agency_id = a.id where a.code = $1 and u.code = $2`,
      [body.agency, body.unit],
    )
    if (!row) continue
    bodies.push({
      agency: { id: row.id, code: row.code, name: row.name },
      unit: { id: row.unit_id, code: row.unit_code, name: row.unit_name },
      question: body.question.vi,
      silenceAt: silence.effectiveAt.toISOString(),
      conflictsWithDue,
      silenceText: { vi: proofText(silence.proof, 'vi'), en: proofText(silence.proof, 'en') },
    })
  }
  return bodies
}

async function supplementOf(tx: Tx, dossier: Dossier): Promise<Page['supplement']> {
  const { definition } = await publishedVersion(tx.sql, dossier.procedureVersionId)
  const sent = await tx.em.count(SupplementRequest, { dossierId: dossier.id, sentAt: { $ne: null } })
  const open = await openRequest(tx, dossier.id)
  const latest =
    open ??
    (await tx.em.findOne(SupplementRequest, { dossierId: dossier.id }, { orderBy: { round: 'desc' } }))
  return {
    current: latest ? (supplementViews([latest])[0] ?? null) : null,
    ...nextRound(definition, sent),
    papers: [
      { key: 'eform', name: { vi: 'Biểu mẫu điện tử', en: 'Electronic form' } },
      ...definition.papers.map(({ key, name }) => ({ key, name })),
    ],
  }
}

/** Null for a notice whose reason and date are given: it only asks to be drafted. */
async function apologyOf(tx: Tx, dossier: Dossier, kind: Letter['kind']): Promise<Page['apology']> {
  if (kind !== 'apology' && kind !== 'explanation') return null
  const [clock] = await tx.sql<{ apology_by: Date | null }>(
    `select apology_by from clock where dossier_id = $1 and kind = 'dossier' order by round desc limit 1`,
    [dossier.id],
  )
  return {
    causes: causes.map(({ key, label }) => ({ key, label })),
    proposedDueAt: (await proposedDueAt(tx, dossier)).toISOString(),
    apologyBy: clock?.apology_by?.toISOString() ?? null,
    newDateAllowed: kind === 'apology' && !dossier.reappointedDueAt,
    newDateArticle: ONE_NEW_DATE,
  }
}
