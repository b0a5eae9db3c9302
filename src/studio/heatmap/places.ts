import type { Sql } from '../../database/sql.ts'
import { publishedVersion } from '../../procedures/version.ts'
import type { Text } from '../../text.ts'
import { readDiagram } from '../flow/diagram.ts'
import { numbersOf, orderOf } from '../flow/numbers.ts'
import { nameOf } from './words.ts'

export type Place = { name: Text; number: number | null; kind: 'step' | 'wait' }

/** A version's steps and waits in reading order, and what each is called there. */
export type Places = {
  order: string[]
  of: (elementId: string) => Place
  has: (elementId: string) => boolean
}

// Published versions never change.
const known = new Map<string, Promise<Places>>()

async function read(sql: Sql, versionId: string): Promise<Places> {
  const { definition } = await publishedVersion(sql, versionId)
  const [row] = await sql<{ bpmn: string }>('select bpmn from procedure_version where id = $1', [versionId])
  const flow = await readDiagram(row!.bpmn)
  const numbers = numbersOf(flow, definition)
  const kinds = new Set(['step', 'wait'])
  const order = orderOf(flow, definition)
    .map(({ id }) => id)
    .filter((id) => kinds.has(flow.nodes.get(id)?.kind ?? ''))
  return {
    order,
    of: (id) => ({
      name: nameOf(definition, id),
      number: numbers.get(id) ?? null,
      kind: id in definition.waits ? 'wait' : 'step',
    }),
    has: (id) => id in definition.steps || id in definition.waits,
  }
}

export async function placesOf(sql: Sql, versionId: string): Promise<Places> {
  const found = known.get(versionId) ?? read(sql, versionId)
  known.set(versionId, found)
  // What could not be read is read again when it is asked for again.
  found.catch(() => known.delete(versionId))
  return found
}
