import type { z } from 'zod'
import { scope } from '../../access/scope.ts'
import type { Tx } from '../../database/transaction.ts'
import { countByVersion, type VersionCount } from '../../deadlines/by-version.ts'
import type { Mapping } from './precheck.ts'
import type { MigrationDossiers, MigrationPlan } from './schemas.ts'
import { checkMapping, sidesOf } from './side.ts'
import { type DossierStanding, everyStanding, standings } from './standing.ts'
import { type Judged, judging, type Side, type Verdict } from './verdict.ts'

type Plan = z.input<typeof MigrationPlan>
type Page = z.input<typeof MigrationDossiers>
type Asked = { fromVersionId: string; toVersionId: string; mapping: Mapping }

const NONE = { stays: 0, can: 0, cannot: 0, changed: 0 }

/** What a migration would do to the open dossiers of a version, in numbers. Changes nothing. */
export async function plan(tx: Tx, asked: Asked): Promise<Plan> {
  const { from, to } = await sidesOf(tx.sql, asked)
  checkMapping(from, to, asked.mapping)
  const judge = judging(from, to, asked.mapping)
  const [totals, seen] = [{ ...NONE }, { ...NONE }]
  const standingAt = new Map<string, number>()
  for await (const part of everyStanding(tx.sql, from.versionId, from.drawn)) {
    const readable = await readableOf(tx, part)
    for (const standing of part) {
      const { verdict } = judge(standing)
      totals[verdict]++
      if (readable.has(standing.dossierId)) seen[verdict]++
      for (const id of new Set(standing.active.map(({ elementId }) => elementId)))
        standingAt.set(id, (standingAt.get(id) ?? 0) + 1)
    }
  }
  return {
    from: { id: from.versionId, version: from.version },
    to: { id: to.versionId, version: to.version },
    steps: Object.entries(from.definition.steps).map(([id, { name }]) => ({
      id,
      name,
      kept: to.definition.steps[id] !== undefined,
      dossiers: standingAt.get(id) ?? 0,
    })),
    targets: Object.entries(to.definition.steps).map(([id, { name }]) => ({ id, name })),
    totals,
    seen,
  }
}

/** Dossiers of one answer: each that can move has its clock counted. */
const PAGE = 25
/** What a page looks at first: most often it is filled by those. */
const LOOK = 100

/**
 * What it would do to each open dossier that the actor may read, page by page: stays, can, cannot and why, and what becomes of its
 * clock. Changes nothing.
 */
export async function planDossiers(
  tx: Tx,
  asked: Asked & { only?: Verdict | undefined; after?: string | undefined },
): Promise<Page> {
  const { from, to } = await sidesOf(tx.sql, asked)
  checkMapping(from, to, asked.mapping)
  const judge = judging(from, to, asked.mapping)
  const found: { standing: DossierStanding; judged: Judged }[] = []
  let after = asked.after ?? null
  for (let most = LOOK; found.length <= PAGE; most = 1_000) {
    const part = await standings(tx.sql, from.versionId, from.drawn, { after, most })
    const readable = await readableOf(tx, part)
    for (const standing of part) {
      const judged = judge(standing)
      if (readable.has(standing.dossierId) && (asked.only ?? judged.verdict) === judged.verdict)
        found.push({ standing, judged })
    }
    if (part.length < most) break
    after = part.at(-1)!.dossierId
  }
  const dossiers: Page['dossiers'] = []
  for (const { standing, judged } of found.slice(0, PAGE))
    dossiers.push(await rowOf(tx, { from, to, mapping: asked.mapping }, standing, judged))
  return { dossiers, next: found.length > PAGE ? dossiers.at(-1)!.id : null }
}

type Move = { from: Side; to: Side; mapping: Mapping }

async function rowOf(
  tx: Tx,
  { from, to, mapping }: Move,
  { dossierId, code, agency, active }: DossierStanding,
  judged: Judged,
): Promise<Page['dossiers'][number]> {
  const versions = { from: from.versionId, to: to.versionId, mapping }
  return {
    id: dossierId,
    code,
    agency,
    at: active.map(({ elementId }) => stepOf(from, elementId)),
    goesTo: active.map(({ elementId }) => stepOf(to, targetOf(mapping, elementId))),
    ...judged,
    clock: judged.verdict === 'can' ? shown(await countByVersion(tx, dossierId, versions)) : null,
  }
}

/** Of the open dossiers of a version those that can move and that the actor may read, part by part in the order of their filing. */
export async function* movable(tx: Tx, { from, to, mapping }: Move): AsyncGenerator<string[]> {
  const judge = judging(from, to, mapping)
  for await (const part of everyStanding(tx.sql, from.versionId, from.drawn)) {
    const can = part.filter((standing) => judge(standing).verdict === 'can')
    const readable = await readableOf(tx, can)
    yield can.map(({ dossierId }) => dossierId).filter((id) => readable.has(id))
  }
}

const instant = (at: Date | null) => at?.toISOString() ?? null
const dates = (side: VersionCount['before']) => ({
  ...side,
  dueAt: instant(side.dueAt),
  legalDueAt: instant(side.legalDueAt),
})

/** A count as the API says it. */
const shown = (count: VersionCount) => ({
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
