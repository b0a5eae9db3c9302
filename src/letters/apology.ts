import { calendarOf } from '../calendar/agency-calendar.ts'
import { addDays } from '../calendar/day.ts'
import { formatDay, formatLegal } from '../calendar/format.ts'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { dossierClock, reappoint } from '../deadlines/clocks.ts'
import { proofText } from '../deadlines/proof.ts'
import { Dossier } from '../dossiers/entity.ts'
import { enqueueCancel, enqueueStart } from '../engine/index.ts'
import { invalid, invalidField } from '../http/invalid.ts'
import { conflict } from '../http/problem.ts'
import { notifyApplicant } from '../notifications/notify.ts'
import type { TemplateName } from '../notifications/templates.ts'
import { currentShared, publishedVersion } from '../procedures/version.ts'
import type { Act, Keeper } from '../tasks/act.ts'
import { causes } from './causes.ts'
import { agencyHead, frameOf } from './compose.ts'
import { checkSigned } from './digital.ts'
import { Letter } from './entity.ts'
import { deliverLetter, draftLetter, reopenLetter, voidLetter } from './issue.ts'
import { attached, initialling, numbering, signing } from './keepers.ts'
import type { Signer } from './shapes.ts'
import { expectedSigner, signingPosts } from './signer.ts'

/** NĐ 61/2018 art. 19.9: a new date is given once at most. */
export const ONE_NEW_DATE = {
  vi: 'Hồ sơ đã được hẹn lại một lần; theo khoản 9 Điều 19 Nghị định 61/2018/NĐ-CP chỉ được hẹn lại không quá một lần.',
  en: 'A new date has been given once; NĐ 61/2018/NĐ-CP article 19.9 allows it no more than once.',
}

/** No text bounds the new date; a slip of the year is no promise to a citizen. Our choice. */
const NEW_DATE_WITHIN_DAYS = 180

const LIVE_STATES = ['draft', 'initialled', 'signed', 'issued'] as const

/** An apology or explanation that is on its way, if any. */
export const liveApology = (tx: Tx, dossierId: string): Promise<Letter | null> =>
  tx.em.findOne(
    Letter,
    { dossierId, kind: { $in: ['apology', 'explanation'] }, state: { $in: [...LIVE_STATES] } },
    { orderBy: { draftedAt: 'desc' } },
  )

/**
 * Begins the letter that the law demands for a late dossier: an apology with one new date, or, when that date is missed
 * too, an explanation without one (rules 7). One at a time; the text returned goes on the alarm's record.
 */
export async function beginApology(
  tx: Tx,
  dossier: Dossier,
  why: 'alarm' | 'breach' | 'silence' | 'by-hand' | 'part',
): Promise<string> {
  // An alarm, a consultation and a leader may ask at the same moment: the second waits here and finds the first's letter.
  await tx.em.flush()
  const [now] = await tx.sql<{ finished_at: Date | null; reappointed_due_at: Date | null }>(
    'select finished_at, reappointed_due_at from dossier where id = $1 for no key update',
    [dossier.id],
  )
  if (!now || now.finished_at) return 'the result is there already'
  if (await liveApology(tx, dossier.id)) return 'a letter is on its way already'
  const missedAgain = now.reappointed_due_at !== null
  if (missedAgain && why !== 'breach') return 'a new date was given once already'
  const data = missedAgain ? await explanationData(tx, dossier) : await apologyData(tx, dossier)
  const letter = await draftLetter(tx, dossier, {
    kind: missedAgain ? 'explanation' : 'apology',
    template: missedAgain ? 'explanation' : 'apology',
    data,
    by: null,
  })
  await tx.em.flush()
  await startLetterProcess(tx, letter)
  tx.audit({
    act: 'letter.begun',
    dossierId: dossier.id,
    detail: { letter: letter.id, kind: letter.kind, why },
  })
  return `${letter.kind} begun`
}

/** Draft, initials, signature, number and seal, delivery: one instance of shared/apology.bpmn per letter. */
export async function startLetterProcess(tx: Tx, letter: Letter): Promise<void> {
  const { processId } = await currentShared(tx.sql, 'apology')
  await enqueueStart(tx, {
    subjectId: letter.id,
    processId,
    kind: 'letter',
    dossierId: letter.dossierId,
    variables: { letterKind: letter.kind },
  })
}

async function apologyData(tx: Tx, dossier: Dossier): Promise<Record<string, unknown>> {
  const frame = await frameOf(tx, dossier)
  const clock = await dossierClock(tx.em, dossier.id)
  if (!clock || !dossier.receivedAt) throw new Error(`dossier ${dossier.id} has no due date to apologise for`)
  const proposed = await proposedDueAt(tx, dossier)
  return {
    head: agencyHead(frame),
    dossier: frame.dossier,
    applicant: frame.applicant,
    agency: frame.agency,
    receivedAt: dossier.receivedAt.toISOString(),
    dueAt: clock.dueAt.toISOString(),
    reason: causes[0].label.vi,
    newDueAt: proposed.toISOString(),
    // The words of the receipt: the letter apologises for the date that was promised there.
    proofText: [proofText(clock.proof, 'vi')],
    signer: await signerAhead(tx, dossier),
    recipients: frame.recipients,
  }
}

