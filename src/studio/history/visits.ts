import { type Axis, minuteOf, workedBetween } from './axis.ts'

/** An interval of the accountable line with what its task says of it. */
export type Piece = {
  elementId: string
  /** Null: a wait, or a step between two tasks. */
  taskId: string | null
  unitId: string
  personId: string | null
  /** The applicant's time is no working time of anybody. */
  ofApplicant: boolean
  from: Date
  to: Date | null
  /** When the person last acted on anything else within the interval. */
  actedElsewhereAt: Date | null
  /** Of the task: the role it was for, what was decided, by whom. */
  role: string | null
  outcome: string | null
  /** Every role that whoever decided had on that day, or whoever they stood in for. Null: nobody has decided. */
  rolesOfActor: string[] | null
}

/** One stay of a dossier at a step or wait. Times in working minutes of its agency. */
export type Visit = {
  elementId: string
  from: Date
  to: Date | null
  outcome: string | null
  unitId: string
  role: string | null
  rolesOfActor: string[] | null
  ofApplicant: boolean
  /**
   * While somebody had it in hand and was at nothing else: from the claim, or that person's act before it. A person's
   * stretches never overlap, so that they add up to no more than their hours.
   */
  work: number
  /** The rest: unclaimed, or behind other work. */
  wait: number
}

const sameVisit = (visit: Piece[], piece: Piece): boolean => {
  const last = visit.at(-1)!
  return last.elementId === piece.elementId && (last.taskId ?? piece.taskId) === piece.taskId
}

/** A dossier's stays in order. What lies between two steps counts as waiting for the later one. */
export function visitsOf(pieces: readonly Piece[], axisFor: (unitId: string) => Axis, now: Date): Visit[] {
  const groups: Piece[][] = []
  let between: Piece[] = []
  for (const piece of pieces) {
    if (piece.elementId === '') {
      between.push(piece)
      continue
    }
    const last = groups.at(-1)
    if (last && between.length === 0 && sameVisit(last, piece)) last.push(piece)
    else groups.push([...between.map((gap) => ({ ...gap, elementId: piece.elementId })), piece])
    between = []
  }
  return groups.map((group) => visitOf(group, axisFor, now))
}

function visitOf(group: Piece[], axisFor: (unitId: string) => Axis, now: Date): Visit {
  const last = group.at(-1)!
  let whole = 0
  let work = 0
  for (const piece of group) {
    const axis = axisFor(piece.unitId)
    const to = minuteOf(piece.to ?? now)
    whole += workedBetween(axis, minuteOf(piece.from), to)
    const begun = piece.actedElsewhereAt ?? piece.from
    if (piece.personId && !piece.ofApplicant && piece.taskId) work += workedBetween(axis, minuteOf(begun), to)
  }
  return {
    elementId: last.elementId,
    from: group[0]!.from,
    to: last.to,
    outcome: last.outcome,
    unitId: last.unitId,
    role: last.role,
    rolesOfActor: last.rolesOfActor,
    ofApplicant: last.ofApplicant,
    work,
    wait: whole - work,
  }
}
