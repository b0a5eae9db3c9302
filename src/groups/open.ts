import { v7 as uuid } from 'uuid'
import { z } from 'zod'
import { asSystem } from '../access/filter.ts'
import { calendarOf } from '../calendar/agency-calendar.ts'
import { legalDay } from '../clock.ts'
import { attempt } from '../database/savepoint.ts'
import type { Tx } from '../database/transaction.ts'
import { startWatch } from '../deadlines/alarms.ts'
import { startDossierClock } from '../deadlines/clocks.ts'
import { handOverBy } from '../deadlines/due.ts'
import { beginLine } from '../deadlines/ledger.ts'
import { rulesOn } from '../deadlines/rules.ts'
import { drawCode } from '../dossiers/code.ts'
import { Dossier } from '../dossiers/entity.ts'
import { addFinding } from '../dossiers/finding.ts'
import { DoneInPart, defineWorker, enqueueStart, JobIncident } from '../engine/index.ts'
import { notifyApplicant } from '../notifications/notify.ts'
import { caseOf } from '../procedures/case.ts'
import type { Part } from '../procedures/definition.ts'
import { validateForm } from '../procedures/form.ts'
import { findVersion, publishedVersion } from '../procedures/version.ts'
import { correctedForm, partForm } from './map.ts'
import { isStopped } from './stopped.ts'

/**
 * "Mở hồ sơ thành phần": opens the parts of a group that its data name for this box, each once (group and part are the
 * natural key), with a code, clock, line of holders and process of its own. A part whose predecessors were not granted,
 * or whose form cannot be written from the group's, is an incident that names why; it holds no other part back.
 */
export const childrenOpen = defineWorker({
  type: 'children.open',
  input: z.object({ dossierId: z.uuid() }),
  output: z.object({}),
  run: async (transaction, job) => {
    const tx: Tx = { ...transaction, em: asSystem(transaction.em, 'children.open') }
    // Two workers on one group take turns, and so do they and a stop of the group.
    await tx.sql('select from dossier where id = $1 for no key update', [job.variables.dossierId])
    const group = await tx.em.findOneOrFail(Dossier, { id: job.variables.dossierId }, { refresh: true })
    const { definition } = await publishedVersion(tx.sql, group.procedureVersionId)
    const parts = definition.children.filter(({ open }) => open === job.elementId)
    if (parts.length === 0)
      throw new JobIncident(`"children" of ${definition.code} names no part that ${job.elementId} opens`)
    if (group.finishedAt || (await isStopped(tx.sql, group.id))) return {}
    const failures: unknown[] = []
    for (const part of parts) {
      const failure = await attempt(tx, (own) => openPart(own, group, part, definition.children))
      if (failure !== undefined) failures.push(failure)
    }
    if (failures.length > 0) throw new DoneInPart(failures[0])
    return {}
  },
})

async function openPart(tx: Tx, group: Dossier, part: Part, parts: Part[]): Promise<void> {
  const siblings = await tx.em.find(Dossier, { parentId: group.id })
  if (siblings.some(({ childKey }) => childKey === part.key)) return
  const before = part.after.map((key) => {
    const sibling = siblings.find(({ childKey }) => childKey === key)
    if (sibling?.result !== 'granted' || !sibling.finishedAt)
      throw new JobIncident(`"${part.key}" follows "${key}", which has not been granted`)
    return sibling
  })
  const version = await findVersion(tx.sql, part.procedure, legalDay(tx.at))
  if (!version) throw new JobIncident(`"${part.key}": procedure ${part.procedure} is not published`)
  const earlier = before.map(({ childKey, formData }) => ({
    formData,
    fields: parts.find(({ key }) => key === childKey)?.fields ?? {},
  }))
  const formData = partForm(part, correctedForm(group.formData, earlier), await answersOf(tx, before))
  const faults = validateForm(version, formData)
  if (faults.length > 0)
    throw new JobIncident(
      `"${part.key}": the form of ${part.procedure} cannot be written from the group's: ${faults.map(({ field }) => field).join(', ')}`,
    )
  const openedAt = await openingOf(tx, group, part, before)
  const counter = await counterOf(tx, group)
  const dossier = tx.em.create(Dossier, {
    id: uuid(),
    code: await drawCode(tx.sql, { id: counter.agency_id, code: counter.code }, openedAt),
    procedureVersionId: version.id,
    procedureCode: version.code,
    caseKey: caseOf(version.definition, formData),
    channel: group.channel,
    // Until its own dossier.route has spoken: where the group is. No other agency has taken part yet.
    agencyId: group.agencyId,
    decidingAgencyId: group.agencyId,
    oneStopUnitId: group.oneStopUnitId,
    unitId: group.unitId,
    participantAgencyIds: [],
    applicantId: group.applicantId,
    filedBy: group.filedBy,
    place: group.place,
    formData,
    facts: {},
    findings: [],
    state: 'processing',
    round: 1,
    filedAt: openedAt,
    receivedAt: openedAt,
    receivedBy: group.receivedBy ?? null,
    parentId: group.id,
    childKey: part.key,
    version: 1,
  })
  await tx.em.flush()
  await copyPapers(tx, group, dossier, part)
  await copyContact(tx, group.id, dossier.id)
  await begin(tx, group, dossier, version.processId, openedAt)
  await notifyApplicant(tx, { key: `received/${dossier.id}`, dossierId: dossier.id, template: 'received' })
  tx.audit({
    act: 'group.part-opened',
    dossierId: dossier.id,
    detail: { group: group.id, part: part.key, code: dossier.code, procedure: version.processId },
  })
  // One event for each: whoever may hear of the one is not told the other's id.
  for (const { id } of [group, dossier]) tx.notify('live', { type: 'dossier', ids: [id] })
}

