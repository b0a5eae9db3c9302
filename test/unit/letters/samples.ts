import { type FormKind, formFor } from '../../../src/letters/form-rules.ts'
import type { ApologyData } from '../../../src/letters/forms/apology.ts'
import type { BirthData } from '../../../src/letters/forms/birth.ts'
import type { ClosingData } from '../../../src/letters/forms/closing.ts'
import type { ComposedData } from '../../../src/letters/forms/composed.ts'
import type { ExplanationData } from '../../../src/letters/forms/explanation.ts'
import type { GrantData } from '../../../src/letters/forms/grant.ts'
import type { GroupData } from '../../../src/letters/forms/group.ts'
import { drawLetter, type LetterKind } from '../../../src/letters/forms/index.ts'
import type { PermitData } from '../../../src/letters/forms/permit.ts'
import type { ReceiptData } from '../../../src/letters/forms/receipt.ts'
import type { RefusalData } from '../../../src/letters/forms/refusal.ts'
import type { RefusalToGrantData } from '../../../src/letters/forms/refusal-to-grant.ts'
import type { StopData } from '../../../src/letters/forms/stop.ts'
import type { SupplementData } from '../../../src/letters/forms/supplement.ts'
import type { UploadedData } from '../../../src/letters/forms/uploaded.ts'
import { formatNumber } from '../../../src/letters/number.ts'
import type { RenderOptions } from '../../../src/letters/pdf.ts'

const agency = 'Ủy ban nhân dân xã Suối Mơ'
const centre = 'Trung tâm Phục vụ hành chính công xã Suối Mơ'
const head = (kind: FormKind, n: number, issuedOn: string) => ({
  parentAgency: 'Tỉnh mẫu (minh họa)',
  agency,
  number: formatNumber(kind, n, 'UBND'),
  place: 'Suối Mơ',
  issuedOn,
})
const counter = (kind: FormKind, n: number, issuedOn: string) => ({
  ...head(kind, n, issuedOn),
  parentAgency: agency,
  agency: centre,
  number: formatNumber(kind, n, 'TTPVHCC'),
})
const dossier = {
  code: '000.00.01.Z99-261102-0007',
  procedureCode: '1.013225',
  procedureName: 'Cấp giấy phép xây dựng mới (công trình cấp III, IV và nhà ở riêng lẻ)',
}
const applicant = {
  name: 'Nguyễn Thị Kiều Trượng Phước Uyển Nghi',
  identifier: '079190001234',
  address: 'Số 12/5 đường Huỳnh Văn Luỹ, ấp Rạch Bắp, xã Suối Mơ, Tỉnh mẫu (minh họa)',
  phone: '0909 000 123',
  email: 'kieu.nghi@vi-du.vn',
}
/** Somebody for whom the applicant filed. */
const holder = {
  name: 'Công ty TNHH Vĩnh Ký Ngọc Ẩn (minh họa)',
  identifier: '3702001234-001',
  address: 'Lô B2 đường Số 7, ấp Bưng Riềng, xã Suối Mơ, Tỉnh mẫu (minh họa)',
}
const deputy = {
  capacity: 'KT' as const,
  onBehalfOf: 'Chủ tịch',
  title: 'Phó Chủ tịch',
  name: 'Trần Quốc Thuận',
  decision: { number: '15/QĐ-UBND', issuedOn: '2026-11-16', validFrom: '2026-11-17', validTo: '2026-11-30' },
  signature: {
    signedAt: '2026-11-23T09:15:00+07:00',
    initialledBy: 'Lê Hoàng Ẩn',
    initialledAt: '2026-11-23T08:40:00+07:00',
    textSha256: 'ab'.repeat(32),
  },
}
const recipients = ['Như trên', centre, 'Lưu: VT, KTHT']
const proofText = [
  'Ngày nhận hồ sơ: thứ Ba, 10/11/2026 (không tính).',
  'Ngày 1: T4 11/11/2026; ngày 2: T5 12/11/2026; ngày 3: T6 13/11/2026.',
  'Bỏ qua T7 14/11/2026, CN 15/11/2026 (nghỉ hằng tuần).',
  'Ngày 4: T2 16/11/2026; … ngày 10: T3 24/11/2026 17:00.',
  'Tạm tính: ngày 24/11/2026 có thể là ngày nghỉ lễ, chưa có quyết định.',
]

