/** How the engine's loops are paced, in milliseconds of machine time. Tests shorten them. */
export type Tuning = {
  /** The dispatcher looks again although nobody has woken it. */
  dispatchPollMs: number
  /** The longest pause between attempts while the engine is away or overloaded. */
  maxBackOffMs: number
  /** After so many refusals a command is stuck: it is shown, and waits for a person. */
  maxRefusals: number
  /** The pause after a first refusal; it doubles. */
  refusalBackOffMs: number
  /** How many commands are under way at once. */
  dispatchBatch: number
  /** A job belongs to a worker so long; then the engine gives it to another. */
  jobTimeoutMs: number
  /** Jobs in hand per type. Unbounded push made a client see nothing but time-outs for minutes. */
  jobsInHand: number
  /** How often a worker asks for jobs that were available before its stream opened. */
  backfillMs: number
  /** The pause after a job's first failure; it doubles. */
  jobBackOffMs: number
  /** A job created so long ago and untouched is an alarm. Longer than jobTimeoutMs, or a slow worker would be one too. */
  watchdogMs: number
}

export const defaultTuning: Tuning = {
  dispatchPollMs: 2_000,
  maxBackOffMs: 10_000,
  maxRefusals: 8,
  refusalBackOffMs: 1_000,
  dispatchBatch: 16,
  jobTimeoutMs: 60_000,
  jobsInHand: 16,
  backfillMs: 5_000,
  jobBackOffMs: 1_000,
  watchdogMs: 120_000,
}

/** Doubles from `first` with every failure up to `most`, and spreads: not all clients come back in the same instant. */
export const backOff = (failures: number, first: number, most: number): number =>
  Math.min(most, first * 2 ** Math.min(failures - 1, 20)) * (0.75 + Math.random() * 0.25)
