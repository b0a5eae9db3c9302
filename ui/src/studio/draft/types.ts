import type { ProcedureSource, Text } from '../../app/api-types.ts'

export type DraftState = 'draft' | 'review' | 'approved' | 'published' | 'withdrawn'

/** A draft as the server answers it; `source` is what was saved last. */
export type DraftView = {
  id: string
  code: string
  title: string
  state: DraftState
  revision: number
  baseVersion: { id: string; version: number } | null
  source: ProcedureSource
  authors: { id: string; name: string }[]
  updatedAt: string
  updatedBy: { id: string; name: string }
  mayDecide: boolean
  mayEdit: boolean
}

export type FaultPart =
  | 'diagram'
  | 'form'
  | 'papers'
  | 'routing'
  | 'limits'
  | 'fees'
  | 'letters'
  | 'examples'
  | 'facts'

export type StudioFault = {
  rule: string
  severity: 'error' | 'warning'
  part: FaultPart
  elementId: string | null
  field: string | null
  message: Text
  reason: Text
  mend: Text
}

/** `refused`: the server answered and said no (no permission, too large); what was typed is still here. */
export type Saving = 'saved' | 'saving' | 'offline' | 'conflict' | 'refused'

/** What somebody else saved meanwhile. */
export type Theirs = { revision: number; by: string; at: string; source: ProcedureSource }
