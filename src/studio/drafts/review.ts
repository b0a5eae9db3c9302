import type { z } from 'zod'
import { allows } from '../../access/ability.ts'
import type { Tx } from '../../database/transaction.ts'
import { invalidField } from '../../http/invalid.ts'
import { conflict, forbidden, notFound } from '../../http/problem.ts'
import { ruleFaults } from '../publishing/warnings.ts'
import {
  addAct,
  type DraftRow,
  draftAt,
  draftClosed,
  draftRow,
  isOpen,
  mayEdit,
  mayReview,
  revisionOf,
} from './draft.ts'
import type { NewAcknowledgement, NewComment, Verdict, WithdrawDraft } from './schemas.ts'

/** Whoever works on drafts or reviews them; leaders read. */
export const mayComment = (tx: Tx, row: DraftRow): boolean =>
  isOpen(row) && (mayEdit(tx, row) || tx.actor.ability.can('decide', 'Draft'))

/** Who may give the reason for which a warning stands: authors, and whoever enters the decision. */
export const mayAcknowledge = (tx: Tx, row: DraftRow): boolean =>
  isOpen(row) && (mayEdit(tx, row) || allows(tx.actor.ability, 'create', 'Publication', {}))

export async function addComment(tx: Tx, id: string, given: z.output<typeof NewComment>): Promise<number> {
  const row = await draftRow(tx, id, { lock: true })
  if (!isOpen(row)) throw draftClosed()
  if (!mayComment(tx, row)) throw forbidden()
  const [made] = await tx.sql<{ n: number }>(
    `insert into draft_comment (draft_id, n, element_id, revision, text, at, by)
     values ($1, (select coalesce(max(n), 0) + 1 from draft_comment where draft_id = $1), $2, $3, $4, $5, $6) returning n`,
    [id, given.elementId, row.revision, given.text.normalize('NFC'), tx.at, tx.actor.personId],
  )
  tx.audit({ act: 'draft.commented', detail: { draft: id, comment: made!.n, element: given.elementId } })
  return made!.n
}

/** Settles a comment; settled again, it stays with whoever was first. */
export async function resolveComment(tx: Tx, id: string, n: number): Promise<void> {
  const row = await draftRow(tx, id, { lock: true })
  const [comment] = await tx.sql<{ resolved_at: Date | null }>(
    'select resolved_at from draft_comment where draft_id = $1 and n = $2',
    [id, n],
  )
  if (!comment) throw notFound()
  if (!isOpen(row)) throw draftClosed()
  if (!mayComment(tx, row)) throw forbidden()
  if (comment.resolved_at) return
  await tx.sql('update draft_comment set resolved_at = $3, resolved_by = $4 where draft_id = $1 and n = $2', [
    id,
    n,
    tx.at,
    tx.actor.personId,
  ])
  tx.audit({ act: 'draft.comment-resolved', detail: { draft: id, comment: n } })
}

const setState = (tx: Tx, id: string, state: DraftRow['state']) =>
  tx.sql('update procedure_draft set state = $2 where id = $1', [id, state])

/** Hands a revision in for review. Handed in again, nothing happens. */
export async function submitDraft(tx: Tx, id: string, revision: number) {
  const row = await draftAt(tx, id, revision)
  if (!isOpen(row)) throw draftClosed()
  if (!mayEdit(tx, row)) throw forbidden()
  if (row.state === 'draft') {
    await setState(tx, id, 'review')
    await addAct(tx, { id, kind: 'submitted', revision })
    tx.audit({ act: 'draft.submitted', detail: { draft: id, revision } })
  }
  return { state: row.state === 'draft' ? ('review' as const) : row.state, revision }
}

