import type { DraftView, ProcedureSource } from '../../app/api-types.ts'
import type { StudioFault } from '../lint/protocol.ts'

export type { DraftView, StudioFault }
export type FaultPart = StudioFault['part']

/** `refused`: the server answered and said no (no permission, too large); what was typed is still here. */
export type Saving = 'saved' | 'saving' | 'offline' | 'conflict' | 'refused'

/** What somebody else saved meanwhile. */
export type Theirs = { revision: number; by: string; at: string; source: ProcedureSource }
