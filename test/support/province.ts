import { systemActor } from '../../src/access/actor.ts'
import { loadOrganisation } from '../../src/agencies/load.ts'
import { loadShippedDays } from '../../src/calendar/load.ts'
import type { Furniture } from './database.ts'
import { takesAll } from './deploy.ts'

/** The fictitious province, the shipped days off and the shipped procedures, published. */
export const province: Furniture = {
  madeOf: ['migrations', 'src', 'processes'],
  async bring(db) {
    // Only whoever makes it needs what reads diagrams.
    const { publishFolders } = await import('../../src/procedures/publish.ts')
    await db.transact(systemActor('scene'), async (tx) => {
      await loadOrganisation(tx)
      await loadShippedDays(tx)
    })
    await publishFolders(db, takesAll, { root: 'processes', epoch: 1 })
  },
}
