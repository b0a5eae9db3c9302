import { say } from '../diff/words.ts'
import type { ProcedureSource } from '../source.ts'
import type { CostParameters } from './cost-parameters.ts'
import { type Counted, figuresOf, readCounted } from './figures.ts'
import { headlineOf } from './headline.ts'
import { type CostLines, costOf, declaredFields, loadOf } from './load.ts'
import { casesOf, channelsOf } from './path.ts'
import type { Pair, Savings, Volume } from './schemas.ts'

/** Share of what people declare that the province means to take away. */
const GOAL = {
  target: 0.2,
  source: 'Báo chí về cải cách hành chính Bình Dương 2021–2023; văn bản giao chỉ tiêu chưa đọc',
  verified: false as const,
}

type Weight = { channel: string; caseKey: string; count: number }

/** How many file which way: those of the last year, or each way once where nobody has filed. */
function weightsOf({ facts }: Counted, volume: Volume): Weight[] {
  const known = { channels: channelsOf(facts), cases: casesOf(facts) }
  const filed = volume.rows
    .filter((row) => known.channels.includes(row.channel) && known.cases.includes(row.case))
    .map((row) => ({ channel: row.channel, caseKey: row.case, count: row.count }))
  if (filed.length > 0) return filed
  return known.channels.flatMap((channel) => known.cases.map((caseKey) => ({ channel, caseKey, count: 1 })))
}

function mean(counted: Counted, weights: Weight[], parameters: CostParameters): CostLines {
  const total = weights.reduce((sum, { count }) => sum + count, 0) || 1
  const sum: CostLines = { hours: 0, time: 0, fees: 0, travel: 0, copies: 0 }
  for (const { channel, caseKey, count } of weights) {
    const lines = costOf(loadOf(counted, channel, caseKey), parameters)
    for (const key of Object.keys(sum) as (keyof CostLines)[]) sum[key] += (lines[key] * count) / total
  }
  return sum
}

const whole = ({ time, fees, travel, copies }: CostLines) => time + fees + travel + copies

/** Sums are rounded to the dong once, at the end. */
const pairOf = (before: number | null, after: number): Pair => ({
  before: before === null ? null : Math.round(before),
  after: Math.round(after),
})

const LINES = {
  time: say('Thời gian bỏ ra', 'Time spent'),
  fees: say('Phí, lệ phí', 'Fees'),
  travel: say('Đi lại', 'Travel'),
  copies: say('Sao, chứng thực giấy tờ', 'Copies'),
}

function costs(
  before: Counted | null,
  after: Counted,
  volume: Volume,
  parameters: CostParameters,
): Savings['cost'] {
  const weights = weightsOf(after, volume)
  const was = before && mean(before, weights, parameters)
  const is = mean(after, weights, parameters)
  const inAll = (lines: CostLines | null) => lines && whole(lines)
  const hours = (value: number) => Math.round(value * 100) / 100
  return {
    perDossier: pairOf(inAll(was), whole(is)),
    perYear:
      volume.dossiers === 0 ? null : pairOf(was && whole(was) * volume.dossiers, whole(is) * volume.dossiers),
    hours: { before: was && hours(was.hours), after: hours(is.hours) },
    lines: (['time', 'fees', 'travel', 'copies'] as const).map((key) => ({
      key,
      label: LINES[key],
      ...pairOf(was?.[key] ?? null, is[key]),
    })),
    channels: channelsOf(after.facts).map((channel) => {
      const own = weights.filter((weight) => weight.channel === channel)
      const each =
        own.length > 0 ? own : casesOf(after.facts).map((caseKey) => ({ channel, caseKey, count: 1 }))
      return {
        channel,
        ...pairOf(before && whole(mean(before, each, parameters)), whole(mean(after, each, parameters))),
      }
    }),
  }
}

/**
 * What a redesign saves: figures on the elements that cause them, and what it costs people by the worksheet
 * (hours × wage + fees + travel), per dossier and per year at the volume given. Throws UnreadableDiagram.
 */
export async function savingsOf(
  before: ProcedureSource | null,
  after: ProcedureSource,
  volume: Volume,
  { set, ...parameters }: CostParameters & { set: boolean },
): Promise<Savings> {
  const was = before && (await readCounted(before))
  const is = await readCounted(after)
  const fields = { was: was && declaredFields(was.eform).length, is: declaredFields(is.eform).length }
  const fewer = fields.was ? (fields.was - fields.is) / fields.was : null
  const told = { figures: figuresOf({ before: was, after: is }), cost: costs(was, is, volume, parameters) }
  return {
    headline: headlineOf(told),
    ...told,
    volume,
    goal: { ...GOAL, fewer, met: fewer !== null && fewer >= GOAL.target },
    parameters: { ...parameters, set, verified: false },
  }
}
