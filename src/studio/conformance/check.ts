import { type Flow, type FlowNode, nextOf } from '../flow/diagram.ts'

/** A stay as conformance asks of it. */
export type Step = {
  elementId: string
  outcome: string | null
  /** Every role of whoever decided; null: a wait, or nobody has. */
  rolesOfActor: string[] | null
}

/** How the real way differs from the drawn one; `at`: the place in the real way, from 0. */
export type Deviation =
  /** Steps that every drawn way to here passes. */
  | { kind: 'skipped'; at: number; elementIds: string[] }
  /** Done again although the drawing leads nowhere back to it from here. */
  | { kind: 'repeated'; at: number; elementIds: string[] }
  /** Drawn, but not here: it belongs before what had been done already, or behind what never was. */
  | { kind: 'out-of-order'; at: number; elementIds: string[] }
  /** Not in this diagram at all. */
  | { kind: 'unknown'; at: number; elementIds: string[] }
  | { kind: 'wrong-role'; at: number; elementIds: string[]; expected: string; actual: string[] }

type Role = string
/** A head of the one-stop does what its clerks do (access/ability.ts). */
const STANDS_FOR: Record<Role, Role[]> = { clerk: ['one-stop-head'] }

const isStop = (node: FlowNode) => node.kind === 'step' || node.kind === 'wait'

/** The fewest steps and waits between a node and another (or an end), which the drawing leads through; null: it does not. */
function between(flow: Flow, from: string, outcome: string | null, wanted: string | null): string[] | null {
  const reached = (nodes: FlowNode[]) =>
    nodes.some(({ id, kind }) => (wanted === null ? kind === 'end' : id === wanted))
  const first = nextOf(flow, from, outcome)
  if (reached(first)) return []
  const seen = new Set<string>()
  let paths = first.filter(isStop).map(({ id }) => [id])
  while (paths.length > 0) {
    const further: string[][] = []
    for (const path of paths) {
      const last = path.at(-1)!
      if (seen.has(last)) continue
      seen.add(last)
      const next = nextOf(flow, last, null)
      if (reached(next)) return path
      for (const node of next) if (isStop(node) && !seen.has(node.id)) further.push([...path, node.id])
    }
    paths = further
  }
  return null
}

/**
 * A dossier's real way against a diagram. `finished`: it came to an end of its own, so that its way must reach one drawn
 * there (a withdrawal may end it anywhere). `moved`: its first stay is where it was found when it was moved to this
 * version, and has not come there by this drawing. After a deviation the way is followed on from where it really was.
 */
export function deviationsOf(
  flow: Flow,
  way: readonly Step[],
  {
    finished,
    roleOf,
    moved = false,
  }: { finished: boolean; roleOf: (elementId: string) => Role | null; moved?: boolean },
): Deviation[] {
  const found: Deviation[] = []
  const done = new Set<string>()
  let at = flow.start
  let outcome: string | null = null
  way.forEach((step, n) => {
    const { elementId } = step
    const node = flow.nodes.get(elementId)
    if (!node || !isStop(node)) {
      found.push({ kind: 'unknown', at: n, elementIds: [elementId] })
      return
    }
    const expected = roleOf(elementId)
    const { rolesOfActor } = step
    const missed = moved && n === 0 ? [] : between(flow, at, outcome, elementId)
    const asDrawn = missed?.length === 0
    const madeUp = !asDrawn && takeBack(found, elementId)
    if (!asDrawn)
      found.push(
        madeUp
          ? { kind: 'out-of-order', at: n, elementIds: [elementId] }
          : departure(n, elementId, missed, at, done),
      )
    if (expected && rolesOfActor && !fits(expected, rolesOfActor))
      found.push({ kind: 'wrong-role', at: n, elementIds: [elementId], expected, actual: rolesOfActor })
    done.add(elementId)
    // What was made up for afterwards does not lead on from here: the way goes on where it had come to.
    if (madeUp) return
    at = elementId
    outcome = step.outcome
  })
  if (finished && way.length > 0) {
    const missed = between(flow, at, outcome, null)
    if (missed && missed.length > 0) found.push({ kind: 'skipped', at: way.length, elementIds: missed })
  }
  return found.filter(({ elementIds }) => elementIds.length > 0)
}

/** A step that was left out and is done now was not skipped. */
function takeBack(found: Deviation[], elementId: string): boolean {
  const skipped = found.find(({ kind, elementIds }) => kind === 'skipped' && elementIds.includes(elementId))
  if (!skipped) return false
  skipped.elementIds = skipped.elementIds.filter((id) => id !== elementId)
  return true
}

/** What it means that an element came although the drawing does not lead to it at once. */
function departure(
  n: number,
  elementId: string,
  missed: string[] | null,
  at: string,
  done: ReadonlySet<string>,
): Deviation {
  if (done.has(elementId)) return { kind: 'repeated', at: n, elementIds: [elementId] }
  // A way that comes by here again leads to it only by another answer.
  if (missed && !missed.includes(at)) return { kind: 'skipped', at: n, elementIds: missed }
  return { kind: 'out-of-order', at: n, elementIds: [elementId] }
}

const fits = (expected: Role, actual: readonly Role[]): boolean =>
  actual.includes(expected) || (STANDS_FOR[expected] ?? []).some((role) => actual.includes(role))
