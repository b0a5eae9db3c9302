import type { z } from 'zod'
import { allows } from '../access/ability.ts'
import { asSystem } from '../access/filter.ts'
import { calendarOf } from '../calendar/agency-calendar.ts'
import { Confirmation } from '../confirmations/entity.ts'
import { confirmationViews } from '../confirmations/views.ts'
import { Consultation } from '../consultations/entity.ts'
import { contactOf } from '../counter/contact.ts'
import { collectionView, counterFilingView, paperCheckViews } from '../counter/views.ts'
import type { Tx } from '../database/transaction.ts'
import { DeadlineClock } from '../deadlines/entity.ts'
import { limitsOf } from '../deadlines/limits-of.ts'
import { holdingViews } from '../deadlines/read-model.ts'
import { groupView } from '../groups/view.ts'
import { Letter } from '../letters/entity.ts'
import { isReady } from '../letters/issue.ts'
import { personalView } from '../personal/read-model.ts'
import { type Sight, sightOf } from '../personal/sight.ts'
import { publishedVersion } from '../procedures/version.ts'
import { taskSummaries, tasksOfDossier } from '../tasks/read-model.ts'
import type { Text } from '../text.ts'
import { Dossier, StopRequest, SupplementRequest } from './entity.ts'
import { historyOf } from './history.ts'
import { notesOf } from './notes.ts'
import { type DossierRow, dossierSummary } from './read-model.ts'
import type { DossierPage } from './schemas.ts'
import { clockView, consultationViews, letterView, supplementViews } from './views.ts'

type Page = z.input<typeof DossierPage>

/** Staff who may read a dossier see how it is worked on; applicants, staff among them, see their own affair. */
export const seesInside = (actor: Tx['actor'], applicantId: string): boolean =>
  actor.kind === 'staff' && applicantId !== actor.personId

/**
 * Everything the dossier page shows. The caller has checked that the actor may read the dossier; the applicant sees their
 * own affair (form, papers, letters that have left, clock), staff also the inside: tasks, holders, notes, drafts.
 */
export async function dossierPage(transaction: Tx, row: DossierRow): Promise<Page> {
  const tx: Tx = { ...transaction, em: asSystem(transaction.em, 'dossier page') }
  const dossier = await tx.em.findOneOrFail(Dossier, { id: row.id })
  const version = await publishedVersion(tx.sql, dossier.procedureVersionId)
  const calendar = await calendarOf(tx.sql, dossier.agencyId)
  const inside = seesInside(tx.actor, dossier.applicantId)
  const sight = await sightOf(tx, dossier)
  const clocks = await tx.em.find(
    DeadlineClock,
    { dossierId: row.id, kind: { $ne: 'step' } },
    { orderBy: { startedAt: 'asc' } },
  )
  const views = clocks.map((clock) => clockView(clock, calendar, tx.at))
  const current =
    views.filter((view) => view.kind === 'dossier').at(-1) ??
    views.find((view) => view.kind === 'reception') ??
    views.find((view) => view.kind === 'payment')
  const tasks = inside ? await tasksOfDossier(tx, row.id) : []
  const summaries = await taskSummaries(tx, tasks)
  const confirmations = await tx.em.find(Confirmation, { dossierId: row.id }, { orderBy: { visit: 'asc' } })
  const may = (action: 'supplement' | 'confirm' | 'withdraw' | 'note' | 'extend') =>
    allows(tx.actor.ability, action, 'Dossier', dossier)
  return {
    ...dossierSummary(row, tx.at),
    version: dossier.version,
    form: {
      data: sight.answers(version.eform.schema, dossier.formData),
      schema: version.eform.schema,
      ui: { ...version.eform.ui, groups: version.eform.groups },
    },
    procedureVersion: version.version,
    group: await groupView(tx, dossier),
    sample: version.definition.sample,
    person: await personOf(tx, dossier.id, sight),
    personal: await personalView(tx, dossier, sight),
    place: await placeOf(tx, dossier.place),
    papers: await papersOf(tx, dossier, version.definition.papers),
    counterFiling: inside ? await counterFilingView(tx, dossier.id, sight) : null,
    paperChecks: inside ? await paperCheckViews(tx, dossier, version.definition.papers) : [],
    collection: inside ? await collectionView(tx, dossier.id, sight) : null,
    findings: inside ? dossier.findings : [],
    clock: current ?? null,
    clocks: inside
      ? views
      : views.filter((view) => view.kind === 'dossier' || view.kind === 'supplement-wait'),
    letters: await lettersOf(tx, dossier, inside),
    holdings: inside ? await holdingViews(tx, row.id, calendar) : [],
    history: await historyOf(tx, row.id, inside),
    consultations: inside
      ? await consultationViews(
          tx,
          await tx.em.find(
            Consultation,
            { dossierId: row.id, sentAt: { $ne: null } },
            { orderBy: { sentAt: 'asc' } },
          ),
        )
      : [],
    supplements: supplementViews(
      await tx.em.find(
        SupplementRequest,
        inside ? { dossierId: row.id } : { dossierId: row.id, sentAt: { $ne: null } },
        { orderBy: { round: 'asc' } },
      ),
    ),
    confirmations: confirmationViews(confirmations, version.eform, sight),
    tasks: summaries,
    notes: inside ? await notesOf(tx, row.id) : [],
    can: {
      supplement: may('supplement') && dossier.state === 'waiting-supplement',
      confirm: may('confirm') && !dossier.finishedAt && confirmations.some(({ outcome }) => !outcome),
      withdraw:
        may('withdraw') &&
        !dossier.finishedAt &&
        (await tx.em.count(StopRequest, { dossierId: row.id, outcome: null })) === 0,
      extend:
        may('extend') &&
        !dossier.finishedAt &&
        !dossier.facts.verification &&
        dossier.parentId !== null &&
        (await limitsOf(tx.sql, dossier)).withVerification !== null,
      note: may('note'),
      seeInternal: inside,
    },
  }
}

