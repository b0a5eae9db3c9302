import type { Lane, Shape } from './shape.ts'

export type Point = { x: number; y: number }
export type Box = Point & { width: number; height: number }
type Way = { points: Point[]; label?: Box }

/** Where everything of a generated diagram lies, in the pixels of BPMN's drawing. */
export type Layout = {
  /** Middle of each node. */
  at: Record<string, Point>
  /** Names that stand beside their node: gateways and events. */
  labels: Record<string, Box>
  ways: Record<string, Way>
  lanes: { lane: Lane; top: number; height: number }[]
  pool: Box
  applicant: Box
  /** Pools below: the bodies consulted, the system asked. */
  partners: { consulted?: Box; asked?: Box }
  messages: Record<string, Way>
}

const TASK = { width: 100, height: 80 }
const GATEWAY = 50
const EVENT = 36
const LEFT = 160

/** Rows, from above to below: ends and closing, the one-stop's main row, … */
const ONE_STOP = { top: 180, ends: 250, main: 370, bottom: 450 }
const OFFICER = { back: 475, supplement: 540, main: 665, denied: 735, lower: 815, bottom: 885 }
const REVIEW = { over: 915, main: 985, under: 1065, bottom: 1085 }
const LOWER_LANE = 150

const letters = (text: string): number => Math.round(text.length * 6.6 + 10)
const box = (x: number, y: number, text: string, lines = 1): Box => ({
  x,
  y,
  width: lines > 1 ? 80 : letters(text),
  height: 14 * lines,
})
const fives = (value: number): number => Math.round(value / 5) * 5
const p = (x: number, y: number): Point => ({ x, y })

/** Places from left to right. */
function columns({ fee, unitHead, consultation, exchange }: Shape) {
  const validate = fee ? 860 : 345
  const receive = validate + 125
  const route = receive + 222
  const appraise = route + 150
  const conclude = appraise + 145
  const what = consultation ? conclude + 185 : appraise + 200
  const hasAnswer = what + 360
  const first = exchange ? hasAnswer + 110 : what + 300
  const firstAsked = first + 100
  const sign = unitHead ? first + 190 : first
  const signAsked = unitHead ? first + 295 : firstAsked
  const number = signAsked + 95
  const approve = unitHead ? signAsked + 85 : number + 85
  const approveAsked = approve + 105
  const send = approveAsked + 75
  const returned = Math.max(send + 125, number + 295)
  const between = (share: number) => fives(appraise + (send - appraise) * share)
  const supplemented = between(0.53)
  return {
    start: 245,
    validate,
    receive,
    accepted: receive + 94,
    route,
    appraise,
    conclude,
    what,
    draft: exchange ? hasAnswer : what + 150,
    refusal: what + 150,
    hasAnswer,
    first,
    firstAsked,
    sign,
    signAsked,
    number,
    approve,
    approveAsked,
    send,
    awaited: between(0.765),
    supplemented,
    close: supplemented - 150,
    resumed: between(unitHead ? 0.172 : 0.2),
    returned,
    right: returned + 115,
  }
}
type Columns = ReturnType<typeof columns>

/** The house style's drawing: happy path left to right, supplement above, refusal below, no line across another. */
export function layoutOf(shape: Shape): Layout {
  const x = columns(shape)
  const lanes = lanesOf(shape)
  const bottom = lanes.at(-1)!.top + lanes.at(-1)!.height
  const width = x.right - LEFT
  const pools = partnersOf(shape, bottom, width)
  const layout: Layout = {
    at: {},
    labels: {},
    ways: {},
    messages: {},
    lanes,
    pool: { x: LEFT, y: ONE_STOP.top, width, height: bottom - ONE_STOP.top },
    applicant: { x: LEFT, y: 60, width, height: 60 },
    partners: pools,
  }
  placeFiling(layout, shape, x)
  placeAppraisal(layout, shape, x)
  placeSupplement(layout, x)
  placeSignature(layout, shape, x, lanes)
  placeMessages(layout, shape, x, bottom)
  return layout
}

function lanesOf({ unitHead }: Shape): Layout['lanes'] {
  const { bottom } = REVIEW
  const review = { top: OFFICER.bottom, height: bottom - OFFICER.bottom }
  return [
    { lane: 'OneStop', top: ONE_STOP.top, height: ONE_STOP.bottom - ONE_STOP.top },
    { lane: 'Officer', top: ONE_STOP.bottom, height: OFFICER.bottom - ONE_STOP.bottom },
    ...(unitHead
      ? ([
          { lane: 'UnitHead', ...review },
          { lane: 'Leader', top: bottom, height: LOWER_LANE },
          { lane: 'Clerical', top: bottom + LOWER_LANE, height: LOWER_LANE },
        ] as const)
      : ([
          { lane: 'Leader', ...review },
          { lane: 'Clerical', top: bottom, height: LOWER_LANE },
        ] as const)),
  ]
}

