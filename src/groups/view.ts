import type { z } from 'zod'
import { scope } from '../access/scope.ts'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { limitText } from '../deadlines/limit.ts'
import { partLimit } from '../deadlines/limits-of.ts'
import type { Dossier } from '../dossiers/entity.ts'
import type { Part } from '../procedures/definition.ts'
import { publishedVersion } from '../procedures/version.ts'
import type { Text } from '../text.ts'
import type { GroupView, PartView } from './schemas.ts'

type View = z.input<typeof PartView>

type Row = {
  id: string
  child_key: string
  code: string
  state: NonNullable<View['state']>
  result: View['result']
  agency: Text
  due_at: Date | null
  original_due_at: Date | null
  finished_at: Date | null
  readable: boolean
  letter_id: string | null
}

/**
 * What a dossier's page says of its group; null of one that has none. Whoever reads the group sees where each part stands
 * (the one-stop, the lead agency and the applicant have to follow it), and may open only the parts they may read. Whoever
 * reads a part sees of the group its code, and of the other parts only those they may read anyway.
 */
export async function groupView(tx: Tx, dossier: Dossier): Promise<z.input<typeof GroupView> | null> {
  if (dossier.parentId) return partOfGroup(tx, dossier, dossier.parentId)
  const { definition } = await publishedVersion(tx.sql, dossier.procedureVersionId)
  if (definition.children.length === 0) return null
  const rows = await partRows(tx, dossier.id)
  return {
    parent: null,
    parts: await Promise.all(
      definition.children.map((part) =>
        partView(
          tx,
          part,
          rows.find((row) => row.child_key === part.key),
        ),
      ),
    ),
  }
}

async function partOfGroup(tx: Tx, dossier: Dossier, groupId: string) {
  const params: unknown[] = [groupId]
  const [group] = await tx.sql<{ id: string; code: string; procedure_version_id: string; readable: boolean }>(
    `select d.id, d.code, d.procedure_version_id, (${scope(tx.actor.ability, 'read', 'Dossier', 'd', params)}) as readable
       from dossier d where d.id = $1`,
    params,
  )
  if (!group) return null
  const { definition } = await publishedVersion(tx.sql, group.procedure_version_id)
  const others = (await partRows(tx, groupId)).filter((row) => row.readable && row.id !== dossier.id)
  const parts = definition.children.flatMap((part) => {
    const row = others.find(({ child_key: key }) => key === part.key)
    return row ? [partView(tx, part, row)] : []
  })
  return {
    parent: { id: group.readable ? group.id : null, code: group.code },
    parts: await Promise.all(parts),
  }
}

function partRows(tx: Tx, groupId: string): Promise<Row[]> {
  const params: unknown[] = [groupId]
  const readable = scope(tx.actor.ability, 'read', 'Dossier', 'd', params)
  return tx.sql<Row>(
    `select d.id, d.child_key, d.code, d.state, d.result, a.name as agency, d.due_at, d.original_due_at, d.finished_at,
            coalesce(${readable}, false) as readable,
            (select l.id from letter l where l.dossier_id = d.id and l.kind = 'result' and d.finished_at is not null
                and l.state in ('issued', 'delivered') order by l.drafted_at desc limit 1) as letter_id
       from dossier d join agency a on a.id = d.agency_id where d.parent_id = $1`,
    params,
  )
}

async function partView(tx: Tx, part: Part, row: Row | undefined): Promise<View> {
  const due = row?.due_at ?? null
  return {
    key: part.key,
    name: part.name,
    procedureCode: part.procedure,
    agency: row?.agency ?? part.agency,
    limit: limitText((await partLimit(tx.sql, part, legalDay(tx.at))).legal),
    code: row?.code ?? null,
    id: row?.readable ? row.id : null,
    state: row?.state ?? null,
    result: row?.result ?? null,
    dueAt: due?.toISOString() ?? null,
    originalDueAt: row?.original_due_at?.toISOString() ?? null,
    finishedAt: row?.finished_at?.toISOString() ?? null,
    late: !!row && due !== null && row.state !== 'waiting-supplement' && (row.finished_at ?? tx.at) > due,
    letterId: row?.readable ? row.letter_id : null,
  }
}
