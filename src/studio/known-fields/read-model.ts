import type { z } from 'zod'
import { scope } from '../../access/scope.ts'
import type { Tx } from '../../database/transaction.ts'
import { personalKind } from '../../personal/fields.ts'
import type { KnownField } from './schemas.ts'

const LIMIT = 60

type Words = { vi: string; en?: string }
type Row = {
  key: string
  schema: Record<string, unknown> & { title?: string; 'x-en'?: { title?: string } }
  ui: Record<string, unknown> | null
  procedures: { code: string; name: Words }[]
  held: { system: string; label: Words }[] | null
}

/**
 * Questions of the forms in force whose key or title has the words, typed with or without accents; those that most
 * procedures ask come first. The same key in another shape is a row of its own.
 */
export async function knownFields(tx: Tx, q: string): Promise<z.input<typeof KnownField>[]> {
  const words = q.normalize('NFC').trim()
  const params: unknown[] = [words.replaceAll(/[\\%_]/g, '\\$&')]
  const allowed = scope(tx.actor.ability, 'read', 'Procedure', 'v', params)
  const rows = await tx.sql<Row>(
    `with asked as (
       select v.code, (v.definition->'name')::jsonb as name, q.key, q.value as schema, (v.eform->'ui'->q.key)::jsonb as ui
         from procedure_version v, jsonb_each((v.eform->'schema'->'properties')::jsonb) q
        where v.current and ${allowed}
          and ($1 = '' or lower(q.key) like '%' || lower($1) || '%'
               or lower(unaccent(q.value->>'title')) like '%' || lower(unaccent($1)) || '%'
               or lower(q.value->'x-en'->>'title') like '%' || lower($1) || '%')),
     answered as (
       select distinct on (e.value->>'system', a.key) e.value->>'system' as system, a.key, a.value as label
         from procedure_version v, jsonb_each(coalesce(v.definition->'exchanges', '{}')::jsonb) e,
              jsonb_each(e.value->'answers') a
        where v.current and ${allowed}
        order by e.value->>'system', a.key, v.code)
     select f.key, f.schema, (array_agg(f.ui order by f.code) filter (where f.ui is not null))[1] as ui,
            jsonb_agg(jsonb_build_object('code', f.code, 'name', f.name) order by f.code) as procedures,
            (select jsonb_agg(jsonb_build_object('system', h.system, 'label', h.label) order by h.system)
               from answered h where h.key = f.key) as held
       from asked f
      group by f.key, f.schema
      order by count(*) desc, (f.schema->>'title') collate "und-x-icu", f.key
      limit ${LIMIT}`,
    params,
  )
  return rows.map(({ key, schema, ui, procedures, held }) => {
    const en = schema['x-en']?.title
    return {
      key,
      title: { vi: schema.title ?? key, ...(en ? { en } : {}) },
      schema: schema as z.input<typeof KnownField>['schema'],
      ui: (ui ?? {}) as z.input<typeof KnownField>['ui'],
      personal: personalKind(key, schema),
      procedures,
      heldBy: (held ?? []).map((each) => ({ ...each, verified: false as const })),
    }
  })
}
