import type { Column } from '../../intake/columns.ts'

export const KINDS = ['rows', 'steps'] as const
export type Kind = (typeof KINDS)[number]

const column = (
  key: string,
  [vi, en]: [string, string],
  [helpVi, helpEn]: [string, string],
  { required = false, max = 300 } = {},
): Column => ({ key, label: { vi, en }, help: { vi: helpVi, en: helpEn }, required, max })

const must = { required: true }
const none: [string, string] = ['Không bắt buộc.', 'Optional.']
const money: [string, string] = [
  'Số tiền, đồng; để trống nếu không thu.',
  'In VND; empty where nothing is due.',
]

/** What a file of rows of the catalogue, and one of step tables, may hold. */
export const COLUMNS: Record<Kind, readonly Column[]> = {
  rows: [
    column('code', ['Mã thủ tục', 'Code'], ['Như 1.013225.', 'As 1.013225.'], { ...must, max: 20 }),
    column('name', ['Tên thủ tục', 'Name'], ['Tên đầy đủ bằng tiếng Việt.', 'The full name in Vietnamese.'], {
      ...must,
      max: 1000,
    }),
    column('nameEn', ['Tên tiếng Anh', 'Name in English'], none, { max: 1000 }),
    column('field', ['Lĩnh vực', 'Field'], ['Như trong danh mục.', 'As in the catalogue.'], must),
    column('level', ['Cấp thực hiện', 'Level'], ['Tỉnh, Sở hoặc Xã.', 'province, department or commune.'], {
      ...must,
      max: 20,
    }),
    column('agency', ['Cơ quan thực hiện', 'Agency'], ['Như trong danh mục.', 'As in the catalogue.'], must),
    column(
      'unit',
      ['Mã đơn vị thụ lý', 'Unit code'],
      [
        'Mã đơn vị (T00.S03.CM), hoặc place.KT cho phòng của xã nơi có hồ sơ.',
        'The unit (T00.S03.CM), or place.KT for that of the commune concerned.',
      ],
      { max: 60 },
    ),
    column(
      'decision',
      ['Quyết định công bố', 'Decision'],
      ['Số quyết định công bố thủ tục.', 'Number of the decision that announces it.'],
      { max: 200 },
    ),
    column(
      'source',
      ['Nguồn', 'Source'],
      ['Địa chỉ trang (https://…).', 'Address of the page (https://…).'],
      { max: 500 },
    ),
    column(
      'verified',
      ['Đã đối chiếu', 'Verified'],
      ['có hoặc không; để trống là không.', 'yes or no; empty is no.'],
      { max: 10 },
    ),
    column(
      'onlineLevel',
      ['Mức độ trực tuyến', 'Online level'],
      ['toàn trình, một phần hoặc cung cấp thông tin.', 'full, partial or information.'],
      { max: 40 },
    ),
    column(
      'eligible',
      ['Đủ điều kiện trực tuyến', 'Eligible for online service'],
      ['có hoặc không.', 'yes or no.'],
      { max: 10 },
    ),
    column(
      'limit',
      ['Thời hạn', 'Limit'],
      ['Con số; để trống nếu văn bản không ghi.', 'The figure; empty where the text gives none.'],
      { max: 20 },
    ),
    column(
      'limitUnit',
      ['Đơn vị thời hạn', 'Unit of the limit'],
      [
        'ngày làm việc, ngày, giờ làm việc, trong ngày hoặc tháng.',
        'working day, day, working hour, same day or month.',
      ],
      { max: 40 },
    ),
    column('limitText', ['Thời hạn theo văn bản', 'Limit in words'], ['Nguyên văn.', 'As the text has it.'], {
      max: 500,
    }),
    column(
      'papers',
      ['Thành phần hồ sơ', 'Papers'],
      [
        'Cách nhau bằng dấu |. Sau tên có thể ghi [2 chính, 1 sao, nếu có, xuất trình, dữ liệu]; không ghi là một bản chính, phải nộp.',
        'Separated by |. Behind a name: [2 originals, 1 copy, if any, shown, data]; without it one original, required.',
      ],
      { max: 12_000 },
    ),
    column('feeOnline', ['Phí trực tuyến', 'Fee online'], money, { max: 20 }),
    column('feeDirect', ['Phí trực tiếp', 'Fee at the counter'], money, { max: 20 }),
    column('feePostal', ['Phí qua bưu chính', 'Fee by post'], money, { max: 20 }),
    column('feeText', ['Phí theo văn bản', 'Fee in words'], ['Nguyên văn.', 'As the text has it.'], {
      max: 1000,
    }),
    column('results', ['Kết quả', 'Results'], ['Cách nhau bằng dấu |.', 'Separated by |.'], { max: 3000 }),
    column(
      'lastDossierOn',
      ['Hồ sơ gần nhất', 'Latest dossier'],
      [
        'Ngày theo hệ thống cũ, dạng 31/12/2024; để trống nếu không rõ.',
        'Day by the older system, as 31/12/2024; empty if unknown.',
      ],
      { max: 10 },
    ),
  ],
  steps: [
    column(
      'code',
      ['Mã thủ tục', 'Code'],
      ['Thủ tục phải có trong danh mục.', 'It must be in the catalogue.'],
      { ...must, max: 20 },
    ),
    column('number', ['Bước', 'Step'], ['1, 2, 3… theo thứ tự.', '1, 2, 3… in order.'], { ...must, max: 6 }),
    column(
      'role',
      ['Người thực hiện', 'Who'],
      [
        'Một cửa, Chuyên viên, Lãnh đạo phòng, Lãnh đạo cơ quan, Văn thư, Cơ quan phối hợp, Cơ quan thuế, Người nộp.',
        'clerk, officer, unit-head, leader, clerical, consulted, tax, applicant.',
      ],
      { ...must, max: 40 },
    ),
    column(
      'action',
      ['Nội dung công việc', 'What is done'],
      ['Nguyên văn bảng bước.', 'As the table has it.'],
      { ...must, max: 1000 },
    ),
    column(
      'hours',
      ['Thời gian (giờ làm việc)', 'Working hours'],
      ['0,5 ngày ghi là 4; để trống nếu không tính.', 'Half a day is 4; empty where it does not count.'],
      { max: 10 },
    ),
    column(
      'bodies',
      ['Mã đơn vị được hỏi', 'Units asked'],
      ['Chỉ cho cơ quan phối hợp; cách nhau bằng dấu |.', 'Of a consultation only; separated by |.'],
      { max: 500 },
    ),
    column('forms', ['Biểu mẫu', 'Forms'], none, { max: 300 }),
  ],
}