export const receipt: ReceiptData = {
  head: counter('receipt', 7, '2026-11-10'),
  dossier,
  office: centre,
  applicant,
  agent: {
    name: 'Phạm Ngọc Bửu',
    identifier: '079085004321',
    address: 'Khu phố 3, phường Bến Gỗ, Tỉnh mẫu (minh họa)',
    phone: '0912 345 678',
    authorisation: 'lập ngày 30/10/2026, chứng thực số 118',
  },
  content: 'Cấp giấy phép xây dựng nhà ở riêng lẻ 02 tầng, diện tích sàn 186,4 m²',
  papers: [
    {
      name: 'Đơn đề nghị cấp giấy phép xây dựng (Mẫu số 1 Phụ lục II Nghị định 175/2024/NĐ-CP)',
      originals: 1,
    },
    { name: 'Giấy chứng nhận quyền sử dụng đất', copies: 1, note: 'Đã đối chiếu' },
    { name: 'Hồ sơ bản vẽ thiết kế xây dựng', originals: 2 },
  ],
  sets: 1,
  legalLimit: '10 ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ',
  committedLimit: { limit: '10 ngày làm việc', decision: 'Quyết định số 77/QĐ-UBND ngày 05/01/2026' },
  receivedAt: '2026-11-10T14:59:00+07:00',
  dueAt: '2026-11-24T17:00:00+07:00',
  resultAt: `${centre}, quầy số 2`,
  register: { book: '01/2026', entry: '0451' },
  receiver: { name: 'Vũ Thị Ngọc Ánh', substituteFor: 'Đỗ Văn Ký' },
  proofText,
  restart: {
    supplementNumber: formatNumber('supplement', 3, 'TTPVHCC'),
    supplementOn: '2026-11-05',
    previousDueAt: '2026-11-16T17:00:00+07:00',
  },
}

export const supplement: SupplementData = {
  head: counter('supplement', 3, '2026-11-05'),
  dossier,
  office: centre,
  applicant,
  content: 'Cấp giấy phép xây dựng nhà ở riêng lẻ 02 tầng',
  items: [
    {
      content: 'Bản vẽ mặt bằng định vị công trình trên lô đất',
      reason: 'Bản vẽ đã nộp thiếu khoảng lùi so với ranh giới phía Bắc',
      basis: 'Điều 55 Nghị định 175/2024/NĐ-CP',
    },
    {
      content: 'Cam kết bảo đảm an toàn đối với công trình liền kề',
      reason: 'Công trình xây dựng có công trình liền kề',
    },
  ],
  reason: 'Hồ sơ chưa đủ căn cứ để thẩm định.',
  round: '1 (thông báo bổ sung)',
  respondBy: '2026-12-05',
  contact: { name: 'bà Vũ Thị Ngọc Ánh', phone: '0274 000 0000' },
  guide: { name: 'Vũ Thị Ngọc Ánh' },
}

export const refusal: RefusalData = {
  head: counter('refusal', 2, '2026-11-03'),
  dossier,
  office: centre,
  applicant,
  content: 'Cấp giấy phép xây dựng nhà xưởng cấp II',
  reasons: [
    {
      reason: 'Công trình cấp II không thuộc thẩm quyền giải quyết của Ủy ban nhân dân cấp xã',
      basis: 'Điều 103 Luật Xây dựng',
    },
  ],
  receiver: { name: 'Vũ Thị Ngọc Ánh' },
}

export const apology: ApologyData = {
  head: head('apology', 5, '2026-11-23'),
  dossier,
  applicant,
  agency,
  receivedAt: '2026-11-10T14:59:00+07:00',
  dueAt: '2026-11-24T17:00:00+07:00',
  reason:
    'Cơ quan được lấy ý kiến chưa trả lời trong thời hạn 12 ngày; thời hạn này dài hơn thời gian giải quyết còn lại.',
  newDueAt: '2026-11-27T17:00:00+07:00',
  proofText: ['T3 24/11/2026 → T6 27/11/2026: gia hạn 3 ngày làm việc, không có ngày nghỉ xen giữa.'],
  signer: deputy,
  recipients,
}

export const closing: ClosingData = {
  head: head('closing', 1, '2027-01-06'),
  dossier,
  applicant,
  agency,
  supplement: { number: '03/PBS-TTPVHCC', issuedOn: '2026-11-05' },
  waitedUntil: '2027-01-05',
  basis: 'quy trình nội bộ ban hành kèm theo Quyết định số 77/QĐ-UBND ngày 05/01/2026',
  consequence: 'Hồ sơ giấy đã nộp được trả lại tại Trung tâm Phục vụ hành chính công xã Suối Mơ.',
  signer: {
    capacity: 'TUQ',
    onBehalfOf: 'Chủ tịch',
    title: 'Giám đốc Trung tâm Phục vụ hành chính công',
    name: 'Ngô Thị Ỷ Lan',
    decision: { number: '21/QĐ-UBND', issuedOn: '2026-01-02', validFrom: '2026-01-02', validTo: null },
  },
  recipients,
}

