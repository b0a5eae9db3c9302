import { z } from 'zod'
import { prose } from '../blocks.ts'
import { titleBlock } from '../layout.ts'
import { addressee, dossierFacts } from '../letter-parts.ts'
import { letter } from '../pdf.ts'
import {
  applicant,
  day,
  dossier,
  instant,
  letterHead,
  paragraph,
  recipients,
  signer,
  text,
  wording,
} from '../shapes.ts'
import { closingBlock } from '../signing.ts'
import { dayInWords, momentInWords } from '../wording.ts'
import { wordsOf } from '../wordings.ts'

/** The new date was missed too. A second new date is forbidden (NĐ 61/2018 art. 19.9), so this letter has no room for one. */
export const explanationData = z.object({
  head: letterHead,
  dossier,
  applicant,
  agency: text(200),
  dueAt: instant,
  /** The apology and the new date it gave. */
  apology: z.object({ number: text(80), issuedOn: day, newDueAt: instant }),
  reason: paragraph,
  /** What has been done to finish, without a date. */
  measures: paragraph.optional(),
  signer,
  recipients,
  wording,
})
export type ExplanationData = z.input<typeof explanationData>

export const renderExplanation = letter(explanationData, (data, sheet, { rule }) => {
  const say = wordsOf('explanation', data.wording, {
    dueAt: momentInWords(data.dueAt),
    apologyNumber: data.apology.number,
    apologyOn: dayInWords(data.apology.issuedOn),
    newDueAt: momentInWords(data.apology.newDueAt),
    agency: data.agency,
  })
  return [
    titleBlock(sheet, rule.title),
    addressee(sheet, data.applicant.name),
    ...prose(sheet, say('opening')),
    ...dossierFacts(data),
    ...prose(sheet, say('late')),
    ...prose(sheet, data.reason),
    ...(data.measures ? prose(sheet, data.measures) : []),
    ...prose(sheet, `${say('noDate')} ${say('goesOn')}`),
    closingBlock(sheet, { ...data, lastLines: prose(sheet, say('closing')) }),
  ]
})
