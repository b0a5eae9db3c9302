import type { HoldingView } from '../../app/api-types.ts'

export type Lane = { key: string; track: HoldingView['track']; holdings: HoldingView[] }

const keyOf = ({ track, onBehalf, unit, person }: HoldingView): string =>
  `${track} ${onBehalf === 'applicant' ? 'applicant' : `${unit.id} ${person?.id ?? ''}`}`

/** One lane per holder (unit and person; the applicant has one too), those of the accountable line first. */
export const lanesOf = (holdings: HoldingView[]): Lane[] => {
  const lanes = new Map<string, Lane>()
  const inOrder = [...holdings].sort(
    (a, b) => a.track.localeCompare(b.track) || Date.parse(a.fromAt) - Date.parse(b.fromAt),
  )
  for (const holding of inOrder) {
    const key = keyOf(holding)
    const lane = lanes.get(key) ?? { key, track: holding.track, holdings: [] }
    lane.holdings.push(holding)
    lanes.set(key, lane)
  }
  return [...lanes.values()]
}