function partnersOf({ consultation, exchange }: Shape, bottom: number, width: number): Layout['partners'] {
  const strip = { y: bottom + 60, height: 60 }
  if (!consultation || !exchange) {
    const whole = { ...strip, x: LEFT, width }
    return { ...(consultation && { consulted: whole }), ...(exchange && { asked: whole }) }
  }
  const half = fives(width / 2)
  return {
    consulted: { ...strip, x: LEFT, width: half - 10 },
    asked: { ...strip, x: LEFT + half + 10, width: width - half - 10 },
  }
}

const way = (layout: Layout, from: string, to: string, points: Point[], label?: Box): void => {
  layout.ways[`${from}_to_${to}`] = { points, ...(label && { label }) }
}
/** A straight line along a row, from the right side of one to the left side of the other, or back. */
function along(layout: Layout, from: string, to: string, half: [number, number], label?: string): void {
  const [a, b] = [layout.at[from]!, layout.at[to]!]
  const sign = b.x > a.x ? 1 : -1
  const start = a.x + sign * half[0]
  const text = label && box(sign > 0 ? start + 4 : start - 9 - letters(label), a.y - 17, label)
  way(layout, from, to, [p(start, a.y), p(b.x - sign * half[1], a.y)], text || undefined)
}
const T = TASK.width / 2
const G = GATEWAY / 2
const E = EVENT / 2

function placeFiling(layout: Layout, { fee, unitHead }: Shape, x: Columns): void {
  const { at, labels } = layout
  const row = ONE_STOP.main
  at.Start = p(x.start, row)
  labels.Start = { x: x.start - 40, y: row + 23, width: 80, height: 14 }
  at.Validate = p(x.validate, row)
  at.Receive = p(x.receive, row)
  at.IsAccepted = p(x.accepted, row)
  labels.IsAccepted = { x: x.accepted - 42, y: row + 30, width: 84, height: 14 }
  at.Stopped = p(x.route, ONE_STOP.ends)
  labels.Stopped = { x: x.route - 40, y: ONE_STOP.ends + 23, width: 80, height: 28 }
  at.Route = p(x.route, row)
  if (fee) placePayment(layout, x)
  else along(layout, 'Start', 'Validate', [E, T])
  along(layout, 'Validate', 'Receive', [T, T])
  along(layout, 'Receive', 'IsAccepted', [T, G])
  along(layout, 'IsAccepted', 'Route', [G, T], 'hợp lệ')
  way(
    layout,
    'IsAccepted',
    'Stopped',
    [p(x.accepted, row - G), p(x.accepted, ONE_STOP.ends), p(x.route - E, ONE_STOP.ends)],
    box(x.accepted + 24, ONE_STOP.ends - 17, 'từ chối'),
  )
  if (!unitHead) {
    const points = [p(x.route, row + 40), p(x.route, OFFICER.main), p(x.appraise - T, OFFICER.main)]
    way(layout, 'Route', 'Appraise', points)
    return
  }
  at.Assign = p(x.route, REVIEW.main)
  way(layout, 'Route', 'Assign', [p(x.route, row + 40), p(x.route, REVIEW.main - 40)])
  const turn = x.route + 75
  way(layout, 'Assign', 'Appraise', [
    p(x.route + T, REVIEW.main),
    p(turn, REVIEW.main),
    p(turn, OFFICER.main),
    p(x.appraise - T, OFFICER.main),
  ])
}

