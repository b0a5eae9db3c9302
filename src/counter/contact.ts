import type { Sql, Tx } from '../database/transaction.ts'
import type { WrittenContact } from './person.ts'

/**
 * Contact details that the paper gives and that are not those of the applicant's account are kept for this dossier: its
 * letters print them and its messages go there as well. The account keeps its own, and its messages (ours: whoever
 * brings a paper must not be able to lead another person's messages away).
 */
export async function keepContact(
  tx: Tx,
  dossierId: string,
  written: WrittenContact | undefined,
): Promise<void> {
  const fields = Object.keys(written ?? {})
  if (!written || fields.length === 0) return
  const { email = '', phone = '', address = '' } = written
  await tx.sql('insert into dossier_contact (dossier_id, email, phone, address) values ($1, $2, $3, $4)', [
    dossierId,
    email,
    phone,
    address,
  ])
  tx.audit({ act: 'dossier.contact-kept', dossierId, detail: { fields } })
}

export type Contact = {
  full_name: string
  identity_no: string
  email: string
  phone: string
  address: string
}

/** The applicant as this dossier knows them: what was written for it, else what the person's record says. */
export async function contactOf(sql: Sql, dossierId: string): Promise<Contact | undefined> {
  const [row] = await sql<Contact>(
    `select p.full_name, p.identity_no, coalesce(nullif(k.email, ''), p.email) as email,
            coalesce(nullif(k.phone, ''), p.phone) as phone, coalesce(nullif(k.address, ''), p.address) as address
       from dossier d join person p on p.id = d.applicant_id left join dossier_contact k on k.dossier_id = d.id
      where d.id = $1`,
    [dossierId],
  )
  return row
}