export const stop: StopData = {
  head: head('stop', 1, '2026-11-12'),
  dossier,
  applicant,
  agency,
  requestedAt: '2026-11-11T10:05:00+07:00',
  reason: 'Chủ đầu tư thay đổi quy mô công trình và sẽ nộp hồ sơ mới.',
  stoppedAt: '2026-11-12T08:30:00+07:00',
  signer: {
    capacity: 'TL',
    onBehalfOf: 'Chủ tịch',
    title: 'Trưởng phòng Kinh tế, Hạ tầng và Đô thị',
    name: 'Lê Hoàng Ẩn',
    decision: {
      number: '22/QĐ-UBND',
      issuedOn: '2026-01-02',
      validFrom: '2026-01-02',
      validTo: '2026-12-31',
    },
  },
  recipients,
}

export const explanation: ExplanationData = {
  head: head('explanation', 1, '2026-11-27'),
  dossier,
  applicant,
  agency,
  dueAt: '2026-11-24T17:00:00+07:00',
  apology: { number: '05/PXL-UBND', issuedOn: '2026-11-23', newDueAt: '2026-11-27T17:00:00+07:00' },
  reason: 'Ý kiến của cơ quan phối hợp nhận được có nội dung phản đối, phải làm rõ trước khi ký.',
  measures: 'Hồ sơ đang chờ lãnh đạo ký.',
  signer: { capacity: 'head', title: 'Chủ tịch', name: 'Hồ Đắc Vượng' },
  recipients,
}

export const permit: PermitData = {
  head: head('permit', 9, '2026-11-26'),
  dossier,
  applicant,
  holder,
  work: {
    name: 'Nhà ở riêng lẻ',
    grade: 'Công trình dân dụng, cấp III',
    design: 'Hồ sơ thiết kế ký hiệu KT-01 đến KT-12',
    location: 'Ấp Rạch Bắp, xã Suối Mơ, Tỉnh mẫu (minh họa)',
    plot: 'Thửa 215, tờ bản đồ số 18, diện tích 240,0 m²',
    landPapers: 'Giấy chứng nhận quyền sử dụng đất số CT 000123 ngày 12/6/2019',
  },
  specifications: [
    { label: 'Diện tích xây dựng tầng 1', value: '93,2 m²' },
    { label: 'Tổng diện tích sàn', value: '186,4 m²' },
    { label: 'Chiều cao công trình', value: '7,9 m; số tầng: 02' },
    { label: 'Chỉ giới xây dựng', value: 'lùi 6,0 m so với tim đường' },
  ],
  validity:
    'Giấy phép có hiệu lực khởi công trong thời hạn 12 tháng kể từ ngày cấp; quá thời hạn trên phải đề nghị gia hạn.',
  conditions: [
    'Xây dựng đúng nội dung giấy phép và hồ sơ thiết kế đã đóng dấu kèm theo.',
    'Thông báo ngày khởi công bằng văn bản trước 03 ngày làm việc.',
  ],
  signer: { capacity: 'TM', onBehalfOf: 'Ủy ban nhân dân', title: 'Chủ tịch', name: 'Hồ Đắc Vượng' },
  recipients: ['Chủ đầu tư', centre, 'Lưu: VT, KTHT'],
}

export const refusalToGrant: RefusalToGrantData = {
  head: head('refusalToGrant', 1, '2026-11-26'),
  dossier,
  applicant,
  agency,
  receivedAt: '2026-11-10T14:59:00+07:00',
  reasons: [
    { reason: 'Vị trí xây dựng thuộc hành lang bảo vệ bờ rạch', basis: 'Quy hoạch phân khu được duyệt' },
    { reason: 'Hồ sơ bổ sung lần hai vẫn thiếu bản vẽ móng' },
  ],
  signer: deputy,
  recipients,
}

export const grant: GrantData = {
  head: head('grant', 4, '2026-11-26'),
  dossier,
  applicant,
  holder,
  title: 'Giấy chứng nhận đủ điều kiện (mẫu minh họa)',
  sections: [
    { title: 'Nội dung chứng nhận', rows: [{ label: 'Địa điểm', value: 'Ấp Rạch Bắp, xã Suối Mơ' }] },
  ],
  signer: deputy,
  recipients,
}

