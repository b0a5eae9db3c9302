import type { ProcedureSource } from '../source.ts'

/** Vietnamese and English, both always there. */
export type Words = { vi: string; en: string }

/** The part of the workspace in which a fault is mended. */
export const FAULT_PARTS = [
  'diagram',
  'form',
  'papers',
  'routing',
  'limits',
  'fees',
  'letters',
  'examples',
  'facts',
] as const
export type FaultPart = (typeof FAULT_PARTS)[number]

/** A rule of the Studio: why it is there, how its fault is mended, and the text it rests on, where it is one of law. */
export type Rule = {
  /** A warning tells and stops nobody; one that needs an acknowledgement is published only with a reason. */
  severity: 'error' | 'warning'
  part: FaultPart
  reason: Words
  mend: Words
  /** The legal text, and whether somebody has read it for this rule. */
  source?: { text: string; verified: boolean }
  needsAcknowledgement?: true
}

/** Something an analyst has to mend, or to know. */
export type StudioFault = {
  rule: string
  severity: 'error' | 'warning'
  part: FaultPart
  /** The element of the diagram that it is about. */
  elementId: string | null
  /** Path in the part's data, such as `limits.0.committed`. */
  field: string | null
  message: Words
  reason: Words
  mend: Words
  source: { text: string; verified: boolean } | null
  /** Published only when somebody has said why it is accepted. */
  needsAcknowledgement: boolean
  /** What the rule looked at, as text: the same as long as that is the same. */
  facts: string
}

/**
 * Tells whether a fault is still the one that somebody gave a reason for: equal for equal rule, element and facts, whatever
 * else has changed in the source, and different as soon as a figure, a text or a place behind it is another.
 */
export const factsOf = ({
  rule,
  elementId,
  facts,
}: Pick<StudioFault, 'rule' | 'elementId' | 'facts'>): string => JSON.stringify([rule, elementId, facts])

/** What a source is checked against. */
export type CheckContext = {
  /** Job types that have a worker or an act that ends them: one element template each. */
  jobTypes: readonly string[]
  /** The day on which it is checked, YYYY-MM-DD. */
  today: string
  /** Roles that somebody holds on that day; not asked when absent. */
  roles?: readonly string[]
  /** Says what is wrong with the form's schema; the server compiles it, a browser may not. */
  schemaFault?: (schema: object) => string | null
}

export type { ProcedureSource }
