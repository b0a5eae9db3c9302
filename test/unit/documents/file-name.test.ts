import fc from 'fast-check'
import { cleanFileName, contentDisposition } from '../../../src/documents/file-name.ts'

describe('the name of an uploaded file', () => {
  test.each([
    ['../../etc/passwd', 'passwd'],
    ['..\\..\\windows\\system32\\cmd.exe', 'cmd.exe'],
    ['/absolute/Đơn đề nghị.pdf', 'Đơn đề nghị.pdf'],
    ['C:\\Users\\An\\Bản vẽ.pdf', 'Bản vẽ.pdf'],
    ['ảnh\u202egpj.exe', 'ảnhgpj.exe'],
    ['a\u0000b\u001b[31m\r\nc.pdf', 'ab[31mc.pdf'],
    ['zero\u200bwidth\ufeff.pdf', 'zerowidth.pdf'],
    ['  nhiều \t  khoảng   trắng .pdf ', 'nhiều khoảng trắng .pdf'],
    ['.htaccess', 'htaccess'],
    ['..', 'khong-ten'],
    ['', 'khong-ten'],
    ['\u202e\u0000', 'khong-ten'],
  ])('%j is shown as %j', (raw, shown) => {
    expect(cleanFileName(raw)).toBe(shown)
  })

  test('letters typed as base and mark are shown as one letter', () => {
    expect(cleanFileName('Đơn đề nghị.pdf'.normalize('NFD'))).toBe('Đơn đề nghị.pdf')
  })

  test('a name of 5,000 letters keeps its first 196 letters and its ending', () => {
    expect(cleanFileName(`${'ư'.repeat(5000)}.pdf`)).toBe(`${'ư'.repeat(196)}.pdf`)
  })

  test('whatever the name was, the shown one has no folder, no invisible letter and at most 200 letters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (raw) => {
        const shown = cleanFileName(raw)
        expect(shown).not.toMatch(/[/\\\p{Cc}\p{Cf}]/u)
        expect(shown.isWellFormed()).toBe(true)
        expect([...shown].length).toBeLessThanOrEqual(200)
        expect(shown).not.toBe('')
        expect(cleanFileName(shown)).toBe(shown)
      }),
    )
  })

  test('the download header carries the Vietnamese name and cannot be broken out of', () => {
    expect(contentDisposition('attachment', `Đơn "xin"; x=1.pdf`)).toBe(
      `attachment; filename="__n _xin_; x=1.pdf"; filename*=UTF-8''%C4%90%C6%A1n%20%22xin%22%3B%20x%3D1.pdf`,
    )
  })
})
