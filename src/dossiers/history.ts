import type { z } from 'zod'
import type { Tx } from '../database/transaction.ts'
import { versionsBefore } from '../procedures/versions-before.ts'
import { definitionOf } from '../tasks/step.ts'
import type { Text } from '../text.ts'
import type { HistoryEntry } from './schemas.ts'

type Entry = z.input<typeof HistoryEntry>
type Row = {
  at: Date
  act: string
  outcome: string
  element_id: string
  kind: string
  process_id: string
  name: Text
  by: string
  in_place_of: string | null
  unit: Text
  note: string
}

/** What has happened, oldest first: filing, every decision that has left, what came or did not. For the applicant without names and notes. */
export async function historyOf(tx: Tx, dossierId: string, inside: boolean): Promise<Entry[]> {
  const rows = await tx.sql<Row>(
    `select d.acted_at as at, 'task.decided' as act, d.outcome, t.element_id, s.kind, s.process_id, t.name, p.full_name as by,
            ab.full_name as in_place_of,
            u.name as unit, coalesce(nullif(d.data->>'note', ''), d.data->>'reason', '') as note
       from decision d join task t on t.id = d.task_id join subject s on s.id = t.subject_id
       join person p on p.id = d.actor_id left join person ab on ab.id = d.in_place_of join unit u on u.id = t.unit_id
      where d.dossier_id = $1 and d.state = 'released' order by d.acted_at`,
    [dossierId],
  )
  const entries: Entry[] = await filing(tx, dossierId, inside)
  const before = await versionsBefore(tx.sql, [dossierId])
  for (const row of rows) {
    const then = row.kind === 'dossier' && before.find(({ until }) => row.at < until)?.processId
    const label = (await definitionOf(tx.sql, then || row.process_id)).steps[row.element_id]?.outcomes[
      row.outcome
    ]?.label
    entries.push({
      at: row.at.toISOString(),
      act: `${row.element_id}:${row.outcome}`,
      text: {
        vi: `${row.name.vi}: ${label?.vi ?? row.outcome}`,
        en: `${row.name.en ?? row.name.vi}: ${label?.en ?? row.outcome}`,
      },
      by: inside ? row.by : null,
      inPlaceOf: inside ? row.in_place_of : null,
      unit: row.unit,
      note: inside ? row.note : '',
    })
  }
  return [...entries, ...(await automatic(tx, dossierId, inside))].sort((a, b) => a.at.localeCompare(b.at))
}

async function filing(tx: Tx, dossierId: string, inside: boolean): Promise<Entry[]> {
  const [row] = await tx.sql<{ filed_at: Date; name: string; group_code: string | null }>(
    `select d.filed_at, p.full_name as name, g.code as group_code from dossier d join person p on p.id = d.filed_by
       left join dossier g on g.id = d.parent_id where d.id = $1`,
    [dossierId],
  )
  if (!row) return []
  if (row.group_code)
    return [
      {
        at: row.filed_at.toISOString(),
        act: 'group.part-opened',
        text: {
          vi: `Mở theo hồ sơ liên thông ${row.group_code}`,
          en: `Opened by the group dossier ${row.group_code}`,
        },
        by: null,
        inPlaceOf: null,
        unit: null,
        note: '',
      },
    ]
  return [
    {
      at: row.filed_at.toISOString(),
      act: 'dossier.filed',
      text: { vi: 'Nộp hồ sơ', en: 'Dossier filed' },
      by: inside ? row.name : null,
      inPlaceOf: null,
      unit: null,
      note: '',
    },
  ]
}

