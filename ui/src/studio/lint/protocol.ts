import type { CheckContext, StudioFault } from '../../../../src/studio/lint/fault.ts'
import type { ProcedureSource } from '../../app/api-types.ts'

export type { StudioFault }

/** What the server checks against, as it can be sent to a worker: what is wrong with the form the server has said already. */
export type EditorContext = Required<Pick<CheckContext, 'today' | 'roles' | 'jobTypes'>> & {
  formFault: string | null
}

/** What the page asks of the worker, and what comes back; `run` ties the two together. */
export type LintRequest = { run: number; source: ProcedureSource; context: EditorContext }
export type LintAnswer = { run: number; faults: StudioFault[] } | { run: number; problem: string }
