import { addDays, type LegalDay } from '../calendar/day.ts'
import { atLegal } from '../clock.ts'

/** An inspection decision that lets a person look today. Empty lists mean every agency, every procedure. */
export type Inspection = {
  id: string
  number: string
  decidedOn: LegalDay
  agencyIds: string[]
  procedureCodes: string[]
  /** Dossiers filed on these legal days, both counted. */
  filedFrom: LegalDay
  filedTo: LegalDay
  /** The last legal day of looking. */
  validTo: LegalDay
}

/** The dossiers that a decision names, as a condition of the rules. */
export const withinInspection = (inspection: Inspection) => ({
  filedAt: {
    $gte: atLegal(inspection.filedFrom, '00:00'),
    $lt: atLegal(addDays(inspection.filedTo, 1), '00:00'),
  },
  ...(inspection.agencyIds.length > 0 && { agencyId: { $in: inspection.agencyIds } }),
  ...(inspection.procedureCodes.length > 0 && { procedureCode: { $in: inspection.procedureCodes } }),
})
