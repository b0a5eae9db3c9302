import type { Logger } from 'pino'
import { systemActor } from '../../access/actor.ts'
import { legalDay } from '../../clock.ts'
import type { Database, Tx } from '../../database/transaction.ts'
import { startLoop } from '../../loop.ts'
import { lockVersions } from '../../procedures/new-version.ts'
import { type Deploy, deployAll } from '../../procedures/publish.ts'
import { CAN_COME } from '../../procedures/version.ts'
import { HELD_UNTOLD, tellHeld } from './held.ts'

/** The broker of this epoch, as far as publishing goes. */
export type Broker = { deploy: Deploy; epoch: number }

type Due = { id: string; code: string; version_id: string; kind: string; process_id: string }

/** Plans whose day has come, whose diagram the broker of this epoch has, and which nothing has overtaken. */
const dueNow = (tx: Tx, epoch: number) =>
  tx.sql<Due>(
    `select p.id, p.code, p.version_id, p.kind, v.process_id
       from publication p join procedure_version v on v.id = p.version_id
      where p.state = 'planned' and p.in_force_from <= $1 and v.deployed_epoch = $2 and ${CAN_COME}
      order by p.in_force_from, p.made_at`,
    [legalDay(tx.at), epoch],
  )

/** Makes the versions whose day has come the current ones. Answers how many; running dossiers keep theirs. */
async function putInForce(tx: Tx, epoch: number): Promise<number> {
  await lockVersions(tx)
  const due = await dueNow(tx, epoch)
  for (const { id, code, version_id: versionId, kind, process_id: processId } of due) {
    await tx.sql('update procedure_version set current = false where code = $1 and current', [code])
    await tx.sql(
      'update procedure_version set current = true, folder_gone = false, folder_waits = false where id = $1',
      [versionId],
    )
    await tx.sql(
      `update publication set state = 'superseded', ended_at = $2 where code = $1 and state = 'in-force'`,
      [code, tx.at],
    )
    await tx.sql(`update publication set state = 'in-force', in_force_at = $2 where id = $1`, [id, tx.at])
    tx.audit({ act: 'procedure.in-force', detail: { publication: id, processId, kind } })
  }
  return due.length
}

/**
 * Deploys what the broker does not have yet and puts in force what is due on the legal clock. Idempotent; any number of
 * processes may do it at once. Throws when the broker is away: the plan stays, and it comes again.
 */
export async function bringIntoForce(db: Database, { deploy, epoch }: Broker): Promise<number> {
  const actor = systemActor('versions come into force')
  const [waiting] = await db.transact(actor, (tx) =>
    tx.sql<{ due: boolean; untold: boolean; undeployed: boolean }>(
      `select coalesce(bool_or(p.in_force_from <= $1), false) as due,
              coalesce(bool_or(${HELD_UNTOLD}), false) as untold,
              coalesce(bool_or(v.deployed_epoch is distinct from $2 and v.refused_epoch is distinct from $2), false) as undeployed
         from publication p join procedure_version v on v.id = p.version_id where p.state = 'planned'`,
      [legalDay(db.clock.now()), epoch],
    ),
  )
  if (waiting!.undeployed) await deployAll(db, deploy, epoch)
  const came = waiting!.due ? await db.transact(actor, (tx) => putInForce(tx, epoch)) : 0
  if (waiting!.untold) await db.transact(actor, tellHeld)
  return came
}

const PAUSE_MS = 10_000

/** Looks every ten seconds of machine time: the demonstration's clock jumps. A filing does not wait for it (findVersion). */
export const startPublishing = (db: Database, broker: Broker, log: Logger): { stop(): Promise<void> } =>
  startLoop({
    name: 'bringing versions into force',
    log,
    onErrorMs: PAUSE_MS,
    step: async () => {
      await bringIntoForce(db, broker)
      return PAUSE_MS
    },
  })
