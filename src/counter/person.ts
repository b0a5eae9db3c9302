import { v7 as uuid } from 'uuid'
import type { z } from 'zod'
import type { Tx } from '../database/transaction.ts'
import { invalidField } from '../http/invalid.ts'
import { isMasked } from '../personal/mask.ts'
import { masked } from '../personal/sight.ts'
import type { KnownPerson } from './schemas.ts'

type Row = {
  id: string
  full_name: string
  identity_no: string
  email: string
  phone: string
  address: string
  has_account: boolean
}
type Named = {
  fullName: string
  identityNo: string
  email: string
  phone: string
  address: string
  /** The papers show that the number stands for somebody else in the record. */
  anotherPerson: boolean
}

/** A number as it is compared: people write it with blanks and dots. */
export const plainNumber = (typed: string): string =>
  typed
    .normalize('NFC')
    .replace(/[\s.-]/g, '')
    .toUpperCase()

/** A name as it is compared: capitals and double blanks make nobody somebody else, accents do. */
const plainName = (name: string): string =>
  name.normalize('NFC').trim().replace(/\s+/g, ' ').toLocaleLowerCase('vi')

/** Citizens of exactly this number; there may be two, old numbers were given twice. */
export const peopleByNumber = (tx: Tx, identityNo: string): Promise<Row[]> =>
  tx.sql<Row>(
    `select p.id, p.full_name, p.identity_no, p.email, p.phone, p.address,
            exists (select from account a where a.person_id = p.id) as has_account
       from person p
      where p.kind = 'citizen' and p.active and p.identity_no <> '' and upper(regexp_replace(p.identity_no, '[\\s.-]', '', 'g')) = $1
      order by p.id limit 5`,
    [plainNumber(identityNo)],
  )

/**
 * For the clerk who holds the person's paper: by the whole number only, and the look-up stands in the trail. Contact
 * details are masked: they are there, and the paper form says whether they still hold.
 */
export async function lookUpPerson(tx: Tx, identityNo: string): Promise<z.input<typeof KnownPerson>[]> {
  const rows = await peopleByNumber(tx, identityNo)
  tx.audit({ act: 'person.looked-up', detail: { found: rows.map((row) => row.id) } })
  return rows.map((row) => ({
    id: row.id,
    fullName: row.full_name,
    identityNo: masked.value('number', row.identity_no),
    phone: masked.value('phone', row.phone),
    email: masked.value('email', row.email),
    address: masked.value('address', row.address),
    hasAccount: row.has_account,
  }))
}

/** Contact details that a paper gives beside those of the applicant's account. */
export type WrittenContact = Partial<Record<'email' | 'phone' | 'address', string>>
export type Applicant = { personId: string; written?: WrittenContact }

/**
 * The person a paper dossier is filed for: known by number and name, or new. A number that the record has under another
 * name is asked about (422) before a second person is made; two clerks at once make one. Contact details fill gaps, and
 * correct those of a person without an account of their own; what differs from an account is for this dossier alone.
 */
export async function namedPerson(tx: Tx, named: Named): Promise<Applicant> {
  for (const field of ['identityNo', 'email', 'phone', 'address'] as const)
    if (isMasked(named[field]))
      throw invalidField(
        `applicant.${field}`,
        'Đây là dữ liệu đã che. Hãy để trống, hoặc nhập lại theo giấy tờ.',
        'This is masked. Leave it empty, or type what the paper says.',
      )
  const identityNo = plainNumber(named.identityNo)
  const fullName = named.fullName.normalize('NFC').trim().replace(/\s+/g, ' ')
  if (identityNo) {
    await tx.sql(`select pg_advisory_xact_lock(hashtextextended('person/' || $1, 0))`, [identityNo])
    const rows = await peopleByNumber(tx, identityNo)
    const known = rows.find((row) => plainName(row.full_name) === plainName(fullName))
    if (known) return withContact(tx, known, named)
    if (rows.length > 0 && !named.anotherPerson)
      throw invalidField(
        'applicant.fullName',
        'Số định danh này đã ghi cho người mang tên khác. Hãy đối chiếu giấy tờ: chọn người đã có, hoặc xác nhận đây là người khác.',
        'This number stands in the record under another name. Compare the papers: choose the person there is, or confirm that this is somebody else.',
      )
  }
  const id = uuid()
  await tx.sql(
    `insert into person (id, kind, full_name, identity_no, email, phone, address) values ($1, 'citizen', $2, $3, $4, $5, $6)`,
    [id, fullName, identityNo, named.email, named.phone, named.address.normalize('NFC')],
  )
  return { personId: id }
}

async function withContact(tx: Tx, known: Row, named: Named): Promise<Applicant> {
  const given = (['email', 'phone', 'address'] as const).filter((field) => {
    const words = named[field].normalize('NFC')
    return words !== '' && words !== known[field]
  })
  const fields = given.filter((field) => known[field] === '' || !known.has_account)
  const others = given.filter((field) => !fields.includes(field))
  for (const field of fields)
    await tx.sql(`update person set ${field} = $2 where id = $1`, [known.id, named[field].normalize('NFC')])
  if (fields.length > 0) tx.audit({ act: 'person.contact-changed', detail: { person: known.id, fields } })
  return {
    personId: known.id,
    written: Object.fromEntries(others.map((field) => [field, named[field].normalize('NFC')])),
  }
}
