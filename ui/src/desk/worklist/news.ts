import type { Worklist, WorklistRow } from '../../app/api-types.ts'

type Groups = NonNullable<Worklist['groups']>
/** What the reader has before their eyes: the pages read so far, with the totals of that moment. */
export type Kept = { rows: WorklistRow[]; next: string | null; groups: Groups | null }

const total = (groups: Groups | null): number | null =>
  groups && Object.values(groups).reduce((sum, count) => sum + count, 0)

/**
 * How many rows the newer first page would add, drop or move beneath the reader. What a newcomer pushes onto the next page
 * has not gone; and what came or went further down shows in the totals alone.
 */
export const countChanges = (kept: Kept, latest: Kept): number => {
  const before = new Map(kept.rows.map((row) => [row.id, row]))
  const after = new Set(latest.rows.map(({ id }) => id))
  const added = latest.rows.filter(({ id }) => !before.has(id)).length
  const missing = kept.rows.slice(0, latest.rows.length).filter(({ id }) => !after.has(id)).length
  const dropped = latest.next
    ? Math.max(0, missing - added)
    : kept.rows.filter(({ id }) => !after.has(id)).length
  const moved = latest.rows.filter((row) => {
    const old = before.get(row.id)
    return old !== undefined && old.stepDueAt !== row.stepDueAt
  }).length
  const [was, is] = [total(kept.groups), total(latest.groups)]
  return Math.max(added + dropped + moved, was === null || is === null ? 0 : Math.abs(is - was))
}

/** What the reader sees until they ask for the newer list: the same rows in the same places, each with its latest words. */
export const refreshed = (rows: WorklistRow[], latest: WorklistRow[]): WorklistRow[] => {
  const newer = new Map(latest.map((row) => [row.id, row]))
  return rows.map((row) => {
    const update = newer.get(row.id)
    return update
      ? {
          ...update,
          group: row.group,
          stepDueAt: row.stepDueAt,
          stepRemainingMinutes: row.stepRemainingMinutes,
        }
      : row
  })
}
