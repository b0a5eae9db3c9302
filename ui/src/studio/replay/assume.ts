import type { NewReplay, ReplayPage } from '../../app/api-types.ts'

export type Setup = ReplayPage['setup']
export type Estimate = NewReplay['steps'][string]

/**
 * What the form begins with: the suggestions, every way of a new question as often, the work of a removed step in the one
 * it was merged into, or gone.
 */
export const startWith = (setup: Setup): NewReplay => ({
  from: setup.from,
  to: setup.to,
  seed: 1,
  steps: Object.fromEntries(setup.newSteps.map(({ id, suggested }) => [id, suggested])),
  gateways: Object.fromEntries(
    setup.gateways
      .filter(({ isNew }) => isNew)
      .map(({ id, ways }) => [id, Object.fromEntries(ways.map((way) => [way.id, 1]))]),
  ),
  takesOver: Object.fromEntries(
    [...Map.groupBy(setup.removedSteps, ({ into }) => into)].flatMap(([into, gone]) =>
      into ? [[into, gone.map(({ id }) => id)]] : [],
    ),
  ),
})

/** The step that takes a removed one over; empty: its work is gone. */
export const takerOf = ({ takesOver }: NewReplay, removed: string): string =>
  Object.entries(takesOver).find(([, sources]) => sources.includes(removed))?.[0] ?? ''

export const withTaker = (given: NewReplay, removed: string, taker: string): NewReplay => {
  const others = Object.entries(given.takesOver)
    .map(([id, sources]): [string, string[]] => [id, sources.filter((one) => one !== removed)])
    .filter(([id, sources]) => sources.length > 0 || id === taker)
  const takesOver = Object.fromEntries(others)
  if (taker) takesOver[taker] = [...(takesOver[taker] ?? []), removed]
  return { ...given, takesOver }
}

/** An estimate in order: whoever writes the likely time beyond the longest moves that too. */
export const withEstimate = (estimate: Estimate, changes: Partial<Estimate>): Estimate => {
  const next = { ...estimate, ...changes }
  const least = changes.least !== undefined ? next.least : Math.min(next.least, next.likely, next.most)
  const most = changes.most !== undefined ? next.most : Math.max(next.most, next.likely, least)
  return { ...next, least, most, likely: Math.min(Math.max(next.likely, least), Math.max(most, least)) }
}