async function explanationData(tx: Tx, dossier: Dossier): Promise<Record<string, unknown>> {
  const frame = await frameOf(tx, dossier)
  const [apology] = await tx.em.find(
    Letter,
    { dossierId: dossier.id, kind: 'apology', state: 'delivered' },
    { orderBy: { deliveredAt: 'desc' }, limit: 1 },
  )
  if (!apology?.newDueAt || !apology.issuedAt || !dossier.originalDueAt)
    throw new Error(`dossier ${dossier.id} was reappointed without a letter`)
  return {
    head: agencyHead(frame),
    dossier: frame.dossier,
    applicant: frame.applicant,
    agency: frame.agency,
    dueAt: dossier.originalDueAt.toISOString(),
    apology: {
      number: apology.numberText,
      issuedOn: legalDay(apology.issuedAt),
      newDueAt: apology.newDueAt.toISOString(),
    },
    reason: causes[0].label.vi,
    signer: await signerAhead(tx, dossier),
    recipients: frame.recipients,
  }
}

/**
 * Whose title block a draft shows before anybody has signed: the one whom the procedure lets sign (`apology.signer`), the
 * head of the agency or a head of the unit in charge who signs TL. or TUQ. on that day; else the head's.
 */
async function signerAhead(tx: Tx, dossier: Dossier): Promise<Signer> {
  const { definition } = await publishedVersion(tx.sql, dossier.procedureVersionId)
  if (definition.apology.signer === 'unit-head') {
    const heads = await tx.sql<{ person_id: string }>(
      `select person_id from post where unit_id = $1 and role = 'unit-head' and valid_on(valid_from, valid_to, $2) order by id`,
      [dossier.unitId, legalDay(tx.at)],
    )
    for (const { person_id: head } of heads) {
      const [post] = await signingPosts(tx, head, dossier.agencyId)
      if (post) return post.signer
    }
  }
  return expectedSigner(tx, dossier.agencyId)
}

/** The day proposed to whoever drafts: the third working day after the due date, or after today when that has passed. */
export async function proposedDueAt(tx: Tx, dossier: Dossier): Promise<Date> {
  const calendar = await calendarOf(tx.sql, dossier.agencyId)
  const from = dossier.dueAt && dossier.dueAt > tx.at ? dossier.dueAt : tx.at
  return calendar.closeOfWork(calendar.addWorkingDays(legalDay(from), 3))
}

const letterOf = async (act: Act): Promise<Letter> =>
  act.tx.em.findOneOrFail(Letter, { id: act.task.subjectId })

async function newDueOf(act: Act, letter: Letter): Promise<Date | null> {
  if (letter.kind !== 'apology') return null
  const calendar = await calendarOf(act.tx.sql, act.dossier.agencyId)
  const day = act.data.newDueDay as string | undefined
  if (!day) return proposedDueAt(act.tx, act.dossier)
  const refuse = (vi: string, en: string) => invalidField('data.newDueDay', vi, en)
  if (!calendar.isWorkingDay(day))
    throw refuse(
      `${calendar.explain(day).text.vi}: không phải ngày làm việc; ngày gần nhất là ${calendar.nextWorkingDay(day)}.`,
      `${calendar.explain(day).text.en}: not a working day; the next one is ${calendar.nextWorkingDay(day)}.`,
    )
  const close = calendar.closeOfWork(day)
  if (close <= act.at || (act.dossier.dueAt && close <= act.dossier.dueAt))
    throw refuse(
      'Ngày hẹn mới phải sau ngày hẹn cũ và sau hôm nay.',
      'The new date must be after the old due date and after today.',
    )
  const latest = addDays(legalDay(act.at), NEW_DATE_WITHIN_DAYS)
  if (day > latest)
    throw refuse(
      `Ngày hẹn mới không được sau ngày ${formatDay(latest, 'vi')}.`,
      `The new date must not be after ${formatDay(latest, 'en')}.`,
    )
  return close
}

export const draft: Keeper = {
  async check(act) {
    const letter = await letterOf(act)
    if (letter.kind !== 'apology' && act.data.newDueDay)
      throw invalid([{ field: 'data.newDueDay', message: ONE_NEW_DATE }])
    if (letter.kind === 'apology' && act.dossier.reappointedDueAt)
      throw invalid([{ field: 'data.newDueDay', message: ONE_NEW_DATE }])
    await newDueOf(act, letter)
  },
  async keep(act) {
    const letter = await letterOf(act)
    const cause = causes.find((one) => one.key === act.data.cause)
    const late = letter.kind === 'apology' || letter.kind === 'explanation'
    // A closing or stop notice has its reason already, the applicant's own words in the one that they asked for.
    const words = late ? [cause?.label.vi, act.data.reason].filter(Boolean).join('. ') : ''
    const reason = words || letter.reason || (late ? causes[0].label.vi : '')
    const newDueAt = await newDueOf(act, letter)
    letter.reason = reason
    letter.newDueAt = newDueAt
    letter.draftedBy = act.by
    letter.draftedAt = act.at
    letter.data = {
      ...letter.data,
      ...(reason && { reason }),
      ...(newDueAt && act.dossier.dueAt
        ? {
            newDueAt: newDueAt.toISOString(),
            proofText: [
              ...firstProof(letter),
              `Hẹn lại từ ${formatLegal(act.dossier.dueAt, 'vi')} đến ${formatLegal(newDueAt, 'vi')} (hẹn lại một lần).`,
            ],
          }
        : {}),
    }
    return undefined
  },
}

