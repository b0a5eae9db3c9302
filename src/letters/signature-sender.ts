import { buffer } from 'node:stream/consumers'
import { systemActor } from '../access/actor.ts'
import { asSystem } from '../access/filter.ts'
import { listen } from '../database/listen.ts'
import type { Tx } from '../database/transaction.ts'
import { putFile } from '../documents/files.ts'
import { startLoop } from '../loop.ts'
import type { Services } from '../services.ts'
import type { Signing } from '../signing/keys.ts'
import { digestOf, withSignature } from '../signing/pdf.ts'
import { SigningRefused } from '../signing/remote.ts'
import { cmsOver, SigningFault } from '../signing/signer.ts'
import { agencyOf, personOf } from '../signing/who.ts'
import { auditSignature } from './digital.ts'
import { Letter } from './entity.ts'

type Parts = Pick<Services, 'db' | 'files' | 'log'> & { signing: Signing }
type Waiting = {
  id: string
  letter_id: string
  role: 'signer' | 'clerk' | 'seal'
  file_sha256: string
  attempts: number
}

const actor = systemActor('signing')
/** Longer than a service may take, so that a signature asked for belongs to one sender. */
const LEASE_SECONDS = 60
/** How soon somebody who has not confirmed yet is looked for again. */
const AGAIN_SECONDS = 5
const POLL_MS = 5_000

/**
 * Asks for the signature that has waited longest, if one is due; false when there was none. The id of the question is
 * that of its row: a sender killed after asking asks again for the same signature. What comes back is kept only while it
 * is still wanted. A refusal ends it; a service that is away is asked again, ever more seldom, for as long as it takes.
 */
export async function signNext(parts: Parts): Promise<boolean> {
  const waiting = await parts.db.transact(actor, claim)
  if (!waiting) return false
  try {
    const cms = await signatureFor(parts, waiting)
    await parts.db.transact<unknown>(actor, (tx) =>
      cms ? keep(tx, parts, waiting, cms) : again(tx, waiting, null, AGAIN_SECONDS),
    )
  } catch (error) {
    // A fault of ours comes again with the loop; only what the service said is the signature's own.
    if (!(error instanceof SigningFault)) throw error
    const { message } = error
    parts.log.warn({ signature: waiting.id, attempt: waiting.attempts, reason: message }, 'no signature')
    const wait = Math.min(5 * 2 ** Math.min(waiting.attempts - 1, 9), 1800)
    await parts.db.transact(actor, (tx) =>
      error instanceof SigningRefused ? refuse(tx, waiting, message) : again(tx, waiting, message, wait),
    )
  }
  return true
}

async function claim(tx: Tx): Promise<Waiting | undefined> {
  const [row] = await tx.sql<Waiting>(
    `update letter_signature set attempts = attempts + 1, next_at = now() + make_interval(secs => $1)
      where id = (select id from letter_signature where state = 'waiting' and next_at <= now()
                   order by next_at limit 1 for update skip locked)
      returning id, letter_id, role, file_sha256, attempts`,
    [LEASE_SECONDS],
  )
  return row
}

/** The letter's own signer or seal, over the file that waits; asked outside any transaction. */
async function signatureFor(parts: Parts, waiting: Waiting): Promise<Buffer | undefined> {
  const { who, title } = await parts.db.transact(actor, async (tx) => {
    const letter = await letterOf(tx, waiting)
    return {
      who:
        waiting.role === 'seal'
          ? await agencyOf(tx.sql, letter.agencyId)
          : await personOf(tx.sql, letter.signedBy ?? ''),
      title: `${letter.form.title} ${letter.numberText ?? ''}`.trim(),
    }
  })
  const signer = await parts.signing.signerOf(who)
  if (!signer) throw new SigningFault(`no key is configured for ${who.kind}/${who.id} any more`)
  const bytes = await buffer(parts.files.get(waiting.file_sha256))
  return cmsOver(digestOf(bytes), signer, { id: waiting.id, title }, parts.signing.timestamper)
}

const letterOf = (tx: Tx, { letter_id }: Waiting): Promise<Letter> =>
  asSystem(tx.em, 'a signature that was waited for').findOneOrFail(Letter, { id: letter_id })

async function keep(tx: Tx, { files }: Parts, waiting: Waiting, cms: Buffer): Promise<void> {
  const [wanted] = await tx.sql<{ fingerprint256: string }>(
    `select certificate->>'fingerprint256' as fingerprint256 from letter_signature where id = $1 and state = 'waiting' for update`,
    [waiting.id],
  )
  // The letter went back or is void meanwhile.
  if (!wanted) return
  const letter = await letterOf(tx, waiting)
  const bytes = withSignature({ bytes: await buffer(files.get(waiting.file_sha256)) }, cms)
  const { sha256 } = await putFile(tx, files, bytes, 'application/pdf')
  const column = waiting.role === 'signer' ? 'signed_file_sha256' : 'file_sha256'
  await tx.sql(`update letter set ${column} = $2 where id = $1`, [letter.id, sha256])
  await tx.sql(
    `update letter_signature set state = 'signed', signed_at = $2, file_sha256 = $3, last_error = null where id = $1`,
    [waiting.id, tx.at, sha256],
  )
  auditSignature(tx, letter, { role: waiting.role, sha256, fingerprint256: wanted.fingerprint256 })
  tx.notify('live', { type: 'dossier', ids: [letter.dossierId] })
}

const again = (tx: Tx, { id }: Waiting, reason: string | null, seconds: number) =>
  tx.sql(
    `update letter_signature set last_error = $2, next_at = now() + make_interval(secs => $3)
      where id = $1 and state = 'waiting'`,
    [id, reason?.slice(0, 500) ?? null, seconds],
  )

const refuse = (tx: Tx, { id }: Waiting, reason: string) =>
  tx.sql(
    `update letter_signature set state = 'refused', last_error = $2 where id = $1 and state = 'waiting'`,
    [id, reason.slice(0, 500)],
  )

/** Starts the loop: at once when a signature is asked for, else every few seconds of machine time. */
export function startSigning(parts: Parts) {
  const loop = startLoop({
    name: 'signing letters',
    log: parts.log,
    onErrorMs: POLL_MS,
    step: async () => ((await signNext(parts)) ? 0 : POLL_MS),
  })
  const silence = listen(parts.db.pool, 'signing', { heard: loop.wake, opened: loop.wake }, parts.log)
  return {
    stop: async () => {
      await silence()
      await loop.stop()
    },
  }
}
