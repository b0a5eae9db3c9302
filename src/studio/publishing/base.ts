import type { z } from 'zod'
import type { Tx } from '../../database/transaction.ts'
import { conflict, forbidden } from '../../http/problem.ts'
import {
  addAct,
  draftAt,
  draftClosed,
  isOpen,
  mayEdit,
  revisionOf,
  saveDraft,
  versionSource,
} from '../drafts/draft.ts'
import type { ProcedureSource } from '../source.ts'
import type { BaseSources, TakeBase } from './schemas.ts'

type Current = { id: string; version: number }

async function currentOf(tx: Tx, code: string): Promise<Current | undefined> {
  const [current] = await tx.sql<Current>(
    'select id, version from procedure_version where code = $1 and current',
    [code],
  )
  return current
}

/** The draft, the version it was made from and the one in force: what a merge of three needs. 409 where none is in force. */
export async function baseSources(
  tx: Tx,
  id: string,
  revision: number,
): Promise<z.input<typeof BaseSources>> {
  const row = await draftAt(tx, id, revision)
  const current = await currentOf(tx, row.code)
  if (!current) throw noneInForce()
  return {
    base: row.base_version_id ? await versionSource(tx, row.base_version_id) : null,
    mine: (await revisionOf(tx.sql, id, row.revision)).source,
    theirs: { ...current, source: await versionSource(tx, current.id) },
  }
}

const noneInForce = () =>
  conflict('version-changed', {
    vi: 'Thủ tục không còn phiên bản nào đang có hiệu lực. Hãy tải lại trang.',
    en: 'The procedure has no version in force any more. Reload the page.',
  })

/**
 * The draft goes on from the version in force: what that has changed is in it, or was left out knowingly. It is a new revision and a
 * draft again: whoever approved the old one has not seen this. 409 when the draft or the version in force has changed since.
 */
export async function takeBase(
  tx: Tx,
  id: string,
  given: z.output<typeof TakeBase>,
): Promise<{ revision: number; updatedAt: string }> {
  const row = await draftAt(tx, id, given.revision)
  if (!isOpen(row)) throw draftClosed()
  if (!mayEdit(tx, row)) throw forbidden()
  const current = await currentOf(tx, row.code)
  if (current?.id !== given.versionId)
    throw current
      ? conflict(
          'version-changed',
          {
            vi: `Phiên bản ${current.version} vừa có hiệu lực. Hãy tải lại trang và gộp lại.`,
            en: `Version ${current.version} has just come into force. Reload the page and merge again.`,
          },
          { current },
        )
      : noneInForce()
  await tx.sql('update procedure_draft set base_version_id = $2 where id = $1', [id, current.id])
  const changes = given.changes as Partial<ProcedureSource>
  const saved = await saveDraft(tx, id, { revision: row.revision, changes })
  if (saved.revision === row.revision && row.state !== 'draft') {
    await tx.sql(`update procedure_draft set state = 'draft' where id = $1`, [id])
    await addAct(tx, { id, kind: 'returned', revision: row.revision })
  }
  tx.audit({
    act: 'draft.base-taken',
    detail: { draft: id, revision: saved.revision, from: row.base_version_id, to: current.id },
  })
  return { revision: saved.revision, updatedAt: saved.updatedAt.toISOString() }
}
