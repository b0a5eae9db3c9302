/** Where in the workspace a path of procedure.json is mended, and what it is called there. */
import type { FaultPart, Words } from './fault.ts'

const PARTS: Record<string, FaultPart> = {
  limits: 'limits',
  allotments: 'limits',
  clockMode: 'limits',
  reception: 'limits',
  supplement: 'limits',
  consultation: 'limits',
  confirmation: 'limits',
  phases: 'limits',
  papers: 'papers',
  fees: 'fees',
  payment: 'fees',
  result: 'letters',
  resultTemplates: 'letters',
  phrases: 'letters',
  apology: 'letters',
  signer: 'letters',
  steps: 'diagram',
  waits: 'diagram',
  exchanges: 'diagram',
  children: 'diagram',
}

type Path = readonly PropertyKey[]

/** The part of the workspace that holds a field of procedure.json. */
export const partOf = (path: Path): FaultPart => PARTS[String(path[0])] ?? 'facts'

/** The element that a path is about: steps, waits and exchanges are kept by its id, allotments by case and id. */
export function elementOf(path: Path): string | null {
  const [top, second, third] = path.map(String)
  if (top === 'steps' || top === 'waits' || top === 'exchanges') return second ?? null
  return top === 'allotments' ? (third ?? null) : null
}

