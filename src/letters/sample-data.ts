import type { WordedKind } from './wordings.ts'

/** A made-up dossier, for an administrator to see a letter's words in their place. Never issued: it is crossed by "MẪU". */
const agency = 'Ủy ban nhân dân xã Mẫu'
const office = 'Trung tâm Phục vụ hành chính công xã Mẫu'
const base = {
  head: { parentAgency: 'Tỉnh mẫu (minh họa)', agency, number: null, place: 'Mẫu', issuedOn: null },
  dossier: {
    code: '000.00.00.Z99-260102-0001',
    procedureCode: '0.000000',
    procedureName: 'Tên thủ tục hành chính (dữ liệu mẫu)',
  },
  applicant: {
    name: 'Nguyễn Văn Mẫu',
    identifier: '000000000000',
    address: 'Số 1, ấp Mẫu, xã Mẫu',
    phone: '0900 000 000',
    email: 'mau@vi-du.vn',
  },
}
const counter = {
  ...base,
  head: { ...base.head, parentAgency: agency, agency: office },
  office,
  content: 'Nội dung yêu cầu giải quyết (dữ liệu mẫu)',
}
const signed = {
  ...base,
  agency,
  signer: { capacity: 'head', title: 'Chủ tịch', name: 'Trần Thị Mẫu' },
  recipients: ['Như trên', office, 'Lưu: VT'],
}
const reasons = [{ reason: 'Lý do thứ nhất (dữ liệu mẫu)', basis: 'Điều 1' }]
const [received, due, later] = [
  '2026-01-05T09:10:00+07:00',
  '2026-01-19T17:00:00+07:00',
  '2026-01-22T17:00:00+07:00',
]

export const sampleData: Record<WordedKind, Record<string, unknown>> = {
  supplement: {
    ...counter,
    items: [{ content: 'Giấy tờ còn thiếu (dữ liệu mẫu)', reason: 'Chưa nộp', basis: 'Điều 1' }],
    contact: { name: 'Lê Văn Mẫu', phone: '0274 000 0000' },
    guide: { name: 'Lê Văn Mẫu' },
  },
  refusal: { ...counter, reasons, receiver: { name: 'Lê Văn Mẫu' } },
  apology: {
    ...signed,
    receivedAt: received,
    dueAt: due,
    newDueAt: later,
    reason: 'Lý do chậm trễ do người soạn ghi (dữ liệu mẫu).',
    proofText: [],
  },
  explanation: {
    ...signed,
    dueAt: due,
    apology: { number: '01/PXL-UBND', issuedOn: '2026-01-16', newDueAt: later },
    reason: 'Lý do chậm trễ do người soạn ghi (dữ liệu mẫu).',
  },
  closing: {
    ...signed,
    supplement: { number: '01/PBS-TTPVHCC', issuedOn: '2026-01-07' },
    waitedUntil: '2026-02-06',
    basis: 'Quy định của thủ tục (dữ liệu mẫu)',
  },
  stop: { ...signed, requestedAt: received, reason: 'Lý do của người nộp (dữ liệu mẫu).', stoppedAt: due },
  refusalToGrant: { ...signed, receivedAt: received, reasons },
}
