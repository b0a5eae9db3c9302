import { z } from 'zod'
import { prose } from '../blocks.ts'
import { titleBlock } from '../layout.ts'
import { addressee, dossierFacts } from '../letter-parts.ts'
import { letter } from '../pdf.ts'
import {
  applicant,
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
import { momentInWords } from '../wording.ts'
import { wordsOf } from '../wordings.ts'

/** Form 05 of TT 03/2025: the applicant asked to stop and no decision existed yet. Before, a plain notice. */
export const stopData = z.object({
  head: letterHead,
  dossier,
  applicant,
  agency: text(200),
  requestedAt: instant,
  reason: paragraph,
  stoppedAt: instant,
  /** What becomes of papers and fees. */
  consequence: paragraph.optional(),
  signer,
  recipients,
  wording,
})
export type StopData = z.input<typeof stopData>

export const renderStop = letter(stopData, (data, sheet, { rule }) => {
  const say = wordsOf('stop', data.wording, {
    agency: data.agency,
    requestedAt: momentInWords(data.requestedAt),
    reason: data.reason,
    stoppedAt: momentInWords(data.stoppedAt),
  })
  return [
    titleBlock(sheet, rule.title),
    addressee(sheet, data.applicant.name),
    ...prose(sheet, say('opening')),
    ...dossierFacts(data),
    ...prose(sheet, say('why')),
    ...prose(sheet, say('stopped')),
    ...(data.consequence ? prose(sheet, data.consequence) : []),
    closingBlock(sheet, { ...data, lastLines: prose(sheet, say('closing')) }),
  ]
})
