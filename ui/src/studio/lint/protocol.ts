import type { CheckContext, StudioFault } from '../../../../src/studio/lint/fault.ts'
import type { ProcedureSource } from '../../app/api-types.ts'

export type { StudioFault }

/** What the page asks of the worker, and what comes back; `run` ties the two together. */
export type LintRequest = { run: number; source: ProcedureSource; context: CheckContext }
export type LintAnswer = { run: number; faults: StudioFault[] } | { run: number; problem: string }
