/** What a generated diagram has beside reception, appraisal, supplement, signature, number and return. */
export type Shape = {
  code: string
  name: string
  /** The pool: the deciding agency. */
  pool: string
  /** Tính phí, chờ nộp. */
  fee: boolean
  /** A lane for the head of the unit: assigns, approves form 02, initials. Without it the leader does. */
  unitHead: boolean
  consultation: boolean
  /** Another system is asked after the appraisal and awaited. */
  exchange: { request: Words; wait: Words; question: string; pool: string; ids: ExchangeIds } | null
  /** What the approved table says of a step, by element id. */
  notes: Record<string, string>
}
type Words = string
type ExchangeIds = { request: string; wait: string; question: string }

export type Lane = 'OneStop' | 'Officer' | 'UnitHead' | 'Leader' | 'Clerical'
export const LANES: Record<Lane, string> = {
  OneStop: 'Một cửa',
  Officer: 'Chuyên viên',
  UnitHead: 'Lãnh đạo phòng',
  Leader: 'Lãnh đạo cơ quan',
  Clerical: 'Văn thư',
}

type Common = { id: string; lane: Lane; name: string }
export type Node = Common &
  (
    | { kind: 'start' | 'end' }
    | { kind: 'gateway' }
    | { kind: 'person'; form: string }
    | { kind: 'machine'; job: string; headers?: Record<string, string> }
  )
export type Flow = { from: string; to: string; name?: string; outcome?: string }
export type Graph = { nodes: Node[]; flows: Flow[] }

export const flowId = ({ from, to }: Flow): string => `${from}_to_${to}`

const person = (lane: Lane, id: string, name: string, form: string): Node => ({
  kind: 'person',
  id,
  lane,
  name,
  form,
})
const machine = (lane: Lane, id: string, name: string, job: string): Node => ({
  kind: 'machine',
  id,
  lane,
  name,
  job,
})
const question = (lane: Lane, id: string, name = ''): Node => ({ kind: 'gateway', id, lane, name })
const end = (id: string, name: string): Node => ({ kind: 'end', id, lane: 'OneStop', name })
const flow = (from: string, to: string): Flow => ({ from, to })
const answer = (from: string, to: string, name: string, outcome: string): Flow => ({
  from,
  to,
  name,
  outcome,
})

/** The steps of a one-stop procedure in the house style, without coordinates. */
export function graphOf(shape: Shape): Graph {
  const parts = [
    filing(shape),
    appraisal(shape),
    ...(shape.consultation ? [consultation] : []),
    ...(shape.exchange ? [exchange(shape, shape.exchange)] : []),
    supplement(shape),
    signature(shape),
  ]
  return { nodes: parts.flatMap(({ nodes }) => nodes), flows: parts.flatMap(({ flows }) => flows) }
}

/** Who reviews first: the head of the unit, or the leader who signs. */
const firstReview = ({ unitHead }: Shape): string => (unitHead ? 'ReviewResult' : 'SignResult')
/** Where an approval goes: to the other system, or on to the review. */
const approvedTo = (shape: Shape): string => shape.exchange?.ids.request ?? firstReview(shape)

function filing({ fee, unitHead }: Shape): Graph {
  const payment: Graph = {
    nodes: [
      machine('OneStop', 'CalculateFee', 'Tính phí, lệ phí', 'fee.calculate'),
      question('OneStop', 'IsFeeDue', 'Có phí?'),
      machine('OneStop', 'AwaitPayment', 'Chờ nộp phí', 'await.payment'),
      question('OneStop', 'IsPaid', 'Đã nộp phí?'),
      end('Unpaid', 'Không nộp phí'),
    ],
    flows: [
      flow('Start', 'CalculateFee'),
      flow('CalculateFee', 'IsFeeDue'),
      answer('IsFeeDue', 'AwaitPayment', 'có', 'due'),
      answer('IsFeeDue', 'Validate', 'không', 'none'),
      flow('AwaitPayment', 'IsPaid'),
      answer('IsPaid', 'Validate', 'đã nộp', 'paid'),
      answer('IsPaid', 'Unpaid', 'hết hạn', 'expired'),
    ],
  }
  const free: Graph = { nodes: [], flows: [flow('Start', 'Validate')] }
  const first = fee ? payment : free
  return {
    nodes: [
      { kind: 'start', id: 'Start', lane: 'OneStop', name: 'Đã nộp hồ sơ' },
      ...first.nodes,
      machine('OneStop', 'Validate', 'Kiểm tra thành phần', 'dossier.validate'),
      person('OneStop', 'Receive', 'Tiếp nhận hồ sơ', 'reception'),
      question('OneStop', 'IsAccepted', 'Hồ sơ hợp lệ?'),
      end('Stopped', 'Đã từ chối hoặc đóng'),
      machine('OneStop', 'Route', 'Chuyển đơn vị thụ lý', 'dossier.route'),
      ...(unitHead ? [person('UnitHead', 'Assign', 'Phân công thụ lý', 'assign')] : []),
    ],
    flows: [
      ...first.flows,
      flow('Validate', 'Receive'),
      flow('Receive', 'IsAccepted'),
      answer('IsAccepted', 'Route', 'hợp lệ', 'received'),
      answer('IsAccepted', 'Stopped', 'từ chối', 'refused'),
      ...(unitHead ? [flow('Route', 'Assign'), flow('Assign', 'Appraise')] : [flow('Route', 'Appraise')]),
    ],
  }
}