function placePayment(layout: Layout, x: Columns): void {
  const { at, labels } = layout
  const row = ONE_STOP.main
  Object.assign(at, {
    CalculateFee: p(360, row),
    IsFeeDue: p(475, row),
    AwaitPayment: p(600, row),
    IsPaid: p(725, row),
    Unpaid: p(x.validate, ONE_STOP.ends),
  })
  labels.IsFeeDue = { x: 451, y: row - 43, width: 48, height: 14 }
  labels.IsPaid = { x: 686, y: row + 30, width: 78, height: 14 }
  labels.Unpaid = { x: x.validate - 45, y: ONE_STOP.ends + 23, width: 90, height: 14 }
  along(layout, 'Start', 'CalculateFee', [E, T])
  along(layout, 'CalculateFee', 'IsFeeDue', [T, G])
  along(layout, 'IsFeeDue', 'AwaitPayment', [G, T], 'có')
  along(layout, 'AwaitPayment', 'IsPaid', [T, G])
  along(layout, 'IsPaid', 'Validate', [G, T], 'đã nộp')
  way(
    layout,
    'IsFeeDue',
    'Validate',
    [p(475, row + G), p(475, row + 62), p(x.validate, row + 62), p(x.validate, row + 40)],
    box(491, row + 45, 'không'),
  )
  way(
    layout,
    'IsPaid',
    'Unpaid',
    [p(725, row - G), p(725, ONE_STOP.ends), p(x.validate - E, ONE_STOP.ends)],
    box(752, ONE_STOP.ends - 17, 'hết hạn'),
  )
}

function placeAppraisal(layout: Layout, shape: Shape, x: Columns): void {
  const { at, labels } = layout
  const row = OFFICER.main
  at.Appraise = p(x.appraise, row)
  at.WhatResult = p(x.what, row)
  labels.WhatResult = { x: x.what - 133, y: row - 41, width: 125, height: 14 }
  at.DraftRefusal = p(x.refusal, OFFICER.lower)
  way(
    layout,
    'WhatResult',
    'DraftRefusal',
    [
      p(x.what, row + G),
      p(x.what, OFFICER.denied),
      p(x.refusal, OFFICER.denied),
      p(x.refusal, OFFICER.lower - 40),
    ],
    box(x.what + 32, OFFICER.denied - 17, 'không đạt'),
  )
  const first = shape.unitHead ? 'ReviewResult' : 'SignResult'
  const turn = x.first - 75
  way(layout, 'DraftRefusal', first, [
    p(x.refusal + T, OFFICER.lower),
    p(turn, OFFICER.lower),
    p(turn, REVIEW.main),
    p(x.first - T, REVIEW.main),
  ])
  const down = (from: number) => [p(from + G, row), p(x.first, row), p(x.first, REVIEW.main - 40)]
  if (shape.exchange) placeExchange(layout, shape.exchange.ids, x, first, down)
  else way(layout, 'WhatResult', first, down(x.what), box(x.what + 30, row - 17, 'đạt'))
  if (shape.consultation) placeConsultation(layout, x)
  else along(layout, 'Appraise', 'WhatResult', [T, G])
}

function placeConsultation(layout: Layout, x: Columns): void {
  const { at } = layout
  const row = OFFICER.main
  at.Conclude = p(x.conclude, row)
  along(layout, 'Appraise', 'Conclude', [T, G])
  along(layout, 'Conclude', 'WhatResult', [G, G])
  const [request, wait, sum] = [x.what, x.what - 125, x.what - 250]
  at.RequestConsultations = p(request, OFFICER.lower)
  at.AwaitConsultations = p(wait, OFFICER.lower)
  at.SummariseConsultations = p(sum, OFFICER.lower)
  way(
    layout,
    'WhatResult',
    'RequestConsultations',
    [p(request, row + G), p(request, OFFICER.lower - 40)],
    box(request - 90, row + 85, 'lấy ý kiến'),
  )
  along(layout, 'RequestConsultations', 'AwaitConsultations', [T, T])
  along(layout, 'AwaitConsultations', 'SummariseConsultations', [T, T])
  way(layout, 'SummariseConsultations', 'Conclude', [
    p(sum, OFFICER.lower - 40),
    p(sum, OFFICER.denied),
    p(x.conclude, OFFICER.denied),
    p(x.conclude, row + G),
  ])
}

function placeExchange(
  layout: Layout,
  ids: NonNullable<Shape['exchange']>['ids'],
  x: Columns,
  first: string,
  down: (from: number) => Point[],
): void {
  const row = OFFICER.main
  layout.at[ids.request] = p(x.what + 125, row)
  layout.at[ids.wait] = p(x.what + 250, row)
  layout.at[ids.question] = p(x.hasAnswer, row)
  layout.labels[ids.question] = { x: x.hasAnswer - 50, y: row + 30, width: 100, height: 14 }
  along(layout, 'WhatResult', ids.request, [G, T], 'đạt')
  along(layout, ids.request, ids.wait, [T, T])
  along(layout, ids.wait, ids.question, [T, G])
  way(layout, ids.question, first, down(x.hasAnswer), box(x.hasAnswer + 29, row - 17, 'đã có'))
  way(
    layout,
    ids.question,
    'DraftSupplement',
    [p(x.hasAnswer, row - G), p(x.hasAnswer, OFFICER.supplement + 40)],
    box(x.hasAnswer + 5, row - 48, 'từ chối'),
  )
}

