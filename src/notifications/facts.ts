import { formatLegal } from '../calendar/format.ts'
import type { Tx } from '../database/transaction.ts'
import { type Proof, proofText } from '../deadlines/proof.ts'
import type { Text } from '../text.ts'
import type { Facts, Office } from './render.ts'
import { letterOf, type TemplateName } from './templates.ts'

type Row = {
  code: string
  filed_at: Date
  received_at: Date | null
  due_at: Date | null
  applicant_id: string
  contact_email: string | null
  delegate_id: string | null
  delegate: string | null
  procedure: Text
  agency: Text
  office: Text
  address: string
  phone: string
  sample: boolean
  proof: Proof | null
  step: Text | null
  items: { text: string; reason: string }[] | null
  wait_until: Date | null
  silent: { name: Text; due_at: string }[] | null
}
type Letter = {
  reason: string
  new_due_at: Date | null
  data: { dueAt?: string; reasons?: { reason: string }[] }
}

export type DossierFacts = {
  facts: Facts
  office: Office
  applicantId: string
  delegateId: string | null
  /** Where the applicant is written to as well, as the paper of this dossier says. */
  contactEmail: string | null
}

/** What messages may say about a dossier, read with the product's own eyes. Throws RangeError for an unknown dossier. */
export const dossierFacts = async (
  tx: Tx,
  dossierId: string,
  template: TemplateName,
): Promise<DossierFacts> => {
  const [row] = await tx.sql<Row>(
    `select d.code, d.filed_at, d.received_at, d.applicant_id,
            coalesce(d.due_at, (select min(c.due_at) from clock c where c.dossier_id = d.id and c.kind <> 'step' and c.ended_at is null)) as due_at,
            (select h.step_name from holding h where h.dossier_id = d.id and h.track = 'accountable'
              and h.to_at is null) as step,
            (select nullif(k.email, '') from dossier_contact k where k.dossier_id = d.id) as contact_email,
            filer.id as delegate_id, filer.full_name as delegate,
            v.definition->'name' as procedure, a.name as agency, u.name as office, a.address, a.phone, a.sample,
            (select c.proof from clock c where c.dossier_id = d.id and c.kind = 'dossier'
              order by c.round desc limit 1) as proof,
            s.items, s.wait_until,
            (select jsonb_agg(jsonb_build_object('name', b.name, 'due_at', c.due_at) order by c.due_at)
               from consultation c join agency b on b.id = c.agency_id
              where c.dossier_id = d.id and c.due_at <= $2 and coalesce(c.outcome, 'silent') = 'silent') as silent
       from dossier d
       join procedure_version v on v.id = d.procedure_version_id
       join agency a on a.id = d.agency_id
       join unit u on u.id = d.one_stop_unit_id
       left join person filer on filer.id = d.filed_by and filer.id <> d.applicant_id and filer.kind = 'citizen'
       left join lateral (select items, wait_until from supplement_request s where s.dossier_id = d.id
                           order by s.round desc limit 1) s on true
      where d.id = $1`,
    [dossierId, tx.at],
  )
  if (row === undefined) throw new RangeError(`no dossier ${dossierId}`)
  const letter = await latestLetter(tx, dossierId, letterOf(template))
  return {
    applicantId: row.applicant_id,
    delegateId: row.delegate_id,
    contactEmail: row.contact_email,
    office: {
      name: row.office,
      agency: row.agency,
      address: row.address,
      phone: row.phone,
      sample: row.sample,
    },
    facts: {
      code: row.code,
      procedure: row.procedure,
      agency: row.agency,
      office: row.office,
      filedAt: row.filed_at,
      receivedAt: row.received_at,
      dueAt: letter?.data.dueAt ? new Date(letter.data.dueAt) : row.due_at,
      proof: row.proof && { vi: proofText(row.proof, 'vi'), en: proofText(row.proof, 'en') },
      step: row.step,
      delegate: row.delegate,
      items: row.items?.map((item) => (item.reason ? `${item.text} (${item.reason})` : item.text)),
      waitUntil: row.wait_until,
      silentBodies: row.silent?.map(silentBody),
      newDueAt: letter?.new_due_at,
      reason: letter && (letter.data.reasons?.map((each) => each.reason).join('; ') || letter.reason),
    },
  }
}

/** Who writes where no dossier says whose one-stop it is. Throws RangeError for an unknown unit. */
export const unitOffice = async (tx: Tx, unitId: string): Promise<Office> => {
  const [row] = await tx.sql<Office>(
    `select u.name, a.name as agency, a.address, a.phone, a.sample from unit u join agency a on a.id = u.agency_id
      where u.id = $1`,
    [unitId],
  )
  if (row === undefined) throw new RangeError(`no unit ${unitId}`)
  return row
}

const silentBody = ({ name, due_at }: { name: Text; due_at: string }): Text => {
  const due = new Date(due_at)
  return {
    vi: `${name.vi}, hạn trả lời ${formatLegal(due, 'vi')}`,
    en: `${name.en ?? name.vi}, answer due ${formatLegal(due, 'en')}`,
  }
}

const latestLetter = async (
  tx: Tx,
  dossierId: string,
  kind: string | undefined,
): Promise<Letter | undefined> => {
  if (kind === undefined) return undefined
  const [letter] = await tx.sql<Letter>(
    `select reason, new_due_at, data from letter
      where dossier_id = $1 and kind = $2 and state in ('signed', 'issued', 'delivered')
      order by drafted_at desc limit 1`,
    [dossierId, kind],
  )
  return letter
}
