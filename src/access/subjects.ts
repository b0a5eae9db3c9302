type Column = 'uuid' | 'text' | 'uuid[]' | 'timestamptz'

/**
 * The columns a rule may ask about, by the entity's property name. They stand on the row itself; only assigneeId (a task
 * nobody has claimed), substituteId (nobody stands in), parentId (no part of a group) and an explanation's personId (asked of the unit) may be null. A subject without columns is allowed as a whole or not at all.
 */
export const SUBJECTS = {
  Dossier: {
    agencyId: 'uuid',
    oneStopUnitId: 'uuid',
    unitId: 'uuid',
    participantAgencyIds: 'uuid[]',
    applicantId: 'uuid',
    state: 'text',
    parentId: 'uuid',
    procedureCode: 'text',
    filedAt: 'timestamptz',
  },
  Task: {
    agencyId: 'uuid',
    unitId: 'uuid',
    role: 'text',
    assigneeId: 'uuid',
    applicantId: 'uuid',
    state: 'text',
    form: 'text',
    procedureCode: 'text',
  },
  Absence: { agencyId: 'uuid', unitIds: 'uuid[]', personId: 'uuid', substituteId: 'uuid' },
  Urging: { agencyId: 'uuid', unitId: 'uuid', oneStopUnitId: 'uuid' },
  /** The dossiers that a one-stop has taken in, for the one who heads it. */
  OneStop: { oneStopUnitId: 'uuid' },
  Handover: { giverUnitId: 'uuid', receiverUnitId: 'uuid' },
  Counter: { unitId: 'uuid' },
  CashShift: { unitId: 'uuid', cashierId: 'uuid' },
  SavedView: { ownerId: 'uuid', sharedUnitIds: 'uuid[]' },
  Reminder: { personId: 'uuid' },
  Finding: { agencyId: 'uuid' },
  /** Asked of a unit, and of a person where one held the dossier. */
  Explanation: { agencyId: 'uuid', unitId: 'uuid', personId: 'uuid' },
  AuditReport: { madeBy: 'uuid', inspectionIds: 'uuid[]' },
  Inspection: {},
  /** Somebody's look at the personal data of a dossier. */
  Opening: {},
  Letter: { agencyId: 'uuid' },
  Document: { agencyId: 'uuid', addedBy: 'uuid' },
  /** The books of an agency's year, to be locked. */
  Book: { agencyId: 'uuid' },
  /** Keys that sign letters. */
  Signing: {},
  /** Words of letters that administrators may change. */
  LetterTemplate: {},
  Consultation: { agencyId: 'uuid', unitId: 'uuid' },
  Person: { id: 'uuid', kind: 'text' },
  Mail: { personId: 'uuid' },
  Phrase: { agencyId: 'uuid' },
  Procedure: {},
  /** A procedure being redesigned; whoever has changed it does not review it. */
  Draft: { authorIds: 'uuid[]' },
  /** A version put in force by a decision. */
  Publication: {},
  /** Open dossiers moved to another version. */
  Migration: {},
  /** A dossier's way through its procedure: its code and times, without persons or content. Columns of the dossier. */
  Flow: { agencyId: 'uuid' },
  /** The rows of the catalogue, whether or not a version is in force. */
  Catalogue: {},
  Agency: {},
  Calendar: {},
  Incident: {},
  AuditEntry: {},
  EngineHealth: {},
  ClockControl: {},
  Report: {},
} as const satisfies Record<string, Record<string, Column>>

export type SubjectName = keyof typeof SUBJECTS

/** The type of a subject's column, or undefined when rules may not ask about it. */
export const columnType = (subject: SubjectName, property: string): Column | undefined =>
  (SUBJECTS[subject] as Record<string, Column>)[property]

/** Property name → column name: agencyId → agency_id. */
export const columnName = (property: string): string =>
  property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
