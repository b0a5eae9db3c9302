import { formFor } from '../../../src/letters/form-rules.ts'
import { drawLetter } from '../../../src/letters/forms/index.ts'
import { dossierBook } from '../../../src/registers/books.ts'
import type { RegisterRow } from '../../../src/registers/dossiers.ts'
import { printBook } from '../../../src/registers/print.ts'
import { pagesOf, squeeze, textOf } from './read-pdf.ts'
import { options, receipt, samples } from './samples.ts'

/** What each form prints, in its order: the fields of QĐ 3621/QĐ-BYT, BM.01–BM.06, and of TT 03/2025 for the stop notice. */
const FIELDS = {
  receipt: [
    'Số:',
    'Mã hồ sơ',
    'Bộ phận tiếp nhận',
    'Tiếp nhận hồ sơ của',
    'Số định danh cá nhân/tổ chức',
    'Địa chỉ',
    'Số điện thoại',
    'Email',
    'Người được ủy quyền',
    'Số định danh cá nhân/tổ chức',
    'Địa chỉ',
    'Số điện thoại',
    'Email',
    'Giấy ủy quyền',
    'Nội dung yêu cầu giải quyết',
    'Thành phần hồ sơ nộp gồm',
    'Số lượng hồ sơ',
    'Thời gian giải quyết hồ sơ theo quy định',
    'Thời gian nhận hồ sơ',
    'Thời gian trả kết quả giải quyết hồ sơ',
    'Đăng ký nhận kết quả tại',
    'Vào Sổ theo dõi hồ sơ',
    'NGƯỜI NỘP HỒ SƠ',
    'NGƯỜI TIẾP NHẬN HỒ SƠ',
  ],
  supplement: [
    'Số:',
    'Hồ sơ của',
    'Nội dung yêu cầu giải quyết',
    'Địa chỉ',
    'Số điện thoại',
    'Email',
    'Nội dung cần bổ sung, hoàn thiện',
    'Lý do',
    'liên hệ với',
    'số điện thoại',
    'NGƯỜI HƯỚNG DẪN',
  ],
  refusal: [
    'Số:',
    'tiếp nhận hồ sơ của',
    'Số định danh cá nhân/tổ chức',
    'Địa chỉ',
    'Số điện thoại',
    'Email',
    'Mã hồ sơ (nếu có)',
    'Nội dung yêu cầu giải quyết',
    'Lý do',
    'NGƯỜI NỘP HỒ SƠ',
    'NGƯỜI TIẾP NHẬN HỒ SƠ',
  ],
  apology: [
    'Số:',
    'Kính gửi',
    'Ngày 10 tháng 11 năm 2026',
    'Ủy ban nhân dân xã Suối Mơ',
    'thực hiện thủ tục hành chính',
    'Số định danh cá nhân/tổ chức',
    'Mã hồ sơ',
    'Thời gian hẹn trả kết quả',
    'Lý do',
    'xin lỗi',
    'trả kết quả giải quyết hồ sơ vào thời gian sau',
    'CHỦ TỊCH',
  ],
  stop: [
    'Số:',
    'Kính gửi',
    'đề nghị dừng giải quyết hồ sơ',
    'Mã hồ sơ',
    'Lý do đề nghị dừng',
    'chưa có quyết định hoặc thông báo kết quả',
    'dừng giải quyết hồ sơ từ',
    'Nơi nhận',
  ],
  register: [
    'Số: 01/STD-',
    'STT',
    'Mã hồ sơ',
    'Tên thủ tục hành chính',
    'Tổ chức, cá nhân',
    'Địa chỉ, số điện thoại',
    'Cơ quan chủ trì',
    'Ngày nhận',
    'Ngày hẹn trả',
    'Ngày trả',
    'Phương thức nhận kết quả',
    'Ký nhận',
  ],
} as const
type Kind = keyof typeof FIELDS

const TT01 = 'Thông tư số 01/2018/TT-VPCP'
const TT03 = 'Thông tư số 03/2025/TT-VPCP'
type Row = {
  name: string
  receivedOn: string
  issuedOn: string
  circular: string
  numbers: Partial<Record<Kind, string>>
}
const old = { receipt: '01', supplement: '02', refusal: '03', apology: '04', register: '06' }
const now = { receipt: '01', supplement: '02', refusal: '03', apology: '04', stop: '05', register: '07' }
/** The rows of validity (rules 8), each met by a pair of days within it. */
const ROWS: Row[] = [
  {
    name: 'before July 2025',
    receivedOn: '2024-11-02',
    issuedOn: '2024-11-20',
    circular: TT01,
    numbers: old,
  },
  { name: 'carried over', receivedOn: '2025-06-30', issuedOn: '2025-09-20', circular: TT01, numbers: old },
  { name: 'the gap', receivedOn: '2025-07-01', issuedOn: '2025-09-14', circular: TT01, numbers: old },
  {
    name: 'answered after the gap',
    receivedOn: '2025-09-14',
    issuedOn: '2025-09-15',
    circular: TT03,
    numbers: now,
  },
  {
    name: 'since 15 September 2025',
    receivedOn: '2026-11-02',
    issuedOn: '2026-11-23',
    circular: TT03,
    numbers: now,
  },
]