function appraisal(shape: Shape): Graph {
  const asks = shape.consultation
  return {
    nodes: [
      person('Officer', 'Appraise', 'Thẩm định hồ sơ', 'appraise'),
      ...(asks ? [question('Officer', 'Conclude')] : []),
      question('Officer', 'WhatResult', 'Kết quả thẩm định?'),
      person('Officer', 'DraftRefusal', 'Soạn văn bản từ chối', 'refusal-draft'),
    ],
    flows: [
      ...(asks
        ? [flow('Appraise', 'Conclude'), flow('Conclude', 'WhatResult')]
        : [flow('Appraise', 'WhatResult')]),
      answer('WhatResult', approvedTo(shape), 'đạt', 'approved'),
      answer('WhatResult', 'DraftSupplement', 'bổ sung', 'supplement'),
      ...(asks ? [answer('WhatResult', 'RequestConsultations', 'lấy ý kiến', 'consult')] : []),
      answer('WhatResult', 'DraftRefusal', 'không đạt', 'denied'),
      flow('DraftRefusal', firstReview(shape)),
    ],
  }
}

const consultation: Graph = {
  nodes: [
    machine('Officer', 'RequestConsultations', 'Gửi lấy ý kiến', 'consultation.request'),
    machine('Officer', 'AwaitConsultations', 'Chờ ý kiến', 'await.consultations'),
    person('Officer', 'SummariseConsultations', 'Tổng hợp ý kiến', 'consultation-summary'),
  ],
  flows: [
    flow('RequestConsultations', 'AwaitConsultations'),
    flow('AwaitConsultations', 'SummariseConsultations'),
    flow('SummariseConsultations', 'Conclude'),
  ],
}

const exchange = (shape: Shape, { ids, ...words }: NonNullable<Shape['exchange']>): Graph => ({
  nodes: [
    machine('Officer', ids.request, words.request, 'exchange.request'),
    machine('Officer', ids.wait, words.wait, 'await.exchange'),
    question('Officer', ids.question, words.question),
  ],
  flows: [
    flow(ids.request, ids.wait),
    flow(ids.wait, ids.question),
    answer(ids.question, firstReview(shape), 'đã có', 'answered'),
    answer(ids.question, 'DraftSupplement', 'từ chối', 'refused'),
  ],
})

function supplement({ unitHead }: Shape): Graph {
  const lane = unitHead ? 'UnitHead' : 'Leader'
  return {
    nodes: [
      person('Officer', 'DraftSupplement', 'Soạn phiếu bổ sung', 'supplement-draft'),
      person(lane, 'ApproveSupplement', 'Duyệt phiếu bổ sung', 'supplement-approve'),
      question(lane, 'IsSupplementApproved', 'Duyệt phiếu?'),
      person('OneStop', 'SendSupplement', 'Gửi phiếu bổ sung', 'supplement-send'),
      machine('OneStop', 'AwaitSupplement', 'Chờ bổ sung', 'await.supplement'),
      question('OneStop', 'IsSupplemented', 'Đã bổ sung?'),
      { ...machine('OneStop', 'CloseDossier', 'Đóng hồ sơ', 'letter.issue'), headers: { letter: 'closing' } },
      person('OneStop', 'ReceiveSupplement', 'Nhận hồ sơ bổ sung', 'supplement-receive'),
    ] as Node[],
    flows: [
      flow('DraftSupplement', 'ApproveSupplement'),
      flow('ApproveSupplement', 'IsSupplementApproved'),
      answer('IsSupplementApproved', 'SendSupplement', 'đồng ý', 'approved'),
      answer('IsSupplementApproved', 'Appraise', 'trả lại', 'sent-back'),
      flow('SendSupplement', 'AwaitSupplement'),
      flow('AwaitSupplement', 'IsSupplemented'),
      answer('IsSupplemented', 'ReceiveSupplement', 'đã nộp', 'submitted'),
      answer('IsSupplemented', 'CloseDossier', 'hết hạn', 'expired'),
      flow('CloseDossier', 'Stopped'),
      flow('ReceiveSupplement', 'Appraise'),
    ],
  }
}

function signature({ unitHead }: Shape): Graph {
  const review: Graph = {
    nodes: [
      person('UnitHead', 'ReviewResult', 'Duyệt, ký nháy kết quả', 'result-review'),
      question('UnitHead', 'IsReviewed', 'Trình ký?'),
    ],
    flows: [
      flow('ReviewResult', 'IsReviewed'),
      answer('IsReviewed', 'SignResult', 'trình', 'approved'),
      answer('IsReviewed', 'Appraise', 'trả lại', 'sent-back'),
    ],
  }
  return {
    nodes: [
      ...(unitHead ? review.nodes : []),
      person('Leader', 'SignResult', 'Ký kết quả', 'result-sign'),
      question('Leader', 'IsSigned', 'Đã ký?'),
      person('Clerical', 'NumberResult', 'Cấp số, đóng dấu', 'result-number'),
      machine('Clerical', 'PublishResult', 'Công bố kết quả', 'result.publish'),
      person('OneStop', 'ReturnResult', 'Trả kết quả', 'result-return'),
      end('Returned', 'Đã trả kết quả'),
    ],
    flows: [
      ...(unitHead ? review.flows : []),
      flow('SignResult', 'IsSigned'),
      answer('IsSigned', 'NumberResult', 'ký', 'signed'),
      answer('IsSigned', unitHead ? 'ReviewResult' : 'Appraise', 'trả lại', 'sent-back'),
      flow('NumberResult', 'PublishResult'),
      flow('PublishResult', 'ReturnResult'),
      flow('ReturnResult', 'Returned'),
    ],
  }
}