const LABELS: Record<string, Words> = {
  code: { vi: 'mã thủ tục', en: 'code' },
  name: { vi: 'tên', en: 'name' },
  title: { vi: 'tiêu đề', en: 'title' },
  field: { vi: 'lĩnh vực', en: 'field' },
  level: { vi: 'cấp thực hiện', en: 'level' },
  counter: { vi: 'nơi tiếp nhận', en: 'counter' },
  deciding: { vi: 'cơ quan quyết định', en: 'deciding agency' },
  sample: { vi: 'dữ liệu mẫu', en: 'sample' },
  decision: { vi: 'quyết định', en: 'decision' },
  number: { vi: 'số', en: 'number' },
  date: { vi: 'ngày', en: 'date' },
  catalogue: { vi: 'danh mục', en: 'catalogue' },
  agency: { vi: 'cơ quan', en: 'agency' },
  results: { vi: 'kết quả', en: 'results' },
  notes: { vi: 'ghi chú', en: 'notes' },
  note: { vi: 'ghi chú', en: 'note' },
  channels: { vi: 'kênh nộp', en: 'channels' },
  channel: { vi: 'kênh nộp', en: 'channel' },
  cases: { vi: 'trường hợp', en: 'cases' },
  case: { vi: 'trường hợp', en: 'case' },
  when: { vi: 'điều kiện', en: 'condition' },
  limits: { vi: 'thời hạn', en: 'limits' },
  limit: { vi: 'thời hạn', en: 'limit' },
  legal: { vi: 'theo pháp luật', en: 'legal' },
  committed: { vi: 'cam kết', en: 'committed' },
  withVerification: { vi: 'khi phải xác minh', en: 'with verification' },
  value: { vi: 'số', en: 'value' },
  unit: { vi: 'đơn vị', en: 'unit' },
  cutoff: { vi: 'giờ chốt', en: 'cutoff' },
  basis: { vi: 'căn cứ', en: 'basis' },
  text: { vi: 'nội dung', en: 'text' },
  source: { vi: 'nguồn', en: 'source' },
  verified: { vi: 'đã đối chiếu', en: 'verified' },
  clockMode: { vi: 'cách tính thời gian', en: 'clock mode' },
  mode: { vi: 'cách tính', en: 'mode' },
  reception: { vi: 'tiếp nhận', en: 'reception' },
  rules: { vi: 'quy tắc', en: 'rules' },
  supplement: { vi: 'bổ sung', en: 'supplement' },
  rounds: { vi: 'lượt bổ sung', en: 'rounds' },
  stage: { vi: 'giai đoạn', en: 'stage' },
  max: { vi: 'số lần', en: 'max' },
  within: { vi: 'trong hạn', en: 'within' },
  refusalWithin: { vi: 'hạn từ chối', en: 'refusal within' },
  wait: { vi: 'chờ', en: 'wait' },
  consultation: { vi: 'lấy ý kiến', en: 'consultation' },
  onSilence: { vi: 'khi im lặng', en: 'on silence' },
  bodies: { vi: 'cơ quan được hỏi', en: 'bodies' },
  question: { vi: 'câu hỏi', en: 'question' },
  confirmation: { vi: 'xác nhận', en: 'confirmation' },
  clock: { vi: 'đồng hồ', en: 'clock' },
  clockBasis: { vi: 'căn cứ tính thời gian', en: 'clock basis' },
  result: { vi: 'kết quả', en: 'result' },
  template: { vi: 'mẫu', en: 'template' },
  fees: { vi: 'phí', en: 'fees' },
  fee: { vi: 'phí', en: 'fee' },
  amount: { vi: 'mức phí', en: 'amount' },
  payment: { vi: 'nộp tiền', en: 'payment' },
  exchanges: { vi: 'hỏi hệ thống khác', en: 'exchanges' },
  children: { vi: 'thủ tục thành phần', en: 'parts' },
  phrases: { vi: 'câu mẫu', en: 'phrases' },
  paperKey: { vi: 'giấy tờ', en: 'paper' },
  reason: { vi: 'lý do', en: 'reason' },
  apology: { vi: 'thư xin lỗi', en: 'apology' },
  signer: { vi: 'người ký', en: 'signer' },
  papers: { vi: 'giấy tờ', en: 'papers' },
  key: { vi: 'mã', en: 'key' },
  original: { vi: 'bản chính', en: 'originals' },
  copies: { vi: 'bản sao', en: 'copies' },
  requiredFor: { vi: 'bắt buộc khi', en: 'required for' },
  presentOnly: { vi: 'chỉ xuất trình', en: 'present only' },
  reusableData: { vi: 'Nhà nước đã có', en: 'held by the State' },
  accept: { vi: 'loại tệp', en: 'file types' },
  maxBytes: { vi: 'cỡ tệp', en: 'file size' },
  allotments: { vi: 'phân bổ thời gian', en: 'allotments' },
  steps: { vi: 'bước', en: 'steps' },
  waits: { vi: 'bước chờ', en: 'waits' },
  role: { vi: 'người làm', en: 'role' },
  form: { vi: 'biểu mẫu', en: 'form' },
  sameAs: { vi: 'cùng người với bước', en: 'same person as' },
  outcomes: { vi: 'kết quả của bước', en: 'outcomes' },
  clockOutcomes: { vi: 'kết quả do đồng hồ', en: 'outcomes of the clock' },
  label: { vi: 'nhãn', en: 'label' },
  promises: { vi: 'cam kết của bước', en: 'promises' },
  needsReason: { vi: 'cần lý do', en: 'needs a reason' },
  type: { vi: 'loại', en: 'type' },
  holder: { vi: 'người giữ', en: 'holder' },
  phases: { vi: 'giai đoạn', en: 'phases' },
  elements: { vi: 'các bước', en: 'elements' },
  milestone: { vi: 'mốc', en: 'milestone' },
  from: { vi: 'tính từ', en: 'from' },
  until: { vi: 'đến', en: 'until' },
  schema: { vi: 'mục của biểu mẫu', en: 'schema' },
  properties: { vi: 'mục', en: 'questions' },
  groups: { vi: 'nhóm', en: 'groups' },
  fields: { vi: 'mục', en: 'fields' },
  walk: { vi: 'đường đi', en: 'walk' },
  ends: { vi: 'kết thúc', en: 'ends' },
  formData: { vi: 'nội dung tờ khai', en: 'form data' },
  place: { vi: 'địa bàn', en: 'place' },
  vi: { vi: 'tiếng Việt', en: 'Vietnamese' },
  en: { vi: 'tiếng Anh', en: 'English' },
}

/** A path as people read it: “thời hạn › dòng 1 › cam kết › số”. */
export function placeWords(path: Path): Words {
  const one = (language: 'vi' | 'en') =>
    path
      .map((part) =>
        typeof part === 'number' || /^\d+$/.test(String(part))
          ? `${language === 'vi' ? 'dòng' : 'row'} ${Number(part) + 1}`
          : (LABELS[String(part)]?.[language] ?? String(part)),
      )
      .join(' › ')
  return { vi: one('vi'), en: one('en') }
}
