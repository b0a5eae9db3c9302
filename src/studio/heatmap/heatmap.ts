import { setImmediate } from 'node:timers/promises'
import type { z } from 'zod'
import { addDays } from '../../calendar/day.ts'
import { legalDay } from '../../clock.ts'
import type { Tx } from '../../database/transaction.ts'
import { notFound } from '../../http/problem.ts'
import { publishedVersion } from '../../procedures/version.ts'
import { movedFrom } from '../../reports/earlier.ts'
import { BATCH, visitReader } from '../history/read-model.ts'
import { reignAt, reignsOf } from '../history/versions.ts'
import type { Visit } from '../history/visits.ts'
import { addOverruns, addVisits, type Measures, share } from './measure.ts'
import { overrunsOf, sumOverruns } from './overruns.ts'
import { type Place, placesOf } from './places.ts'
import {
  type Asked,
  type DueRow,
  dueByVersion,
  dueRows,
  ranUnder,
  type VersionRow,
  versionsOf,
} from './read-model.ts'
import type { Heatmap, HeatmapDossiers, PainList } from './schemas.ts'
import { painSentence } from './words.ts'

/** The latest so many dossiers are counted interval by interval; how many are due and late is counted over all. */
const MOST_COUNTED = 5000
const MOST_LISTED = 100
/** Of the list of pain: procedures whose worst step is looked for, and late dossiers of each, the latest, whose books are closed. */
const MOST_PROCEDURES = 10
const MOST_BOOKS = 300

/** Goes through the stays of dossiers, a batch at a time; of a version asked for, those that began under it. */
async function eachVisits(
  tx: Tx,
  rows: readonly DueRow[],
  versionId: string | undefined,
  take: (row: DueRow, visits: Visit[]) => void,
): Promise<void> {
  if (rows.length === 0) return
  const first = new Date(Math.min(...rows.map(({ filed_at }) => filed_at.getTime())))
  const read = visitReader(tx, { from: first, to: tx.at })
  for (let from = 0; from < rows.length; from += BATCH) {
    const batch = rows.slice(from, from + BATCH)
    const ids = batch.map(({ id }) => id)
    const visits = await read(ids)
    const moves = versionId ? await movedFrom(tx.sql, ids) : new Map<string, never[]>()
    for (const row of batch) {
      const reigns = reignsOf(moves.get(row.id) ?? [], row.procedure_version_id)
      const isAsked = (visit: Visit) => !versionId || reignAt(reigns, visit.from).versionId === versionId
      take(row, (visits.get(row.id) ?? []).filter(isAsked))
    }
    await setImmediate()
  }
}

/** Where a procedure's dossiers of a period spent their time, and where the late ones overran; on one version's diagram. */
export async function heatmap(tx: Tx, asked: Asked): Promise<z.input<typeof Heatmap>> {
  const versions = await versionsOf(tx, asked)
  const shown = versions.find(({ id, current }) => (asked.versionId ? id === asked.versionId : current))
  if (!shown) throw notFound()
  const due = await dueByVersion(tx, asked, asked.code)
  const { versionId } = asked
  const counted = due.filter((row) => !versionId || ranUnder(row, versionId))
  const total = { due: sum(counted, (row) => row.due), late: sum(counted, (row) => row.late) }

  const rows = await dueRows(tx, asked, MOST_COUNTED)
  const measures: Measures = new Map()
  await eachVisits(tx, rows, versionId, (_row, visits) => addVisits(measures, visits))
  const overruns = await overrunsOf(tx, rows, versionId)
  addOverruns(measures, overruns.values())
  const overrun = sum([...measures.values()], (each) => each.overrun)

  const { order: onDiagram, of: placeOf } = await placesOf(tx.sql, shown.id)
  const called = await calledElsewhere(tx, versions, shown.id)
  const ids = [...onDiagram, ...[...measures.keys()].filter((id) => !onDiagram.includes(id)).sort()]
  const elements = ids.map((id) => {
    const measured = measures.get(id)
    const visits = measured?.visits ?? 0
    return {
      id,
      ...(onDiagram.includes(id) ? placeOf(id) : called(id)),
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
      due: sum(
        due.filter((row) => ranUnder(row, id)),
        (row) => row.due,
      ),
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

/** The names of steps that only another version draws: dossiers went through them there. The latest of those versions counts. */
async function calledElsewhere(
  tx: Tx,
  versions: readonly VersionRow[],
  shown: string,
): Promise<(id: string) => Place> {
  const others = await Promise.all(
    versions.filter(({ id }) => id !== shown).map(({ id }) => placesOf(tx.sql, id)),
  )
  return (id) => {
    const place = others.find((places) => places.has(id))?.of(id)
    return place ? { ...place, number: null } : { name: { vi: id, en: id }, number: null, kind: 'step' }
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
  const overruns = await overrunsOf(tx, rows, asked.versionId)
  const found: z.input<typeof HeatmapDossiers>['dossiers'][number][] = []
  await eachVisits(tx, rows, asked.versionId, (row, visits) => {
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

/**
 * Procedures by the share of their dossiers that missed a date: counted in one query. The worst of them with the step where
 * most of the overrun lies; of the others the heat map says so, for whoever asks.
 */
export async function pain(tx: Tx, period: { from: string; to: string }): Promise<z.input<typeof PainList>> {
  const byCode = Map.groupBy(await dueByVersion(tx, period), ({ code }) => code)
  const current = await tx.sql<{ id: string; code: string }>(
    'select id, code from procedure_version where current and code = any($1)',
    [[...byCode.keys()]],
  )
  const counted = current.map(({ id, code }) => {
    const own = byCode.get(code) ?? []
    const total = { due: sum(own, (row) => row.due), late: sum(own, (row) => row.late) }
    return { code, versionId: id, ...total, lateShare: share(total.late, total.due) }
  })
  counted.sort((a, b) => b.lateShare - a.lateShare || b.due - a.due || (a.code < b.code ? -1 : 1))
  const procedures: z.input<typeof PainList>['procedures'][number][] = []
  for (const [n, line] of counted.entries()) {
    const { code, lateShare } = line
    const { definition } = await publishedVersion(tx.sql, line.versionId)
    const looked = line.late > 0 && n < MOST_PROCEDURES
    const worst = looked ? await worstStep(tx, { ...period, code }, line.versionId) : null
    procedures.push({
      ...line,
      name: definition.name,
      booked: looked ? Math.min(line.late, MOST_BOOKS) : 0,
      worst,
      sentence: painSentence({ code, lateShare, worst }),
    })
  }
  return { ...period, procedures }
}

/** Where most of the overrun of a procedure's latest late dossiers lies; null: nobody overran. */
async function worstStep(tx: Tx, asked: Asked, versionId: string) {
  const rows = await dueRows(tx, asked, MOST_BOOKS, true)
  const sums = sumOverruns((await overrunsOf(tx, rows)).values())
  const [worst] = sums
  if (!worst) return null
  const [elementId, minutes] = worst
  const all = sum(sums, ([, each]) => each)
  const { name, number } = (await placesOf(tx.sql, versionId)).of(elementId)
  return { elementId, name, number, share: share(minutes, all) }
}

/** The year up to today, unless a page asks for other days. */
export function periodOf(now: Date, asked: { from?: string | undefined; to?: string | undefined }) {
  const to = asked.to ?? legalDay(now)
  return { from: asked.from ?? addDays(to, -364), to }
}

const sum = <T>(rows: readonly T[], of: (row: T) => number): number =>
  rows.reduce((total, row) => total + of(row), 0)