/** How the date apologised for was counted; what an earlier draft said of the new date is said anew. */
const firstProof = ({ data }: Letter): string[] =>
  ((data.proofText ?? []) as string[]).filter((line) => !line.startsWith('Hẹn lại từ '))

/** "Kịp hạn": the holder takes it on himself, with a reason, that no apology is needed. */
export const inTime: Keeper = {
  async check(act) {
    if ((await letterOf(act)).kind !== 'apology')
      throw invalidField(
        'outcome',
        'Thư này bắt buộc phải gửi: hãy soạn và trình ký nháy.',
        'This letter must be sent: draft it and submit it for initials.',
      )
  },
  async keep(act) {
    const letter = await letterOf(act)
    await voidLetter(act.tx, letter, String(act.data.reason ?? ''))
    return undefined
  },
}

/** A letter may lie for days on its way: it leaves only while its one new date is the only one, and still to come. */
async function checkPromise(act: Act): Promise<void> {
  const letter = await letterOf(act)
  if (letter.kind !== 'apology') return
  if (act.dossier.reappointedDueAt) throw conflict('one-new-date', ONE_NEW_DATE)
  if (letter.newDueAt && letter.newDueAt <= act.at)
    throw conflict('new-date-past', {
      vi: `Ngày hẹn mới ${formatLegal(letter.newDueAt, 'vi')} đã qua. Hãy chọn “Trả lại” để soạn lại với ngày khác.`,
      en: `The new date ${formatLegal(letter.newDueAt, 'en')} has passed. Choose “Send back”, so that another is given.`,
    })
}

const whilePromised = ({ check, keep }: Keeper): Keeper => ({
  async check(act) {
    await checkPromise(act)
    await check?.(act)
  },
  keep,
})

export const initial = whilePromised(initialling(letterOf))
export const sign = whilePromised(signing(letterOf))
export const number = whilePromised(numbering(letterOf))

/** Which message goes with which letter of this process. */
const TOLD_BY: Partial<Record<Letter['kind'], TemplateName>> = {
  apology: 'apology',
  explanation: 'explanation',
  closing: 'closed',
  stop: 'withdrawn',
}

/** Delivered by the one-stop: only now does the new date hold, and everybody is told. */
export const send: Keeper = whilePromised({
  check: async (act) => checkSigned(act.tx, await letterOf(act)),
  async keep(act) {
    const letter = await letterOf(act)
    deliverLetter(act.tx, letter, act.by)
    if (letter.kind === 'apology' && letter.newDueAt && !act.dossier.finishedAt)
      await reappoint(act.tx, act.dossier.id, letter.newDueAt, {
        at: act.at,
        by: act.by,
        document: { letter: letter.id, number: letter.numberText },
      })
    await act.tx.em.flush()
    if (letter.newDueAt) await apologiseForGroup(act.tx, act.dossier, letter.newDueAt)
    await notifyApplicant(act.tx, {
      key: `letter/${letter.id}`,
      dossierId: act.dossier.id,
      template: TOLD_BY[letter.kind] ?? 'apology',
      attachments: attached(letter),
    })
    return undefined
  },
})

/** A part has been promised later than its group: only now is the group late too, and its own letter begins. */
async function apologiseForGroup(tx: Tx, { parentId }: Dossier, newDueAt: Date): Promise<void> {
  if (!parentId) return
  const group = await tx.em.findOneOrFail(Dossier, { id: parentId })
  if (group.dueAt && newDueAt > group.dueAt && !group.reappointedDueAt) await beginApology(tx, group, 'part')
}

/** The letter goes back to whoever drafts: initials, signature and number count no more. */
export async function sendBackLetter(act: Act): Promise<void> {
  const letter = await act.tx.em.findOne(Letter, { id: act.task.subjectId })
  if (letter) await reopenLetter(act.tx, letter, String(act.data.reason ?? ''))
}

/**
 * Something came first that leaves nothing to apologise for: the instance is cancelled and a number already drawn is
 * void, with the reason in the book (rules 7).
 */
export async function cancelApology(tx: Tx, dossierId: string, reason: string): Promise<void> {
  const letter = await liveApology(tx, dossierId)
  if (!letter) return
  await voidLetter(tx, letter, reason)
  await enqueueCancel(tx, { subjectId: letter.id })
}
