import { z } from 'zod'
import { clean } from '../text.ts'

/** One line of text as it will stand on paper. */
export const text = (max = 500) =>
  z
    .string()
    .overwrite((s) => clean(s).replace(/\s*\n\s*/g, ' '))
    .min(1)
    .max(max)
/** A reason or a paragraph: as text, with its line breaks. */
export const paragraph = z.string().overwrite(clean).min(1).max(8000)
/** A legal day in Asia/Ho_Chi_Minh. */
export const day = z.iso.date()
/** An instant; printed in Vietnamese time. */
export const instant = z.iso.datetime({ offset: true })

const contact = {
  identifier: text(40).optional(),
  address: text().optional(),
  phone: text(40).optional(),
  email: text(200).optional(),
}
export const applicant = z.object({ name: text(), ...contact })
export type Applicant = z.infer<typeof applicant>
/** Whom a result is granted to, where that is not who filed. */
export const holder = applicant.pick({ name: true, identifier: true, address: true })
/** Whoever files for the applicant, with the paper that allows it. */
export const agent = z.object({ name: text(), ...contact, authorisation: text().optional() })

export const dossier = z.object({
  code: text(60),
  procedureCode: text(40),
  procedureName: text(),
})
export type DossierFacts = z.infer<typeof dossier>

/** An officer; `substituteFor` names the absent colleague ("thay"). It never carries signing power. */
export const officer = z.object({ name: text(200), substituteFor: text(200).optional() })
export type Officer = z.infer<typeof officer>

export const paper = z.object({
  name: text(1000),
  originals: z.int().min(0).default(0),
  copies: z.int().min(0).default(0),
  note: text().optional(),
})
export type Paper = z.infer<typeof paper>

/** Top of every letter. `number` and `issuedOn` stay null until văn thư draws them: the fields are reserved. */
export const letterHead = z.object({
  parentAgency: text(200).optional(),
  agency: text(200),
  number: text(80).nullable(),
  place: text(120),
  issuedOn: day.nullable(),
  /** A sheet of the office that is in no book: it has no line for a number. */
  unnumbered: z.boolean().optional(),
})
export type LetterHead = z.infer<typeof letterHead>

/** The recorded act that stands for the signature until letters are signed digitally. */
const recordedSignature = z.object({
  signedAt: instant,
  initialledBy: text(200).optional(),
  /** Whom the head of unit was away for ("thay"). */
  initialledFor: text(200).optional(),
  initialledAt: instant.optional(),
  /** SHA-256 of the text that was signed, see textHash(). */
  textSha256: z.hash('sha256').optional(),
})

const plainSigner = { title: text(200), name: text(200), signature: recordedSignature.optional() }
const decision = z.object({ number: text(100), issuedOn: day, validFrom: day, validTo: day.nullable() })

/**
 * Who signs and in which capacity (NĐ 30/2020). `head`: the head himself; `TM`: for a collective body; `KT`: the
 * deputy for the head; `TL`, `TUQ`: by order, by authorisation. The last three print their decision.
 */
export const signer = z.discriminatedUnion('capacity', [
  z.object({ capacity: z.literal('head'), ...plainSigner }),
  z.object({ capacity: z.literal('TM'), onBehalfOf: text(200), ...plainSigner }),
  z.object({ capacity: z.enum(['KT', 'TL', 'TUQ']), onBehalfOf: text(200), decision, ...plainSigner }),
])
export type Signer = z.infer<typeof signer>

/** "Nơi nhận": one line per addressee; the file copy comes last. */
export const recipients = z.array(text(200)).min(1)
/** The words of a letter's parts, as its template had them when it was drafted (wordings.ts). */
export const wording = z.record(z.string().max(40), paragraph).optional()
/** Lines that prove a date, made by the deadlines feature. */
export const proofText = z.array(text(8000))
