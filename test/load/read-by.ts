import type { Tx } from '../../src/database/transaction.ts'

type Node = {
  'Node Type': string
  'Relation Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Shared Hit Blocks': number
  'Shared Read Blocks': number
  Plans?: Node[]
}

const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)]

/**
 * What the first statement of some work reads, from PostgreSQL's own account of running it: rows of a table, whether kept
 * or thrown away, blocks in all, and whether it walks through the `whole` of the tasks.
 */
export async function readBy(tx: Tx, work: (tx: Tx) => Promise<unknown>) {
  const asked: { text: string; params: unknown[] | undefined }[] = []
  const watched: Tx = {
    ...tx,
    sql: (text, params) => {
      asked.push({ text, params })
      return tx.sql(text, params)
    },
  }
  await work(watched)
  const [{ text, params } = { text: 'select', params: [] }] = asked
  const [row] = await tx.sql<{ 'QUERY PLAN': [{ Plan: Node }] }>(
    `explain (analyze, buffers, format json) ${text}`,
    params,
  )
  const { Plan: root } = row!['QUERY PLAN'][0]
  const nodes = nodesOf(root)
  const onTable = (table: string) => nodes.filter((node) => node['Relation Name'] === table)
  return {
    blocks: root['Shared Hit Blocks'] + root['Shared Read Blocks'],
    whole: onTable('task').some((node) => node['Node Type'].includes('Seq Scan')),
    rows: (table: string) =>
      onTable(table).reduce(
        (sum, node) =>
          sum +
          Math.round((node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops']),
        0,
      ),
  }
}