/** The fields that are missing, or stand before one that should come first. */
function missing(page: string, fields: readonly string[]): string[] {
  let from = 0
  return fields.filter((field) => {
    const at = page.indexOf(squeeze(field), from)
    if (at >= 0) from = at + squeeze(field).length
    return at < 0
  })
}

const book = ({ receivedOn, issuedOn }: Pick<Row, 'receivedOn' | 'issuedOn'>) =>
  printBook(
    dossierBook(
      {
        whose: { agency: 'Ủy ban nhân dân xã Suối Mơ', parentAgency: 'Tỉnh mẫu', place: 'Suối Mơ' },
        printedOn: issuedOn,
        demo: false,
      },
      { unitId: '', from: receivedOn, to: issuedOn },
      'Trung tâm Phục vụ hành chính công xã Suối Mơ',
      [] as RegisterRow[],
    ),
  )

const drawn = (kind: Kind, row: Row): Promise<Buffer> =>
  kind === 'register'
    ? book(row)
    : drawLetter(
        kind,
        kind === 'receipt' ? { ...receipt, restart: undefined } : samples[kind],
        options(kind, row),
      )

describe.each(ROWS)('the forms of $name', (row) => {
  test.each(Object.keys(FIELDS) as Kind[])('%s prints every field of its list, in order', async (kind) => {
    const pdf = await drawn(kind, row)
    const page = await textOf(pdf)
    expect(missing(page, FIELDS[kind])).toEqual([])
    // A register is the book of many dossiers: its form is that of its last day.
    const { number, circular } =
      kind === 'register' && row.issuedOn >= '2025-09-15'
        ? { number: '07', circular: TT03 }
        : { number: row.numbers[kind], circular: row.circular }
    if (number) expect(page).toContain(squeeze(`Mẫu số ${number} (${circular})`))
    else expect(page).not.toContain(squeeze('Mẫu số'))
  })

  test('are A5 by TT 01/2018 but for the register, and A4 by TT 03/2025', async () => {
    for (const kind of ['receipt', 'supplement', 'refusal', 'apology'] as const) {
      const [first] = await pagesOf(await drawn(kind, row))
      expect([kind, Math.round(first!.width)]).toEqual([kind, row.circular === TT01 ? 420 : 595])
    }
    expect(Math.round((await pagesOf(await book(row)))[0]!.width)).toBe(842)
  })
})

describe('the gap from 1 July to 14 September 2025', () => {
  test('is said on every letter of it', async () => {
    const gap = ROWS[2]!
    for (const kind of ['receipt', 'supplement', 'refusal', 'apology'] as const)
      expect(await textOf(await drawn(kind, gap))).toContain(
        squeeze('Từ 01/7/2025 đến 14/9/2025 Nghị định số 61/2018/NĐ-CP đã hết hiệu lực'),
      )
    expect(await textOf(await book(gap))).toContain(squeeze('Từ 01/7/2025 đến 14/9/2025'))
  })
})

describe('the forms of the police', () => {
  test.each([
    ['receipt', 'CT04', 'PHIẾU TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ'],
    ['refusal', 'CT06', 'PHIẾU TỪ CHỐI TIẾP NHẬN, GIẢI QUYẾT HỒ SƠ'],
  ] as const)('%s is %s, with the same fields', async (kind, number, title) => {
    const rule = formFor(kind, { receivedOn: '2026-11-02', issuedOn: '2026-11-23' }, 'residence')
    const page = await textOf(await drawLetter(kind, samples[kind], { ...options(kind), rule }))
    expect(missing(page, FIELDS[kind])).toEqual([])
    expect(page).toContain(squeeze(`Mẫu số ${number}`))
    expect(page).toContain(squeeze(title))
  })
})

test('a field taken out of its place is noticed', () => {
  expect(missing('MộtHaiBa', ['Một', 'Ba', 'Hai'])).toEqual(['Hai'])
})
