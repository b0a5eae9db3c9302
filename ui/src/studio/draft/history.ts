/** One thing that can be taken back. */
export type Step = { undo(): void; redo(): void; mark?: string; at?: number }

/** Keystrokes on the same thing within this time are one step. */
const ONE_STEP_MS = 900
const MOST_STEPS = 500

/** Steps back and forth over everything in the workspace, whichever part it was in. */
export const createHistory = () => {
  let past: Step[] = []
  let future: Step[] = []
  return {
    /** Adds a step; one that goes on where the last one was is made part of it. */
    record(step: Step) {
      const last = past.at(-1)
      const goesOn =
        last?.mark !== undefined && last.mark === step.mark && (step.at ?? 0) - (last.at ?? 0) < ONE_STEP_MS
      if (goesOn) past[past.length - 1] = { ...step, undo: last.undo }
      else past.push(step)
      if (past.length > MOST_STEPS) past.shift()
      future = []
    },
    undo() {
      const step = past.pop()
      if (!step) return
      step.undo()
      future.push({ ...step, mark: undefined })
    },
    redo() {
      const step = future.pop()
      if (!step) return
      step.redo()
      past.push(step)
    },
    clear() {
      past = []
      future = []
    },
    canUndo: () => past.length > 0,
    canRedo: () => future.length > 0,
  }
}
