import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** The letters this product prints, and the two books that share their numbering of forms. */
export const formKinds = [
  'receipt',
  'supplement',
  'refusal',
  'apology',
  'stop',
  'control',
  'register',
  'closing',
  'explanation',
  'permit',
  'grant',
  'birth',
  'group',
  'refusalToGrant',
  'cover',
  'handover',
  'collection',
] as const
export type FormKind = (typeof formKinds)[number]

const day = z.iso.date()
const paper = z.enum(['A4', 'A5'])
const form = z.object({ number: z.string(), title: z.string(), paper })
const span = z.object({ from: day, to: day.nullable() })
const table = z.object({
  unverifiedFootnote: z.string(),
  sets: z.record(
    z.string(),
    z.object({
      circular: z.string(),
      decree: z.string(),
      source: z.string(),
      verified: z.boolean(),
      forms: z.partialRecord(z.enum(formKinds), form),
    }),
  ),
  periods: z.array(
    z.object({
      id: z.string(),
      received: span,
      issued: span,
      set: z.string(),
      verified: z.boolean(),
      transitional: z.string().nullable(),
    }),
  ),
  withoutForm: z.object({
    source: z.string(),
    footnote: z.string(),
    forms: z.partialRecord(
      z.enum(formKinds),
      form.omit({ number: true }).extend({ footnote: z.string().optional() }),
    ),
  }),
  residence: z.object({
    /** Codes of the procedures that use them. */
    procedures: z.array(z.string()),
    source: z.string(),
    verified: z.boolean(),
    forms: z.partialRecord(z.enum(formKinds), form),
  }),
})

const rules = table.parse(
  JSON.parse(readFileSync(new URL('./data/form-rules.json', import.meta.url), 'utf8')),
)

/** One form as it applies to one letter: what is printed on it, on which paper, on whose authority. */
export interface FormRule {
  kind: FormKind
  /** "01", "CT04"; null where no national form exists. */
  number: string | null
  title: string
  paper: 'A4' | 'A5'
  circular: string | null
  decree: string | null
  source: string
  /** False: not read at source, or our own reading. */
  verified: boolean
  /** What the letter says about its own form when that is not verified. */
  footnote: string | null
  /** Legal days (Asia/Ho_Chi_Minh) on which letters of this rule are issued; null is open. */
  validFrom: string
  validTo: string | null
  transitional: string | null
}

export interface FormDates {
  /** Legal day the dossier was received; null when it never was (supplement or refusal at the counter). */
  receivedOn: string | null
  /** Legal day the letter is issued; for a draft, today. */
  issuedOn: string
}

const within = (on: string, { from, to }: z.infer<typeof span>) => from <= on && (to === null || on <= to)

/** Whose forms a procedure's letters are printed on. */
export const formFamily = (procedureCode: string): 'one-stop' | 'residence' =>
  rules.residence.procedures.includes(procedureCode) ? 'residence' : 'one-stop'

/**
 * The form of a letter by the days its dossier was received and it is issued (TT 01/2018, TT 03/2025).
 * `family` 'residence' gives the police's own forms of residence registration.
 * Throws RangeError when no form was in force on those days or the letter precedes the receipt.
 */
export function formFor(
  kind: FormKind,
  { receivedOn, issuedOn }: FormDates,
  family: 'one-stop' | 'residence' = 'one-stop',
): FormRule {
  if (receivedOn !== null && issuedOn < receivedOn)
    throw new RangeError(`A letter of ${issuedOn} cannot precede its dossier's receipt on ${receivedOn}`)
  const period = rules.periods.find(
    (p) => within(receivedOn ?? issuedOn, p.received) && within(issuedOn, p.issued),
  )
  if (!period) throw new RangeError(`No form rule for ${kind}, received ${receivedOn}, issued ${issuedOn}`)
  const set = rules.sets[period.set]
  if (!set) throw new Error(`Period ${period.id} names the unknown set of forms ${period.set}`)
  const dates = {
    validFrom: period.issued.from,
    validTo: period.issued.to,
    transitional: period.transitional,
  }

  const police = family === 'residence' ? rules.residence.forms[kind] : undefined
  if (police)
    return {
      kind,
      ...police,
      circular: null,
      decree: null,
      source: rules.residence.source,
      verified: rules.residence.verified,
      footnote: rules.residence.verified ? null : rules.unverifiedFootnote,
      ...dates,
    }
  const national = set.forms[kind]
  if (national) {
    const verified = set.verified && period.verified
    return {
      kind,
      ...national,
      circular: set.circular,
      decree: set.decree,
      source: set.source,
      verified,
      footnote: verified ? null : rules.unverifiedFootnote,
      ...dates,
    }
  }
  const plain = rules.withoutForm.forms[kind]
  if (!plain) throw new RangeError(`The set of forms ${period.set} has no form for ${kind}`)
  return {
    kind,
    number: null,
    title: plain.title,
    paper: plain.paper,
    circular: null,
    decree: set.decree,
    source: rules.withoutForm.source,
    verified: false,
    footnote: plain.footnote ?? rules.withoutForm.footnote,
    ...dates,
    transitional: null,
  }
}
