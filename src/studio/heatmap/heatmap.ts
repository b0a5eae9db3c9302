import { setImmediate } from 'node:timers/promises'
import type { z } from 'zod'
import { addDays } from '../../calendar/day.ts'
import { legalDay } from '../../clock.ts'
import type { Tx } from '../../database/transaction.ts'
import { notFound } from '../../http/problem.ts'
import { publishedVersion } from '../../procedures/version.ts'
import { nextOf, readDiagram } from '../flow/diagram.ts'
import { BATCH, visitReader } from '../history/read-model.ts'
import type { Visit } from '../history/visits.ts'
import { addOverruns, addVisits, type Measures, share } from './measure.ts'
import { overrunsOf, sumOverruns } from './overruns.ts'
import { type Asked, type DueRow, dueByVersion, dueRows, versionsOf } from './read-model.ts'
import type { Heatmap, HeatmapDossiers, PainList } from './schemas.ts'
import { painSentence, placeOf } from './words.ts'

/** The latest so many dossiers are counted interval by interval; how many are due and late is counted over all. */
const MOST_COUNTED = 5000
const MOST_LISTED = 100
/** Late dossiers of a procedure whose books are closed for the list of pain. */
const MOST_BOOKS = 1000

/** Goes through the stays of dossiers, a batch at a time. */
async function eachVisits(
  tx: Tx,
  rows: readonly DueRow[],
  take: (row: DueRow, visits: Visit[]) => void,
): Promise<void> {
  if (rows.length === 0) return
  const first = new Date(Math.min(...rows.map(({ filed_at }) => filed_at.getTime())))
  const read = visitReader(tx, { from: first, to: tx.at })
  for (let from = 0; from < rows.length; from += BATCH) {
    const batch = rows.slice(from, from + BATCH)
    const visits = await read(batch.map(({ id }) => id))
    for (const row of batch) take(row, visits.get(row.id) ?? [])
    await setImmediate()
  }
}

/** Steps and waits that the diagram draws, in the order in which they are first met. */
async function drawn(bpmn: string): Promise<string[]> {
  const flow = await readDiagram(bpmn)
  const found: string[] = []
  const look = (id: string) => {
    for (const { id: next, kind } of nextOf(flow, id, null))
      if (kind !== 'end' && !found.includes(next)) {
        found.push(next)
        look(next)
      }
  }
  look(flow.start)
  return found
}

/** Where a procedure's dossiers of a period spent their time, and where the late ones overran; on one version's diagram. */
export async function heatmap(tx: Tx, asked: Asked): Promise<z.input<typeof Heatmap>> {
  const versions = await versionsOf(tx, asked)
  const shown = versions.find(({ id, current }) => (asked.versionId ? id === asked.versionId : current))
  if (!shown) throw notFound()
  const due = await dueByVersion(tx, asked, asked.code)
  const counted = due.filter(({ version_id }) => !asked.versionId || version_id === asked.versionId)
  const total = { due: sum(counted, (row) => row.due), late: sum(counted, (row) => row.late) }

  const rows = await dueRows(tx, asked, MOST_COUNTED)
  const measures: Measures = new Map()
  await eachVisits(tx, rows, (_row, visits) => addVisits(measures, visits))
  const overruns = await overrunsOf(tx, rows)
  addOverruns(measures, overruns.values())
  const overrun = sum([...measures.values()], (each) => each.overrun)

  const { definition } = await publishedVersion(tx.sql, shown.id)
  const onDiagram = await drawn(shown.bpmn)
  const ids = [...onDiagram, ...[...measures.keys()].filter((id) => !onDiagram.includes(id)).sort()]
  const elements = ids.map((id) => {
    const measured = measures.get(id)
    const visits = measured?.visits ?? 0
    return {
      id,
      ...placeOf(definition, id),
      kind: id in definition.steps ? ('step' as const) : ('wait' as const),
      drawn: onDiagram.includes(id),
      visits,
      dossiers: measured?.dossiers ?? 0,
      workMean: Math.round(share(measured?.work ?? 0, visits)),
      waitMean: Math.round(share(measured?.wait ?? 0, visits)),
      overrunMinutes: Math.round(measured?.overrun ?? 0),
      overrunShare: share(measured?.overrun ?? 0, overrun),
      overran: measured?.overran ?? 0,
    }
  })
  const worst = elements.toSorted((a, b) => b.overrunMinutes - a.overrunMinutes)[0]
  const lateShare = share(total.late, total.due)
  return {
    code: asked.code,
    name: shown.name,
    from: asked.from,
    to: asked.to,
    versions: versions.map(({ id, version, current }) => ({
      id,
      version,
      current,
      due: due.find(({ version_id }) => version_id === id)?.due ?? 0,
    })),
    shown: { id: shown.id, version: shown.version, bpmn: shown.bpmn },
    allVersions: !asked.versionId,
    ...total,
    lateShare,
    counted: rows.length,
    overrunMinutes: Math.round(overrun),
    sentence: painSentence({
      code: asked.code,
      lateShare,
      worst: worst && worst.overrunMinutes > 0 ? { ...worst, share: worst.overrunShare } : null,
    }),
    elements,
  }
}

