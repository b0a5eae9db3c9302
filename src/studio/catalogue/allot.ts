import type { CatalogueLimit, CatalogueStep, StepRole } from './entry.ts'
import type { Shape } from './shape.ts'

export type Allotments = Record<string, { value: number; unit: 'working-hour' }>

/** Shares of the committed time on the happy path where no approved table says better; the rest is reserve for the detours. */
const SHARES: Record<string, number> = {
  Receive: 0.05,
  Assign: 0.05,
  Appraise: 0.5,
  ReviewResult: 0.08,
  SignResult: 0.1,
  NumberResult: 0.07,
}

/** Working hours that a limit holds; of calendar days five in seven, rounded down. Null for months. */
export function hoursIn({ value, unit }: CatalogueLimit): number | null {
  if (unit === 'working-hour') return value
  if (unit === 'same-day') return 8
  if (unit === 'working-day') return value * 8
  return unit === 'calendar-day' ? Math.floor((value * 5) / 7) * 8 : null
}

const quarters = (hours: number): number => Math.floor(hours * 4) / 4

/** Step that each row of an approved table belongs to, in the table's order. */
export function elementsOf(steps: CatalogueStep[], shape: Shape): (string | null)[] {
  const firstOf = (role: StepRole) => steps.findIndex((one) => one.role === role)
  const lastClerk = steps.findLastIndex((one) => one.role === 'clerk')
  const asked = firstOf('consulted')
  return steps.map(({ role }, n) => {
    if (role === 'clerk') return n === lastClerk && n > 0 ? 'ReturnResult' : 'Receive'
    if (role === 'officer') return asked >= 0 && n > asked ? 'SummariseConsultations' : 'Appraise'
    if (role === 'unit-head') {
      const officer = firstOf('officer')
      return officer < 0 || n < officer ? 'Assign' : 'ReviewResult'
    }
    if (role === 'leader') return 'SignResult'
    if (role === 'clerical') return 'NumberResult'
    if (role === 'consulted') return 'AwaitConsultations'
    return role === 'tax' ? (shape.exchange?.ids.wait ?? null) : null
  })
}

/** Working hours of each step: as the approved table has them, else by our shares of the limit. */
export function allotmentsOf(limit: CatalogueLimit, steps: CatalogueStep[], shape: Shape): Allotments {
  const hours = new Map<string, number>()
  const add = (id: string, value: number) => {
    if (value > 0) hours.set(id, (hours.get(id) ?? 0) + value)
  }
  const elements = elementsOf(steps, shape)
  steps.forEach((one, n) => {
    if (elements[n] && one.hours) add(elements[n], one.hours)
  })
  if (hours.size === 0) {
    const total = hoursIn(limit) ?? 0
    for (const [id, share] of Object.entries(SHARES))
      if (shape.unitHead || !['Assign', 'ReviewResult'].includes(id)) add(id, quarters(total * share))
  }
  return Object.fromEntries([...hours].map(([id, value]) => [id, { value, unit: 'working-hour' }]))
}
