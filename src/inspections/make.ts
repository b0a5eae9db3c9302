import { v7 as uuid } from 'uuid'
import type { z } from 'zod'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { invalidField } from '../http/invalid.ts'
import { conflict, notFound } from '../http/problem.ts'
import type { EndInspection, MakeInspection } from './schemas.ts'

/** Enters an inspection decision for a civil servant. Answers its id. 400 names the field that cannot be. */
export async function makeInspection(tx: Tx, given: z.output<typeof MakeInspection>): Promise<string> {
  const later = (from: string, to: string, field: string) => {
    if (from > to)
      throw invalidField(
        field,
        'Ngày cuối phải từ ngày đầu trở đi.',
        'The last day must not be before the first.',
      )
  }
  later(given.filedFrom, given.filedTo, 'filedTo')
  later(given.validFrom, given.validTo, 'validTo')
  if (given.validTo < legalDay(tx.at))
    throw invalidField('validTo', 'Quyết định đã hết hiệu lực.', 'The decision is over already.')
  if (given.personId === tx.actor.personId)
    throw invalidField(
      'personId',
      'Không ai nhập quyết định cho chính mình.',
      'Nobody enters a decision for themself.',
    )
  const [person] = await tx.sql<{ id: string }>(
    `select id from person where id = $1 and kind = 'staff' and active`,
    [given.personId],
  )
  if (!person)
    throw invalidField(
      'personId',
      'Không có cán bộ này, hoặc tài khoản đã ngừng.',
      'There is no such civil servant, or the account was deactivated.',
    )
  const known = await tx.sql('select from agency where id = any($1::uuid[])', [given.agencyIds])
  if (known.length !== new Set(given.agencyIds).size)
    throw invalidField('agencyIds', 'Có cơ quan không tồn tại.', 'One of the agencies does not exist.')
  const codes = await tx.sql('select distinct code from procedure_version where code = any($1::text[])', [
    given.procedureCodes,
  ])
  if (codes.length !== new Set(given.procedureCodes).size)
    throw invalidField('procedureCodes', 'Có thủ tục không tồn tại.', 'One of the procedures does not exist.')
  const id = uuid()
  await tx.sql(
    `insert into inspection (id, person_id, number, decided_on, decided_by, agency_ids, procedure_codes, filed_from, filed_to,
                             valid_from, valid_to, made_by, made_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      id,
      given.personId,
      given.number.normalize('NFC'),
      given.decidedOn,
      given.decidedBy.normalize('NFC'),
      given.agencyIds,
      given.procedureCodes,
      given.filedFrom,
      given.filedTo,
      given.validFrom,
      given.validTo,
      tx.actor.personId,
      tx.at,
    ],
  )
  tx.audit({
    act: 'inspection.made',
    detail: { inspection: id, person: given.personId, number: given.number, validTo: given.validTo },
  })
  return id
}

/** Ends a decision's access before its day. */
export async function endInspection(
  tx: Tx,
  id: string,
  { reason }: z.output<typeof EndInspection>,
): Promise<void> {
  const [row] = await tx.sql<{ ended_at: Date | null }>(
    'select ended_at from inspection where id = $1 for update',
    [id],
  )
  if (!row) throw notFound()
  if (row.ended_at)
    throw conflict('inspection-ended', {
      vi: 'Quyền theo quyết định này đã kết thúc trước đó.',
      en: 'Access under this decision has ended already.',
    })
  await tx.sql('update inspection set ended_at = $2, ended_by = $3, end_reason = $4 where id = $1', [
    id,
    tx.at,
    tx.actor.personId,
    reason.normalize('NFC'),
  ])
  tx.audit({ act: 'inspection.ended', detail: { inspection: id } })
}
