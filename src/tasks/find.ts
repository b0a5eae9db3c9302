import { scope } from '../access/scope.ts'
import type { Tx } from '../database/transaction.ts'
import { conflict, forbidden, notFound, unprocessable } from '../http/problem.ts'

export type Found = {
  dossierId: string
  code: string
  applicant: string
  /** An open task of the dossier that the person may decide or claim. */
  taskId: string | null
}

/** TT 01/2018 art. 19: agency, day, running number; a scanner may leave out or change the hyphens. */
const CODE = /^([\p{L}\d.]+)[-_ –](\d{6})[-_ –](\d{4,})$/u
const MANY = 20

/**
 * The dossiers of a barcode, or of the last four (or more) digits of a code, that the person may read. Problems say why
 * there is none: not a code, another province's, unknown, or not within reach; the code itself is no secret.
 */
export async function findByCode(tx: Tx, typed: string): Promise<Found[]> {
  const text = typed.normalize('NFC').trim().toUpperCase()
  const parts = CODE.exec(text)
  if (!parts && !/^\d{4,10}$/.test(text)) throw notACode(typed)
  const code = parts ? `${parts[1]}-${parts[2]}-${parts[3]}` : text
  const found = await readable(tx, code, !!parts)
  if (found.length > 0) return found
  if (!parts) throw nothingEndsWith(text)
  const [known] = await tx.sql<{ dossier: boolean; agency: boolean }>(
    `select exists (select from dossier where code = $1) as dossier, exists (select from agency where code = $2) as agency`,
    [code, parts[1]],
  )
  if (known?.dossier)
    throw forbidden({
      vi: `Hồ sơ ${code} không thuộc phạm vi của bạn. Hãy chuyển người nộp đến đúng đơn vị, hoặc hỏi Một cửa.`,
      en: `Dossier ${code} is not within your reach. Send the applicant to the right unit, or ask the one-stop.`,
    })
  if (!known?.agency)
    throw unprocessable('code-of-another-tenant', {
      vi: `Mã ${code} do cơ quan ${parts[1]} cấp; cơ quan này không thuộc hệ thống của tỉnh. Hãy kiểm tra lại giấy hẹn.`,
      en: `Code ${code} was given by agency ${parts[1]}, which does not belong to this province’s system. Check the receipt.`,
    })
  throw notFound({
    vi: `Không có hồ sơ nào mang mã ${code}. Hãy xem lại mã vạch hoặc gõ bốn số cuối.`,
    en: `No dossier has the code ${code}. Check the barcode or type the last four digits.`,
  })
}

async function readable(tx: Tx, code: string, whole: boolean): Promise<Found[]> {
  const params: unknown[] = [code, tx.actor.personId]
  const dossiers = scope(tx.actor.ability, 'read', 'Dossier', 'd', params)
  const decide = scope(tx.actor.ability, 'decide', 'Task', 't', params)
  const read = scope(tx.actor.ability, 'read', 'Task', 't', params)
  const rows = await tx.sql<{ id: string; code: string; full_name: string; task_id: string | null }>(
    // The right end of a code has an index of four letters.
    `select d.id, d.code, p.full_name, live.id as task_id
       from dossier d join person p on p.id = d.applicant_id
       left join lateral (select t.id from task t where t.dossier_id = d.id and t.state in ('open', 'deciding') and ${read}
                           order by ${decide} desc, t.assignee_id = $2 desc nulls last, t.opened_at limit 1) live on true
      where ${whole ? 'd.code = $1' : 'right(d.code, 4) = right($1, 4) and right(d.code, length($1)) = $1'}
        and (${dossiers} or live.id is not null)
      order by live.id is null, d.finished_at is not null, d.filed_at desc limit ${MANY + 1}`,
    params,
  )
  if (rows.length > MANY)
    throw conflict('too-many-codes', {
      vi: `Có quá nhiều hồ sơ kết thúc bằng ${code}. Hãy gõ thêm số hoặc quét mã vạch.`,
      en: `Too many dossiers end with ${code}. Type more digits or scan the barcode.`,
    })
  return rows.map((row) => ({
    dossierId: row.id,
    code: row.code,
    applicant: row.full_name,
    taskId: row.task_id,
  }))
}

const notACode = (typed: string) =>
  unprocessable('not-a-code', {
    vi: `“${typed.slice(0, 60)}” không phải mã hồ sơ. Mã có dạng Mã cơ quan-ngày-số, ví dụ T00.X01-261102-0001; cũng có thể gõ bốn số cuối.`,
    en: `“${typed.slice(0, 60)}” is no dossier code. A code reads agency-day-number, such as T00.X01-261102-0001; the last four digits do too.`,
  })

const nothingEndsWith = (digits: string) =>
  notFound({
    vi: `Không có hồ sơ nào trong phạm vi của bạn kết thúc bằng ${digits}.`,
    en: `No dossier within your reach ends with ${digits}.`,
  })
