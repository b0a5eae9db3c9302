import { v7 as uuid } from 'uuid'
import { asSystem } from '../access/filter.ts'
import { calendarOf } from '../calendar/agency-calendar.ts'
import type { LegalDay } from '../calendar/day.ts'
import { formatDay, formatLegal } from '../calendar/format.ts'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { rulesOn } from '../deadlines/rules.ts'
import { putFile } from '../documents/files.ts'
import { Dossier } from '../dossiers/entity.ts'
import { invalidField } from '../http/invalid.ts'
import { agencyHead, frameOf, officeShort } from '../letters/compose.ts'
import { drawNumber } from '../letters/series.ts'
import { notify } from '../notifications/notify.ts'
import type { Services } from '../services.ts'
import { headsOf } from '../team/heads.ts'
import type { Text } from '../text.ts'
import { renderUrging, type UrgingData, urgingRule } from './form.ts'
import { type OneStop, oneStopOf } from './one-stop.ts'
import { calendarsOf, lateness, type WatchedRow, watchedRows } from './watched.ts'

export type NewUrging = {
  unitId: string
  dossierIds: string[]
  text: string
  answerBy?: LegalDay | undefined
}

/**
 * The head of the one-stop urges a unit in writing about late dossiers that it holds, or has been asked about: draws the
 * number of the office's book, renders the slip once, and tells whoever heads the unit. The slip stays on the record of
 * each dossier. Problems: 403, 422 with the field and the mend. On an error nothing has changed.
 */
export async function writeUrging(tx: Tx, services: Services, input: NewUrging): Promise<string> {
  const oneStop = await oneStopOf(tx)
  const rows = await lateRows(tx, input)
  const answerBy = await answerDay(tx, oneStop, input.answerBy)
  const [first] = rows
  if (!first) throw new Error('an urging slip without a dossier')
  const number = await nextNumber(tx, oneStop)
  const data = await dataOf(tx, { oneStop, rows, input, answerBy, number: number.text })
  const bytes = await renderUrging(data, {
    rule: urgingRule,
    status: 'unsigned-electronic',
    lookupUrl: services.settings.publicUrl,
    demo: services.settings.demo,
  })
  const file = await putFile(tx, services.files, bytes, 'application/pdf')
  const id = uuid()
  await tx.sql(
    `insert into urging (id, one_stop_unit_id, agency_id, unit_id, series, number_year, number, number_text, text, answer_by,
                         data, file_sha256, written_by, written_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::jsonb, $12, $13, $14)`,
    [
      id,
      oneStop.id,
      first.agency_id,
      first.unit_id,
      number.series,
      number.year,
      number.n,
      number.text,
      data.text,
      answerBy,
      JSON.stringify(data),
      file.sha256,
      tx.actor.personId,
      tx.at,
    ],
  )
  for (const row of rows) {
    await tx.sql('insert into urging_dossier (urging_id, dossier_id) values ($1, $2)', [id, row.id])
    tx.audit({
      act: 'urging.written',
      dossierId: row.id,
      detail: { urging: id, number: number.text, unit: first.unit_id, sha256: file.sha256 },
    })
  }
  await tellHeads(tx, id, first, {
    number: number.text,
    count: String(rows.length),
    answerBy: { vi: formatDay(answerBy, 'vi'), en: formatDay(answerBy, 'en') },
    dossiers: rows.map(({ code, procedure }) => ({
      vi: `${code}: ${procedure.vi}`,
      en: `${code}: ${procedure.en ?? procedure.vi}`,
    })),
    text: data.text,
    attachment: { sha256: file.sha256, fileName: 'phieu-don-doc.pdf', mediaType: 'application/pdf' },
  })
  tx.notify('live', { type: 'dossier', ids: rows.map((row) => row.id) })
  return id
}

