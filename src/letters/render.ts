import { buffer } from 'node:stream/consumers'
import type { Dossier } from '../dossiers/entity.ts'
import type { Services } from '../services.ts'
import type { Letter } from './entity.ts'
import { withPagesBefore } from './foreign-pdf.ts'
import { drawLetter } from './forms/index.ts'
import type { RenderOptions } from './pdf.ts'

type Drawn = Pick<Letter, 'template' | 'data' | 'form' | 'sourceSha256'>
type Parts = Pick<Services, 'settings' | 'files'>

const front = (
  { settings }: Parts,
  letter: Drawn,
  dossier: Pick<Dossier, 'code'>,
  status: RenderOptions['status'],
): Promise<Buffer> =>
  drawLetter(letter.template, letter.data, {
    rule: letter.form,
    status,
    lookupUrl: `${settings.publicUrl}/tra-cuu/${encodeURIComponent(dossier.code)}`,
    demo: settings.demo,
  })

/** A result made elsewhere is its own bytes with the page of issue before its first. */
const withSource = async ({ files }: Parts, { sourceSha256 }: Drawn, drawn: Buffer): Promise<Buffer> =>
  sourceSha256 ? withPagesBefore(await buffer(files.get(sourceSha256)), drawn) : drawn

/** The PDF of a letter as it stands: a watermarked draft before its number is drawn. Same data, same bytes. */
export const renderLetter = async (
  services: Parts,
  letter: Drawn,
  dossier: Pick<Dossier, 'code'>,
  status: 'draft' | 'unsigned-electronic',
): Promise<Buffer> => withSource(services, letter, await front(services, letter, dossier, status))

/** The final text about to be signed, and its own pages alone: where they keep places, the whole file keeps them too. */
export async function drawFinal(
  services: Parts,
  letter: Drawn,
  dossier: Pick<Dossier, 'code'>,
): Promise<{ bytes: Buffer; front: Buffer }> {
  const pages = await front(services, letter, dossier, 'to-sign')
  return { bytes: await withSource(services, letter, pages), front: pages }
}
