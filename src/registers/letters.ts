import { allows } from '../access/ability.ts'
import { scope } from '../access/scope.ts'
import type { Tx } from '../database/transaction.ts'
import { bookYear } from '../letters/series.ts'
import type { Text } from '../text.ts'

/** What of an agency's books is asked for; `series` is "<office>/<book>", `void` keeps the void numbers only. */
export type LetterFilter = {
  agencyId: string
  year: number
  series?: string | undefined
  q?: string | undefined
  void?: boolean | undefined
}

export type LetterRow = {
  id: string
  series: string
  number: number
  number_text: string
  title: string
  state: string
  issued_at: Date
  delivered_at: Date | null
  void_at: Date | null
  void_reason: string | null
  dossier_id: string
  dossier_code: string
  applicant: string
  signed_by: string | null
  issued_by: string | null
  recipients: string[] | null
}

export type Series = {
  key: string
  name: string
  last: number
  voids: number
  missing: number[]
}

/** Agencies whose letters the actor may read and that have numbered any, with the years of their books, newest first. */
export async function booksOf(tx: Tx): Promise<{ id: string; name: Text; years: number[] }[]> {
  const params: unknown[] = []
  return tx.sql(
    `select a.id, a.name, b.years from agency a
       join (select l.agency_id, array_agg(distinct l.number_year order by l.number_year desc) as years from letter l
              where l.number is not null and ${scope(tx.actor.ability, 'read', 'Letter', 'l', params)}
              group by l.agency_id) b on b.agency_id = a.id
      order by a.code`,
    params,
  )
}

/** The series of an agency's year. `missing`: numbers drawn that no letter has; a book without gaps has none. */
export async function seriesOf(tx: Tx, { agencyId, year }: LetterFilter): Promise<Series[]> {
  const params: unknown[] = [agencyId, year]
  const readable = scope(tx.actor.ability, 'read', 'Letter', 'l', params)
  return tx.sql<Series>(
    `select substr(l.series, length($1) + 2) as key, s.last,
            (array_agg(l.form->>'title' order by l.number desc))[1] as name,
            count(*) filter (where l.state = 'void')::int as voids,
            array(select n from generate_series(1, s.last) n
                   where not exists (select from letter o where o.series = l.series and o.number_year = $2 and o.number = n)
                   order by n limit 50) as missing
       from letter l join letter_series s on s.series = l.series and s.year = l.number_year
      where l.agency_id = $1::uuid and l.number_year = $2 and l.number is not null and ${readable}
      group by l.series, s.last order by key`,
    params,
  )
}

/** Whether the books of the agency's year are locked, and whether the actor may lock them now. */
export async function lockOf(
  tx: Tx,
  { agencyId, year }: Pick<LetterFilter, 'agencyId' | 'year'>,
): Promise<{ lock: { lockedAt: Date; lockedBy: string } | null; lockable: boolean }> {
  const [row] = await tx.sql<{ at: Date; by: string }>(
    `select b.locked_at as at, p.full_name as by from book_lock b join person p on p.id = b.locked_by
      where b.agency_id = $1 and b.year = $2`,
    [agencyId, year],
  )
  const mine = allows(tx.actor.ability, 'create', 'Book', { agencyId })
  return {
    lock: row ? { lockedAt: row.at, lockedBy: row.by } : null,
    lockable: !row && mine && year < bookYear(tx.at),
  }
}

type Page = { after?: string | undefined; limit: number; order: 'newest' | 'by number' }

/** Rows of the register: newest first for the screen, by series and number for paper. */
export async function letterRows(tx: Tx, filter: LetterFilter, page: Page): Promise<LetterRow[]> {
  const params: unknown[] = [
    filter.agencyId,
    filter.year,
    filter.series ?? null,
    filter.q?.trim().normalize('NFC') || null,
    filter.void ?? null,
    page.after ?? null,
    page.limit,
  ]
  return tx.sql<LetterRow>(
    `select l.id, substr(l.series, length($1) + 2) as series, l.number, l.number_text, l.state, l.issued_at,
            coalesce(l.data->>'title', l.form->>'title') as title, l.delivered_at, l.void_at, l.void_reason, l.dossier_id,
            d.code as dossier_code, p.full_name as applicant, s.full_name as signed_by, i.full_name as issued_by,
            l.data->'recipients' as recipients
       from letter l join dossier d on d.id = l.dossier_id join person p on p.id = d.applicant_id
       left join person s on s.id = l.signed_by left join person i on i.id = l.issued_by
      where l.agency_id = $1::uuid and l.number_year = $2 and l.number is not null
        and ($3::text is null or l.series = $1 || '/' || $3)
        and ($4::text is null or l.number_text ilike '%' || $4 || '%' or d.code ilike '%' || $4 || '%'
             or unaccent(p.full_name) ilike '%' || unaccent($4) || '%')
        and ($5::boolean is not true or l.state = 'void')
        and ($6::uuid is null or (l.issued_at, l.id) < (select o.issued_at, o.id from letter o where o.id = $6))
        and ${scope(tx.actor.ability, 'read', 'Letter', 'l', params)}
      order by ${page.order === 'newest' ? 'l.issued_at desc, l.id desc' : 'l.series, l.number'} limit $7`,
    params,
  )
}
