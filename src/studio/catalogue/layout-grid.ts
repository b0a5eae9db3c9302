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

export const LEFT = 160

/** Rows, from above to below: ends and closing, the one-stop's main row, … */
export const ONE_STOP = { top: 180, ends: 250, main: 370, bottom: 450 }

export const OFFICER = { back: 475, supplement: 540, main: 665, denied: 735, lower: 815, bottom: 885 }

export const REVIEW = { over: 915, main: 985, under: 1065, bottom: 1085 }

export const LOWER_LANE = 150

const letters = (text: string): number => Math.round(text.length * 6.6 + 10)

export const box = (x: number, y: number, text: string, lines = 1): Box => ({
  x,
  y,
  width: lines > 1 ? 80 : letters(text),
  height: 14 * lines,
})

export const fives = (value: number): number => Math.round(value / 5) * 5

export const p = (x: number, y: number): Point => ({ x, y })

/** Places from left to right. */
export function columns({ fee, unitHead, consultation, exchange }: Shape) {
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

export type Columns = ReturnType<typeof columns>

export const way = (layout: Layout, from: string, to: string, points: Point[], label?: Box): void => {
  layout.ways[`${from}_to_${to}`] = { points, ...(label && { label }) }
}

/** A straight line along a row, from the right side of one to the left side of the other, or back. */
export function along(
  layout: Layout,
  from: string,
  to: string,
  half: [number, number],
  label?: string,
): void {
  const [a, b] = [layout.at[from]!, layout.at[to]!]
  const sign = b.x > a.x ? 1 : -1
  const start = a.x + sign * half[0]
  const text = label && box(sign > 0 ? start + 4 : start - 9 - letters(label), a.y - 17, label)
  way(layout, from, to, [p(start, a.y), p(b.x - sign * half[1], a.y)], text || undefined)
}

export const T = TASK.width / 2

export const G = GATEWAY / 2

export const E = EVENT / 2