/** The dossiers behind one element: code and times, those that overran first, then the longest. */
export async function heatmapDossiers(
  tx: Tx,
  asked: Asked,
  elementId: string,
): Promise<z.input<typeof HeatmapDossiers>> {
  await versionsOf(tx, asked)
  const rows = await dueRows(tx, asked, MOST_COUNTED)
  const overruns = await overrunsOf(tx, rows)
  const found: z.input<typeof HeatmapDossiers>['dossiers'][number][] = []
  await eachVisits(tx, rows, (row, visits) => {
    const own = visits.filter((visit) => visit.elementId === elementId)
    if (own.length === 0) return
    found.push({
      id: row.id,
      code: row.code,
      visits: own.length,
      from: own[0]!.from.toISOString(),
      to: own.at(-1)!.to?.toISOString() ?? null,
      workMinutes: Math.round(sum(own, ({ work }) => work)),
      waitMinutes: Math.round(sum(own, ({ wait }) => wait)),
      overrunMinutes: Math.round(overruns.get(row.id)?.get(elementId) ?? 0),
      late: row.late,
    })
  })
  const time = (one: (typeof found)[number]) => one.workMinutes + one.waitMinutes
  found.sort((a, b) => b.overrunMinutes - a.overrunMinutes || time(b) - time(a) || (a.code < b.code ? -1 : 1))
  return { total: found.length, dossiers: found.slice(0, MOST_LISTED) }
}

/** Procedures by the share of their dossiers that missed a date, each with the step where most of the overrun lies. */
export async function pain(tx: Tx, period: { from: string; to: string }): Promise<z.input<typeof PainList>> {
  const byCode = Map.groupBy(await dueByVersion(tx, period), ({ code }) => code)
  const current = await tx.sql<{ id: string; code: string }>(
    'select id, code from procedure_version where current and code = any($1)',
    [[...byCode.keys()]],
  )
  const procedures: z.input<typeof PainList>['procedures'][number][] = []
  for (const { id, code } of current) {
    const own = byCode.get(code) ?? []
    const total = { due: sum(own, (row) => row.due), late: sum(own, (row) => row.late) }
    const rows = total.late > 0 ? await dueRows(tx, { ...period, code }, MOST_BOOKS, true) : []
    const sums = sumOverruns((await overrunsOf(tx, rows)).values())
    const { definition } = await publishedVersion(tx.sql, id)
    const [element, minutes] = sums[0] ?? []
    const worst = element
      ? {
          elementId: element,
          ...placeOf(definition, element),
          share: share(
            minutes ?? 0,
            sum(sums, ([, each]) => each),
          ),
        }
      : null
    const lateShare = share(total.late, total.due)
    procedures.push({
      code,
      versionId: id,
      name: definition.name,
      ...total,
      lateShare,
      worst,
      sentence: painSentence({ code, lateShare, worst }),
    })
  }
  procedures.sort((a, b) => b.lateShare - a.lateShare || b.due - a.due || (a.code < b.code ? -1 : 1))
  return { ...period, procedures }
}

/** The year up to today, unless a page asks for other days. */
export function periodOf(now: Date, asked: { from?: string | undefined; to?: string | undefined }) {
  const to = asked.to ?? legalDay(now)
  return { from: asked.from ?? addDays(to, -364), to }
}

const sum = <T>(rows: readonly T[], of: (row: T) => number): number =>
  rows.reduce((total, row) => total + of(row), 0)
