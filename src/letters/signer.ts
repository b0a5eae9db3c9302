import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import type { Text } from '../text.ts'
import type { Signer } from './shapes.ts'

/** How a deputy or a delegate signs: for whom, on which decision, between which days (rules 7). */
export type Capacity = {
  capacity: 'head' | 'KT' | 'TL' | 'TUQ'
  onBehalfOf: string
  /** As printed under the capacity: "Phó Chủ tịch". */
  title: string
  decision: { number: string; issuedOn: string; validFrom: string; validTo: string | null }
}

export type SigningPost = { postId: string; text: Text; signer: Signer }

type Row = { id: string; full_name: string; title: Text; capacity: Capacity | null }

/**
 * In which capacities a person may sign for an agency on a legal day: as its head, or KT./TL./TUQ. while the decision is
 * valid. Substitution never carries signing power, so only the person's own posts count.
 */
export async function signingPosts(tx: Tx, personId: string, agencyId: string): Promise<SigningPost[]> {
  const today = legalDay(tx.at)
  const rows = await tx.sql<Row>(
    `select po.id, p.full_name, po.title, po.capacity from post po join person p on p.id = po.person_id
      where po.person_id = $1 and po.agency_id = $2
        and (po.role = 'leader' or po.role = 'unit-head' and po.capacity->>'capacity' in ('TL', 'TUQ'))
        and valid_on(po.valid_from, po.valid_to, $3) order by po.id`,
    [personId, agencyId, today],
  )
  return rows.flatMap((row) => {
    const capacity = row.capacity
    if (!capacity || capacity.capacity === 'head')
      return [{ postId: row.id, text: row.title, signer: asHead(row) }]
    const { validFrom, validTo } = capacity.decision
    if (today < validFrom || (validTo !== null && today > validTo)) return []
    return [
      {
        postId: row.id,
        text: { vi: `${capacity.capacity}. ${capacity.onBehalfOf}, ${capacity.title}` },
        signer: {
          capacity: capacity.capacity,
          onBehalfOf: capacity.onBehalfOf,
          decision: capacity.decision,
          title: capacity.title,
          name: row.full_name,
        },
      },
    ]
  })
}

const asHead = (row: Row): Signer => ({ capacity: 'head', title: row.title.vi, name: row.full_name })

/** Between two heads: a draft needs nobody yet, and whoever signs puts their own title block in its place. */
const NOBODY_YET: Signer = { capacity: 'head', title: 'Người đứng đầu', name: '……………………' }

/** The head of the agency on that day, or its space: whose title block a draft shows before anybody has signed. */
export async function expectedSigner(tx: Tx, agencyId: string): Promise<Signer> {
  const [row] = await tx.sql<Row>(
    `select po.id, p.full_name, po.title, po.capacity from post po join person p on p.id = po.person_id
      where po.agency_id = $1 and po.role = 'leader' and valid_on(po.valid_from, po.valid_to, $2)
      order by (po.capacity is null or po.capacity->>'capacity' = 'head') desc, po.id limit 1`,
    [agencyId, legalDay(tx.at)],
  )
  return row ? asHead(row) : NOBODY_YET
}
