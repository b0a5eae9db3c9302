import type { Tx } from '../database/transaction.ts'
import { invalidField } from '../http/invalid.ts'
import { Problem } from '../http/problem.ts'
import { plainNumber } from './person.ts'

/** Wrong numbers an hour of the legal clock; more is no slip of the hand. */
const MOST_WRONG = 5

/**
 * Whether the number on a card is the applicant's. The clerk sees it masked and types what the card says; each answer
 * stands in the trail without the number, so that nobody finds it by trying. 422 when the record has none, 429 after
 * five wrong ones for the dossier within an hour.
 */
export async function compareIdentity(tx: Tx, dossierId: string, typed: string): Promise<boolean> {
  // Locked, so that wrong numbers typed at once are counted one after the other.
  const [row] = await tx.sql<{ identity_no: string }>(
    `select p.identity_no from dossier d join person p on p.id = d.applicant_id where d.id = $1 for update of d`,
    [dossierId],
  )
  if (!row?.identity_no)
    throw invalidField(
      'identityNo',
      'Hồ sơ này chưa ghi số định danh của người nộp để đối chiếu.',
      'The record has no identity number of the applicant to compare with.',
    )
  const [wrong] = await tx.sql<{ n: number }>(
    `select count(*)::int as n from audit_entry
      where dossier_id = $1 and act = 'identity.not-matched' and at > $2::timestamptz - interval '1 hour'`,
    [dossierId, tx.at],
  )
  if (wrong && wrong.n >= MOST_WRONG)
    throw new Problem(429, 'too-many-numbers', {
      vi: 'Đã đối chiếu sai quá nhiều lần cho hồ sơ này. Xem lại giấy tờ, hoặc mở dữ liệu cá nhân với lý do để đối chiếu.',
      en: 'Too many wrong numbers for this dossier. Look at the paper again, or open the personal data with a reason.',
    })
  const match = plainNumber(row.identity_no) === plainNumber(typed)
  tx.audit({ act: match ? 'identity.matched' : 'identity.not-matched', dossierId })
  return match
}
