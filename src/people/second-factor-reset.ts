import { v7 as uuid } from 'uuid'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { conflict, notFound } from '../http/problem.ts'
import { notifyOfWork } from '../notifications/notify.ts'
import { deleteFactor } from './second-factor.ts'

export const RESET_REASONS = ['telephone-lost', 'telephone-replaced', 'misuse'] as const
export type ResetReason = (typeof RESET_REASONS)[number]

/** To the person, by mail and in the product. Somebody without a post has nothing that could be done in their name. */
export async function tellOfFactor(
  tx: Tx,
  personId: string,
  template: 'second-factor-added' | 'second-factor-removed',
): Promise<void> {
  const [post] = await tx.sql<{ unit_id: string }>(
    `select unit_id from post where person_id = $1 and valid_on(valid_from, valid_to, $2) order by valid_from limit 1`,
    [personId, legalDay(tx.at)],
  )
  if (!post) return
  await notifyOfWork(tx, {
    key: `${template}/${uuid()}`,
    personId,
    unitId: post.unit_id,
    template,
    data: { maker: tx.actor.name, at: tx.at },
  })
}

/**
 * For whoever has lost telephone and recovery codes: an administrator takes the factor away, with a reason that stands
 * in the trail. The person is told, and every session they have ends. Without a factor nothing happens.
 * @throws Problem 404, 409 for one's own: a session left open must not shed its second factor
 */
export async function resetSecondFactor(tx: Tx, personId: string, reason: ResetReason): Promise<void> {
  const [person] = await tx.sql(`select from person where id = $1 and kind = 'staff'`, [personId])
  if (!person) throw notFound()
  if (personId === tx.actor.personId)
    throw conflict('own-second-factor', {
      vi: 'Không gỡ lớp xác thực thứ hai của chính mình tại đây; hãy bỏ ở trang Bảo mật bằng một mã, hoặc nhờ một quản trị viên khác.',
      en: 'Nobody takes away their own second factor here: give it up with a code on the security page, or ask another administrator.',
    })
  if (!(await deleteFactor(tx, personId))) return
  await tx.sql(`delete from session where sess->>'personId' = $1`, [personId])
  tx.audit({ act: 'second-factor.reset', detail: { person: personId, reason } })
  await tellOfFactor(tx, personId, 'second-factor-removed')
}

/** The same by login, for the command on the server. Answers whether there was a factor; undefined for nobody of the staff. */
export async function resetFactorOf(
  tx: Tx,
  login: string,
  reason: ResetReason,
): Promise<boolean | undefined> {
  const [person] = await tx.sql<{ id: string; factor: boolean }>(
    `select p.id, exists (select from second_factor f where f.person_id = p.id) as factor
       from person p join account a on a.person_id = p.id where a.login = $1 and p.kind = 'staff'`,
    [login],
  )
  if (!person) return undefined
  await resetSecondFactor(tx, person.id, reason)
  return person.factor
}
