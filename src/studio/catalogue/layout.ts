import { placeSignature, placeSupplement } from './layout-closing.ts'
import {
  type Box,
  box,
  type Columns,
  columns,
  E,
  fives,
  type Layout,
  LEFT,
  LOWER_LANE,
  OFFICER,
  ONE_STOP,
  p,
  REVIEW,
} from './layout-grid.ts'
import { placeAppraisal, placeFiling } from './layout-opening.ts'
import type { Shape } from './shape.ts'

/**
 * The house style's drawing: happy path left to right, supplement above, refusal below, no line across another. Laid out by
 * hand: bpmn-auto-layout 1.3.0 draws no lanes and, of 2.000815, twenty crossings.
 */
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
