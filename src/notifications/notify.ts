import { v7 as uuid } from 'uuid'
import type { Locale } from '../access/actor.ts'
import type { Tx } from '../database/transaction.ts'
import { queueDelivery } from './deliver.ts'
import { dossierFacts, unitOffice } from './facts.ts'
import { type Facts, type Office, render } from './render.ts'
import type { TemplateName } from './templates.ts'

/** A stored file that goes with a message. */
export type Attachment = { sha256: string; fileName: string; mediaType: string }

export type Message = {
  /** The natural key of the act that speaks; a repeat with the same key does nothing. */
  key: string
  dossierId: string
  personId: string
  template: TemplateName
  /** Facts of the act itself; they go before what the dossier says. */
  data?: Facts
  attachments?: Attachment[]
}

/** A message that speaks of no dossier: of a person's own work in a unit, which stands at its foot. */
export type WorkMessage = Omit<Message, 'dossierId' | 'attachments'> & { unitId: string }

type Person = { full_name: string; email: string; locale: Locale | null }

/**
 * Queues a message to a person, in the language of their account (Vietnamese without one); it leaves after the
 * commit. A person without an address finds it under their own notifications.
 * True when it is new. Throws `MissingFact` when the template asks for what nobody knows.
 */
export const notify = async (tx: Tx, message: Message): Promise<boolean> => {
  const about = await dossierFacts(tx, message.dossierId, message.template)
  const also = message.personId === about.applicantId ? about.contactEmail : null
  return queue(tx, message, { ...about, also })
}

/** The same about a person's work; nothing is said of any dossier. */
export const notifyOfWork = async (tx: Tx, message: WorkMessage): Promise<boolean> =>
  queue(
    tx,
    { ...message, dossierId: null },
    { facts: {}, office: await unitOffice(tx, message.unitId), also: null },
  )

const queue = async (
  tx: Tx,
  message: Omit<Message, 'dossierId'> & { dossierId: string | null },
  { facts, office, also }: { facts: Facts; office: Office; also: string | null },
): Promise<boolean> => {
  const [person] = await tx.sql<Person>(
    `select p.full_name, p.email, (select a.locale from account a where a.person_id = p.id limit 1) as locale
       from person p where p.id = $1`,
    [message.personId],
  )
  if (person === undefined) throw new RangeError(`no person ${message.personId}`)
  const all = { ...facts, ...message.data }
  const { subject, body } = render(message.template, person.locale ?? 'vi', all, person.full_name, office)

  const id = uuid()
  const added = await tx.sql(
    `insert into notification (id, key, dossier_id, person_id, address, subject, body, attachments, state, created_at, also_address)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (key) do nothing returning id`,
    [
      id,
      message.key,
      message.dossierId,
      message.personId,
      person.email || also || '',
      subject,
      body,
      JSON.stringify(message.attachments ?? []),
      person.email || also ? 'queued' : 'shown',
      tx.at,
      person.email && also !== person.email ? also : null,
    ],
  )
  if (added.length === 0) return false
  const { dossierId, personId } = message
  if (dossierId) await queueDelivery(tx, { notificationId: id, dossierId, personId, text: subject })
  tx.audit({
    act: 'notification.written',
    ...(message.dossierId && { dossierId: message.dossierId }),
    detail: { notification: id, template: message.template },
  })
  tx.notify('mail', {})
  return true
}

/** To the applicant, and to the authorised person who filed for them, if there is one. */
export const notifyApplicant = async (tx: Tx, message: Omit<Message, 'personId'>): Promise<void> => {
  const { applicantId, delegateId } = await dossierFacts(tx, message.dossierId, message.template)
  await notify(tx, { ...message, personId: applicantId })
  if (delegateId !== null && message.template !== 'delegate')
    await notify(tx, { ...message, key: `${message.key}:delegate`, personId: delegateId })
}
