import type { MigrationVersions } from '../../app/api-types.ts'

export type Mapping = { from: string; to: string }[]
type Version = Pick<MigrationVersions['versions'][number], 'steps' | 'merged'>

/** What the mapping begins with: a step that the new version no longer has goes on as the one it was merged into. */
export const startWith = (from: Version, to: Version): Mapping =>
  from.steps
    .filter((id) => !to.steps.includes(id))
    .flatMap((id) => to.merged.find((pair) => pair.from === id) ?? [])

/** Which dossiers are to move: some, or every one that can but for some. A page shows few of them. */
export type Choice = { all: boolean; ids: ReadonlySet<string> }

export const NONE: Choice = { all: false, ids: new Set() }
export const EVERY: Choice = { all: true, ids: new Set() }

export const isChosen = ({ all, ids }: Choice, id: string): boolean => all !== ids.has(id)

export function toggled({ all, ids }: Choice, id: string): Choice {
  const next = new Set(ids)
  if (!next.delete(id)) next.add(id)
  return { all, ids: next }
}

/** How many of those that can move. */
export const countOf = ({ all, ids }: Choice, movable: number): number =>
  all ? Math.max(0, movable - ids.size) : ids.size

/** As the API takes it. */
export const asBody = ({ all, ids }: Choice) =>
  all ? { dossierIds: 'movable', except: [...ids] } : { dossierIds: [...ids] }