/** What was decided on no task: supplements that came or did not, reminders, dates counted again, bodies that kept silent. */
async function automatic(tx: Tx, dossierId: string, inside: boolean): Promise<Entry[]> {
  const rows = await tx.sql<{ at: Date; act: string; vi: string; en: string }>(
    `select submitted_at as at, 'supplement.submitted' as act, 'Người nộp gửi bổ sung' as vi, 'Applicant sent the supplement' as en
       from supplement_request where dossier_id = $1 and submitted_at is not null
      union all
     select wait_until, 'supplement.expired', 'Hết hạn bổ sung', 'Time for the supplement is over'
       from supplement_request where dossier_id = $1 and outcome = 'expired'
      union all
     select a.handled_at, 'supplement.reminded', 'Một cửa nhắc người nộp bổ sung', 'The one-stop reminded the applicant of the supplement'
       from alarm a where a.dossier_id = $1 and a.kind = 'reminder' and a.outcome = 'reminded'
      union all
     select n.created_at, 'due-date.moved', 'Tính lại ngày hẹn trả vì lịch làm việc thay đổi, đã báo người nộp',
            'Due date counted again because the calendar changed; the applicant was told'
       from notification n where n.dossier_id = $1 and n.key like 'recount/%' and n.key not like '%:delegate'
      union all
     select i.acted_at, 'dossier.migrated', 'Chuyển sang quy trình phiên bản ' || v.version,
            'Moved to version ' || v.version || ' of the process'
       from migration_item i join migration_run r on r.id = i.run_id join procedure_version v on v.id = r.to_version_id
      where i.dossier_id = $1 and i.state in ('moved', 'done')
      union all
     select void_at, 'letter.void', 'Hủy thư: ' || (form->>'title') || coalesce(', số ' || number_text, ''),
            'Letter void: ' || (form->>'title') || coalesce(', number ' || number_text, '')
       from letter where $2 and dossier_id = $1 and void_at is not null and number is not null
      union all
     select answered_at, 'confirmation.' || outcome,
            case outcome when 'confirmed' then 'Người nộp xác nhận biểu mẫu' when 'amended' then 'Người nộp sửa biểu mẫu'
                         else 'Hết hạn xác nhận biểu mẫu, coi là đồng ý' end,
            case outcome when 'confirmed' then 'Applicant confirmed the form' when 'amended' then 'Applicant corrected the form'
                         else 'No confirmation in time: taken as agreement' end
       from confirmation where dossier_id = $1 and outcome is not null
      union all
     select asked_at, 'confirmation.sent', 'Gửi biểu mẫu để người nộp xác nhận', 'Form sent to the applicant to confirm'
       from confirmation where dossier_id = $1
      union all
     select c.started_at, 'receipt.not-issued', 'Trả kết quả trong ngày, không cấp giấy hẹn (NĐ 61/2018 Điều 17 khoản 4)',
            'Result on the same day, no receipt issued (Decree 61/2018, article 17.4)'
       from clock c where c.dossier_id = $1 and c.kind = 'dossier' and c.round = 1
        and not exists (select from letter l where l.dossier_id = $1 and l.kind = 'receipt')
        and exists (select from dossier d where d.id = $1 and d.parent_id is null)
      union all
     select p.received_at, 'group.part-opened', 'Mở hồ sơ thành phần ' || p.code || ': ' || (v.definition->'name'->>'vi'),
            'Part ' || p.code || ' opened: ' || coalesce(v.definition->'name'->>'en', v.definition->'name'->>'vi')
       from dossier p join procedure_version v on v.id = p.procedure_version_id where p.parent_id = $1
      union all
     select p.finished_at, 'group.part-finished', 'Hồ sơ thành phần ' || p.code || ' đã xong', 'Part ' || p.code || ' is done'
       from dossier p where p.parent_id = $1 and p.finished_at is not null
      union all
     select written_at, 'urging.written', 'Một cửa gửi Phiếu đôn đốc ' || number_text, 'The one-stop sent urging slip ' || number_text
       from urging where $2 and id in (select urging_id from urging_dossier where dossier_id = $1)
      union all
     select answered_at, 'urging.answered', 'Đơn vị trả lời Phiếu đôn đốc ' || number_text, 'The unit answered urging slip ' || number_text
       from urging where $2 and answered_at is not null
        and id in (select urging_id from urging_dossier where dossier_id = $1)
      union all
     select paid_at, 'payment.' || method,
            case when state in ('to-refund', 'refunded') and voided_at is null then 'Có tiền nộp khi không còn phí phải nộp'
                 when method = 'cash' then 'Nộp phí bằng tiền mặt tại quầy' else 'Nộp phí qua VNPay' end,
            case when state in ('to-refund', 'refunded') and voided_at is null then 'Money paid when nothing was owed'
                 when method = 'cash' then 'Fee paid in cash at the counter' else 'Fee paid by VNPay' end
       from payment where dossier_id = $1 and paid_at is not null
      union all
     select refunded_at, 'payment.refunded', 'Đã hoàn tiền cho người nộp', 'Money returned to the payer'
       from payment where dossier_id = $1 and refunded_at is not null
      union all
     select voided_at, 'payment.voided', 'Đã hủy biên lai ' || receipt_text, 'Receipt ' || receipt_text || ' was voided'
       from payment where dossier_id = $1 and voided_at is not null
      union all
     select settled_at, 'payment.expired', 'Hết hạn nộp phí, đóng hồ sơ', 'Time to pay is over, dossier closed'
       from fee_due where dossier_id = $1 and state = 'expired'
      union all
     select a.handled_at, 'payment.reminded', 'Một cửa nhắc người nộp phí', 'The one-stop reminded the applicant of the fee'
       from alarm a where a.dossier_id = $1 and a.kind = 'reminder' and a.outcome = 'reminded of the fee'
      union all
     select answered_at, 'exchange.' || state,
            case system when 'tax' then 'Hệ thống đăng ký thuế' when 'land' then 'Cơ sở dữ liệu đất đai'
                        else 'Cơ sở dữ liệu dân cư' end ||
              case state when 'answered' then ' đã trả lời' else ' từ chối' end,
            case system when 'tax' then 'The tax system' when 'land' then 'The land database'
                        else 'The population database' end ||
              case state when 'answered' then ' answered' else ' refused' end
       from exchange where dossier_id = $1 and answered_at is not null
      union all
     select requested_at, 'stop.requested', 'Người nộp đề nghị dừng giải quyết hồ sơ', 'The applicant asked to stop the dossier'
       from stop_request where dossier_id = $1
      union all
     select due_at, 'consultation.silent', 'Cơ quan được lấy ý kiến không trả lời: ' || (a.name->>'vi'),
            'Consulted body kept silent: ' || coalesce(a.name->>'en', a.name->>'vi')
       from consultation c join agency a on a.id = c.agency_id where dossier_id = $1 and outcome = 'silent'`,
    [dossierId, inside],
  )
  return rows.map((row) => ({
    at: row.at.toISOString(),
    act: row.act,
    text: { vi: row.vi, en: row.en },
    by: null,
    inPlaceOf: null,
    unit: null,
    note: '',
  }))
}
