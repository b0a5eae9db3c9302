import type { z } from 'zod'
import type { Tx } from '../database/transaction.ts'
import { unprocessable } from '../http/problem.ts'
import { NOBODY } from '../reports/late.ts'
import type { LateFilter } from '../reports/read-model.ts'
import type { Text } from '../text.ts'
import { decision, type FormulaVersion, formulaOn, points } from './formula.ts'
import { type Judged, judged } from './progress.ts'
import type { Index766, Index766Dossiers } from './schemas.ts'

type Report = z.input<typeof Index766>
type Dimension = Report['tables'][number]['dimension']
const DAY_MS = 86_400_000
const PROGRESS = 'G2'
const ON_TIME = '2.1'

const KEYS: Record<Dimension, (one: Judged) => { key: string; name: Text }> = {
  agency: ({ agency }) => ({ key: agency.id, name: agency.name }),
  unit: ({ unit, agency }) => ({
    key: unit.id,
    name: {
      vi: `${unit.name.vi}, ${agency.name.vi}`,
      en: `${unit.name.en ?? unit.name.vi}, ${agency.name.en ?? agency.name.vi}`,
    },
  }),
  person: ({ person_id, person_name }) =>
    person_id
      ? { key: person_id, name: { vi: person_name ?? '' } }
      : { key: NOBODY, name: { vi: 'Chưa ai nhận trong đơn vị', en: 'Nobody in the unit' } },
}

const indicator = ({
  no,
  name,
  max,
  formula,
  unverified,
  needs,
}: FormulaVersion['groups'][number]['indicators'][number]) => ({
  no,
  name,
  max,
  formula,
  unverified,
  needs: needs ?? null,
})

function scoreOf(all: Judged[], max: number, target: number) {
  const numerator = all.filter(({ onTime }) => onTime).length
  const days = all.reduce(
    (sum, one) => sum + (one.finished_at.getTime() - one.received_at.getTime()) / DAY_MS,
    0,
  )
  return {
    numerator,
    denominator: all.length,
    points: points(numerator, all.length, max, target),
    meanDays: all.length === 0 ? null : Math.round((days / all.length) * 10) / 10,
  }
}

/** Group 2 of index 766 by agency, unit and person; of the other groups what they still need. */
export async function index766(tx: Tx, filter: LateFilter): Promise<Report> {
  const version = formulaOn(filter.to)
  const progress = version?.groups.find(({ id }) => id === PROGRESS)
  const rule = progress?.indicators.find(({ no }) => no === ON_TIME)
  if (!version || !progress || !rule)
    throw unprocessable('no-formula', {
      vi: 'Chưa có công thức nào của chỉ số 766 có hiệu lực trong kỳ này.',
      en: 'No formula of index 766 is in force in this period.',
    })
  const all = await judged(tx, filter)
  const [max, target] = [rule.max ?? progress.max, rule.fullScoreAt ?? 1]
  const { key, validFrom, validTo, source, formulaSource, maxSource, verified } = version
  return {
    from: filter.from,
    to: filter.to,
    decision,
    version: { key, validFrom, validTo, source, formulaSource, maxSource, verified },
    max: progress.max,
    indicators: progress.indicators.map(indicator),
    total: scoreOf(all, max, target),
    tables: (Object.keys(KEYS) as Dimension[]).map((dimension) => ({
      dimension,
      rows: [...Map.groupBy(all, (one) => KEYS[dimension](one).key).values()]
        .map((group) => ({ ...KEYS[dimension](group[0]!), ...scoreOf(group, max, target) }))
        .sort((a, b) => (a.points ?? 0) - (b.points ?? 0) || b.denominator - a.denominator),
    })),
    others: version.groups
      .filter(({ id }) => id !== PROGRESS)
      .map(({ id, name, max, indicators }) => ({ id, name, max, indicators: indicators.map(indicator) })),
  }
}

export type Index766Query = LateFilter & {
  unit?: string | undefined
  person?: string | undefined
  onTime?: boolean | undefined
}

const MOST_LISTED = 1000

/** The dossiers behind a figure, the late ones first. */
export async function index766Dossiers(
  tx: Tx,
  { unit, person, onTime, ...filter }: Index766Query,
): Promise<z.input<typeof Index766Dossiers>> {
  const all = (await judged(tx, filter)).filter(
    (one) =>
      (!unit || KEYS.unit(one).key === unit) &&
      (!person || KEYS.person(one).key === person) &&
      (onTime === undefined || one.onTime === onTime),
  )
  return {
    count: all.length,
    dossiers: [...all.filter((one) => !one.onTime), ...all.filter((one) => one.onTime)]
      .slice(0, MOST_LISTED)
      .map((one) => ({
        id: one.id,
        code: one.code,
        procedure: { code: one.procedure_code, name: one.procedure_name },
        agency: one.agency,
        unit: one.unit,
        person: one.person_id ? { id: one.person_id, name: one.person_name ?? '' } : null,
        dueAt: one.dueAt.toISOString(),
        endedAt: one.endedAt.toISOString(),
        onTime: one.onTime,
        differ: one.differ,
      })),
    unlisted: Math.max(0, all.length - MOST_LISTED),
  }
}
