import { v7 as uuid } from 'uuid'
import type { z } from 'zod'
import { asSystem } from '../access/filter.ts'
import { legalDay } from '../clock.ts'
import { keepContact } from '../counter/contact.ts'
import { counterFaults, recordChecks, recordFiling, settledAtCounter } from '../counter/filing.ts'
import { type Applicant, namedPerson } from '../counter/person.ts'
import type { Tx } from '../database/transaction.ts'
import { startWatch } from '../deadlines/alarms.ts'
import { beginLine } from '../deadlines/ledger.ts'
import { countedAsFiled } from '../deadlines/reception.ts'
import { startReception } from '../deadlines/side-clocks.ts'
import { attachUploads } from '../documents/attach.ts'
import { enqueueStart } from '../engine/index.ts'
import { invalid, invalidField } from '../http/invalid.ts'
import { conflict, forbidden } from '../http/problem.ts'
import { notifyApplicant } from '../notifications/notify.ts'
import { openFee } from '../payments/due.ts'
import { feeOf } from '../payments/fee.ts'
import { caseOf } from '../procedures/case.ts'
import type { Fee, ProcedureDefinition } from '../procedures/definition.ts'
import { missingPapers, validateForm } from '../procedures/form.ts'
import { findVersion, type ProcedureVersion } from '../procedures/version.ts'
import { drawCode } from './code.ts'
import { Dossier } from './entity.ts'
import { withRecord } from './record-answers.ts'
import type { FileDossier } from './schemas.ts'
import { waitElement } from './supplement.ts'

type Input = z.output<typeof FileDossier>
type Counter = { agencyId: string; agencyCode: string; oneStopUnitId: string; specialistUnitId: string }

/**
 * Filing gives a code and an acknowledgement without a due date; the clock begins when a clerk receives the dossier
 * (rules 1). Everything is one transaction, and the engine is asked afterwards: with Zeebe down the citizen is still
 * acknowledged. Problems (422) name each field and its mend; then nothing is saved.
 */
export async function fileDossier(transaction: Tx, given: Input): Promise<Dossier> {
  const actorId = transaction.actor.personId
  if (!actorId) throw forbidden()
  const tx: Tx = { ...transaction, em: asSystem(transaction.em, 'filing') }
  const version = await findVersion(tx.sql, given.procedureCode, legalDay(tx.at))
  if (!version)
    throw invalidField(
      'procedureCode',
      `Không có thủ tục mã “${given.procedureCode}”; chọn lại trong danh mục.`,
      `There is no procedure with the code “${given.procedureCode}”; choose one of the catalogue.`,
    )
  if (given.procedureVersion !== undefined && given.procedureVersion !== version.version)
    throw anotherVersion(version)
  const counter = await counterOf(tx, given.place, version.definition)
  const { personId: applicantId, written } = await applicantOf(tx, given, counter, actorId)
  // On paper stands what the clerk has read there, and nothing of the record is added behind it.
  const forHimself = given.channel === 'ONLINE' && !given.applicant
  const { formData, fromRecord } = forHimself
    ? await withRecord(tx, version.eform, applicantId, given.formData)
    : { formData: given.formData, fromRecord: [] }
  const input = { ...given, formData }
  checkContent(version, input)

  const dossier = tx.em.create(Dossier, {
    id: uuid(),
    code: await drawCode(tx.sql, { id: counter.agencyId, code: counter.agencyCode }, tx.at),
    procedureVersionId: version.id,
    procedureCode: version.code,
    caseKey: caseOf(version.definition, input.formData),
    channel: input.channel,
    agencyId: counter.agencyId,
    decidingAgencyId: counter.agencyId,
    oneStopUnitId: counter.oneStopUnitId,
    // Until dossier.route has spoken, the counter's agency and its first specialist unit.
    unitId: counter.specialistUnitId,
    participantAgencyIds: [counter.agencyId],
    applicantId,
    filedBy: actorId,
    place: input.place,
    formData: input.formData,
    facts: {},
    findings: [],
    state: 'filed',
    round: 1,
    filedAt: tx.at,
    parentId: null,
    childKey: null,
    version: 1,
  })
  await tx.em.flush()
  await keepContact(transaction, dossier.id, written)
  await attachUploads(tx, {
    dossierId: dossier.id,
    agencyId: dossier.agencyId,
    papers: input.papers,
    definition: version.definition,
    round: 1,
    addedBy: actorId,
  })
  if (input.channel !== 'ONLINE' && input.counter) {
    await recordFiling(tx, dossier.id, actorId, input.counter)
    await recordChecks(
      tx,
      { dossierId: dossier.id, round: 1, clerkId: actorId },
      input.counter.checks,
      input.papers,
    )
  }
  const fee = feeOf(version.definition, dossier.channel, dossier.caseKey)
  await begin(tx, dossier, version, fee)
  await notifyApplicant(tx, { key: `filed/${dossier.id}`, dossierId: dossier.id, template: 'filed' })
  transaction.audit({
    act: 'dossier.filed',
    dossierId: dossier.id,
    detail: {
      code: dossier.code,
      procedure: version.processId,
      channel: dossier.channel,
      papers: input.papers.map((p) => p.paperKey),
      // Questions that the applicant's record has answered, by name: the answers themselves stand in the dossier.
      fromRecord,
    },
  })
  transaction.notify('live', { type: 'dossier', ids: [dossier.id] })
  await tx.em.flush()
  return dossier
}

