import { type Action, allows } from '../access/ability.ts'
import { formatLegal } from '../calendar/format.ts'
import type { Tx } from '../database/transaction.ts'
import { conflict, forbidden, notFound } from '../http/problem.ts'
import { auditScope } from '../reports/read-model.ts'
import { isParty } from './party.ts'

export type Case = {
  id: string
  finding_id: string
  dossier_id: string
  dossier_code: string
  kind: string
  state: 'asked' | 'answered' | 'concluded'
  version: number
  asked_by: string
  due_at: Date
  agencyId: string
  unitId: string
  personId: string | null
}

const STATES = {
  asked: { vi: 'đang chờ giải trình', en: 'waiting for an explanation' },
  answered: { vi: 'đã giải trình, chờ kết luận', en: 'explained, waiting for a conclusion' },
  concluded: { vi: 'đã kết luận', en: 'concluded' },
}

/**
 * The explanation that an act is about, locked. 404 out of reach, 403 without the right, 409 when it has moved on since
 * the page was read or is in no state for the act.
 */
export async function openCase(
  tx: Tx,
  id: string,
  asked: { action: Action; version: number; from: (one: Case) => boolean },
): Promise<Case> {
  const [row] = await tx.sql<Case & { applicant_id: string; changed_at: Date; answered: string[] }>(
    `select array(select w.answered_by from explanation_answer w where w.explanation_id = x.id) as answered, x.id, x.finding_id, x.dossier_id, d.code as dossier_code, f.kind, x.state, x.version, x.asked_by, x.due_at,
            x.agency_id as "agencyId", x.unit_id as "unitId", x.person_id as "personId", d.applicant_id,
            coalesce(x.concluded_at, x.answered_at, x.asked_at) as changed_at
       from explanation x join finding f on f.id = x.finding_id join dossier d on d.id = x.dossier_id
      where x.id = $1 for update of x`,
    [id],
  )
  const { ability, personId } = tx.actor
  if (!row || row.applicant_id === personId || !allows(ability, 'read', 'Explanation', row)) throw notFound()
  if (allows(ability, 'create', 'Finding', {}) && !(await reaches(tx, row.dossier_id))) throw notFound()
  if (!allows(ability, asked.action, 'Explanation', row))
    throw forbidden(
      asked.action === 'answer'
        ? {
            vi: 'Chỉ người hoặc đơn vị được yêu cầu mới giải trình được.',
            en: 'Only the person or unit that was asked may explain.',
          }
        : undefined,
    )
  if (asked.action === 'decide' && isParty(tx.actor, row, row.answered)) throw ownCase()
  if (row.version !== asked.version || !asked.from(row))
    throw conflict(
      'explanation-moved',
      {
        vi: `Phát hiện này đã thay đổi lúc ${formatLegal(row.changed_at, 'vi')}: ${STATES[row.state].vi}. Hãy tải lại trang.`,
        en: `This finding changed on ${formatLegal(row.changed_at, 'en')}: ${STATES[row.state].en}. Reload the page.`,
      },
      { state: row.state },
    )
  return row
}

/** Nobody judges what they or their unit have to explain. */
export const ownCase = () =>
  forbidden({
    vi: 'Bạn thuộc bên phải giải trình nên không được yêu cầu hay kết luận việc này. Hãy nhờ người kiểm tra khác.',
    en: 'You are on the side that has to explain, so you may neither ask nor conclude here. Another auditor has to.',
  })

/** An overseer, and an inspector above all, acts on dossiers within reach only. */
export async function reaches(tx: Tx, dossierId: string): Promise<boolean> {
  const params: unknown[] = [dossierId]
  const rows = await tx.sql(
    `select from dossier d where d.id = $1 and ${auditScope(tx, 'd', params)}`,
    params,
  )
  return rows.length > 0
}
