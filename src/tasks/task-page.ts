import type { z } from 'zod'
import { allows } from '../access/ability.ts'
import { calendarOf } from '../calendar/agency-calendar.ts'
import { endOfDay } from '../calendar/calendar.ts'
import type { LegalDay } from '../calendar/day.ts'
import { legalDay } from '../clock.ts'
import { askableBodies, namingHints } from '../consultations/bodies.ts'
import { Consultation } from '../consultations/entity.ts'
import type { Tx } from '../database/transaction.ts'
import { silenceTooLate } from '../deadlines/clocks.ts'
import { silenceOf } from '../deadlines/due.ts'
import { proofText } from '../deadlines/proof.ts'
import { receptionNow, receptionText } from '../deadlines/reception.ts'
import { rulesOn } from '../deadlines/rules.ts'
import { Dossier, SupplementRequest } from '../dossiers/entity.ts'
import { nextRound, type RoundAhead, roundAhead } from '../dossiers/form02.ts'
import { phrasesFor } from '../dossiers/phrases.ts'
import { stopAhead } from '../dossiers/stop.ts'
import { openRequest } from '../dossiers/supplement.ts'
import { consultationViews, letterView, supplementViews } from '../dossiers/views.ts'
import { notFound } from '../http/problem.ts'
import { ONE_NEW_DATE, proposedDueAt } from '../letters/apology.ts'
import { causes } from '../letters/causes.ts'
import { Letter } from '../letters/entity.ts'
import { deniedBy, liveResult } from '../letters/result.ts'
import { resultChoices } from '../letters/result-views.ts'
import { signingPosts } from '../letters/signer.ts'
import { sightOf } from '../personal/sight.ts'
import type { Step } from '../procedures/definition.ts'
import { publishedVersion } from '../procedures/version.ts'
import type { Text } from '../text.ts'
import { subjectRow, type TaskRow, taskSummary } from './read-model.ts'
import type { TaskPage } from './schemas.ts'
import { needsReason, stepOf, subjectOf } from './step.ts'

type Page = z.input<typeof TaskPage>

/**
 * A task opened for work. `tx` sees with the product's own eyes: the caller has checked that the actor may read the task,
 * and what the panel needs (colleagues, consulted bodies, the letter) goes with it.
 */
