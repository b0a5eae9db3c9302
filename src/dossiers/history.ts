import type { z } from 'zod'
import type { Tx } from '../database/transaction.ts'
import { definitionOf } from '../tasks/step.ts'
import type { Text } from '../text.ts'
import type { HistoryEntry } from './schemas.ts'

type Entry = z.input<typeof HistoryEntry>
type Row = {
  at: Date
  act: string
  outcome: string
  element_id: string
  process_id: string
  name: Text
  by: string
  unit: Text
  note: string
}

/** What has happened, oldest first: filing, every decision that has left, what came or did not. For the applicant without names and notes. */
export async function historyOf(tx: Tx, dossierId: string, inside: boolean): Promise<Entry[]> {
  const rows = await tx.sql<Row>(
    `select d.acted_at as at, 'task.decided' as act, d.outcome, t.element_id, s.process_id, t.name, p.full_name as by,
            u.name as unit, coalesce(nullif(d.data->>'note', ''), d.data->>'reason', '') as note
       from decision d join task t on t.id = d.task_id join subject s on s.id = t.subject_id
       join person p on p.id = d.actor_id join unit u on u.id = t.unit_id
      where d.dossier_id = $1 and d.state = 'released' order by d.acted_at`,
    [dossierId],
  )
  const entries: Entry[] = await filing(tx, dossierId, inside)
  for (const row of rows) {
    const label = (await definitionOf(tx.sql, row.process_id)).steps[row.element_id]?.outcomes[row.outcome]
      ?.label
    entries.push({
      at: row.at.toISOString(),
      act: `${row.element_id}:${row.outcome}`,
      text: {
        vi: `${row.name.vi}: ${label?.vi ?? row.outcome}`,
        en: `${row.name.en ?? row.name.vi}: ${label?.en ?? row.outcome}`,
      },
      by: inside ? row.by : null,
      unit: row.unit,
      note: inside ? row.note : '',
    })
  }
  return [...entries, ...(await automatic(tx, dossierId))].sort((a, b) => a.at.localeCompare(b.at))
}

async function filing(tx: Tx, dossierId: string, inside: boolean): Promise<Entry[]> {
  const [row] = await tx.sql<{ filed_at: Date; name: string }>(
    'select d.filed_at, p.full_name as name from dossier d join person p on p.id = d.filed_by where d.id = $1',
    [dossierId],
  )
  if (!row) return []
  return [
    {
      at: row.filed_at.toISOString(),
      act: 'dossier.filed',
      text: { vi: 'Nộp hồ sơ', en: 'Dossier filed' },
      by: inside ? row.name : null,
      unit: null,
      note: '',
    },
  ]
}

/** What was decided on no task: supplements that came or did not, bodies that kept silent. */
async function automatic(tx: Tx, dossierId: string): Promise<Entry[]> {
  const rows = await tx.sql<{ at: Date; act: string; vi: string; en: string }>(
    `select submitted_at as at, 'supplement.submitted' as act, 'Người nộp gửi bổ sung' as vi, 'Applicant sent the supplement' as en
       from supplement_request where dossier_id = $1 and submitted_at is not null
      union all
     select wait_until, 'supplement.expired', 'Hết hạn bổ sung', 'Time for the supplement is over'
       from supplement_request where dossier_id = $1 and outcome = 'expired'
      union all
     select due_at, 'consultation.silent', 'Cơ quan được lấy ý kiến không trả lời: ' || (a.name->>'vi'),
            'Consulted body kept silent: ' || coalesce(a.name->>'en', a.name->>'vi')
       from consultation c join agency a on a.id = c.agency_id where dossier_id = $1 and outcome = 'silent'`,
    [dossierId],
  )
  return rows.map((row) => ({
    at: row.at.toISOString(),
    act: row.act,
    text: { vi: row.vi, en: row.en },
    by: null,
    unit: null,
    note: '',
  }))
}
