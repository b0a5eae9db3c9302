import type { Words } from '../http/problem.ts'

/** A column of an import: `key` and both labels are accepted as its heading, whatever the accents and capitals. */
export type Column = {
  key: string
  label: Words
  /** What is to be written there. */
  help: Words
  required: boolean
  /** Most characters of a cell. */
  max: number
}
export type Kind = 'agencies' | 'people'
export const KINDS = ['agencies', 'people'] as const

const column = (
  key: string,
  vi: string,
  en: string,
  helpVi: string,
  helpEn: string,
  { required = false, max = 200 } = {},
) => ({ key, label: { vi, en }, help: { vi: helpVi, en: helpEn }, required, max })

const must = { required: true }
const DAY = 'Dạng 31/12/2026 hoặc 2026-12-31.'
const DAY_EN = 'As 31/12/2026 or 2026-12-31.'

export const COLUMNS = {
  agencies: [
    column(
      'code',
      'Mã',
      'Code',
      'Mã định danh của cơ quan; bộ phận thì là mã cơ quan, dấu chấm, rồi mã riêng (T00.X90.MC).',
      'The agency’s identification code; for a unit the agency’s code, a dot, and its own (T00.X90.MC).',
      { ...must, max: 60 },
    ),
    column('name', 'Tên', 'Name', 'Tên đầy đủ bằng tiếng Việt.', 'The full name in Vietnamese.', must),
    column('nameEn', 'Tên tiếng Anh', 'Name in English', 'Không bắt buộc.', 'Optional.'),
    column(
      'kind',
      'Loại',
      'Kind',
      'Cơ quan: Tỉnh, Sở, Ngành dọc, Xã. Bộ phận: Một cửa, Chuyên môn, Lãnh đạo, Văn thư.',
      'Agency: province, department, vertical, commune. Unit: one-stop, specialist, leadership, clerical.',
      { ...must, max: 40 },
    ),
    column(
      'parent',
      'Thuộc',
      'Belongs to',
      'Mã cơ quan cấp trên; với bộ phận, mã cơ quan của nó. Dòng đó đứng trước hay sau đều được.',
      'The code of the agency above; for a unit, of its agency. That row may stand before or after.',
      { max: 60 },
    ),
    column('address', 'Địa chỉ', 'Address', 'Không bắt buộc.', 'Optional.', { max: 300 }),
    column(
      'phone',
      'Điện thoại',
      'Telephone',
      'Bắt đầu bằng số, không bằng dấu +.',
      'Begins with a digit, not with +.',
      {
        max: 40,
      },
    ),
    column(
      'hours',
      'Giờ làm việc',
      'Working hours',
      'T2-T6 07:30-11:30, 13:00-17:00 | T7 07:30-11:30. Để trống: như cơ quan cấp trên.',
      'T2-T6 07:30-11:30, 13:00-17:00 | T7 07:30-11:30 (T2 is Monday, CN Sunday). Empty: as the agency above.',
    ),
    column(
      'hoursSource',
      'Căn cứ giờ làm việc',
      'Source of the hours',
      'Số quyết định; để trống thì giờ làm việc được ghi là chưa đối chiếu.',
      'The decision’s number; without it the hours are marked unverified.',
    ),
    column('validFrom', 'Từ ngày', 'From', `${DAY} Để trống: hôm nay.`, `${DAY_EN} Empty: today.`, {
      max: 10,
    }),
  ],
  people: [
    column(
      'login',
      'Tên đăng nhập',
      'Login',
      'Chữ thường không dấu, số, dấu chấm, gạch nối. Người có nhiều chức vụ: mỗi chức vụ một dòng, cùng tên đăng nhập.',
      'Plain small letters, digits, dots, hyphens. Somebody with several posts: a row for each, with the same login.',
      { ...must, max: 60 },
    ),
    column('name', 'Họ tên', 'Name', 'Họ và tên đầy đủ.', 'The full name.', must),
    column('email', 'Thư điện tử', 'E-mail', 'Không bắt buộc.', 'Optional.'),
    column(
      'phone',
      'Điện thoại',
      'Telephone',
      'Bắt đầu bằng số, không bằng dấu +.',
      'Begins with a digit, not with +.',
      {
        max: 40,
      },
    ),
    column(
      'identityNo',
      'Số định danh',
      'Identity number',
      '12 chữ số; cần khi đăng nhập một lần (SSO) nhận người theo số này. Định dạng cột là Văn bản để không mất số 0.',
      '12 digits; needed when single sign-on knows people by it. Format the column as text to keep leading zeros.',
      { max: 20 },
    ),
    column(
      'unit',
      'Mã bộ phận',
      'Unit code',
      'Bộ phận phải có trước: nhập tệp cơ quan trước.',
      'The unit must be there: import the agencies first.',
      {
        ...must,
        max: 60,
      },
    ),
    column(
      'role',
      'Vai trò',
      'Role',
      'Một cửa, Trưởng một cửa, Chuyên viên, Lãnh đạo phòng, Lãnh đạo cơ quan, Văn thư, Kiểm soát thủ tục, Thanh tra, Phân tích, Quản trị.',
      'clerk, one-stop-head, officer, unit-head, leader, clerical, control, auditor, analyst, admin.',
      { ...must, max: 40 },
    ),
    column(
      'title',
      'Chức danh',
      'Title',
      'Như trên văn bản: Chuyên viên, Phó Chủ tịch.',
      'As on letters, in Vietnamese.',
      must,
    ),
    column('titleEn', 'Chức danh tiếng Anh', 'Title in English', 'Không bắt buộc.', 'Optional.'),
    column('validFrom', 'Từ ngày', 'From', `${DAY} Để trống: hôm nay.`, `${DAY_EN} Empty: today.`, {
      max: 10,
    }),
    column('validTo', 'Đến hết ngày', 'To', `${DAY} Không bắt buộc.`, `${DAY_EN} Optional.`, { max: 10 }),
    column(
      'capacity',
      'Ký thay',
      'Signs as',
      'KT, TL hoặc TUQ cho người ký thay; để trống cho người ký với chức danh của mình.',
      'KT, TL or TUQ for who signs in another’s place; empty for who signs as themselves.',
      { max: 4 },
    ),
    column(
      'onBehalfOf',
      'Ký thay ai',
      'On behalf of',
      'Viết như trên văn bản: CHỦ TỊCH.',
      'As on letters: CHỦ TỊCH.',
    ),
    column(
      'signTitle',
      'Chức danh dưới chữ ký',
      'Title under the signature',
      'PHÓ CHỦ TỊCH.',
      'PHÓ CHỦ TỊCH.',
    ),
    column('decision', 'Quyết định số', 'Decision number', 'Văn bản cho ký thay.', 'What lets them sign.', {
      max: 100,
    }),
    column(
      'decisionDay',
      'Ngày quyết định',
      'Day of the decision',
      `${DAY} Có hiệu lực từ ngày này.`,
      `${DAY_EN} In force from that day.`,
      { max: 10 },
    ),
  ],
} as const satisfies Record<Kind, readonly Column[]>