function placeSupplement(layout: Layout, x: Columns): void {
  const { at, labels } = layout
  const row = ONE_STOP.main
  at.DraftSupplement = p(x.draft, OFFICER.supplement)
  at.ApproveSupplement = p(x.approve, REVIEW.main)
  at.IsSupplementApproved = p(x.approveAsked, REVIEW.main)
  labels.IsSupplementApproved = { x: x.approveAsked - 40, y: REVIEW.main + 30, width: 80, height: 14 }
  at.SendSupplement = p(x.send, row)
  at.AwaitSupplement = p(x.awaited, row)
  at.IsSupplemented = p(x.supplemented, row)
  labels.IsSupplemented = { x: x.supplemented - 38, y: row + 30, width: 76, height: 14 }
  at.CloseDossier = p(x.close, ONE_STOP.ends)
  at.ReceiveSupplement = p(x.resumed, row)
  way(
    layout,
    'WhatResult',
    'DraftSupplement',
    [p(x.what, OFFICER.main - G), p(x.what, OFFICER.supplement), p(x.draft - T, OFFICER.supplement)],
    box(x.what + 15, OFFICER.supplement - 17, 'bổ sung'),
  )
  way(layout, 'DraftSupplement', 'ApproveSupplement', [
    p(x.draft + T, OFFICER.supplement),
    p(x.approve, OFFICER.supplement),
    p(x.approve, REVIEW.main - 40),
  ])
  along(layout, 'ApproveSupplement', 'IsSupplementApproved', [T, G])
  way(
    layout,
    'IsSupplementApproved',
    'SendSupplement',
    [p(x.approveAsked + G, REVIEW.main), p(x.send, REVIEW.main), p(x.send, row + 40)],
    { ...box(x.approveAsked + 27, REVIEW.main - 17, 'đồng ý'), width: 46 },
  )
  way(
    layout,
    'IsSupplementApproved',
    'Appraise',
    [
      p(x.approveAsked, REVIEW.main - G),
      p(x.approveAsked, OFFICER.back),
      p(x.appraise + 25, OFFICER.back),
      p(x.appraise + 25, OFFICER.main - 40),
    ],
    box(x.approveAsked - 65, REVIEW.main - 67, 'trả lại'),
  )
  along(layout, 'SendSupplement', 'AwaitSupplement', [T, T])
  along(layout, 'AwaitSupplement', 'IsSupplemented', [T, G])
  along(layout, 'IsSupplemented', 'ReceiveSupplement', [G, T], 'đã nộp')
  way(
    layout,
    'IsSupplemented',
    'CloseDossier',
    [p(x.supplemented, row - G), p(x.supplemented, ONE_STOP.ends), p(x.close + T, ONE_STOP.ends)],
    box(x.close + T + 25, ONE_STOP.ends - 17, 'hết hạn'),
  )
  along(layout, 'CloseDossier', 'Stopped', [T, E])
  way(layout, 'ReceiveSupplement', 'Appraise', [
    p(x.resumed - T, row),
    p(x.appraise - 25, row),
    p(x.appraise - 25, OFFICER.main - 40),
  ])
}

