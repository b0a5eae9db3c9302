import type { ReadData } from './data.ts'
import type { CheckContext, ProcedureSource, StudioFault } from './fault.ts'
import type { Graph } from './graph.ts'

/** What the rules of law look at. */
export type Facts = ReadData & { graph: Graph | null; source: ProcedureSource; context: CheckContext }

export const lawFaults = (_facts: Facts): StudioFault[] => []
