import { scope } from '../access/scope.ts'
import type { Tx } from '../database/transaction.ts'
import type { ProcedureDefinition } from './definition.ts'

const LIMIT = 50

/**
 * Procedures in force whose code, name or field has the words, typed with or without accents, in either composition of
 * Unicode, with a letter wrong here and there. No words: all, by name. A part of a group whose code is not the
 * catalogue's is not offered by itself.
 */
export function searchProcedures(tx: Tx, q: string): Promise<{ definition: ProcedureDefinition }[]> {
  const words = q.normalize('NFC').trim()
  const params: unknown[] = [words, words.replaceAll(/[\\%_]/g, '\\$&')]
  const allowed = scope(tx.actor.ability, 'read', 'Procedure', 'v', params)
  return tx.sql(
    `select v.definition from procedure_version v
      where v.current and v.code not like '%-%' and ${allowed}
        and ($1 = '' or v.search_text like '%' || lower(unaccent($2)) || '%' or lower(unaccent($1)) <% v.search_text)
      order by word_similarity(lower(unaccent($1)), v.search_text) desc, v.definition->'name'->>'vi' collate "und-x-icu"
      limit ${LIMIT}`,
    params,
  )
}
