import { setImmediate } from 'node:timers/promises'
import type { z } from 'zod'
import type { Tx } from '../../database/transaction.ts'
import { notFound } from '../../http/problem.ts'
import { publishedVersion } from '../../procedures/version.ts'
import type { VersionBefore } from '../../procedures/versions-before.ts'
import { movedFrom } from '../../reports/earlier.ts'
import type { Text } from '../../text.ts'
import { type Flow, readDiagram } from '../flow/diagram.ts'
import { placesOf } from '../heatmap/places.ts'
import { versionsOf } from '../heatmap/read-model.ts'
import { nameOf } from '../heatmap/words.ts'
import { BATCH, flowScope, instantsOf, type Period, visitReader } from '../history/read-model.ts'
import { reignAt, reignsOf } from '../history/versions.ts'
import type { Visit } from '../history/visits.ts'
import { type Deviation, deviationsOf } from './check.ts'
import { cutWay } from './cut.ts'
import type { ConformanceList, DossierConformance } from './schemas.ts'

/** The latest so many dossiers are looked through; the list shows so many of those that deviate. */
const MOST_CHECKED = 5000
const MOST_LISTED = 200

type Row = {
  id: string
  code: string
  state: string
  version_id: string
  finished_at: Date | null
  filed_at: Date
}
type Drawn = {
  flow: Flow
  version: number
  definition: Awaited<ReturnType<typeof publishedVersion>>['definition']
}

type Drawing = (versionId: string) => Promise<Drawn>

/** The versions' diagrams, each read once. */
function drawings(tx: Tx) {
  const known = new Map<string, Drawn>()
  return async (versionId: string): Promise<Drawn> => {
    const found = known.get(versionId)
    if (found) return found
    const [row] = await tx.sql<{ bpmn: string; version: number }>(
      'select bpmn, version from procedure_version where id = $1',
      [versionId],
    )
    const made = {
      flow: await readDiagram(row!.bpmn),
      version: row!.version,
      definition: (await publishedVersion(tx.sql, versionId)).definition,
    }
    known.set(versionId, made)
    return made
  }
}

/** Ended by the procedure itself: not open, not withdrawn, not waiting to be collected. */
const finished = ({ state }: Row) => state === 'returned' || state === 'refused' || state === 'closed'

/** How a dossier's way differs from the versions that it went it under, each from the day on which it was moved there. */
async function deviations(row: Row, visits: Visit[], before: VersionBefore[], drawing: Drawing) {
  const found: (Omit<Deviation, 'elementIds'> & { elements: { id: string; name: Text }[] })[] = []
  for (const { versionId, way, begins, moved, isLast } of cutWay(visits, reignsOf(before, row.version_id))) {
    const { flow, definition } = await drawing(versionId)
    const own = deviationsOf(flow, way, {
      finished: isLast && finished(row),
      moved,
      roleOf: (id) => definition.steps[id]?.role ?? null,
    })
    for (const { elementIds, at, ...deviation } of own)
      found.push({
        ...deviation,
        at: begins + at,
        elements: elementIds.map((id) => ({ id, name: nameOf(definition, id) })),
      })
  }
  return found.map((deviation) => ({ expected: null, actual: [], ...deviation }))
}

const RAN_UNDER = `exists (select from migration_item i join migration_run r on r.id = i.run_id
                            where i.dossier_id = d.id and r.from_version_id = $4 and i.state in ('moved', 'done'))`

/** Dossiers of a procedure filed in a period whose real way is not one that their version draws. */
export async function conformance(
  tx: Tx,
  asked: Period & { code: string; versionId?: string | undefined },
): Promise<z.input<typeof ConformanceList>> {
  await versionsOf(tx, asked)
  const params: unknown[] = [...instantsOf(asked), asked.code, asked.versionId ?? null, MOST_CHECKED]
  const rows = await tx.sql<Row>(
    `select d.id, d.code, d.state, d.procedure_version_id as version_id, d.finished_at, d.filed_at from dossier d
      where d.filed_at >= $1 and d.filed_at < $2 and d.procedure_code = $3
        and ($4::uuid is null or d.procedure_version_id = $4 or ${RAN_UNDER}) and ${flowScope(tx, 'd', params)}
      order by d.filed_at desc, d.id limit $5`,
    params,
  )
  const drawing = drawings(tx)
  const read = visitReader(tx, { from: rows.at(-1)?.filed_at ?? tx.at, to: tx.at })
  const counts = new Map<Deviation['kind'], number>()
  const dossiers: z.input<typeof ConformanceList>['dossiers'][number][] = []
  let deviating = 0
  for (let from = 0; from < rows.length; from += BATCH) {
    const batch = rows.slice(from, from + BATCH)
    const ids = batch.map(({ id }) => id)
    const visits = await read(ids)
    const moves = await movedFrom(tx.sql, ids)
    for (const row of batch) {
      const found = await deviations(row, visits.get(row.id) ?? [], moves.get(row.id) ?? [], drawing)
      if (found.length === 0) continue
      deviating++
      for (const kind of new Set(found.map((one) => one.kind))) counts.set(kind, (counts.get(kind) ?? 0) + 1)
      if (dossiers.length < MOST_LISTED)
        dossiers.push({
          id: row.id,
          code: row.code,
          version: (await drawing(row.version_id)).version,
          finished: row.finished_at !== null,
          deviations: found,
        })
    }
    await setImmediate()
  }
  return {
    from: asked.from,
    to: asked.to,
    checked: rows.length,
    deviating,
    kinds: [...counts]
      .map(([kind, count]) => ({ kind, dossiers: count }))
      .sort((a, b) => b.dossiers - a.dossiers),
    dossiers,
  }
}

/** One dossier's real way, step by step, against the version that it went each step under. */
export async function dossierConformance(tx: Tx, id: string): Promise<z.input<typeof DossierConformance>> {
  const params: unknown[] = [id]
  const [row] = await tx.sql<Row>(
    `select d.id, d.code, d.state, d.procedure_version_id as version_id, d.finished_at, d.filed_at from dossier d
      where d.id = $1 and ${flowScope(tx, 'd', params)}`,
    params,
  )
  if (!row) throw notFound()
  const visits = (await visitReader(tx, { from: row.filed_at, to: tx.at })([id])).get(id) ?? []
  const before = (await movedFrom(tx.sql, [id])).get(id) ?? []
  const drawing = drawings(tx)
  const reigns = reignsOf(before, row.version_id)
  const way: z.input<typeof DossierConformance>['way'] = []
  for (const { elementId, outcome, from, to, work, wait } of visits) {
    const { versionId } = reignAt(reigns, from)
    const places = await placesOf(tx.sql, versionId)
    way.push({
      elementId,
      ...places.of(elementId),
      version: (await drawing(versionId)).version,
      outcome,
      from: from.toISOString(),
      to: to?.toISOString() ?? null,
      workMinutes: Math.round(work),
      waitMinutes: Math.round(wait),
    })
  }
  return {
    id,
    code: row.code,
    version: (await drawing(row.version_id)).version,
    finished: row.finished_at !== null,
    way,
    deviations: await deviations(row, visits, before, drawing),
  }
}
