import { legalDay } from '../clock.ts'
import { unitHead } from '../counter/head.ts'
import type { Tx } from '../database/transaction.ts'
import { formFor } from '../letters/form-rules.ts'
import { renderHandover } from '../letters/forms/handover.ts'
import type { Services } from '../services.ts'
import { type HandoverRow, handOverRule, itemRows } from './read-model.ts'

/** The minutes as PDF: a draft until the receiver has signed, with room for two pens. */
export async function renderMinutes(
  tx: Tx,
  services: Pick<Services, 'settings'>,
  row: HandoverRow,
  status: 'draft' | 'unsigned-electronic',
): Promise<Buffer> {
  const day = legalDay(row.given_at)
  const giver = await unitHead(tx, row.giver_unit_id)
  const receiver = await unitHead(tx, row.receiver_unit_id)
  const rule = handOverRule(row.given_at)
  const items = await itemRows(tx, row.id)
  return renderHandover(
    {
      head: {
        parentAgency: giver.agency,
        agency: giver.unit,
        number: row.number_text,
        place: giver.place,
        issuedOn: day,
      },
      giver: {
        unit: `${giver.unit}, ${giver.agency}`,
        person: row.given_by,
        signedAt: row.given_at.toISOString(),
      },
      receiver: {
        unit: `${receiver.unit}, ${receiver.agency}`,
        person: row.answered_by,
        signedAt: row.answered_at?.toISOString() ?? null,
      },
      givenAt: row.given_at.toISOString(),
      ...(row.note ? { note: row.note } : {}),
      items: items.map((item) => ({
        code: item.code,
        applicant: item.applicant,
        procedure: item.procedure_name.vi,
        medium: item.medium,
        pages: item.pages,
        dueAt: item.due_at?.toISOString() ?? null,
        state: item.state,
        answeredAt: item.answered_at?.toISOString() ?? null,
        ...(item.reason ? { reason: item.reason } : {}),
      })),
      rule: `Thời hạn bàn giao: ${rule.text.vi} (${rule.source}${rule.verified ? '' : '; chưa kiểm chứng'})`,
    },
    {
      rule: formFor('handover', { receivedOn: null, issuedOn: day }),
      status,
      lookupUrl: services.settings.publicUrl,
      demo: services.settings.demo,
    },
  )
}