/**
 * From when a part's days count. Not from the moment of this job, which may come late: from the act that made the part
 * possible. But what was held up beyond the hand-over's time (an incident) was not handed over then: the part's agency
 * has its days from the day on which it got it, and the group keeps a finding that it got it late.
 */
async function openingOf(tx: Tx, group: Dossier, part: Part, before: Dossier[]): Promise<Date> {
  const possible = [group.receivedAt, ...before.map(({ finishedAt }) => finishedAt)]
  const possibleAt = new Date(Math.max(...possible.map((at) => Number(at ?? tx.at))))
  const calendar = await calendarOf(tx.sql, group.agencyId)
  const openBy = handOverBy({ calendar, rules: rulesOn(legalDay(possibleAt)), receivedAt: possibleAt })
  if (tx.at <= openBy) return possibleAt
  await addFinding(tx, group, 'part-opened-late', tx.at, { part: part.key, openBy: openBy.toISOString() })
  return tx.at
}

/**
 * A part needs no reception of its own: the group was received by a named clerk, and the part is handed on within it
 * (our reading of NĐ 63/2024/NĐ-CP art. 7, which counts each part's days from its transfer by the shared software).
 */
async function begin(
  tx: Tx,
  group: Dossier,
  dossier: Dossier,
  processId: string,
  openedAt: Date,
): Promise<void> {
  await startDossierClock(tx, dossier.id, {
    at: openedAt,
    by: group.receivedBy ?? null,
    document: { group: group.code },
  })
  await beginLine(
    tx.sql,
    dossier.id,
    { agencyId: dossier.agencyId, unitId: dossier.unitId, personId: null },
    {
      elementId: '',
      stepName: { vi: 'Chuyển trong nhóm liên thông', en: 'Handed on within the group' },
      taskId: null,
      allottedMinutes: null,
    },
    openedAt,
    {
      act: 'group.part-opened',
      personId: null,
      text: { vi: `Mở theo hồ sơ liên thông ${group.code}`, en: `Opened by the group dossier ${group.code}` },
    },
  )
  await enqueueStart(tx, {
    subjectId: dossier.id,
    processId,
    kind: 'dossier',
    dossierId: dossier.id,
    variables: { caseKey: dossier.caseKey },
  })
  await startWatch(tx, dossier.id)
}

async function counterOf(tx: Tx, group: Dossier): Promise<{ agency_id: string; code: string }> {
  const [row] = await tx.sql<{ agency_id: string; code: string }>(
    'select a.id as agency_id, a.code from unit u join agency a on a.id = u.agency_id where u.id = $1',
    [group.oneStopUnitId],
  )
  if (!row) throw new Error(`unit ${group.oneStopUnitId} is not there`)
  return row
}

/** What other systems told the parts before, by part, question and name: the latest answer counts. */
async function answersOf(tx: Tx, parts: Dossier[]) {
  const rows = await tx.sql<{ dossier_id: string; element_id: string; data: Record<string, unknown> }>(
    `select distinct on (dossier_id, element_id) dossier_id, element_id, answer->'data' as data from exchange
      where dossier_id = any($1) and state = 'answered' order by dossier_id, element_id, visit desc`,
    [parts.map(({ id }) => id)],
  )
  return ({ part, exchange, answer }: { part: string; exchange: string; answer: string }): unknown => {
    const { id } = parts.find(({ childKey }) => childKey === part) ?? {}
    return rows.find((row) => row.dossier_id === id && row.element_id === exchange)?.data[answer]
  }
}

/** The part gets the files of the papers that its data name, and no others: its agency sees those only. */
const copyPapers = (tx: Tx, group: Dossier, dossier: Dossier, { papers }: Part) =>
  tx.sql(
    `insert into document (id, dossier_id, agency_id, paper_key, sha256, file_name, media_type, size, round, added_by, added_at)
     select gen_random_uuid(), $2, $3, named.key, d.sha256, d.file_name, d.media_type, d.size, 1, d.added_by, $5
       from document d join jsonb_each_text($4::jsonb) named on named.value = d.paper_key
      where d.dossier_id = $1`,
    [group.id, dossier.id, dossier.agencyId, JSON.stringify(papers), tx.at],
  )

/** What the group's paper gives as contact holds for its parts: their letters print it and their messages go there. */
const copyContact = (tx: Tx, groupId: string, partId: string) =>
  tx.sql(
    `insert into dossier_contact (dossier_id, email, phone, address)
     select $2, email, phone, address from dossier_contact where dossier_id = $1`,
    [groupId, partId],
  )
