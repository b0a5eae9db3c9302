import { legalDay } from '../clock.ts'
import { contactOf } from '../counter/contact.ts'
import type { Tx } from '../database/transaction.ts'
import type { Dossier } from '../dossiers/entity.ts'
import { publishedVersion } from '../procedures/version.ts'
import type { Text } from '../text.ts'

/** Who a letter is from: the agency that handles the dossier, the one that decides it, or that of the one-stop. */
export type Issuer = 'lead' | 'deciding' | 'counter'

/** What every letter of a dossier shows: its agency, one-stop, applicant and procedure, as they stand now. */
export type LetterFrame = {
  agencyId: string
  /** None above a province. */
  parentAgency: string | undefined
  agency: string
  office: string
  /** Place written before the date; the agency's own. */
  place: string
  /** Short name behind the slash of a number. */
  officeShort: string
  agencyShort: string
  phone: string
  applicant: { name: string; identifier?: string; address?: string; phone?: string; email?: string }
  dossier: { code: string; procedureCode: string; procedureName: string }
  recipients: string[]
}

type Row = {
  agency_id: string
  agency: Text
  level: 'province' | 'department' | 'commune' | 'vertical'
  phone: string
  parent: Text | null
  province: Text | null
  office: Text
  unit: Text
}

/** A commune's letters are issued by its People's Committee; the place alone is no agency. */
const agencyTitle = (level: Row['level'], name: string): string =>
  level === 'commune' ? `Ủy ban nhân dân ${name.charAt(0).toLowerCase()}${name.slice(1)}` : name

const kept = (value: string) => (value.trim() === '' ? undefined : value)
const drop = <T extends Record<string, unknown>>(object: T): T =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T

/** Where a letter is written: a commune is its own place, an agency of the province is at the province. */
const placeOfIssue = (row: Row): string =>
  (row.level === 'commune' ? row.agency : (row.province ?? row.agency)).vi.replace(
    /^(Ủy ban nhân dân|Phường|Xã|Thị trấn) /,
    '',
  )

/** Short name behind the slash of a number: UBND for a committee, initials for a department (Sở Tài chính: STC). */
const shortName = ({ level, agency }: Row): string =>
  level === 'commune' || level === 'province'
    ? 'UBND'
    : agency.vi
        .replace(/\(.*\)/, '')
        .trim()
        .split(/\s+/)
        .map((word) => word.charAt(0).toLocaleUpperCase('vi'))
        .join('')

const ISSUER: Record<Issuer, string> = {
  lead: 'd.agency_id',
  deciding: 'd.deciding_agency_id',
  counter: 'o.agency_id',
}

/** Reads the frame with the product's own eyes; letters carry more than their maker may browse. */
export async function frameOf(tx: Tx, dossier: Dossier, issuer: Issuer = 'lead'): Promise<LetterFrame> {
  const [row] = await tx.sql<Row>(
    `select a.id as agency_id, a.name as agency, a.level, a.phone, parent.name as parent,
            (with recursive above as (
                select a.level, a.name, a.parent_id
                union all
                select up.level, up.name, up.parent_id from agency up join above on up.id = above.parent_id)
             select name from above where level = 'province') as province,
            o.name as office, u.name as unit
       from dossier d join unit o on o.id = d.one_stop_unit_id
       join agency a on a.id = ${ISSUER[issuer]} left join agency parent on parent.id = a.parent_id
       join unit u on u.id = d.unit_id
      where d.id = $1`,
    [dossier.id],
  )
  const applicant = await contactOf(tx.sql, dossier.id)
  if (!row || !applicant) throw new Error(`dossier ${dossier.id} is not there`)
  const version = await publishedVersion(tx.sql, dossier.procedureVersionId)
  return {
    agencyId: row.agency_id,
    parentAgency: row.parent?.vi,
    agency: agencyTitle(row.level, row.agency.vi),
    office: row.office.vi,
    place: placeOfIssue(row),
    officeShort: officeShort(row.office.vi),
    agencyShort: shortName(row),
    phone: row.phone || '—',
    applicant: drop({
      name: applicant.full_name,
      identifier: kept(applicant.identity_no),
      address: kept(applicant.address),
      phone: kept(applicant.phone),
      email: kept(applicant.email),
    }),
    dossier: {
      code: dossier.code,
      procedureCode: dossier.procedureCode,
      procedureName: version.definition.name.vi,
    },
    recipients: ['Như trên', row.office.vi, `Lưu: VT, ${row.unit.vi}`],
  }
}

/** The two abbreviations that form 01 knows: of a public service centre, and of a one-stop that is none (QĐ 3621/QĐ-BYT). */
export const officeShort = (name: string): string =>
  name.normalize('NFC').startsWith('Trung tâm Phục vụ hành chính công') ? 'TTPVHCC' : 'BPTNTKQ'

/** Head of a letter that the agency issues; number and date are reserved until văn thư draws them. */
export const agencyHead = (frame: LetterFrame) => ({
  ...(frame.parentAgency && { parentAgency: frame.parentAgency }),
  agency: frame.agency,
  number: null,
  place: frame.place,
  issuedOn: null,
})

/** Head of a letter that the one-stop issues in the agency's name. */
export const officeHead = (frame: LetterFrame) => ({
  ...agencyHead(frame),
  parentAgency: frame.agency,
  agency: frame.office,
})

export const personName = async (tx: Tx, personId: string): Promise<string> =>
  (await tx.sql<{ full_name: string }>('select full_name from person where id = $1', [personId]))[0]
    ?.full_name ?? ''

/** Who acted, as a form's foot names them: "X (thay Y)" while they stand in for somebody absent. */
export async function officerOf(
  tx: Tx,
  { actorId, inPlaceOf }: { actorId: string; inPlaceOf?: string | null | undefined },
): Promise<{ name: string; substituteFor?: string }> {
  const name = await personName(tx, actorId)
  return inPlaceOf ? { name, substituteFor: await personName(tx, inPlaceOf) } : { name }
}

/** In one line, what the dossier is about: the procedure and its case. */
export async function contentOf(tx: Tx, dossier: Dossier): Promise<string> {
  const { definition } = await publishedVersion(tx.sql, dossier.procedureVersionId)
  const name = definition.cases.find((one) => one.key === dossier.caseKey)?.name.vi
  return name ? `${definition.name.vi}: ${name}` : definition.name.vi
}

/** Legal day and words of an instant, for texts that are written into letters. */
export const onDay = (instant: Date): string => legalDay(instant)
