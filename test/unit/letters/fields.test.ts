import { formFor } from '../../../src/letters/form-rules.ts'
import { renderApology } from '../../../src/letters/forms/apology.ts'
import { explanationData } from '../../../src/letters/forms/explanation.ts'
import { drawLetter, type LetterKind, letterForms } from '../../../src/letters/forms/index.ts'
import { renderReceipt } from '../../../src/letters/forms/receipt.ts'
import { capacityLines } from '../../../src/letters/signing.ts'
import { dayInWords, dayShort, momentInWords, momentShort } from '../../../src/letters/wording.ts'
import { squeeze, textOf } from './read-pdf.ts'
import { apology, composed, options, receipt, renderSample, samples } from './samples.ts'

const kinds = Object.keys(letterForms) as LetterKind[]

/** Fields that a form does not print: its layout has no place for them (the fields of each form are those of QĐ 3621/QĐ-BYT). */
const unprinted: Partial<Record<LetterKind, RegExp>> = {
  // Granted to the holder; who filed stands on the receipt.
  permit: /dossier\.procedure|applicant\./,
  grant: /applicant\./,
  ...Object.fromEntries(
    ['apology', 'closing', 'stop', 'explanation', 'refusalToGrant', 'group'].map((k) => [
      k,
      /applicant\.(phone|email)/,
    ]),
  ),
  supplement: /applicant\.identifier/,
  // The applicant stands there as the declarant; the certificate names no procedure.
  birth: /^applicant\.|^dossier\.procedure/,
  // Merge fields are filled in, the book and the template are ours; the template says what of the dossier is printed.
  composed: /^book|templateKey|applicant\.(phone|email)|dossier\.procedure|blocks\.3|\.type$/,
  uploaded: /^book|applicant\.(phone|email)/,
}

function leaves(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]]
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, item]) => leaves(item, path ? `${path}.${key}` : key))
}

/** How a value may be written on paper. */
function written(path: string, value: string): string[] {
  if (path === 'file.sha256') return [value.match(/.{1,32}/g)?.join(' ') ?? value]
  if (path.endsWith('textSha256')) return [value.slice(0, 16)]
  if (path.endsWith('capacity')) return value === 'head' ? [] : [`${value}.`]
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return [dayInWords(value), dayShort(value)]
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return [momentInWords(value), momentShort(value)]
  return [value]
}
const plain = (s: string) => squeeze(s).toLocaleLowerCase('vi')

describe('whom a result is granted to', () => {
  const granted = async (kind: 'permit' | 'grant', more: object) =>
    plain(await textOf(await drawLetter(kind, { ...samples[kind], ...more }, options(kind))))

  test.each(['permit', 'grant'] as const)(
    '%s: the holder that the form names, not who filed',
    async (kind) => {
      const page = await granted(kind, {})
      expect(page).toContain(plain(samples[kind].holder!.name))
      expect(page).not.toContain(plain(samples[kind].applicant.name))
      expect(page).not.toContain(samples[kind].applicant.identifier)
    },
  )

  test.each(['permit', 'grant'] as const)('%s: the applicant, where the form names nobody', async (kind) => {
    expect(await granted(kind, { holder: undefined })).toContain(plain(samples[kind].applicant.name))
  })
})

