import {
  along,
  box,
  type Columns,
  E,
  G,
  type Layout,
  OFFICER,
  ONE_STOP,
  type Point,
  p,
  REVIEW,
  T,
  way,
} from './layout-grid.ts'
import type { Shape } from './shape.ts'

export function placeFiling(layout: Layout, { fee, unitHead }: Shape, x: Columns): void {
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

export function placeAppraisal(layout: Layout, shape: Shape, x: Columns): void {
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
