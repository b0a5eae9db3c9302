import { createHash } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import type { z } from 'zod'
import type { Tx } from '../database/transaction.ts'
import { invalidField } from '../http/invalid.ts'
import { openCase } from './case.ts'
import type { Answer, Conclude } from './schemas.ts'
import { tellAccountable, tellAsker } from './tell.ts'

const CAUSES = {
  objective: { vi: 'khách quan', en: 'objective' },
  subjective: { vi: 'chủ quan', en: 'subjective' },
}

/**
 * The accountable unit or person explains, with papers; also after the limit, which stays missed. An answer given before
 * stays beside it; the trail holds the hash of its words.
 */
export async function answer(tx: Tx, id: string, given: z.output<typeof Answer>): Promise<void> {
  const row = await openCase(tx, id, {
    action: 'answer',
    version: given.version,
    from: ({ state }) => state === 'asked',
  })
  const answerId = uuid()
  const words = given.answer.normalize('NFC')
  await tx.sql(
    `insert into explanation_answer (id, explanation_id, cause, answer, answered_by, answered_at) values ($1, $2, $3, $4, $5, $6)`,
    [answerId, id, given.cause, words, tx.actor.personId, tx.at],
  )
  await attach(tx, id, answerId, given.uploads)
  await tx.sql(
    `update explanation set state = 'answered', cause = $2, answer = $3, answered_by = $4, answered_at = $5, version = version + 1
      where id = $1`,
    [id, given.cause, words, tx.actor.personId, tx.at],
  )
  tx.audit({
    act: 'explanation.answered',
    dossierId: row.dossier_id,
    detail: {
      explanation: id,
      answer: answerId,
      sha256: createHash('sha256').update(words).digest('hex'),
      cause: given.cause,
      documents: given.uploads.length,
      late: tx.at > row.due_at,
    },
  })
  await tellAsker(tx, row, `explanation-answered/${id}/${row.version}`, 'explanation-answered', {
    by: tx.actor.name,
    cause: CAUSES[given.cause],
  })
  tx.notify('live', { type: 'dossier', ids: [row.dossier_id] })
}

/** Papers of the answer: the answerer's own uploads, each used once. */
async function attach(tx: Tx, explanationId: string, answerId: string, uploads: string[]): Promise<void> {
  for (const [n, upload] of uploads.entries()) {
    const [file] = await tx.sql<{ sha256: string; file_name: string; media_type: string; size: string }>(
      `update upload set used_at = $3 where id = $1 and owner_id = $2 and used_at is null
       returning sha256, file_name, media_type, size`,
      [upload, tx.actor.personId, tx.at],
    )
    if (!file)
      throw invalidField(
        `uploads.${n}`,
        'Không tìm thấy tệp đã tải lên, hoặc tệp đã dùng nơi khác. Hãy tải lên lại.',
        'The uploaded file was not found, or is used elsewhere. Upload it again.',
      )
    await tx.sql(
      `insert into explanation_document (id, explanation_id, answer_id, sha256, file_name, media_type, size, added_by, added_at)
       values ($1, $2, $9, $3, $4, $5, $6, $7, $8)`,
      [
        uuid(),
        explanationId,
        file.sha256,
        file.file_name,
        file.media_type,
        file.size,
        tx.actor.personId,
        tx.at,
        answerId,
      ],
    )
  }
}

/** The auditor concludes: the breach stands or it does not. Without an answer only after its limit. */
export async function conclude(tx: Tx, id: string, given: z.output<typeof Conclude>): Promise<void> {
  const row = await openCase(tx, id, {
    action: 'decide',
    version: given.version,
    from: ({ state, due_at }) => state === 'answered' || (state === 'asked' && due_at < tx.at),
  })
  await tx.sql(
    `update explanation set state = 'concluded', upheld = $2, conclusion = $3, concluded_by = $4, concluded_at = $5,
            version = version + 1 where id = $1`,
    [id, given.upheld, given.conclusion.normalize('NFC'), tx.actor.personId, tx.at],
  )
  tx.audit({
    act: 'explanation.concluded',
    dossierId: row.dossier_id,
    detail: { explanation: id, upheld: given.upheld },
  })
  await tellAccountable(
    tx,
    { id, dossier_id: row.dossier_id, unit_id: row.unitId, person_id: row.personId, kind: row.kind },
    `explanation-concluded/${id}`,
    'explanation-concluded',
    {
      verdict: given.upheld
        ? { vi: 'có vi phạm', en: 'a breach' }
        : { vi: 'không phải vi phạm', en: 'no breach' },
      conclusion: given.conclusion.normalize('NFC'),
      concludedAt: tx.at,
    },
  )
  tx.notify('live', { type: 'dossier', ids: [row.dossier_id] })
}
