import type { Pool, PoolClient } from 'pg'

const TIMESTAMPTZ = 1184
// Whoever releases a client by themselves does so at once; a transaction whose rollback failed never does.
const GRACE_MS = 1_000

type Parsers = { setTypeParser(oid: number, parse: (text: string) => unknown): void }

/** The ORM keeps instants as text for itself; our SQL wants Dates, and the ORM takes them as well. */
export function readInstantsAsDates(pool: Pool): void {
  const types = pool.options.types as unknown as Parsers
  types.setTypeParser(TIMESTAMPTZ, (text) => new Date(text))
}

/**
 * Gives clients back to the pool whose connection died inside a transaction. Kysely 0.29 releases a client only after
 * a rollback that worked, so each outage would keep some for ever, until none are left and every request waits.
 */
export function releaseDeadClients(pool: Pool): void {
  const checkedOut = new Set<PoolClient>()
  pool.on('acquire', (client) => checkedOut.add(client))
  pool.on('release', (_error, client) => checkedOut.delete(client))
  pool.on('connect', (client) => {
    client.on('end', () => {
      setTimeout(() => {
        if (checkedOut.has(client)) client.release(true)
      }, GRACE_MS).unref()
    })
  })
}
