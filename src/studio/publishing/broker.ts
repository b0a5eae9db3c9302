import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Tx } from '../../database/transaction.ts'
import { Problem } from '../../http/problem.ts'
import { keepDeployed, offer, type Undeployed } from '../../procedures/publish.ts'
import { deployProblems } from '../engine-words.ts'
import type { Broker } from './in-force.ts'

/** So long somebody waits for the broker; what it takes longer for comes into force by itself. */
export const PATIENCE_MS = 5_000

/**
 * Deploys the version of a publication before anything of it is committed: a broker that refuses it speaks now, and nothing has been
 * published (422 `engine-refuses`). One that is away, or slow, is asked again afterwards; the plan waits for it.
 */
export async function offerVersion(
  tx: Tx,
  publicationId: string,
  { deploy, epoch, log }: Broker & { log: Logger },
): Promise<void> {
  const [row] = await tx.sql<Undeployed>(
    `select v.process_id, v.bpmn, v.decision_id, v.dmn from publication p join procedure_version v on v.id = p.version_id
      where p.id = $1 and p.state = 'planned' and v.deployed_epoch is distinct from $2`,
    [publicationId, epoch],
  )
  if (!row) return
  const offered = offer(deploy, row).catch((err: unknown) => {
    log.warn(
      { err, publication: publicationId },
      'the broker could not be asked for a version; it is asked again',
    )
    return undefined
  })
  const refusal = await Promise.race([offered, sleep(PATIENCE_MS, undefined, { ref: false })])
  if (refusal === undefined) return
  if (refusal !== null) throw refused(refusal)
  await keepDeployed(tx, row.process_id, { epoch, refusal })
}

function refused(said: string): Problem {
  const problems = deployProblems(said)
  const { elementId, message } = problems[0]!
  return new Problem(
    422,
    'engine-refuses',
    {
      vi: `${message.vi}${elementId ? ` (ở “${elementId}”)` : ''} Chưa có gì được ban hành; hãy sửa sơ đồ hoặc bảng định tuyến, chạy thử rồi gửi thẩm định lại.`,
      en: `${message.en}${elementId ? ` (at “${elementId}”)` : ''} Nothing has been published; mend the diagram or the routing table, try it, and hand it in again.`,
    },
    { facts: { problems } },
  )
}