describe('what is written on a letter', () => {
  test.each(kinds)('every field of %s arrives on paper, in composed Vietnamese', async (kind) => {
    const raw = await textOf(await renderSample(kind))
    expect(raw).toBe(raw.normalize('NFC'))
    const page = plain(raw)
    const missing = leaves(samples[kind]).filter(([path, value]) => {
      if (unprinted[kind]?.test(path)) return false
      const forms = written(path, value)
      // Of an apology's receipt the form asks for the day, not the hour.
      if (kind === 'apology' && path === 'receivedAt') forms.push(dayInWords(value.slice(0, 10)))
      return forms.length > 0 && !forms.some((form) => page.includes(plain(form)))
    })
    expect(missing).toEqual([])
  })

  test.each(kinds)('%s carries the national name, the motto and the title of its form', async (kind) => {
    const page = await textOf(await renderSample(kind))
    expect(page).toContain(squeeze('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM'))
    expect(page).toContain(squeeze('Độc lập - Tự do - Hạnh phúc'))
    // A plain result is called what the catalogue calls it.
    const sample = samples[kind]
    const title = 'title' in sample ? sample.title : options(kind).rule.title
    expect(plain(page)).toContain(plain(title))
  })

  test('a template’s number, date and signer are filled in when the letter has them, and dotted before', async () => {
    expect(await textOf(await renderSample('composed'))).toContain(
      squeeze('Giấy phép số 05/GPXD-UBND ngày 26 tháng 11 năm 2026, Trần Quốc Thuận ký.'),
    )
    const draft = { ...composed, head: { ...composed.head, number: null, issuedOn: null } }
    const page = await textOf(
      await drawLetter('composed', draft, { ...options('composed'), status: 'draft' }),
    )
    expect(page).toContain(squeeze('Giấy phép số …………… ……………, Trần Quốc Thuận ký.'))
  })

  test('decomposed input is composed before it is drawn', async () => {
    const name = 'Đỗ Thị Quỳnh Phượng Ữ Ặ Ễ'
    const decomposed = { ...receipt, applicant: { name: name.normalize('NFD') } }
    expect(await textOf(await renderReceipt(decomposed, options('receipt')))).toContain(squeeze(name))
  })

  test('invisible characters and line breaks cannot change how a name reads', async () => {
    const sly = { ...receipt, applicant: { name: 'Nguyễn\u202eVăn\u200b A\n\tGiám đốc' } }
    expect(await textOf(await renderReceipt(sly, options('receipt')))).toContain(
      squeeze('NguyễnVăn A Giám đốc'),
    )
  })

  test('the number of papers of each kind stands in the list', async () => {
    const papers = [{ name: 'Bản vẽ', originals: 17, copies: 43 }]
    expect(await textOf(await renderReceipt({ ...receipt, papers }, options('receipt')))).toContain(
      'Bảnvẽ1743',
    )
  })

  test('the same letter is form 04 of the circular in force on its days', async () => {
    const before = await textOf(
      await renderSample('apology', options('apology', { receivedOn: '2024-11-02', issuedOn: '2024-11-20' })),
    )
    expect(before).toContain(squeeze('Mẫu số 04 (Thông tư số 01/2018/TT-VPCP)'))
    const after = await textOf(await renderSample('apology'))
    expect(after).toContain(squeeze('Mẫu số 04 (Thông tư số 03/2025/TT-VPCP)'))
  })

  test('data that lack what the form asks for are refused', async () => {
    await expect(renderApology({ ...apology, reason: ' ' }, options('apology'))).rejects.toThrow()
    await expect(renderReceipt({ ...receipt, papers: [] }, options('receipt'))).rejects.toThrow()
    await expect(
      renderApology(apology, { ...options('apology'), lookupUrl: 'javascript:alert(1)' }),
    ).rejects.toThrow()
  })

  test('the data of one kind are not drawn as another', async () => {
    await expect(drawLetter('closing', apology, options('closing'))).rejects.toThrow()
  })

  test('a letter of explanation has no room for a second new date', () => {
    expect(Object.keys(explanationData.shape)).not.toContain('newDueAt')
    expect(formFor('explanation', { receivedOn: null, issuedOn: '2026-11-27' }).number).toBeNull()
  })
})

describe('in which capacity a letter is signed', () => {
  test('a deputy signs KT. for the head and names the decision with its validity', () => {
    expect(capacityLines(apology.signer)).toEqual({
      titles: ['KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH'],
      decision: '(Quyết định số 15/QĐ-UBND ngày 16/11/2026, hiệu lực từ ngày 17/11/2026 đến ngày 30/11/2026)',
    })
  })

  test('the head signs by title alone, and for a collective body with TM.', () => {
    expect(capacityLines({ capacity: 'head', title: 'Chủ tịch', name: 'A' })).toEqual({
      titles: ['CHỦ TỊCH'],
      decision: null,
    })
    expect(
      capacityLines({ capacity: 'TM', onBehalfOf: 'Ủy ban nhân dân', title: 'Chủ tịch', name: 'A' }).titles,
    ).toEqual(['TM. ỦY BAN NHÂN DÂN', 'CHỦ TỊCH'])
  })

  test('nobody signs by authorisation without a decision', async () => {
    const signer = { capacity: 'TUQ', onBehalfOf: 'Chủ tịch', title: 'Giám đốc', name: 'B' }
    await expect(
      renderApology({ ...apology, signer } as typeof apology, options('apology')),
    ).rejects.toThrow()
  })
})
