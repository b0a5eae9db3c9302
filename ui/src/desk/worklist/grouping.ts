import type { TaskSummary } from '../../app/api-types.ts'

const LAST = Number.MAX_SAFE_INTEGER
const dueTime = (instant: string | null) => (instant === null ? LAST : Date.parse(instant))

/** My step's remaining working time first, then the dossier's due date, then the code: a total order. */
export const byClock = (a: TaskSummary, b: TaskSummary): number =>
  (a.stepRemainingMinutes ?? LAST) - (b.stepRemainingMinutes ?? LAST) ||
  dueTime(a.stepDueAt ?? a.dossierDueAt) - dueTime(b.stepDueAt ?? b.dossierDueAt) ||
  dueTime(a.dossierDueAt) - dueTime(b.dossierDueAt) ||
  a.dossierCode.localeCompare(b.dossierCode)
