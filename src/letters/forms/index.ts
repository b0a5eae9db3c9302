import type { RenderOptions } from '../pdf.ts'
import { apologyData, renderApology } from './apology.ts'
import { birthData, renderBirth } from './birth.ts'
import { closingData, renderClosing } from './closing.ts'
import { composedData, renderComposed } from './composed.ts'
import { explanationData, renderExplanation } from './explanation.ts'
import { grantData, renderGrant } from './grant.ts'
import { groupData, renderGroup } from './group.ts'
import { permitData, renderPermit } from './permit.ts'
import { receiptData, renderReceipt } from './receipt.ts'
import { refusalData, renderRefusal } from './refusal.ts'
import { refusalToGrantData, renderRefusalToGrant } from './refusal-to-grant.ts'
import { renderStop, stopData } from './stop.ts'
import { renderSupplement, supplementData } from './supplement.ts'
import { renderUploaded, uploadedData } from './uploaded.ts'

/** Schema and renderer of every kind of letter, for whoever issues one by its kind. */
export const letterForms = {
  receipt: { schema: receiptData, render: renderReceipt },
  supplement: { schema: supplementData, render: renderSupplement },
  refusal: { schema: refusalData, render: renderRefusal },
  apology: { schema: apologyData, render: renderApology },
  closing: { schema: closingData, render: renderClosing },
  stop: { schema: stopData, render: renderStop },
  explanation: { schema: explanationData, render: renderExplanation },
  grant: { schema: grantData, render: renderGrant },
  permit: { schema: permitData, render: renderPermit },
  group: { schema: groupData, render: renderGroup },
  birth: { schema: birthData, render: renderBirth },
  refusalToGrant: { schema: refusalToGrantData, render: renderRefusalToGrant },
  composed: { schema: composedData, render: renderComposed },
  uploaded: { schema: uploadedData, render: renderUploaded },
} as const
export type LetterKind = keyof typeof letterForms

/** Draws a stored letter by its kind; throws ZodError when the data are not those of the kind. */
export function drawLetter(kind: LetterKind, data: unknown, options: RenderOptions): Promise<Buffer> {
  // Each renderer checks the data by its own schema; the pair of kind and data is known at run time only.
  const render: (data: never, options: RenderOptions) => Promise<Buffer> = letterForms[kind].render
  return render(data as never, options)
}