export async function taskPage(tx: Tx, row: TaskRow): Promise<Page> {
  const subject = await subjectOf(tx.sql, row.subject_id)
  if (!subject) throw notFound()
  const step = await stepOf(tx.sql, subject.processId, row.element_id)
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
      .map(([key, outcome]) => ({ key, label: outcome.label, needsReason: needsReason(outcome) })),
    canDecide: may('decide'),
    canClaim: may('claim') && row.assignee_id === null,
    canAssign: may('assign'),
    people:
      row.form === 'assign' || may('assign')
        ? await peopleOf(tx, row, row.form === 'assign' ? 'officer' : row.role)
        : [],
    consultBodies: await bodiesFor(tx, row.form, dossier),
    consultHints: await hintsOf(tx, row.form, dossier),
    supplement: await supplementOf(tx, row.form, dossier),
    stop: row.form === 'stop-check' ? await stopOf(tx, row.subject_id, dossier) : null,
    result: await resultsOf(tx, row.form, step.outcomes, dossier),
    consultation:
      row.subject_kind === 'consultation'
        ? ((await consultationViews(tx, await tx.em.find(Consultation, { id: row.subject_id })))[0] ?? null)
        : null,
    reception: row.form === 'reception' ? await receptionOf(tx, dossier) : null,
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

export async function letterOf(tx: Tx, row: TaskRow, dossier: Dossier): Promise<Letter | null> {
  if (row.subject_kind === 'letter') return tx.em.findOne(Letter, { id: row.subject_id })
  return row.form.startsWith('result-') ? liveResult(tx, dossier.id) : null
}

const signerName = async (tx: Tx, letter: Letter): Promise<string | null> =>
  letter.signedBy
    ? ((
        await tx.sql<{ full_name: string }>('select full_name from person where id = $1', [letter.signedBy])
      )[0]?.full_name ?? null)
    : null

/** Colleagues of a role with their load, lightest first and who is away last: a suggestion, not a rule. */
async function peopleOf(tx: Tx, row: TaskRow, role: string): Promise<Page['people']> {
  const endOfToday = endOfDay(legalDay(tx.at))
  const work = row.form === 'assign' ? 'appraise' : row.form
  const rows = await tx.sql<{
    id: string
    full_name: string
    title: Text
    open: number
    due_today: number
    absent_until: LegalDay | null
  }>(
    `select p.id, p.full_name, po.title,
            (select count(*)::int from task t where t.assignee_id = p.id and t.state = 'open') as open,
            (select count(*)::int from task t where t.assignee_id = p.id and t.state = 'open' and t.due_at < $3) as due_today,
            (select max(b.to_day) from absence b where b.person_id = p.id and b.cancelled_at is null
                and $4 between b.from_day and b.to_day and covers(b.procedures, b.forms, $5, $6)) as absent_until
       from post po join person p on p.id = po.person_id and p.active
      where po.unit_id = $1 and po.role = $2 and valid_on(po.valid_from, po.valid_to, $4)
      order by absent_until nulls first, open, p.full_name`,
    [row.unit_id, role, endOfToday, legalDay(tx.at), row.procedure_code, work],
  )
  return rows.map((one) => ({
    id: one.id,
    name: one.full_name,
    title: one.title,
    open: one.open,
    dueToday: one.due_today,
    absentUntil: one.absent_until,
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
  return (await askableBodies(tx, definition, dossier)).map((body) => ({
    ...body,
    silenceAt: silence.effectiveAt.toISOString(),
    conflictsWithDue,
    silenceText: { vi: proofText(silence.proof, 'vi'), en: proofText(silence.proof, 'en') },
  }))
}

/** What the form says of the body that the officer is to name. */
async function hintsOf(tx: Tx, form: string, dossier: Dossier): Promise<Page['consultHints']> {
  if (form !== 'appraise' && form !== 'consultation-summary') return []
  const { definition, eform } = await publishedVersion(tx.sql, dossier.procedureVersionId)
  const sight = await sightOf(tx, dossier)
  return namingHints(definition, eform, sight.answers(eform.schema, dossier.formData))
}

/** What receiving the dossier now would promise (rules 2). */
async function receptionOf(tx: Tx, dossier: Dossier): Promise<Page['reception']> {
  const now = await receptionNow(tx, dossier)
  return {
    dueAt: now.dueAt.toISOString(),
    form01: now.form01,
    handOverBy: now.handOverBy?.toISOString() ?? null,
    text: receptionText(now),
  }
}

async function supplementOf(tx: Tx, form: string, dossier: Dossier): Promise<Page['supplement']> {
  const { definition } = await publishedVersion(tx.sql, dossier.procedureVersionId)
  const sent = await tx.em.count(SupplementRequest, { dossierId: dossier.id, sentAt: { $ne: null } })
  const open = await openRequest(tx, dossier.id)
  const latest =
    open ??
    (await tx.em.findOne(SupplementRequest, { dossierId: dossier.id }, { orderBy: { round: 'desc' } }))
  const { round, stage, beyondMax } = nextRound(definition, sent)
  const asks = form === 'supplement-draft' || form === 'supplement-approve' || form === 'supplement-send'
  return {
    current: latest ? (supplementViews([latest])[0] ?? null) : null,
    round,
    stage,
    beyondMax,
    ahead: asks ? aheadView(await roundAhead(tx, dossier)) : null,
    phrases: form === 'supplement-draft' ? await phrasesFor(tx, dossier) : [],
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

/** What a form that writes the result chooses among; null for every other form. */
async function resultsOf(
  tx: Tx,
  form: string,
  outcomes: Step['outcomes'],
  dossier: Dossier,
): Promise<Page['result']> {
  const writing = Object.entries(outcomes).flatMap(([key, { promises }]) =>
    promises.includes('result.draft') ? [{ key, denied: deniedBy(form, key) }] : [],
  )
  return writing.length > 0 ? resultChoices(tx, dossier, writing) : null
}

const aheadView = ({ words, askBy, late, within, basis, waitUntil, wait }: RoundAhead) => ({
  words,
  askBy: askBy?.toISOString() ?? null,
  late,
  within,
  basis,
  waitUntil: waitUntil.toISOString(),
  wait,
})

/** The request that the one-stop checks, in the applicant's own words. */
async function stopOf(tx: Tx, requestId: string, dossier: Dossier): Promise<Page['stop']> {
  const [row] = await tx.sql<{ reason: string; requested_at: Date; name: string }>(
    `select s.reason, s.requested_at, p.full_name as name from stop_request s join person p on p.id = s.requested_by
      where s.id = $1`,
    [requestId],
  )
  if (!row) return null
  const { reason, requested_at: requestedAt, name: requestedBy } = row
  return { reason, requestedAt: requestedAt.toISOString(), requestedBy, ...(await stopAhead(tx, dossier)) }
}
