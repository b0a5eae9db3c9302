import { v7 as uuid } from 'uuid'
import type { Tx } from '../database/transaction.ts'
import { invalidField } from '../http/invalid.ts'
import { forbidden } from '../http/problem.ts'
import { personalFields } from './fields.ts'
import { OPEN_MINUTES, REASONS } from './reasons.ts'
import { needOf } from './sight.ts'

type Given = { reason: string; text: string }

/**
 * Opens the personal data of one dossier to the actor, with a reason, for some minutes of the legal clock. The caller has
 * checked that the actor may read the dossier. 403 without work that needs them, 422 for a reason that is not on the list
 * or needs words.
 */
export async function openPersonal(
  tx: Tx,
  dossierId: string,
  { reason, text }: Given,
): Promise<{ id: string; until: Date }> {
  const { personId } = tx.actor
  const need = personId ? await needOf(tx, dossierId) : undefined
  if (!need)
    throw forbidden({
      vi: 'Chỉ người đang giữ việc của hồ sơ và một cửa đã nhận hồ sơ được xem dữ liệu cá nhân. Hãy nhận việc trước, hoặc nhờ người đang giữ việc.',
      en: 'Only whoever has work on the dossier and the one-stop that took it in may see personal data. Claim the work first, or ask whoever holds it.',
    })
  checkReason(reason, text)
  const id = uuid()
  const until = new Date(tx.at.getTime() + OPEN_MINUTES * 60_000)
  const fields = await fieldsOf(tx, dossierId)
  await tx.sql(
    `insert into opening (id, dossier_id, person_id, agency_id, unit_id, fields, reason, reason_text, opened_at, until)
     select $1, $2, $3, u.agency_id, u.id, $5::text[], $6, $7, $8, $9 from unit u where u.id = $4`,
    [id, dossierId, personId, need.unitId, fields, reason, text.normalize('NFC'), tx.at, until],
  )
  tx.audit({
    act: 'personal-data.opened',
    dossierId,
    detail: { opening: id, fields, reason, until: until.toISOString() },
  })
  return { id, until }
}

function checkReason(key: string, text: string): void {
  const reason = REASONS.find((one) => one.key === key)
  if (!reason)
    throw invalidField('reason', 'Hãy chọn lý do trong danh sách.', 'Choose a reason from the list.')
  if (reason.needsText && text === '')
    throw invalidField('text', 'Hãy ghi rõ lý do.', 'Write the reason down.')
}

/** The actor has done with them: masked again at once. Without anything open nothing happens. */
export async function closePersonal(tx: Tx, dossierId: string): Promise<void> {
  const rows = await tx.sql<{ id: string }>(
    `update opening set closed_at = $3
      where dossier_id = $1 and person_id = $2 and until > $3 and closed_at is null returning id`,
    [dossierId, tx.actor.personId, tx.at],
  )
  if (rows.length > 0)
    tx.audit({ act: 'personal-data.closed', dossierId, detail: { openings: rows.map(({ id }) => id) } })
}

/** What there is to see: names only, of the applicant's record, the form, and whoever stood at the counter. */
async function fieldsOf(tx: Tx, dossierId: string): Promise<string[]> {
  const [row] = await tx.sql<{
    person: Record<string, string>
    schema: unknown
    form: Record<string, unknown>
    represented: boolean
    collected: boolean
  }>(
    `select jsonb_build_object('identityNo', p.identity_no, 'phone', coalesce(nullif(k.phone, ''), p.phone),
                               'email', coalesce(nullif(k.email, ''), p.email),
                               'address', coalesce(nullif(k.address, ''), p.address)) as person,
            v.eform->'schema' as schema, d.form_data as form,
            exists (select from counter_filing f where f.dossier_id = d.id and f.representative is not null) as represented,
            exists (select from collection c where c.dossier_id = d.id) as collected
       from dossier d join person p on p.id = d.applicant_id left join dossier_contact k on k.dossier_id = d.id
       join procedure_version v on v.id = d.procedure_version_id
      where d.id = $1`,
    [dossierId],
  )
  if (!row) return []
  const filled = ['identityNo', 'phone', 'email', 'address'].filter((name) => row.person[name])
  return [
    ...filled.map((name) => `person.${name}`),
    ...personalFields(row.schema, row.form).map((name) => `form.${name}`),
    ...(row.represented ? ['representative'] : []),
    ...(row.collected ? ['collector'] : []),
  ]
}
