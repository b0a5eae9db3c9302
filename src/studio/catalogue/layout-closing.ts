import {
  along,
  box,
  type Columns,
  E,
  G,
  type Layout,
  OFFICER,
  ONE_STOP,
  p,
  REVIEW,
  T,
  way,
} from './layout-grid.ts'
import type { Lane, Shape } from './shape.ts'

export function placeSupplement(layout: Layout, x: Columns): void {
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

export function placeSignature(
  layout: Layout,
  { unitHead }: Shape,
  x: Columns,
  lanes: Layout['lanes'],
): void {
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