export const birth: BirthData = {
  head: head('birth', 12, '2026-11-02'),
  dossier: { ...dossier, procedureCode: '1.001193', procedureName: 'Đăng ký khai sinh' },
  applicant,
  child: {
    name: 'Nguyễn Mẫu Ngọc Khánh Quỳnh',
    bornOn: '05/10/2026',
    bornOnInWords: 'ngày năm tháng mười năm hai nghìn không trăm hai mươi sáu',
    sex: 'Nữ',
    ethnicity: 'Khmer',
    nationality: 'Việt Nam',
    birthplace: 'Trạm y tế xã Suối Mơ, Tỉnh mẫu (minh họa)',
    hometown: 'Ấp Rạch Bắp, xã Suối Mơ',
  },
  personalNumber: '000326987654',
  mother: {
    name: 'Trần Thị Mẫu Hoa',
    born: '1996',
    ethnicity: 'Khmer',
    nationality: 'Việt Nam',
    residence: 'Ấp Rạch Bắp, xã Suối Mơ, Tỉnh mẫu (minh họa)',
  },
  father: { name: 'Nguyễn Văn Mẫu Nam', born: '1994', ethnicity: 'Kinh', residence: 'Phường Mẫu' },
  declarant: { name: 'Nguyễn Văn Mẫu Nam', identityNo: '000000000102', relation: 'Cha' },
  entry: { book: '01/2026', number: 37, on: '2026-11-02', place: agency },
  signer: deputy,
  recipients,
}

export const composed: ComposedData = {
  head: head('permit', 5, '2026-11-26'),
  dossier,
  applicant,
  book: 'permit',
  templateKey: 'house',
  title: 'Giấy phép xây dựng nhà ở riêng lẻ (mẫu minh họa)',
  blocks: [
    { type: 'heading', text: '1. Cấp cho' },
    {
      type: 'prose',
      text: `Ông/Bà ${applicant.name}, số định danh ${applicant.identifier}, ${applicant.address}, theo hồ sơ ${dossier.code}.`,
    },
    { type: 'rows', rows: [{ label: 'Tổng diện tích sàn', value: '182,5 m²' }] },
    {
      type: 'prose',
      text: 'Giấy phép số {{decision.number}} {{decision.issuedOn}}, {{decision.signer}} ký.',
    },
  ],
  signer: deputy,
  recipients,
}
export const uploaded: UploadedData = {
  head: head('permit', 6, '2026-11-26'),
  dossier,
  applicant,
  book: 'permit',
  title: 'Giấy phép xây dựng kèm bản vẽ',
  file: { sha256: 'ab'.repeat(32), size: 182_533, pages: 7 },
  signer: deputy,
  recipients,
}

export const group: GroupData = {
  head: counter('group', 7, '2026-11-26'),
  dossier,
  office: centre,
  applicant,
  receivedAt: '2026-11-23T08:30:00+07:00',
  parts: [
    {
      name: 'Đăng ký khai sinh',
      agency,
      code: '000.00.01.Z99-261123-0008',
      outcome: 'đã giải quyết, có kết quả',
      number: '03/GKS-UBND',
    },
    {
      name: 'Đăng ký thường trú',
      agency: 'Công an xã Suối Mơ',
      outcome: 'không thực hiện vì thủ tục trước không có kết quả',
    },
  ],
  receiver: { name: 'Lê Thị Một Cửa', substituteFor: 'Ngô Văn Vắng' },
}

export const lookupUrl = 'https://mot-cua.vi-du.vn/tra-cuu/000.00.01.Z99-261102-0007'
export const samples = {
  receipt,
  supplement,
  refusal,
  apology,
  closing,
  stop,
  explanation,
  permit,
  grant,
  refusalToGrant,
  birth,
  group,
  composed,
  uploaded,
} as const

/** A result from a template or made elsewhere follows the rule of its book. */
const ruleOf = (kind: LetterKind): FormKind =>
  kind === 'composed' || kind === 'uploaded' ? samples[kind].book : kind

/** Options of a final letter of today's forms, unless said otherwise. */
export const options = (
  kind: LetterKind,
  dates = { receivedOn: '2026-11-02', issuedOn: '2026-11-23' },
  more: Partial<RenderOptions> = {},
): RenderOptions => ({
  rule: formFor(ruleOf(kind), dates),
  status: 'unsigned-electronic',
  lookupUrl,
  ...more,
})

export const renderSample = (kind: LetterKind, o: RenderOptions = options(kind)) =>
  drawLetter(kind, samples[kind], o)
