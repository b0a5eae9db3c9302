import { formatDay, formatLegal } from '../calendar/format.ts'
import type { Actor } from './actor.ts'

/**
 * The line at the foot of everything that leaves the product as a file: who took it, by which decision, when (legal time).
 * In Vietnamese, as the files are.
 */
export function exportMark(actor: Pick<Actor, 'name' | 'inspections'>, at: Date): string {
  const by = (actor.inspections ?? [])
    .map(({ number, decidedOn }) => `Quyết định thanh tra số ${number} ngày ${formatDay(decidedOn, 'vi')}`)
    .join('; ')
  return `Kết xuất bởi ${actor.name}${by ? `, theo ${by}` : ''}, lúc ${formatLegal(at, 'vi')}`
}
