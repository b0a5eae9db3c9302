import { z } from 'zod'
import { proofBlock, prose } from '../blocks.ts'
import { titleBlock } from '../layout.ts'
import { addressee, dossierFacts } from '../letter-parts.ts'
import { letter } from '../pdf.ts'
import {
  applicant,
  dossier,
  instant,
  letterHead,
  paragraph,
  proofText,
  recipients,
  signer,
  text,
  wording,
} from '../shapes.ts'
import { closingBlock } from '../signing.ts'
import { civilDayOf, dayInWords, momentInWords } from '../wording.ts'
import { wordsOf } from '../wordings.ts'

/** Form 04, apology with the one new date a dossier may have (NĐ 61/2018 art. 19.9). */
export const apologyData = z.object({
  head: letterHead,
  dossier,
  applicant,
  /** The agency that settles the dossier and apologises. */
  agency: text(200),
  receivedAt: instant,
  dueAt: instant,
  reason: paragraph,
  newDueAt: instant,
  proofText,
  signer,
  recipients,
  wording,
})
export type ApologyData = z.input<typeof apologyData>

export const renderApology = letter(apologyData, (data, sheet, { rule, lookupUrl }) => {
  const say = wordsOf('apology', data.wording, {
    receivedOn: dayInWords(civilDayOf(data.receivedAt)).replace('ngày', 'Ngày'),
    agency: data.agency,
    procedure: data.dossier.procedureName,
    dueAt: momentInWords(data.dueAt),
  })
  return [
    titleBlock(sheet, rule.title),
    addressee(sheet, data.applicant.name),
    ...prose(sheet, say('opening')),
    ...dossierFacts(data),
    ...prose(sheet, say('due')),
    ...prose(sheet, say('late')),
    ...prose(sheet, data.reason),
    ...prose(sheet, `${say('hardship')} ${say('sorry')}`),
    { text: momentInWords(data.newDueAt), bold: true, alignment: 'center', margin: [0, 3, 0, 3] },
    proofBlock(sheet, 'Cách tính ngày hẹn', data.proofText),
    closingBlock(sheet, {
      ...data,
      lastLines: prose(sheet, say('closing')),
      lookup: { url: lookupUrl, code: data.dossier.code },
    }),
  ]
})