/** A reviewer's word on the revision they read. Nobody who has saved the draft reviews it. */
export async function giveVerdict(tx: Tx, id: string, given: z.output<typeof Verdict>) {
  const row = await draftAt(tx, id, given.revision)
  if (!mayReview(tx, row))
    throw row.author_ids.includes(tx.actor.personId ?? '')
      ? forbidden({
          vi: 'Bạn đã soạn bản thảo này nên không được thẩm định nó. Hãy nhờ người khác.',
          en: 'You have worked on this draft, so you may not review it. Ask somebody else.',
        })
      : forbidden()
  const state = given.verdict === 'approved' ? ('approved' as const) : ('draft' as const)
  if (row.state !== 'review')
    throw conflict('not-in-review', {
      vi: 'Bản thảo không còn chờ thẩm định. Hãy tải lại trang để xem tình trạng.',
      en: 'The draft waits for no review any more. Reload the page to see how it stands.',
    })
  if (state === 'draft' && given.note.length < 3)
    throw invalidField(
      'note',
      'Hãy ghi rõ cần sửa gì để người soạn biết.',
      'Say what has to be changed, so that its authors know.',
    )
  if (state === 'approved') await allSettled(tx, id)
  await setState(tx, id, state)
  await addAct(tx, { id, kind: given.verdict, revision: given.revision, note: given.note })
  tx.audit({ act: `draft.${given.verdict}`, detail: { draft: id, revision: given.revision } })
  return { state, revision: given.revision }
}

async function allSettled(tx: Tx, id: string): Promise<void> {
  const [open] = await tx.sql<{ comments: number }>(
    'select count(*)::int as comments from draft_comment where draft_id = $1 and resolved_at is null',
    [id],
  )
  if (open!.comments > 0)
    throw conflict(
      'open-comments',
      {
        vi: `Còn ${open!.comments} góp ý chưa giải quyết. Hãy đánh dấu đã giải quyết từng góp ý, hoặc trả bản thảo lại.`,
        en: `${open!.comments} comments are open. Resolve each of them, or send the draft back.`,
      },
      { openComments: open!.comments },
    )
}

/** Gives a draft up; it stays readable. */
export async function withdrawDraft(tx: Tx, id: string, given: z.output<typeof WithdrawDraft>) {
  const row = await draftAt(tx, id, given.revision)
  if (!isOpen(row)) throw draftClosed()
  if (!mayEdit(tx, row)) throw forbidden()
  await setState(tx, id, 'withdrawn')
  await addAct(tx, { id, kind: 'withdrawn', revision: given.revision, note: given.note })
  tx.audit({ act: 'draft.withdrawn', detail: { draft: id, revision: given.revision } })
  return { state: 'withdrawn' as const, revision: given.revision }
}

/**
 * Gives the reason for which a warning of the rules stands, as it stands at this revision; a later reason takes the place of an earlier
 * one. 409 `warning-changed` when the draft has no such warning any more.
 */
export async function acknowledge(
  tx: Tx,
  id: string,
  given: z.output<typeof NewAcknowledgement>,
): Promise<void> {
  const row = await draftRow(tx, id, { lock: true })
  if (!isOpen(row)) throw draftClosed()
  if (!mayAcknowledge(tx, row)) throw forbidden()
  const { source } = await revisionOf(tx.sql, id, row.revision)
  const { warnings } = await ruleFaults(tx, source)
  const meant = warnings.filter(
    ({ rule, elementId, fingerprint }) =>
      rule === given.rule &&
      elementId === given.elementId &&
      (given.fingerprint === undefined || fingerprint === given.fingerprint),
  )
  if (meant.length === 0)
    throw conflict('warning-changed', {
      vi: 'Cảnh báo này không còn, hoặc số liệu của nó đã khác. Hãy tải lại trang, đọc lại cảnh báo rồi nêu lý do.',
      en: 'This warning is no longer there, or what it rests on has changed. Reload the page, read it again and give the reason.',
    })
  for (const { rule, elementId, fingerprint, message } of meant)
    await tx.sql(
      `insert into draft_acknowledgement (draft_id, rule, element_id, fingerprint, message, reason, revision, at, by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (draft_id, rule, element_id, fingerprint) do update
         set message = excluded.message, reason = excluded.reason, revision = excluded.revision, at = excluded.at, by = excluded.by`,
      [
        id,
        rule,
        elementId ?? '',
        fingerprint,
        message,
        given.reason.normalize('NFC'),
        row.revision,
        tx.at,
        tx.actor.personId,
      ],
    )
  tx.audit({
    act: 'draft.warning-acknowledged',
    detail: { draft: id, rule: given.rule, element: given.elementId, revision: row.revision },
  })
}
