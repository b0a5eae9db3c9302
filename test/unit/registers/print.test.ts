import { v7 as uuid } from 'uuid'
import { dossierBook } from '../../../src/registers/books.ts'
import type { RegisterRow } from '../../../src/registers/dossiers.ts'
import { printBook } from '../../../src/registers/print.ts'
import { pagesOf } from '../letters/read-pdf.ts'

const row = (n: number): RegisterRow => ({
  id: uuid(),
  code: `T00.X01-261102-${String(n).padStart(4, '0')}`,
  procedure: { vi: 'Chấp thuận chủ trương đầu tư thuộc thẩm quyền của Chủ tịch Ủy ban nhân dân cấp tỉnh' },
  field: { vi: 'Đầu tư' },
  applicant: 'Nguyễn Phước Quỳnh Hoàng Anh',
  address: 'Số 911 đường Nguyễn Thị Minh Khai, Phường Tân Mẫu, Tỉnh mẫu',
  phone: '0977711911',
  agency: { vi: 'Sở Nông nghiệp và Môi trường' },
  received_at: new Date('2026-11-02T02:00:00Z'),
  due_at: new Date('2026-11-16T10:00:00Z'),
  finished_at: null,
  returned_at: null,
  state: 'processing',
  entry: n,
})

it('a sheet of the register holds 25 dossiers with long names and addresses, under its head at least 17', async () => {
  const rows = Array.from({ length: 80 }, (_, n) => row(n + 1))
  const whose = { agency: 'Ủy ban nhân dân phường Tân Mẫu', parentAgency: 'Tỉnh mẫu', place: 'Tân Mẫu' }
  const filter = { unitId: uuid(), from: '2026-11-01', to: '2026-11-30' }
  const book = dossierBook({ whose, printedOn: '2026-11-30', demo: true }, filter, 'Bộ phận Một cửa', rows)
  const pages = await pagesOf(await printBook(book))
  const held = pages.map(({ items }) => items.filter(({ text }) => /^T00\.X01-2611/.test(text)).length)
  expect(held.reduce((sum, n) => sum + n, 0)).toBe(80)
  expect(held[0]).toBeGreaterThanOrEqual(17)
  expect(held[1]).toBeGreaterThanOrEqual(25)
  expect(held[2]).toBeGreaterThanOrEqual(25)
})
