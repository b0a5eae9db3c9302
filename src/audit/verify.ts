import type { Pool } from 'pg'
import { type Break, breakAt, checkEntry, type Link, type StoredEntry } from './chain.ts'
import { exportedHeads } from './heads.ts'
import { auditKey, type Head, headIsOurs } from './key.ts'

export type Verdict = { ok: boolean; entries: number; heads: number; lastHash: string; broken?: Break }

const BATCH = 1_000
const SELECT =
  'select index, line, hash, dossier_id, actor_id, act, at from audit_entry where index > $1 order by index limit $2'

/**
 * Walks the whole chain and names the first entry that is not as it was written, and why. With the data folder, also
 * holds the chain against the signed heads of the days, in the database and as exported.
 */
export async function verify({ pool }: { pool: Pool }, dataDir?: string): Promise<Verdict> {
  const heads = dataDir === undefined ? [] : await signedHeads(pool, dataDir)
  const expected = Map.groupBy(heads, (head) => Number(head.index))
  let link: Link = { index: 0, hash: '' }
  const verdict = (broken?: Break): Verdict => ({
    ok: !broken,
    entries: link.index,
    heads: heads.length,
    lastHash: link.hash,
    ...(broken && { broken }),
  })
  for (;;) {
    const { rows } = await pool.query<StoredEntry>(SELECT, [link.index, BATCH])
    if (rows.length === 0) break
    for (const entry of rows) {
      const broken = checkEntry(link, entry)
      if (broken) return verdict(broken)
      link = { index: link.index + 1, hash: entry.hash }
      const { index, hash } = link
      if (expected.get(index)?.some((head) => head.hash !== hash || !head.ours))
        return verdict(breakAt(index, 'head'))
    }
  }
  // A chain cut off at its end is whole in itself; only the heads know that there was more.
  const cut = heads.map((head) => Number(head.index)).filter((index) => index > link.index)
  return verdict(cut.length > 0 ? breakAt(link.index + 1, 'missing') : undefined)
}

async function signedHeads(pool: Pool, dataDir: string): Promise<(Head & { ours: boolean })[]> {
  const key = auditKey(dataDir)
  const { rows } = await pool.query<Head>('select day, index, hash, signature from audit_head')
  return [...rows, ...exportedHeads(dataDir)].map((head) => ({ ...head, ours: headIsOurs(head, key) }))
}