/** The dossiers named, each late with the unit named; 422 says which is not, and why. */
async function lateRows(tx: Tx, { unitId, dossierIds }: NewUrging): Promise<WatchedRow[]> {
  const ids = [...new Set(dossierIds)]
  const found = new Map<string, WatchedRow>()
  for (const kind of ['reception', 'step-late', 'asked-late', 'late'] as const)
    for (const row of await watchedRows(tx, kind, { unitId, ids, limit: ids.length })) found.set(row.id, row)
  const missing = ids.filter((id) => !found.has(id))
  if (missing.length === 0) return ids.flatMap((id) => found.get(id) ?? [])
  const open = await watchedRows(tx, 'open', { ids: missing, limit: missing.length })
  const named = open.map(({ code, unit }) => `${code} (${unit.vi})`).join(', ')
  throw invalidField(
    'dossierIds',
    open.length > 0
      ? `Không đôn đốc được: ${named}. Hồ sơ chưa trễ hoặc không do đơn vị này giữ; tải lại danh sách rồi chọn lại.`
      : 'Có hồ sơ không thuộc bộ phận một cửa của bạn hoặc đã xong; tải lại danh sách rồi chọn lại.',
    open.length > 0
      ? `Cannot be urged: ${named}. The dossier is not late or this unit does not hold it; reload the list and choose again.`
      : 'A dossier is not of your one-stop or is finished; reload the list and choose again.',
  )
}

async function answerDay(tx: Tx, { agencyId }: OneStop, wanted?: LegalDay): Promise<LegalDay> {
  const today = legalDay(tx.at)
  const calendar = await calendarOf(tx.sql, agencyId)
  const usual = calendar.addWorkingDays(today, rulesOn(today).urging.value.answerWithinWorkingDays)
  if (wanted === undefined) return usual
  if (wanted < today || !calendar.isWorkingDay(wanted))
    throw invalidField(
      'answerBy',
      `Ngày trả lời phải là ngày làm việc từ hôm nay trở đi, ví dụ ${formatDay(usual, 'vi')}.`,
      `The day of the answer must be a working day, today or later, such as ${formatDay(usual, 'en')}.`,
    )
  return wanted
}

/** The next number of the office's book of slips of the year. */
async function nextNumber(tx: Tx, { id }: OneStop) {
  const series = `${id}/urging`
  const { year, number } = await drawNumber(tx, series)
  const [office] = await tx.sql<{ name: string }>(`select name->>'vi' as name from unit where id = $1`, [id])
  if (!office) throw new Error(`unit ${id} is not there`)
  const n = String(number).padStart(2, '0')
  return { series, year, n: number, text: `${n}/PĐĐ-${officeShort(office.name)}` }
}

type Slip = { oneStop: OneStop; rows: WatchedRow[]; input: NewUrging; answerBy: LegalDay; number: string }

async function dataOf(tx: Tx, { oneStop, rows, input, answerBy, number }: Slip): Promise<UrgingData> {
  const system: Tx = { ...tx, em: asSystem(tx.em, 'head of an urging slip') }
  const dossier = await system.em.findOneOrFail(Dossier, { id: rows[0]?.id ?? '' })
  const frame = await frameOf(system, dossier, 'counter')
  const calendars = await calendarsOf(tx, rows)
  const title = tx.actor.posts.find(({ unitId }) => unitId === oneStop.id)?.title.vi ?? ''
  const unit = rows[0]?.unit.vi ?? ''
  const agency = rows[0]?.agency.vi ?? ''
  return {
    head: {
      ...agencyHead(frame),
      parentAgency: frame.agency,
      agency: oneStop.name.vi,
      number,
      issuedOn: legalDay(tx.at),
    },
    to: unit === agency ? unit : `${unit}, ${agency}`,
    answerBy,
    text: input.text,
    dossiers: rows.map((row) => ({
      code: row.code,
      procedure: row.procedure.vi,
      step: row.step.vi,
      due: row.missed_at ? formatLegal(row.missed_at, 'vi') : '—',
      late: lateness(row, calendars.get(row.agency_id), tx.at).words?.vi ?? '—',
    })),
    signer: {
      capacity: 'head',
      title: title || 'Người đứng đầu Bộ phận Một cửa',
      name: tx.actor.name,
      signature: { signedAt: tx.at.toISOString() },
    },
    recipients: ['Như trên', `Lưu: ${oneStop.name.vi}`],
  }
}

type Told = {
  number: string
  count: string
  answerBy: Text
  dossiers: Text[]
  text: string
  attachment: { sha256: string; fileName: string; mediaType: string }
}

async function tellHeads(tx: Tx, id: string, row: WatchedRow, { attachment, ...data }: Told): Promise<void> {
  const people = await headsOf(tx, { unitId: row.unit_id, agencyId: row.agency_id }, legalDay(tx.at))
  for (const personId of people)
    await notify(tx, {
      key: `urging/${id}/${personId}`,
      dossierId: row.id,
      personId,
      template: 'urging',
      data,
      attachments: [attachment],
    })
}
