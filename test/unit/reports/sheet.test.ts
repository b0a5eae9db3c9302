import { exportMark } from '../../../src/access/export-mark.ts'
import { markedCsv, xlsxOf } from '../../../src/reports/sheet.ts'
import { unzip } from '../../support/unzip.ts'

const FORMULA = '=HYPERLINK("http://x.vn";"bấm vào đây")'
const MARK = 'Kết xuất bởi Nguyễn Văn Kiểm'
const sheet = { name: 'Hồ sơ trễ', head: ['Mã', 'Nguyên nhân', 'Phút'], rows: [['X01-1', FORMULA, 670]] }

it('in a spreadsheet what begins like a formula stays text, figures stay figures, and the mark stands beneath', async () => {
  const files = unzip(await xlsxOf([sheet], MARK))
  const page = files.get('xl/worksheets/sheet1.xml')!
  expect(page).not.toContain('<f>')
  expect(page).toMatch(/<v>670<\/v>/)
  const all = [...files.values()].join('')
  expect(all).toContain('=HYPERLINK(')
  expect(all).toContain(MARK)
})

it('a CSV begins with its mark of UTF-8, leads formulas by an apostrophe, and ends with who took it', () => {
  const text = markedCsv(sheet, MARK).toString('utf8')
  expect(text.startsWith('\uFEFF"Mã"')).toBe(true)
  expect(text).toContain(`"'=HYPERLINK(""http`)
  expect(text.trimEnd().endsWith(`"${MARK}"`)).toBe(true)
})

it('the mark names the person, the inspection decision and the time', () => {
  const inspections = [
    {
      id: '1',
      number: '12/QĐ-TTr',
      decidedOn: '2026-11-02',
      agencyIds: [],
      procedureCodes: [],
      filedFrom: '2026-11-01',
      filedTo: '2026-11-30',
      validTo: '2026-12-31',
    },
  ]
  expect(exportMark({ name: 'Trần Thanh', inspections }, new Date('2026-11-12T03:00:00Z'))).toBe(
    'Kết xuất bởi Trần Thanh, theo Quyết định thanh tra số 12/QĐ-TTr ngày T2 02/11/2026, lúc T5 12/11/2026 10:00',
  )
})
