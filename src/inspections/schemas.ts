import { z } from 'zod'
import { AgencyRef, PersonRef } from '../dossiers/schemas.ts'

const Day = z.iso.date()

export const InspectionRow = z.object({
  id: z.uuid(),
  person: PersonRef,
  number: z.string(),
  decidedOn: Day,
  decidedBy: z.string(),
  /** Empty: every agency, every procedure. */
  agencies: z.array(AgencyRef),
  procedureCodes: z.array(z.string()),
  filedFrom: Day,
  filedTo: Day,
  validFrom: Day,
  validTo: Day,
  state: z.enum(['coming', 'running', 'over', 'ended']),
  endReason: z.string(),
  /** Without one the inspector sees nothing. */
  secondFactor: z.boolean(),
  /** The person holds a post in an agency that is inspected: they will not conclude on their own side. */
  ownAgency: z.boolean(),
  /** Dossiers opened under the decision, as the trail has it. */
  views: z.int(),
})
export const InspectionList = z.object({ inspections: z.array(InspectionRow) })

export const MakeInspection = z.strictObject({
  personId: z.uuid(),
  number: z.string().trim().min(1).max(60),
  decidedOn: Day,
  decidedBy: z.string().trim().min(2).max(200),
  agencyIds: z.array(z.uuid()).max(200),
  procedureCodes: z.array(z.string().min(1).max(40)).max(200),
  filedFrom: Day,
  filedTo: Day,
  validFrom: Day,
  validTo: Day,
})
export const EndInspection = z.strictObject({ reason: z.string().trim().min(3).max(500) })
