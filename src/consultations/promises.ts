import { v7 as uuid } from 'uuid'
import type { Tx } from '../database/transaction.ts'
import { endSide, passOn } from '../deadlines/ledger.ts'
import { endClock } from '../deadlines/side-clocks.ts'
import type { Dossier } from '../dossiers/entity.ts'
import { addFinding } from '../dossiers/finding.ts'
import { waitElement } from '../dossiers/supplement.ts'
import { lockSubjects, settleWait } from '../engine/index.ts'
import { invalidField } from '../http/invalid.ts'
import { publishedVersion } from '../procedures/version.ts'
import type { Keeper } from '../tasks/act.ts'
import { askableBodies } from './bodies.ts'
import { Consultation } from './entity.ts'

type Asked = { agencyCode: string; question: string }

/** The batch a next question would belong to: asking again is a new batch. */
export async function nextBatch(tx: Tx, dossierId: string): Promise<number> {
  const [row] = await tx.sql<{ batch: number }>(
    'select coalesce(max(batch), 0)::int as batch from consultation where dossier_id = $1 and sent_at is not null',
    [dossierId],
  )
  return (row?.batch ?? 0) + 1
}

/** Who is asked what, kept until the engine sends it ("Gửi lấy ý kiến"). Bodies are those of the procedure's data. */
export const draft: Keeper = {
  async check({ tx, dossier, data }) {
    const asked = (data.consult ?? []) as Asked[]
    const { definition } = await publishedVersion(tx.sql, dossier.procedureVersionId)
    if (asked.length === 0)
      throw invalidField(
        'data.consult',
        'Chọn ít nhất một cơ quan để lấy ý kiến.',
        'Choose at least one body to consult.',
      )
    const bodies = new Set((await askableBodies(tx, definition, dossier)).map((body) => body.agency.code))
    for (const [n, { agencyCode }] of asked.entries())
      if (!bodies.has(agencyCode))
        throw invalidField(
          `data.consult.${n}.agencyCode`,
          `Thủ tục này không lấy ý kiến cơ quan “${agencyCode}”.`,
          `This procedure does not consult “${agencyCode}”.`,
        )
    if (new Set(asked.map((one) => one.agencyCode)).size < asked.length)
      throw invalidField('data.consult', 'Mỗi cơ quan chỉ chọn một lần.', 'Choose each body once.')
  },
  async keep({ tx, dossier, data, by, at }) {
    const { definition } = await publishedVersion(tx.sql, dossier.procedureVersionId)
    const rule = definition.consultation
    if (!rule) throw new Error(`procedure ${definition.code} has no consultation`)
    const batch = await nextBatch(tx, dossier.id)
    const bodies = await askableBodies(tx, definition, dossier)
    await tx.sql('delete from consultation where dossier_id = $1 and sent_at is null', [dossier.id])
    for (const { agencyCode, question } of data.consult as Asked[]) {
      const body = bodies.find((one) => one.agency.code === agencyCode)
      if (!body) throw new Error(`agency ${agencyCode} with its unit is not in the organisation`)
      tx.em.create(Consultation, {
        id: uuid(),
        dossierId: dossier.id,
        batch,
        agencyId: body.agency.id,
        unitId: body.unit.id,
        question,
        askedBy: by,
        draftedAt: at,
        onSilence: rule.onSilence,
        silenceBasis: {
          text: { vi: rule.basis.text },
          source: rule.basis.source,
          verified: rule.basis.verified,
        },
        answer: '',
        late: false,
        conflictsWithDue: false,
      })
    }
    return undefined
  },
}

/** The consulted body answers; after its limit the answer is late, whether or not the alarm of its clock has rung. */
export const answer: Keeper = {
  async keep(act) {
    const { tx, at, by, data } = act
    const consultation = await tx.em.findOneOrFail(Consultation, { id: act.task.subjectId })
    consultation.outcome = act.decision.outcome === 'objected' ? 'objected' : 'agreed'
    consultation.answer = String(data.answer ?? '')
    consultation.answeredBy = by
    consultation.answeredAt = at
    consultation.late =
      consultation.dueAt !== null && consultation.dueAt !== undefined && at > consultation.dueAt
    await tx.em.flush()
    await endClock(tx, consultation.id, 'consultation', at)
    await endSide(tx.sql, consultation.id, at, act.ledgerAct)
    if (consultation.late)
      await addFinding(tx, { id: act.dossier.id, agencyId: consultation.agencyId }, 'consultation-late', at, {
        consultation: consultation.id,
      })
    await finishBatch(tx, act.dossier, consultation.batch)
    return undefined
  },
}

/** When every body of a batch has answered or is silent, the dossier's one wait ends. */
export async function finishBatch(tx: Tx, dossier: Dossier, batch: number): Promise<void> {
  // Two last answers at the same moment: the second waits here, and counts the first.
  await lockSubjects(tx.sql, [dossier.id])
  const open = await tx.em.count(Consultation, { dossierId: dossier.id, batch, outcome: null })
  if (open > 0) return
  const settled = await settleWait(tx, {
    subjectId: dossier.id,
    elementId: await waitElement(tx, dossier, 'await.consultations'),
    visit: batch,
    outcome: 'complete',
  })
  if (settled === 'won')
    await passOn(tx.sql, dossier.id, tx.at, {
      act: 'consultation.complete',
      personId: null,
      text: { vi: 'Đủ ý kiến', en: 'Every opinion is in' },
    })
}

/** Absent where a refusal is drafted: there is nothing to confirm or answer. */
type Summary = { confirmedSilence?: string[]; answers?: { consultationId: string; text: string }[] }

/** "Tổng hợp ý kiến": each consent by silence is confirmed and each objection answered before anything goes on (rules 6). */
export const summary: Keeper = {
  async check({ tx, dossier, data, decision }) {
    if (decision.outcome !== 'approved') return
    const { confirmedSilence = [], answers = [] } = data as Summary
    const rows = await tx.em.find(Consultation, { dossierId: dossier.id }, { orderBy: { batch: 'desc' } })
    const current = rows.filter((row) => row.batch === rows[0]?.batch)
    const unconfirmed = current.find(
      (row) => row.outcome === 'silent' && row.onSilence === 'CONSENT' && !confirmedSilence.includes(row.id),
    )
    if (unconfirmed)
      throw invalidField(
        'data.confirmedSilence',
        'Cần xác nhận “ghi nhận không có ý kiến” cho từng cơ quan im lặng.',
        'Confirm “no opinion recorded” for each silent body.',
      )
    const unanswered = current.find(
      (row) => row.outcome === 'objected' && !answers.some((one) => one.consultationId === row.id),
    )
    if (unanswered)
      throw invalidField(
        'data.answers',
        'Mỗi ý kiến không đồng ý phải được giải trình trước khi trình ký.',
        'Every objection must be answered before the result is submitted.',
      )
  },
  async keep({ tx, dossier, data, decision }) {
    const { confirmedSilence = [], answers = [] } = data as Summary
    // Questions that were drafted and never approved are no part of the record.
    await tx.sql('delete from consultation where dossier_id = $1 and sent_at is null', [dossier.id])
    tx.audit({
      act: 'consultation.summarised',
      dossierId: dossier.id,
      detail: {
        outcome: decision.outcome,
        silenceConfirmed: confirmedSilence,
        objectionsAnswered: answers.map((one) => one.consultationId),
      },
    })
    return undefined
  },
}
