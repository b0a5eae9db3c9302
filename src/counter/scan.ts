import type { z } from 'zod'
import { scope } from '../access/scope.ts'
import type { Tx } from '../database/transaction.ts'
import { notFound, type Problem, unprocessable } from '../http/problem.ts'
import type { Text } from '../text.ts'
import type { Scanned } from './schemas.ts'

type Answer = z.input<typeof Scanned>
type Row = Answer['dossiers'][number]

/** A dossier code in either order of its groups (TT 01/2018 art. 19; TT 04/2025): agency, day, number. */
const CODE = /^[A-Z0-9][A-Z0-9.]*-\d{6}-[A-Z0-9]{4,}$/
const TAIL = /^\d{3,12}$/

/** The code in what a scanner or a hand typed: a barcode's text, or the address in the QR code of form 01. */
export function codeOf(typed: string, publicUrl: string): { code: string } | { problem: Problem } {
  const text = typed.normalize('NFC').trim()
  if (!/^https?:/i.test(text)) return { code: text.toUpperCase() }
  const url = URL.canParse(text) ? new URL(text) : undefined
  const found = url && /^\/tra-cuu\/([^/]+)$/.exec(url.pathname)?.[1]
  if (!url || !found) return { problem: notACode() }
  if (url.host !== new URL(publicUrl).host) return { problem: otherSystem(url.host) }
  return { code: decodeURIComponent(found).toUpperCase() }
}

/**
 * The dossiers that a scanned or typed code means to the actor: one for a whole code, those that end so for a few
 * digits. A sentence for each other case: no code at all, another province's, unknown, another counter's.
 */
export async function scan(tx: Tx, typed: string, publicUrl: string): Promise<Answer> {
  const read = codeOf(typed, publicUrl)
  if ('problem' in read) throw read.problem
  const { code } = read
  if (TAIL.test(code)) {
    const rows = await find(tx, 'right(d.code, length($1)) = $1', code)
    if (rows.length === 0)
      throw notFound({
        vi: `Không có hồ sơ nào trong phạm vi của bạn có mã kết thúc bằng ${code}.`,
        en: `No dossier within your reach has a code that ends in ${code}.`,
      })
    return { dossiers: rows }
  }
  if (!CODE.test(code)) throw notACode()
  const rows = await find(tx, 'd.code = $1', code)
  if (rows.length > 0) return { dossiers: rows }
  throw await whyNot(tx, code)
}

/** What waits at the counter first (to be received, completed, collected), then open work, then what is over; the newest first. */
async function find(tx: Tx, where: string, code: string): Promise<Row[]> {
  const params: unknown[] = [code]
  return tx.sql<Row>(
    `select d.id, d.code, p.full_name as applicant, v.definition->'name' as procedure, d.state, h.step_name as step
       from dossier d join person p on p.id = d.applicant_id join procedure_version v on v.id = d.procedure_version_id
       left join holding h on h.dossier_id = d.id and h.track = 'accountable' and h.to_at is null
      where ${where} and ${scope(tx.actor.ability, 'note', 'Dossier', 'd', params)}
      order by d.state not in ('filed', 'waiting-supplement', 'done'), d.finished_at is not null, d.filed_at desc limit 20`,
    params,
  )
}

const notACode = (): Problem =>
  unprocessable('not-a-code', {
    vi: 'Đây không phải mã hồ sơ. Quét mã vạch trên bìa hoặc mã QR trên giấy hẹn, hoặc gõ bốn số cuối.',
    en: 'This is no dossier code. Scan the barcode of the cover or the QR code of the receipt, or type the last four digits.',
  })

const otherSystem = (host: string): Problem =>
  unprocessable('foreign-code', {
    vi: `Mã QR này của hệ thống khác (${host}), không phải hồ sơ của tỉnh này. Không có gì thay đổi.`,
    en: `This QR code belongs to another system (${host}), not to a dossier of this province. Nothing has changed.`,
  })

/** Of another province, of nobody, or of another counter: the agency stands in the code itself, nothing else is told. */
async function whyNot(tx: Tx, code: string): Promise<Problem> {
  const prefix = code.slice(0, code.indexOf('-'))
  const [agency] = await tx.sql<{ name: Text }>('select name from agency where code = $1', [prefix])
  if (!agency)
    return unprocessable('foreign-code', {
      vi: `Mã ${code} do cơ quan ${prefix} cấp, không thuộc tỉnh này. Hồ sơ được nộp ở hệ thống khác; hướng dẫn người dân đến nơi đã nhận. Không có gì thay đổi.`,
      en: `Code ${code} was given by agency ${prefix}, which is not of this province. The dossier was filed in another system; send the person to where it was received. Nothing has changed.`,
    })
  const [row] = await tx.sql<{ counter: Text; agency: Text }>(
    `select u.name as counter, a.name as agency from dossier d join unit u on u.id = d.one_stop_unit_id
       join agency a on a.id = u.agency_id where d.code = $1`,
    [code],
  )
  if (!row)
    return notFound({
      vi: `Không có hồ sơ nào mang mã ${code} (${agency.name.vi}). Kiểm tra lại mã trên bìa.`,
      en: `No dossier has the code ${code} (${agency.name.en ?? agency.name.vi}). Check the code on the cover.`,
    })
  return unprocessable('other-counter', {
    vi: `Hồ sơ ${code} nộp tại ${row.agency.vi}, quầy của bạn không giữ. Hướng dẫn người dân đến nơi đã nhận.`,
    en: `Dossier ${code} was filed at ${row.agency.en ?? row.agency.vi}; your counter does not have it. Send the person to where it was received.`,
  })
}