async function personOf(tx: Tx, dossierId: string, sight: Sight): Promise<Page['person']> {
  const person = await contactOf(tx.sql, dossierId)
  return {
    name: person?.full_name ?? '',
    identityNo: sight.value('number', person?.identity_no ?? ''),
    email: sight.value('email', person?.email ?? ''),
    phone: sight.value('phone', person?.phone ?? ''),
    address: sight.value('address', person?.address ?? ''),
  }
}

async function placeOf(tx: Tx, code: string): Promise<Page['place']> {
  const [place] = await tx.sql<{ name: Text }>('select name from agency where code = $1', [code])
  return { code, name: place?.name ?? { vi: code } }
}

type DocumentRow = {
  id: string
  paper_key: string
  file_name: string
  media_type: string
  size: string
  round: number
  added_at: Date
}

async function papersOf(
  tx: Tx,
  dossier: Dossier,
  papers: {
    key: string
    name: Text
    requiredFor: { cases: string[]; channels: string[] } | null
    lookUp?: { basis: { text: string } } | undefined
  }[],
): Promise<Page['papers']> {
  const documents = await tx.sql<DocumentRow>(
    `select id, paper_key, file_name, media_type, size, round, added_at from document where dossier_id = $1
      order by round, added_at, id`,
    [dossier.id],
  )
  return papers.map((paper) => ({
    key: paper.key,
    name: paper.name,
    required:
      !!paper.requiredFor?.cases.includes(dossier.caseKey) &&
      paper.requiredFor.channels.includes(dossier.channel),
    lookedUp: paper.lookUp?.basis.text ?? null,
    documents: documents
      .filter((document) => document.paper_key === paper.key)
      .map((document) => ({
        id: document.id,
        fileName: document.file_name,
        mediaType: document.media_type,
        size: Number(document.size),
        round: document.round,
        addedAt: document.added_at.toISOString(),
      })),
  }))
}

/** For the applicant: what has left the building, and a result that lies ready for them. */
async function lettersOf(tx: Tx, dossier: Dossier, inside: boolean): Promise<Page['letters']> {
  const all = await tx.em.find(Letter, { dossierId: dossier.id }, { orderBy: { draftedAt: 'asc' } })
  const letters = inside
    ? all
    : all.filter((letter) => letter.state === 'delivered' || isReady(letter, dossier.finishedAt ?? null))
  const signers = await tx.sql<{ id: string; full_name: string }>(
    'select id, full_name from person where id = any($1)',
    [letters.flatMap((letter) => (letter.signedBy ? [letter.signedBy] : []))],
  )
  return letters.map((letter) =>
    letterView(letter, signers.find((one) => one.id === letter.signedBy)?.full_name ?? null),
  )
}
