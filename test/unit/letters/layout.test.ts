import { type LetterKind, letterForms } from '../../../src/letters/forms/index.ts'
import { renderReceipt } from '../../../src/letters/forms/receipt.ts'
import { renderSupplement } from '../../../src/letters/forms/supplement.ts'
import { agencyLines } from '../../../src/letters/layout.ts'
import { pagesOf, squeeze, textOf } from './read-pdf.ts'
import { options, receipt, renderSample, supplement } from './samples.ts'

const kinds = Object.keys(letterForms) as LetterKind[]
const old = { receivedOn: '2024-11-02', issuedOn: '2024-11-23' }
const longName =
  'Công ty Cổ phần Đầu tư Phát triển Hạ tầng Kỹ thuật và Dịch vụ Thương mại Xuất nhập khẩu Nguyễn Phước Trường Thịnh Vượng '
    .repeat(3)
    .trim()

/** Texts printed over each other, or off the paper. */
async function faults(pdf: Buffer): Promise<string[]> {
  const found: string[] = []
  for (const { width, height, items } of await pagesOf(pdf)) {
    for (const a of items)
      if (a.x < 25 || a.x + a.width > width - 20 || a.y < 12 || a.y + a.height > height - 8)
        found.push(`off the page: ${a.text}`)
    for (const [i, a] of items.entries())
      for (const b of items.slice(i + 1)) {
        const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
        const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
        if (across > 1 && down > 0.4 * Math.min(a.height, b.height)) found.push(`${a.text} / ${b.text}`)
      }
  }
  return found
}

describe('layout of a letter', () => {
  test.each(kinds)(
    'nothing of %s overlaps or leaves the paper, on A4 and on the paper of 2024',
    async (kind) => {
      expect(await faults(await renderSample(kind))).toEqual([])
      expect(await faults(await renderSample(kind, options(kind, old)))).toEqual([])
    },
  )

  test('forms of TT 01/2018 are printed on A5, those of TT 03/2025 on A4', async () => {
    const size = async (pdf: Buffer) =>
      (await pagesOf(pdf)).map((p) => [Math.round(p.width), Math.round(p.height)])[0]
    expect(await size(await renderSample('receipt', options('receipt', old)))).toEqual([420, 595])
    expect(await size(await renderSample('receipt'))).toEqual([595, 842])
  })

  test.each(['A5', 'A4'])('thirty papers flow over pages of %s, each with the header row', async (paper) => {
    const papers = Array.from({ length: 30 }, (_, i) => ({
      name: `Giấy tờ số ${i + 1}: bản vẽ thiết kế kỹ thuật`,
      originals: 1,
    }))
    const pdf = await renderReceipt(
      { ...receipt, papers },
      options('receipt', paper === 'A5' ? old : undefined),
    )
    const pages = await pagesOf(pdf)
    const onPage = pages.map((p) => squeeze(p.items.map((i) => i.text).join('')))
    const withRows = onPage.filter((text) => /Giấytờsố\d/.test(text))
    expect(withRows.length).toBeGreaterThan(1)
    for (const text of withRows) expect(text).toContain('TTThànhphầnhồsơBảnchính')
    for (const { name } of papers) expect(onPage.join('')).toContain(squeeze(name))
    expect(await faults(pdf)).toEqual([])
  })

  test.each(['A5', 'A4'])('a name of 350 letters wraps on %s', async (paper) => {
    const pdf = await renderReceipt(
      { ...receipt, applicant: { ...receipt.applicant, name: longName }, agent: undefined },
      options('receipt', paper === 'A5' ? old : undefined),
    )
    expect(await faults(pdf)).toEqual([])
    expect(await textOf(pdf)).toContain(squeeze(longName))
  })

  test('a missing paper explained at length runs over the page instead of off it', async () => {
    const pdf = await renderSupplement(
      {
        ...supplement,
        items: [{ content: 'Bản vẽ', reason: 'Thiếu khoảng lùi. '.repeat(110).trim() }],
        content: 'Nội dung rất dài. '.repeat(300).trim(),
      },
      options('supplement', old),
    )
    expect(await faults(pdf)).toEqual([])
    // Counted by words: a page's foot may stand within a sentence.
    const words = (await textOf(pdf)).match(/khoảng/gu)
    expect(words?.length).toBe(110)
  })

  test.each([2, 3, 4, 5])('no page holds signatures alone, with %i items', async (count) => {
    const items = Array.from({ length: count }, (_, i) => supplement.items[i % 2]!)
    const pages = await pagesOf(await renderSupplement({ ...supplement, items }, options('supplement', old)))
    const last = squeeze(
      pages
        .at(-1)!
        .items.map((i) => i.text)
        .join(''),
    )
    expect(last).toContain(squeeze('để được hướng dẫn./.'))
    if (count === 5) expect(pages).toHaveLength(2)
  })

  test('a long agency name is broken before its place', () => {
    expect(agencyLines('Ủy ban nhân dân xã Suối Mơ', 21)).toBe('ỦY BAN NHÂN DÂN\nXÃ SUỐI MƠ')
    expect(agencyLines('Sở Xây dựng', 21)).toBe('SỞ XÂY DỰNG')
  })
})