function placeSignature(layout: Layout, { unitHead }: Shape, x: Columns, lanes: Layout['lanes']): void {
  const { at, labels } = layout
  const middle = (lane: Lane) => {
    const { top, height } = lanes.find((one) => one.lane === lane)!
    return top + height / 2
  }
  const signRow = unitHead ? middle('Leader') : REVIEW.main
  const sealRow = middle('Clerical')
  const back = (from: string) => {
    const points = [p(x.firstAsked, REVIEW.main + G), p(x.firstAsked, REVIEW.under)]
    points.push(p(x.appraise, REVIEW.under), p(x.appraise, OFFICER.main + 40))
    way(layout, from, 'Appraise', points, box(x.firstAsked - 68, REVIEW.under - 17, 'trả lại'))
  }
  if (unitHead) {
    at.ReviewResult = p(x.first, REVIEW.main)
    at.IsReviewed = p(x.firstAsked, REVIEW.main)
    labels.IsReviewed = { x: x.firstAsked - 28, y: REVIEW.main - 44, width: 56, height: 14 }
    along(layout, 'ReviewResult', 'IsReviewed', [T, G])
    back('IsReviewed')
    way(
      layout,
      'IsReviewed',
      'SignResult',
      [p(x.firstAsked + G, REVIEW.main), p(x.sign, REVIEW.main), p(x.sign, signRow - 40)],
      box(x.firstAsked + 27, REVIEW.main - 17, 'trình'),
    )
    way(
      layout,
      'IsSigned',
      'ReviewResult',
      [
        p(x.signAsked, signRow - G),
        p(x.signAsked, REVIEW.over),
        p(x.first + 25, REVIEW.over),
        p(x.first + 25, REVIEW.main - 40),
      ],
      box(x.signAsked - 65, signRow - 64, 'trả lại'),
    )
  } else back('IsSigned')
  at.SignResult = p(x.sign, signRow)
  at.IsSigned = p(x.signAsked, signRow)
  labels.IsSigned = unitHead
    ? { x: x.signAsked - 23, y: signRow + 30, width: 45, height: 14 }
    : { x: x.signAsked - 23, y: signRow - 44, width: 45, height: 14 }
  along(layout, 'SignResult', 'IsSigned', [T, G])
  at.NumberResult = p(x.number, sealRow)
  at.PublishResult = p(x.number + 140, sealRow)
  way(
    layout,
    'IsSigned',
    'NumberResult',
    [p(x.signAsked + G, signRow), p(x.number, signRow), p(x.number, sealRow - 40)],
    box(x.signAsked + 28, signRow - 17, 'ký'),
  )
  along(layout, 'NumberResult', 'PublishResult', [T, T])
  at.ReturnResult = p(x.returned, ONE_STOP.main)
  at.Returned = p(x.returned, ONE_STOP.ends)
  labels.Returned = { x: x.returned + 23, y: ONE_STOP.ends - 14, width: 50, height: 28 }
  way(layout, 'PublishResult', 'ReturnResult', [
    p(x.number + 190, sealRow),
    p(x.returned, sealRow),
    p(x.returned, ONE_STOP.main + 40),
  ])
  way(layout, 'ReturnResult', 'Returned', [
    p(x.returned, ONE_STOP.main - 40),
    p(x.returned, ONE_STOP.ends + E),
  ])
}

/** Names of the messages and where they run: straight up to the applicant, straight down to other bodies. */
export const MESSAGES = {
  Filed: 'Hồ sơ',
  Payment: 'Phí (VNPay hoặc tiền mặt)',
  Receipt: 'Giấy hẹn (mẫu 01) hoặc từ chối (mẫu 03)',
  Closing: 'Thông báo đóng',
  Supplement: 'Hồ sơ bổ sung',
  Form02: 'Phiếu 02',
  Result: 'Kết quả',
  Question: 'Yêu cầu ý kiến',
  Answer: 'Ý kiến trả lời',
  Asked: 'Thông tin hồ sơ',
  Told: 'Trả lời',
} as const

function placeMessages(layout: Layout, { fee }: Shape, x: Columns, bottom: number): void {
  const top = layout.applicant.y + layout.applicant.height
  const up = (name: keyof typeof MESSAGES, column: number, to: number, away: boolean) => {
    const points = [p(column, top), p(column, to)]
    layout.messages[name] = {
      points: away ? points.reverse() : points,
      label: box(column + 7, top + 23, MESSAGES[name]),
    }
  }
  up('Filed', x.start, ONE_STOP.main - E, false)
  if (fee) up('Payment', 600, ONE_STOP.main - 40, false)
  up('Receipt', x.receive, ONE_STOP.main - 40, true)
  up('Closing', x.close, ONE_STOP.ends - 40, true)
  up('Supplement', x.awaited, ONE_STOP.main - 40, false)
  up('Form02', x.send, ONE_STOP.main - 40, true)
  up('Result', x.returned - 25, ONE_STOP.main - 40, true)
  const pair = (pool: Box | undefined, out: keyof typeof MESSAGES, back: keyof typeof MESSAGES) => {
    if (!pool) return
    const [left, right] = [pool.x + fives(pool.width * 0.4), pool.x + fives(pool.width * 0.4) + 140]
    layout.messages[out] = {
      points: [p(left, bottom), p(left, pool.y)],
      label: box(left + 5, bottom + 23, MESSAGES[out]),
    }
    layout.messages[back] = {
      points: [p(right, pool.y), p(right, bottom)],
      label: box(right + 5, bottom + 23, MESSAGES[back]),
    }
  }
  pair(layout.partners.consulted, 'Question', 'Answer')
  pair(layout.partners.asked, 'Asked', 'Told')
}
