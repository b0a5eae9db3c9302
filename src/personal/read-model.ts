import type { z } from 'zod'
import { scope } from '../access/scope.ts'
import { addDays } from '../calendar/day.ts'
import { atLegal } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import type { Text } from '../text.ts'
import { mayRead } from './reading.ts'
import { OPEN_MINUTES, REASONS, reasonLabel } from './reasons.ts'
import type { OpeningQuery, OpeningView, PersonalView } from './schemas.ts'
import { needOf, type Sight } from './sight.ts'

type View = z.input<typeof PersonalView>
const PAGE = 50
/** What the applicant reads on their page. */
const SHOWN = 50

/** How the reader sees the data; for the applicant with who has opened them. */
export async function personalView(
  tx: Tx,
  dossier: { id: string; applicantId: string },
  sight: Sight,
): Promise<View> {
  const own = dossier.applicantId === tx.actor.personId
  // What is open to them is, because they have work on the dossier: that is asked once.
  const mayOpen =
    !own &&
    tx.actor.kind === 'staff' &&
    (sight.until !== null || (await needOf(tx, dossier.id)) !== undefined)
  return {
    sight: own ? 'own' : sight.clear ? 'opened' : 'masked',
    until: sight.until?.toISOString() ?? null,
    mayOpen,
    mayRead: mayOpen || (await mayRead(tx, dossier)),
    minutes: OPEN_MINUTES,
    reasons: mayOpen ? [...REASONS] : [],
    openings: own ? await openingsFor(tx, dossier.id) : [],
  }
}

async function openingsFor(tx: Tx, dossierId: string): Promise<View['openings']> {
  const rows = await tx.sql<{
    opened_at: Date
    until: Date
    by: string
    unit: Text
    agency: Text
    reason: string
  }>(
    `select o.opened_at, coalesce(o.closed_at, o.until) as until, p.full_name as by, u.name as unit, a.name as agency, o.reason
       from opening o join person p on p.id = o.person_id join unit u on u.id = o.unit_id join agency a on a.id = o.agency_id
      where o.dossier_id = $1 order by o.opened_at desc, o.id desc limit $2`,
    [dossierId, SHOWN],
  )
  return rows.map(({ opened_at, until, reason, ...row }) => ({
    ...row,
    at: opened_at.toISOString(),
    until: until.toISOString(),
    reason: reasonLabel(reason),
  }))
}

type Row = {
  id: string
  opened_at: Date
  until: Date
  closed_at: Date | null
  person_id: string
  person: string
  unit_id: string
  unit: Text
  agency_id: string
  agency: Text
  dossier_id: string
  code: string
  procedure: Text
  reason: string
  reason_text: string
  fields: string[]
  questions: Record<string, { title?: string; 'x-en'?: { title?: string } }>
}

/** Openings that the actor may read, newest first, of legal days `from` to `to` (both counted). Nobody audits an application of their own. */
export async function openingRows(
  tx: Tx,
  filter: z.output<typeof OpeningQuery>,
): Promise<{ openings: z.input<typeof OpeningView>[]; next: string | null }> {
  const params: unknown[] = [
    filter.dossierId ?? null,
    filter.agencyId ?? null,
    filter.unitId ?? null,
    filter.personId ?? null,
    filter.q?.normalize('NFC').trim() || null,
    filter.from ? atLegal(filter.from, '00:00') : null,
    filter.to ? atLegal(addDays(filter.to, 1), '00:00') : null,
    filter.after ?? null,
    PAGE + 1,
    tx.actor.personId,
  ]
  const rows = await tx.sql<Row>(
    `select o.id, o.opened_at, o.until, o.closed_at, o.person_id, p.full_name as person, o.unit_id, u.name as unit, o.agency_id,
            a.name as agency, o.dossier_id, d.code, v.definition->'name' as procedure, o.reason, o.reason_text, o.fields,
            v.eform->'schema'->'properties' as questions
       from opening o join person p on p.id = o.person_id join unit u on u.id = o.unit_id join agency a on a.id = o.agency_id
       join dossier d on d.id = o.dossier_id join procedure_version v on v.id = d.procedure_version_id
      where ($1::uuid is null or o.dossier_id = $1) and ($2::uuid is null or o.agency_id = $2)
        and ($3::uuid is null or o.unit_id = $3) and ($4::uuid is null or o.person_id = $4)
        and ($5::text is null or strpos(lower(unaccent(p.full_name)), lower(unaccent($5))) > 0)
        and ($6::timestamptz is null or o.opened_at >= $6) and ($7::timestamptz is null or o.opened_at < $7)
        and ($8::uuid is null or (o.opened_at, o.id) < (select l.opened_at, l.id from opening l where l.id = $8))
        and d.applicant_id is distinct from $10::uuid and ${scope(tx.actor.ability, 'read', 'Opening', 'o', params)}
      order by o.opened_at desc, o.id desc limit $9`,
    params,
  )
  const page = rows.slice(0, PAGE)
  return { openings: page.map(viewOf), next: rows.length > PAGE ? (page.at(-1)?.id ?? null) : null }
}

const viewOf = (row: Row): z.input<typeof OpeningView> => ({
  id: row.id,
  at: row.opened_at.toISOString(),
  until: row.until.toISOString(),
  closedAt: row.closed_at?.toISOString() ?? null,
  person: { id: row.person_id, name: row.person },
  unit: { id: row.unit_id, name: row.unit },
  agency: { id: row.agency_id, name: row.agency },
  dossier: { id: row.dossier_id, code: row.code, procedure: row.procedure },
  reason: reasonLabel(row.reason),
  text: row.reason_text,
  fields: row.fields.map((field) => labelOf(field, row.questions)),
})

const RECORD: Record<string, Text> = {
  'person.identityNo': { vi: 'Số định danh người nộp', en: 'Identity number of the applicant' },
  'person.phone': { vi: 'Số điện thoại người nộp', en: 'Telephone of the applicant' },
  'person.email': { vi: 'Thư điện tử người nộp', en: 'E-mail of the applicant' },
  'person.address': { vi: 'Địa chỉ người nộp', en: 'Address of the applicant' },
  papers: { vi: 'Giấy tờ của hồ sơ', en: 'Papers of the dossier' },
  letters: { vi: 'Văn bản của hồ sơ', en: 'Letters of the dossier' },
  representative: { vi: 'Giấy tờ người đại diện', en: 'Papers of the representative' },
  collector: { vi: 'Giấy tờ người nhận kết quả', en: 'Papers of whoever collected' },
}

/** A field in the words of the form it stands in; one that the form no longer knows stands for itself. */
function labelOf(field: string, questions: Row['questions']): Text {
  const asked = questions[field.replace(/^form\./, '')]
  return (
    RECORD[field] ?? { vi: asked?.title ?? field, ...(asked?.['x-en']?.title && { en: asked['x-en'].title }) }
  )
}
