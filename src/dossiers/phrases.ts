import { v7 as uuid } from 'uuid'
import { z } from 'zod'
import { scope } from '../access/scope.ts'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { notFound } from '../http/problem.ts'
import { idParams, type Route, route } from '../http/route.ts'
import { findVersion, publishedVersion } from '../procedures/version.ts'
import type { Dossier } from './entity.ts'

type PhraseView = { id: string | null; paperKey: string | null; text: string; reason: string; basis: string }
type Row = { id: string; paper_key: string | null; text: string; reason: string; basis: string }

/** Words for form 02 to use again: those of the procedure, then the agency's own, newest first. */
export async function phrasesFor(tx: Tx, dossier: Dossier): Promise<PhraseView[]> {
  const { definition } = await publishedVersion(tx.sql, dossier.procedureVersionId)
  const own = await tx.sql<Row>(
    `select id, paper_key, text, reason, basis from phrase
      where agency_id = $1 and procedure_code = $2 and retired_at is null order by id desc limit 200`,
    [dossier.agencyId, dossier.procedureCode],
  )
  return [
    ...definition.phrases.map(({ paperKey, ...words }) => ({
      id: null,
      paperKey: paperKey ?? null,
      ...words,
    })),
    ...own.map(({ paper_key, ...words }) => ({ ...words, paperKey: paper_key })),
  ]
}

const words = (max: number) => z.string().trim().max(max)

export const phraseRoutes: Route[] = [
  route({
    method: 'post',
    path: '/api/phrases',
    summary: 'Keep words of form 02 for the next dossier of the procedure',
    permission: { action: 'create', subject: 'Phrase' },
    body: z.strictObject({
      agencyId: z.uuid(),
      procedureCode: z.string().max(40),
      paperKey: z.string().max(80).optional(),
      text: words(2000).min(1),
      reason: words(2000).min(1),
      basis: words(500).default(''),
    }),
    answer: z.object({ id: z.uuid() }),
    status: 201,
    async handler({ tx, body, actor }) {
      const version = await findVersion(tx.sql, body.procedureCode, legalDay(tx.at))
      const params: unknown[] = [
        uuid(),
        body.agencyId,
        body.procedureCode,
        version?.definition.papers.some(({ key }) => key === body.paperKey) ? body.paperKey : null,
        body.text.normalize('NFC'),
        body.reason.normalize('NFC'),
        body.basis.normalize('NFC'),
        actor.personId,
        tx.at,
      ]
      // The same words twice are one phrase; both questions ask only within the reach of the actor's posts.
      const look: unknown[] = [body.agencyId, body.procedureCode, params[4], params[5]]
      const [known] = await tx.sql<{ id: string }>(
        `select p.id from phrase p where p.agency_id = $1 and p.procedure_code = $2 and p.text = $3 and p.reason = $4
            and p.retired_at is null and ${scope(actor.ability, 'create', 'Phrase', 'p', look)}`,
        look,
      )
      const allowed = scope(actor.ability, 'create', 'Phrase', 'n', params)
      if (known) return { id: known.id }
      const [row] = await tx.sql<{ id: string }>(
        `insert into phrase (id, agency_id, procedure_code, paper_key, text, reason, basis, created_by, created_at)
         select n.* from (select $1::uuid as id, $2::uuid as agency_id, $3::text, $4::text, $5::text, $6::text, $7::text,
                                 $8::uuid, $9::timestamptz) as n
          where ${allowed} returning id`,
        params,
      )
      if (!row || !version) throw notFound()
      tx.audit({ act: 'phrase.kept', detail: { phrase: row.id, procedure: body.procedureCode } })
      return { id: row.id }
    },
  }),
  route({
    method: 'delete',
    path: '/api/phrases/:id',
    summary: 'Retire words of form 02; who wrote them stays known',
    permission: { action: 'update', subject: 'Phrase' },
    params: idParams,
    answer: z.void(),
    async handler({ tx, params, actor }) {
      const values: unknown[] = [params.id, actor.personId, tx.at]
      const [row] = await tx.sql(
        `update phrase p set retired_by = $2, retired_at = $3
          where p.id = $1 and p.retired_at is null and ${scope(actor.ability, 'update', 'Phrase', 'p', values)} returning p.id`,
        values,
      )
      if (!row) throw notFound()
      tx.audit({ act: 'phrase.retired', detail: { phrase: params.id } })
    },
  }),
]