/** The form was opened before another version came into force: nobody is held to questions that they have not seen. */
const anotherVersion = ({ version, definition: { name, decision } }: ProcedureVersion) =>
  conflict(
    'procedure-changed',
    {
      vi: `Thủ tục “${name.vi}” có phiên bản ${version} từ sau khi bạn mở biểu mẫu (theo Quyết định ${decision.number}), nên hồ sơ chưa được gửi. Những gì đã điền vẫn còn: hãy mở biểu mẫu mới, xem lại phần thay đổi rồi gửi.`,
      en: `The procedure “${name.en ?? name.vi}” has had version ${version} since you opened the form (decision ${decision.number}), so nothing was sent. What you have filled in is kept: open the new form, look at what has changed, and send it.`,
    },
    { version },
  )

/** The fee is owed, or reception has its limit; the line of holders begins, the procedure's exact version and the watch are started by the outbox. */
async function begin(
  tx: Tx,
  dossier: Dossier,
  version: ProcedureVersion,
  fee: Fee | undefined,
): Promise<void> {
  const unpaid = fee && (await waitElement(tx, dossier, 'await.payment'))
  if (fee) await openFee(tx, dossier, fee)
  else
    await startReception(
      tx,
      dossier.id,
      version.definition.reception.limit,
      await countedAsFiled(tx, dossier),
    )
  await beginLine(
    tx.sql,
    dossier.id,
    {
      agencyId: dossier.agencyId,
      unitId: dossier.oneStopUnitId,
      personId: null,
      onBehalf: unpaid ? 'applicant' : 'holder',
    },
    {
      elementId: unpaid ?? '',
      stepName: (unpaid && version.definition.waits[unpaid]?.name) || {
        vi: 'Chờ tiếp nhận',
        en: 'Awaiting reception',
      },
      taskId: null,
      allottedMinutes: null,
    },
    tx.at,
    { act: 'dossier.filed', personId: dossier.filedBy, text: { vi: 'Nộp hồ sơ', en: 'Filed' } },
  )
  await enqueueStart(tx, {
    subjectId: dossier.id,
    processId: version.processId,
    kind: 'dossier',
    dossierId: dossier.id,
    variables: { caseKey: dossier.caseKey },
  })
  await startWatch(tx, dossier.id)
}

/**
 * The counter for a place on the legal day, with the units a dossier needs from its first minute: that of the commune
 * itself, or of the province it lies in, as the procedure has it.
 */
async function counterOf(
  tx: Tx,
  place: string,
  { counter }: Pick<ProcedureDefinition, 'counter'>,
): Promise<Counter> {
  const [row] = await tx.sql<{
    agency_id: string
    code: string
    one_stop: string | null
    specialist: string | null
  }>(
    `with recursive above as (
        select a.* from agency a where a.code = $1 and a.level = 'commune' and valid_on(a.valid_from, a.valid_to, $2)
        union all
        select parent.* from agency parent join above on above.parent_id = parent.id)
     select a.id as agency_id, a.code,
            (select u.id from unit u where u.agency_id = a.id and u.kind = 'one-stop' and valid_on(u.valid_from, u.valid_to, $2) limit 1) as one_stop,
            (select u.id from unit u where u.agency_id = a.id and u.kind = 'specialist' and valid_on(u.valid_from, u.valid_to, $2)
              order by u.code limit 1) as specialist
       from above a where a.level = $3`,
    [place, legalDay(tx.at), counter === 'province' ? 'province' : 'commune'],
  )
  if (!row?.one_stop || !row.specialist)
    throw invalidField(
      'place',
      `“${place}” không phải nơi tiếp nhận hồ sơ hiện nay; chọn lại xã, phường trong danh sách.`,
      `“${place}” is not a place that receives dossiers today; choose a commune of the list.`,
    )
  return {
    agencyId: row.agency_id,
    agencyCode: row.code,
    oneStopUnitId: row.one_stop,
    specialistUnitId: row.specialist,
  }
}

/** Online the person files for himself; on paper a clerk of the one-stop files for a named person. */
async function applicantOf(tx: Tx, input: Input, counter: Counter, actorId: string): Promise<Applicant> {
  const clerk = tx.actor.posts.find(
    (post) =>
      post.unitId === counter.oneStopUnitId && (post.role === 'clerk' || post.role === 'one-stop-head'),
  )
  if (input.channel === 'ONLINE' && !input.applicant) return { personId: actorId }
  if (!clerk)
    throw forbidden({
      vi: 'Chỉ cán bộ một cửa của nơi tiếp nhận được nộp hồ sơ giấy thay người dân.',
      en: 'Only a clerk of the receiving one-stop may file on paper for somebody.',
    })
  if (!input.applicant)
    throw invalidField('applicant', 'Ghi họ tên người nộp hồ sơ.', 'Give the name of the applicant.')
  return namedPerson(tx, input.applicant)
}

function checkContent(version: ProcedureVersion, input: Input): void {
  const { definition } = version
  if (!definition.channels.includes(input.channel))
    throw invalidField(
      'channel',
      'Thủ tục này không nhận theo cách nộp đã chọn.',
      'This procedure is not filed that way.',
    )
  const faults = validateForm(version, input.formData).map(({ field, message }) => ({
    field: `formData.${field}`,
    message,
  }))
  const papers = faults.length
    ? []
    : missingPapers(definition, {
        case: caseOf(definition, input.formData),
        channel: input.channel,
        papers: [...input.papers.map((paper) => paper.paperKey), ...settledAtCounter(input.counter)],
      }).map((paper) => ({
        field: `papers.${paper.key}`,
        message: {
          vi: `Thiếu “${paper.name.vi}”: hãy tải lên.`,
          en: `“${paper.name.en ?? paper.name.vi}” is missing: upload it.`,
        },
      }))
  const counter = counterFaults(definition, input)
  if (faults.length + papers.length + counter.length > 0) throw invalid([...faults, ...papers, ...counter])
}
