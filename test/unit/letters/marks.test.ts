import jsqr from 'jsqr'
import { renderApology } from '../../../src/letters/forms/apology.ts'
import { type LetterKind, letterForms } from '../../../src/letters/forms/index.ts'
import { textHash } from '../../../src/letters/pdf.ts'
import { pagesOf, qrImageOf, squeeze, textOf } from './read-pdf.ts'
import { apology, lookupUrl, options, renderSample } from './samples.ts'

const kinds = Object.keys(letterForms) as LetterKind[]
const old = { receivedOn: '2024-11-02', issuedOn: '2024-11-23' }
const unread = squeeze('Mẫu theo bản sao, chưa đối chiếu văn bản gốc')

async function qrOf(pdf: Buffer): Promise<string | null> {
  const pages = await pagesOf(pdf)
  for (let page = 1; page <= pages.length; page++) {
    const image = await qrImageOf(pdf, page)
    if (image) return jsqr.default(image.pixels, image.side, image.side)?.data ?? 'unreadable'
  }
  return null
}

describe('marks of a letter', () => {
  test('a draft is crossed on every page by DỰ THẢO and does not pass for a final letter', async () => {
    const draft = await renderSample('apology', options('apology', old, { status: 'draft' }))
    const pages = await pagesOf(draft)
    expect(pages.length).toBe(2)
    expect(pages.map((p) => squeeze(p.slanted))).toEqual(['DỰTHẢO', 'DỰTHẢO'])
    expect(await textOf(draft)).not.toContain(squeeze('Chưa ký số'))
  })

  test('a final letter says that it is not signed digitally and has no watermark', async () => {
    const final = await renderSample('apology')
    expect(await textOf(final)).toContain(squeeze('Chưa ký số'))
    expect((await pagesOf(final)).map((p) => p.slanted)).toEqual([''])
  })

  test('made-up data are marked in demonstration mode only', async () => {
    const demo = await renderSample('receipt', options('receipt', undefined, { demo: true }))
    expect(await textOf(demo)).toContain(squeeze('Dữ liệu minh họa'))
    expect(await textOf(await renderSample('receipt'))).not.toContain(squeeze('Dữ liệu minh họa'))
  })

  test('a form nobody compared with its source says so; a verified one does not', async () => {
    expect(await textOf(await renderSample('receipt'))).toContain(unread)
    expect(await textOf(await renderSample('receipt', options('receipt', old)))).not.toContain(unread)
  })

  test('a letter of the gap of 2025 prints why it has this form', async () => {
    const gap = options('receipt', { receivedOn: '2025-08-01', issuedOn: '2025-08-01' })
    expect(await textOf(await renderSample('receipt', gap))).toContain(
      squeeze(gap.rule.transitional ?? 'missing'),
    )
  })

  test.each(['receipt', 'apology', 'permit', 'refusalToGrant'] as const)(
    'the QR code of %s, read from the page, opens the public look-up',
    async (kind) => expect(await qrOf(await renderSample(kind))).toBe(lookupUrl),
  )

  test.each(['supplement', 'refusal', 'closing', 'stop', 'explanation'] as const)(
    '%s carries no QR code',
    async (kind) => expect(await qrOf(await renderSample(kind))).toBeNull(),
  )

  test('the sample of a permit says that it is not the form of its decree', async () => {
    expect(await textOf(await renderSample('permit'))).toContain(
      squeeze('Bản minh họa, không theo mẫu của Nghị định số 175/2024/NĐ-CP.'),
    )
  })
})

describe('the same letter twice', () => {
  test.each(kinds)('%s rendered twice gives the same bytes', async (kind) => {
    const first = await renderSample(kind)
    const second = await renderSample(kind)
    expect(second.equals(first)).toBe(true)
  })

  test('a draft without number and date does too, and another reason gives other bytes', async () => {
    const draft = options('apology', undefined, { status: 'draft' })
    const unnumbered = { ...apology, head: { ...apology.head, number: null, issuedOn: null } }
    const [a, b] = [await renderApology(unnumbered, draft), await renderApology(unnumbered, draft)]
    expect(b.equals(a)).toBe(true)
    expect((await renderApology({ ...unnumbered, reason: 'Lý do khác.' }, draft)).equals(a)).toBe(false)
  })

  test('the signed text is the same before and after văn thư fills number and date, and changes with a word', () => {
    const schema = letterForms.apology.schema
    const { signature: _, ...unsigned } = apology.signer
    const before = { ...apology, head: { ...apology.head, number: null, issuedOn: null }, signer: unsigned }
    expect(textHash(schema, before as typeof apology)).toBe(textHash(schema, apology))
    expect(textHash(schema, { ...apology, reason: `${apology.reason}!` })).not.toBe(textHash(schema, apology))
    expect(textHash(schema, { ...apology, newDueAt: '2026-11-30T17:00:00+07:00' })).not.toBe(
      textHash(schema, apology),
    )
  })

  test('composed and decomposed text are one text', () => {
    const schema = letterForms.apology.schema
    expect(textHash(schema, { ...apology, reason: apology.reason.normalize('NFD') })).toBe(
      textHash(schema, apology),
    )
  })
})
