import type { CatalogueRow, CatalogueStep, StepRole } from '../../../../src/studio/catalogue/entry.ts'

/** A made-up row of the catalogue. */
export const row = (changes: Partial<CatalogueRow> = {}): CatalogueRow => ({
  code: '9.000321',
  name: { vi: 'Cấp giấy xác nhận <mẫu> & thử' },
  field: 'Thử nghiệm',
  level: 'commune',
  agency: 'Ủy ban nhân dân cấp xã',
  unit: 'place.KT',
  decision: '00/QĐ-MẪU',
  source: null,
  verified: false,
  onlineLevel: 'full',
  eligible: true,
  limit: { value: 7, unit: 'working-day' },
  limitText: '7 ngày làm việc',
  papers: [
    paper('Đơn đề nghị'),
    paper('Giấy chứng nhận đã cấp', { reusableData: true }),
    paper('Văn bản ủy quyền', { optional: true }),
    paper('Văn bản ủy quyền (nếu có)', { optional: true }),
    paper('Căn cước', { presentOnly: true }),
  ],
  fees: {},
  feeText: '',
  results: ['Giấy xác nhận'],
  sample: true,
  places: ['T00.X01', 'T00.X02'],
  asOf: '2026-11-22',
  ...changes,
})

const paper = (name: string, changes: Partial<CatalogueRow['papers'][number]> = {}) => ({
  name,
  original: 1,
  copies: 0,
  optional: false,
  presentOnly: false,
  reusableData: false,
  ...changes,
})

/** A step table: role, hours, and the units asked of a consultation. */
export const table = (
  ...rows: [role: StepRole, hours: number | null, bodies?: string[]][]
): CatalogueStep[] =>
  rows.map(([role, hours, bodies = []], n) => ({
    number: n + 1,
    role,
    action: `việc ${n + 1} & "thử"`,
    hours,
    forms: '',
    bodies,
  }))
