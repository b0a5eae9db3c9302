import type { Sql } from '../database/transaction.ts'
import type { Step } from '../procedures/definition.ts'
import type { Subject } from './step.ts'

/** What the letters of processes/shared/apology.bpmn are called on a worklist, whose steps say "thư" of them all. */
const CALLED: Record<string, { vi: string; en: string }> = {
  apology: { vi: 'thư xin lỗi', en: 'the letter of apology' },
  explanation: { vi: 'thư giải trình', en: 'the letter of explanation' },
  closing: { vi: 'thông báo đóng hồ sơ', en: 'the closing notice' },
  stop: { vi: 'thông báo dừng giải quyết', en: 'the notice of stopping' },
}

const calledBy = (name: Step['name'], kind: string): Step['name'] => {
  const letter = CALLED[kind]
  if (!letter) return name
  const { vi, en } = name
  return { vi: vi.replace('thư', letter.vi), ...(en && { en: en.replace('the letter', letter.en) }) }
}

/**
 * A step about a letter: its name says which one, and an apology's is due when the letter must have reached the
 * applicant (rules 7). Null for any other subject; `dueAt` null for a letter without such a date.
 */
export async function letterTask(
  sql: Sql,
  { id, kind }: Subject,
  step: Step,
): Promise<{ name: Step['name']; dueAt: Date | null } | null> {
  if (kind !== 'letter') return null
  const [letter] = await sql<{ kind: string; apology_by: Date | null }>(
    `select l.kind, c.apology_by from letter l left join lateral (
        select apology_by from clock where dossier_id = l.dossier_id and kind = 'dossier' and l.kind = 'apology'
         order by round desc limit 1) c on true
      where l.id = $1`,
    [id],
  )
  return letter ? { name: calledBy(step.name, letter.kind), dueAt: letter.apology_by } : null
}
