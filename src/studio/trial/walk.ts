/** A step or wait of an example, with the outcome that somebody gives it. */
export type WalkStep = { element: string; outcome: string }

/** Gives each step of a walk its outcome, in order; `visit` counts how often the token has come to the element. */
export async function walkAlong(
  steps: WalkStep[],
  settle: (element: string, visit: number, outcome: string) => Promise<void>,
): Promise<void> {
  const visits = new Map<string, number>()
  for (const { element, outcome } of steps) {
    const visit = (visits.get(element) ?? 0) + 1
    visits.set(element, visit)
    await settle(element, visit, outcome)
  }
}

/** Types of machines' boxes that have nothing to say: a player without the product does them at once. */
export const SILENT_JOBS = [
  'dossier.validate',
  'dossier.route',
  'consultation.request',
  'letter.issue',
  'result.publish',
  'exchange.request',
  'children.open',
]
