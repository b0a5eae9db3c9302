import type { Json } from '../client.ts'
import type { Cast } from './cast.ts'

export type Drawers = ReturnType<typeof openDrawers>

const FLOAT_VND = 500_000

/** Cash drawers: opened with the first fee of a clerk's day, counted at its end. */
export function openDrawers(cast: Cast) {
  const open = new Map<string, Promise<string>>()
  const begin = async (login: string): Promise<string> => {
    const client = await cast.as(login)
    const { person } = await client.get('/api/session')
    const { shifts } = await client.get('/api/cash-shifts')
    const left = shifts.find((shift: Json) => shift.closedAt === null && shift.cashier.id === person.id)
    return left ? left.id : (await client.post('/api/cash-shifts', { openingAmount: FLOAT_VND })).id
  }
  return {
    open: (login: string): Promise<string> => {
      const known = open.get(login) ?? begin(login)
      open.set(login, known)
      return known
    },
    closeAll: async () => {
      for (const [login, shift] of open) {
        const client = await cast.as(login)
        const id = await shift
        const { openingAmount, taken } = await client.get(`/api/cash-shifts/${id}`)
        await client.post(`/api/cash-shifts/${id}/close`, { counted: openingAmount + taken })
      }
      open.clear()
    },
  }
}

/**
 * The counter's papers change hands by signed minutes: the clerk gives what lies there on paper, the unit signs for it,
 * and results come back the same way.
 */
export async function handOver(cast: Cast, givers: Iterable<string>): Promise<void> {
  for (const login of givers) {
    const giver = await cast.as(login)
    const { groups } = await giver.get('/api/handovers/ready')
    for (const group of groups) {
      const dossierIds = group.dossiers
        .filter((one: Json) => one.medium === 'paper')
        .map((one: Json) => one.dossierId)
      const receiver = cast.oneOf(group.receiver.id, 'officer') ?? cast.oneOf(group.receiver.id, 'clerk')
      if (dossierIds.length === 0 || !receiver) continue
      const { id } = await giver.post('/api/handovers', {
        giverUnitId: group.giver.id,
        receiverUnitId: group.receiver.id,
        dossierIds,
      })
      await (await cast.as(receiver)).post(`/api/handovers/${id}/answer`, { received: dossierIds })
    }
  }
}
