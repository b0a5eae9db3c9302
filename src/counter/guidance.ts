import type { z } from 'zod'
import { inWhosePlace } from '../absence/who-does.ts'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { heldTask } from '../deadlines/held-task.ts'
import { moveHolder } from '../deadlines/ledger.ts'
import { endClock } from '../deadlines/side-clocks.ts'
import { attachUploads } from '../documents/attach.ts'
import type { Dossier } from '../dossiers/entity.ts'
import type { FilePaper } from '../dossiers/schemas.ts'
import { conflict } from '../http/problem.ts'
import { contentOf, frameOf, officerOf } from '../letters/compose.ts'
import { attached, issueAtCounter } from '../letters/keepers.ts'
import { notifyApplicant } from '../notifications/notify.ts'
import { publishedVersion } from '../procedures/version.ts'
import type { Services } from '../services.ts'
import { checkFaults, recordChecks, refuse, stillMissing } from './filing.ts'
import type { PaperCheck } from './schemas.ts'

/**
 * Form 02 at the counter, before reception (NĐ 61/2018 art. 17.1a): every missing paper at once, one time. The
 * one-stop's time to receive ends; from now on it is the applicant's turn. No round of the appraisal is used up.
 */
export async function guideApplicant(tx: Tx, services: Services, dossier: Dossier, by: string, note: string) {
  const task = await mustWaitForReception(tx, dossier)
  const { definition } = await publishedVersion(tx.sql, dossier.procedureVersionId)
  const missing = await stillMissing(tx, dossier, definition)
  if (missing.length === 0)
    throw conflict('nothing-missing', {
      vi: 'Danh mục quét không ghi giấy tờ nào còn thiếu: tiếp nhận hồ sơ, hoặc ghi giấy tờ thiếu trước.',
      en: 'The checklist names no missing paper: receive the dossier, or record what is missing first.',
    })
  const [filing] = await tx.sql<{ guided_at: Date | null }>(
    'select guided_at from counter_filing where dossier_id = $1 for update',
    [dossier.id],
  )
  if (!filing || filing.guided_at)
    throw conflict('guided-once', {
      vi: 'Hồ sơ đã có phiếu hướng dẫn bổ sung; chỉ hướng dẫn một lần. Tiếp nhận khi đủ, hoặc từ chối kèm lý do.',
      en: 'The dossier has its form 02 already; guidance is given once. Receive it when complete, or refuse with a reason.',
    })
  const frame = await frameOf(tx, dossier, 'counter')
  const clerk = await officerOf(tx, {
    actorId: by,
    inPlaceOf: await inWhosePlace(tx.sql, task, by, legalDay(tx.at)),
  })
  const letter = await issueAtCounter(
    { tx, services, dossier, by },
    {
      kind: 'supplement',
      data: {
        content: await contentOf(tx, dossier),
        items: missing.map((paper) => ({
          content: paper.name.vi,
          reason: 'Thiếu khi kiểm tra hồ sơ tại quầy',
        })),
        ...(note ? { reason: note } : {}),
        contact: { name: clerk.name, phone: frame.phone },
        guide: clerk,
      },
    },
  )
  await tx.sql('update counter_filing set guided_at = $2, guidance_letter_id = $3 where dossier_id = $1', [
    dossier.id,
    tx.at,
    letter.id,
  ])
  await endClock(tx, dossier.id, 'reception', tx.at)
  await turnOf(tx, dossier, 'applicant')
  await notifyApplicant(tx, {
    key: `guidance/${letter.id}`,
    dossierId: dossier.id,
    template: 'guided',
    attachments: attached(letter),
  })
  tx.audit({
    act: 'counter.guided',
    dossierId: dossier.id,
    detail: { letter: letter.id, number: letter.numberText, papers: missing.map(({ key }) => key) },
  })
  tx.notify('live', { type: 'dossier', ids: [dossier.id] })
  return letter
}

/** Papers that were brought to the counter before reception: filed, checked off, and the one-stop's turn again. */
export async function addCounterPapers(
  tx: Tx,
  dossier: Dossier,
  by: string,
  given: { papers: z.output<typeof FilePaper>[]; checks: PaperCheck[] },
): Promise<void> {
  await mustWaitForReception(tx, dossier)
  const { definition } = await publishedVersion(tx.sql, dossier.procedureVersionId)
  refuse(checkFaults(definition, given.checks, new Set(given.papers.map((paper) => paper.paperKey))))
  await attachUploads(tx, {
    dossierId: dossier.id,
    agencyId: dossier.agencyId,
    papers: given.papers,
    definition,
    round: 1,
    addedBy: by,
  })
  await recordChecks(tx, { dossierId: dossier.id, round: 1, clerkId: by }, given.checks, given.papers)
  if ((await stillMissing(tx, dossier, definition)).length === 0) {
    await tx.sql(
      'update counter_filing set completed_at = $2 where dossier_id = $1 and guided_at is not null',
      [dossier.id, tx.at],
    )
    await turnOf(tx, dossier, 'holder')
  }
  tx.notify('live', { type: 'dossier', ids: [dossier.id] })
}

async function receptionTask(tx: Tx, dossierId: string): Promise<string | undefined> {
  const [row] = await tx.sql<{ id: string }>(
    `select id from task where dossier_id = $1 and form = 'reception' and state = 'open' order by opened_at desc limit 1`,
    [dossierId],
  )
  return row?.id
}

async function mustWaitForReception(tx: Tx, dossier: Dossier): Promise<string> {
  const task = dossier.state === 'filed' ? await receptionTask(tx, dossier.id) : undefined
  if (task) return task
  throw conflict('not-at-reception', {
    vi: 'Hồ sơ không ở bước tiếp nhận (đã tiếp nhận, đã từ chối hoặc đang chuyển bước). Tải lại trang rồi xem tình trạng.',
    en: 'The dossier is not at its reception (received, refused, or moving). Reload the page to see how it stands.',
  })
}

/** While papers are missing the time is the applicant's; when they are there it is the one-stop's. */
async function turnOf(tx: Tx, dossier: Dossier, onBehalf: 'applicant' | 'holder'): Promise<void> {
  const id = await receptionTask(tx, dossier.id)
  const task = id ? await heldTask(tx.sql, id) : undefined
  if (!task) return
  await moveHolder(
    tx.sql,
    dossier.id,
    { ...task.holder, personId: onBehalf === 'applicant' ? null : task.holder.personId, onBehalf },
    onBehalf === 'applicant'
      ? {
          ...task.step,
          stepName: { vi: 'Chờ người nộp bổ sung tại quầy', en: 'Waiting for papers at the counter' },
        }
      : task.step,
    tx.at,
    {
      act: 'counter.guidance',
      personId: tx.actor.personId,
      text:
        onBehalf === 'applicant'
          ? { vi: 'Đưa phiếu 02 tại quầy', en: 'Form 02 given at the counter' }
          : { vi: 'Người nộp mang đủ giấy tờ', en: 'The papers were brought' },
    },
  )
}
