import { z } from 'zod'
import { prose, ruledTable } from '../blocks.ts'
import { titleBlock } from '../layout.ts'
import { addressee, dossierFacts } from '../letter-parts.ts'
import { letter } from '../pdf.ts'
import { applicant, dossier, instant, letterHead, recipients, signer, text, wording } from '../shapes.ts'
import { closingBlock } from '../signing.ts'
import { momentInWords } from '../wording.ts'
import { wordsOf } from '../wordings.ts'

/** The negative result after appraisal, recorded under "trả kết quả" (NĐ 61/2018 art. 19.8). */
export const refusalToGrantData = z.object({
  head: letterHead,
  dossier,
  applicant,
  agency: text(200),
  receivedAt: instant,
  reasons: z.array(z.object({ reason: text(4000), basis: text().optional() })).min(1),
  signer,
  recipients,
  wording,
})
export type RefusalToGrantData = z.input<typeof refusalToGrantData>

export const renderRefusalToGrant = letter(refusalToGrantData, (data, sheet, { rule, lookupUrl }) => {
  const say = wordsOf('refusalToGrant', data.wording, {
    agency: data.agency,
    receivedAt: momentInWords(data.receivedAt),
  })
  return [
    titleBlock(sheet, rule.title),
    addressee(sheet, data.applicant.name),
    ...prose(sheet, say('opening')),
    ...dossierFacts(data),
    ...prose(sheet, say('refused')),
    ruledTable(
      sheet,
      [
        { title: 'TT', width: 24, centred: true },
        { title: 'Lý do', width: '*' },
        { title: 'Căn cứ', width: 160 },
      ],
      data.reasons.map((r, i) => [String(i + 1), r.reason, r.basis ?? '']),
    ),
    closingBlock(sheet, {
      ...data,
      lastLines: prose(sheet, say('rights')),
      lookup: { url: lookupUrl, code: data.dossier.code },
    }),
  ]
})
