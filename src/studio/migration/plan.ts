import type { z } from 'zod'
import { scope } from '../../access/scope.ts'
import type { Tx } from '../../database/transaction.ts'
import { countByVersion, type VersionCount } from '../../deadlines/by-version.ts'
import type { Mapping } from './precheck.ts'
import type { MigrationPlan } from './schemas.ts'
import { checkMapping, sidesOf } from './side.ts'
import { type DossierStanding, standings } from './standing.ts'
import { judge, type Side } from './verdict.ts'

type Plan = z.input<typeof MigrationPlan>
type Asked = { fromVersionId: string; toVersionId: string; mapping: Mapping }

/** Dossiers whose clock is counted in one answer: more are judged, and counted when they are moved. */
const MOST_COUNTED = 200

/**
 * What a migration would do to each open dossier of a version: stays, can, cannot and why, and what becomes of its clock. Rows are those
 * the actor may read; the totals are of all. Changes nothing.
 */
export async function plan(tx: Tx, asked: Asked): Promise<Plan> {
  const { from, to } = await sidesOf(tx.sql, asked)
  checkMapping(from, to, asked.mapping)
  const all = await standings(tx.sql, from.versionId, from.drawn)
  const readable = await readableOf(tx, all)
  const totals = { stays: 0, can: 0, cannot: 0, changed: 0 }
  const dossiers: Plan['dossiers'] = []
  for (const standing of all) {
    const judged = judge(from, to, standing, asked.mapping)
    totals[judged.verdict]++
    if (!readable.has(standing.dossierId)) continue
    const counts = judged.verdict === 'can' && dossiers.filter(({ clock }) => clock).length < MOST_COUNTED
    dossiers.push({
      id: standing.dossierId,
      code: standing.code,
      agency: standing.agency,
      at: standing.active.map(({ elementId }) => stepOf(from, elementId)),
      goesTo: standing.active.map(({ elementId }) => stepOf(to, targetOf(asked.mapping, elementId))),
      ...judged,
      clock: counts
        ? shown(await countByVersion(tx, standing.dossierId, { from: from.versionId, to: to.versionId }))
        : null,
    })
  }
  return {
    from: { id: from.versionId, version: from.version },
    to: { id: to.versionId, version: to.version },
    steps: stepsOf(from, to, all),
    targets: Object.entries(to.definition.steps).map(([id, { name }]) => ({ id, name })),
    totals,
    dossiers,
  }
}

const instant = (at: Date | null) => at?.toISOString() ?? null
const dates = (side: VersionCount['before']) => ({
  ...side,
  dueAt: instant(side.dueAt),
  legalDueAt: instant(side.legalDueAt),
})

/** A count as the API says it. */
export const shown = (count: VersionCount) => ({
  ...count,
  before: dates(count.before),
  after: dates(count.after),
  countedDueAt: instant(count.countedDueAt),
})

const targetOf = (mapping: Mapping, id: string) => mapping.find((pair) => pair.from === id)?.to ?? id

const stepOf = ({ definition, drawn }: Side, id: string) => ({
  id,
  name: definition.steps[id]?.name ??
    definition.waits[id]?.name ?? { vi: drawn.elements.get(id)?.name ?? id },
})

/** The people's steps of the old version: whether the new one has them, and how many dossiers stand there. */
const stepsOf = (from: Side, to: Side, all: DossierStanding[]): Plan['steps'] =>
  Object.entries(from.definition.steps).map(([id, { name }]) => ({
    id,
    name,
    kept: to.definition.steps[id] !== undefined,
    dossiers: all.filter(({ active }) => active.some(({ elementId }) => elementId === id)).length,
  }))

/** Of these dossiers, those the actor may read. */
export async function readableOf(tx: Tx, all: { dossierId: string }[]): Promise<Set<string>> {
  const params: unknown[] = [all.map(({ dossierId }) => dossierId)]
  const readable = scope(tx.actor.ability, 'read', 'Dossier', 'd', params)
  const rows = await tx.sql<{ id: string }>(
    `select d.id from dossier d where d.id = any($1) and ${readable}`,
    params,
  )
  return new Set(rows.map(({ id }) => id))
}
