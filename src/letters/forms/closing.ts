import { z } from 'zod'
import { prose } from '../blocks.ts'
import { titleBlock } from '../layout.ts'
import { addressee, dossierFacts } from '../letter-parts.ts'
import { letter } from '../pdf.ts'
import {
  applicant,
  day,
  dossier,
  letterHead,
  paragraph,
  recipients,
  signer,
  text,
  wording,
} from '../shapes.ts'
import { closingBlock } from '../signing.ts'
import { dayInWords } from '../wording.ts'
import { wordsOf } from '../wordings.ts'

/** The dossier is closed because no supplement came within the wait its procedure sets. */
export const closingData = z.object({
  head: letterHead,
  dossier,
  applicant,
  agency: text(200),
  supplement: z.object({ number: text(80), issuedOn: day }),
  /** Last day on which the supplement could still come. */
  waitedUntil: day,
  /** The rule that ends the wait. */
  basis: text(),
  /** What becomes of papers and fees. */
  consequence: paragraph.optional(),
  signer,
  recipients,
  wording,
})
export type ClosingData = z.input<typeof closingData>

export const renderClosing = letter(closingData, (data, sheet, { rule }) => {
  const say = wordsOf('closing', data.wording, {
    agency: data.agency,
    supplementNumber: data.supplement.number,
    supplementOn: dayInWords(data.supplement.issuedOn),
    waitedUntil: dayInWords(data.waitedUntil),
    basis: data.basis,
  })
  return [
    titleBlock(sheet, rule.title),
    addressee(sheet, data.applicant.name),
    ...prose(sheet, say('opening')),
    ...dossierFacts(data),
    ...prose(sheet, say('ended')),
    ...(data.consequence ? prose(sheet, data.consequence) : []),
    closingBlock(sheet, { ...data, lastLines: prose(sheet, say('closing')) }),
  ]
})
