import type { Locale } from '../access/post.ts'
import { csvOf } from '../registers/csv.ts'
import { COLUMNS, type Kind } from './columns.ts'

/** Made up, and named so; a province of its own, so that the rows can be tried anywhere. */
const ROWS: Record<Kind, Record<string, string>[]> = {
  agencies: [
    {
      code: 'M00.P01',
      name: 'Ủy ban nhân dân Tỉnh ví dụ (mẫu)',
      nameEn: 'People’s Committee of Example Province (sample)',
      kind: 'Tỉnh',
      address: 'Số 1 đường Ví Dụ',
      phone: '0000 000 001',
      hours: 'T2-T6 07:30-11:30, 13:00-17:00',
    },
    { code: 'M00.P01.VP', name: 'Văn phòng UBND (mẫu)', kind: 'Chuyên môn', parent: 'M00.P01' },
    { code: 'M00.X01', name: 'Ủy ban nhân dân xã Ví Dụ (mẫu)', kind: 'Xã', parent: 'M00.P01' },
    {
      code: 'M00.X01.MC',
      name: 'Bộ phận Tiếp nhận và Trả kết quả (mẫu)',
      nameEn: 'One-stop shop (sample)',
      kind: 'Một cửa',
      parent: 'M00.X01',
    },
    { code: 'M00.X01.KT', name: 'Phòng Kinh tế (mẫu)', kind: 'Chuyên môn', parent: 'M00.X01' },
    { code: 'M00.X01.LD', name: 'Lãnh đạo (mẫu)', kind: 'Lãnh đạo', parent: 'M00.X01' },
    { code: 'M00.X01.VT', name: 'Văn thư (mẫu)', kind: 'Văn thư', parent: 'M00.X01' },
  ],
  people: [
    {
      login: 'mau.an.x01',
      name: 'Nguyễn Thị Mẫu An',
      email: 'an@example.invalid',
      identityNo: '000000000101',
      unit: 'M00.X01.MC',
      role: 'Một cửa',
      title: 'Công chức Một cửa',
    },
    {
      login: 'mau.binh.x01',
      name: 'Trần Văn Mẫu Bình',
      unit: 'M00.X01.KT',
      role: 'Chuyên viên',
      title: 'Chuyên viên',
    },
    {
      login: 'mau.chi.x01',
      name: 'Lê Thị Mẫu Chi',
      unit: 'M00.X01.LD',
      role: 'Lãnh đạo cơ quan',
      title: 'Phó Chủ tịch',
      capacity: 'KT',
      onBehalfOf: 'CHỦ TỊCH',
      signTitle: 'PHÓ CHỦ TỊCH',
      decision: '00/QĐ-UBND (mẫu)',
      decisionDay: '01/07/2025',
    },
  ],
}

/** A file that can be filled in: the headings of the kind and a few rows of a made-up province. */
export const sampleCsv = (kind: Kind, locale: Locale): Buffer =>
  csvOf(
    COLUMNS[kind].map(({ label }) => label[locale]),
    ROWS[kind].map((row) => COLUMNS[kind].map(({ key }) => row[key] ?? '')),
  )
