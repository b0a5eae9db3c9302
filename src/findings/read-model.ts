import type { z } from 'zod'
import { allows } from '../access/ability.ts'
import { scope } from '../access/scope.ts'
import { addDays } from '../calendar/day.ts'
import { atLegal } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { auditScope } from '../reports/read-model.ts'
import type { Text } from '../text.ts'
import { ANSWERABLE } from './holders.ts'
import { isParty } from './party.ts'
import { findingKinds, kindOf, whyOf } from './rules.ts'
import type { FindingList, FindingPage, FindingRow } from './schemas.ts'

type Ref = { id: string; code: string; name: Text }
type Named = { id: string; name: string }
type Row = {
  id: string
  dossier_id: string
  dossier_code: string
  procedure_code: string
  procedure_name: Text
  kind: string
  at: Date
  reason: string | null
  added_by: Named | null
  agency: Ref | null
  unit: Ref | null
  person: Named | null
  explanation_id: string | null
  state: 'asked' | 'answered' | 'concluded' | null
  due_at: Date | null
  dossier_readable: boolean
}

const ref = (alias: string) =>
  `jsonb_build_object('id', ${alias}.id, 'code', ${alias}.code, 'name', ${alias}.name)`
const named = (alias: string) =>
  `case when ${alias}.id is not null then jsonb_build_object('id', ${alias}.id, 'name', ${alias}.full_name) end`

/**
 * A finding `f` with what became of it. Its owner: whoever was asked, otherwise who held the dossier for the finding's
 * agency at that instant (a consulted body holds beside the line). A finding that names its owner itself is believed.
 */
const select = (readable: string) => `
  select f.id, f.dossier_id, d.code as dossier_code, d.procedure_code, v.definition->'name' as procedure_name, f.kind, f.at,
         f.detail->>'reason' as reason,
         ${named('ab')} as added_by, ${ref('oa')} as agency, ${ref('ou')} as unit, ${named('op')} as person,
         x.id as explanation_id, x.state, x.due_at, ${readable} as dossier_readable
    from finding f
    join dossier d on d.id = f.dossier_id
    join procedure_version v on v.id = d.procedure_version_id
    left join person ab on ab.id = f.added_by
    left join explanation x on x.finding_id = f.id
    left join lateral (
      select h.unit_id, h.person_id from holding h
       where h.dossier_id = f.dossier_id and h.agency_id = f.agency_id and h.on_behalf = 'holder' and h.from_at <= f.at
       order by (h.to_at is null or h.to_at >= f.at) desc, (h.track = 'side') = (f.kind like 'consultation-%') desc,
                h.from_at desc, h.seq desc limit 1) o on true
    left join unit ou on ou.id = coalesce(x.unit_id, (f.detail->'owner'->>'unitId')::uuid, o.unit_id)
    left join agency oa on oa.id = ou.agency_id
    left join person op on op.id = case
         when x.id is not null then x.person_id
         when f.detail ? 'owner' then (f.detail->'owner'->>'personId')::uuid else o.person_id end`

const stateOf = ({ state, due_at }: Row, now: Date): z.input<typeof FindingRow>['state'] =>
  state === null ? 'none' : state === 'asked' && due_at && due_at < now ? 'overdue' : state

const view = (row: Row, now: Date): z.input<typeof FindingRow> => ({
  id: row.id,
  dossier: { id: row.dossier_id, code: row.dossier_code },
  kind: kindOf(row.kind),
  why: row.reason ? whyOf(row.reason) : null,
  at: row.at.toISOString(),
  addedBy: row.added_by,
  owner: row.agency?.id && row.unit?.id ? { agency: row.agency, unit: row.unit, person: row.person } : null,
  state: stateOf(row, now),
  dueAt: row.due_at?.toISOString() ?? null,
})

/** Findings of dossiers within reach, and those that the actor is asked about; pushes its values onto `params`. */
function within(tx: Tx, params: unknown[]): string {
  const own = scope(tx.actor.ability, 'read', 'Explanation', 'x', params)
  const theirs = scope(tx.actor.ability, 'read', 'Finding', 'f', params)
  const dossier = auditScope(tx, 'd', params)
  // Nobody audits their own application, whatever they are asked.
  params.push(tx.actor.personId)
  return `((${theirs} and ${dossier})
       or (x.id is not null and ${own} and (x.unit_id is not null) and not ${hasWholeReach(tx)}
           and d.applicant_id is distinct from $${params.length}::uuid))`
}

/** Whoever looks at findings as an overseer looks through the dossier's scope alone. */
const hasWholeReach = (tx: Tx): string => String(allows(tx.actor.ability, 'create', 'Finding', {}))

export type FindingFilter = {
  from?: string | undefined
  to?: string | undefined
  agencyId?: string | undefined
  kind?: string | undefined
  state?: z.input<typeof FindingRow>['state'] | undefined
  dossierId?: string | undefined
  mine?: boolean | undefined
  after?: string | undefined
}

const PAGE = 100

/** Findings, newest first; of legal days `from` to `to`, both counted. `mine`: those that I am asked about. */
export async function findings(tx: Tx, filter: FindingFilter): Promise<z.input<typeof FindingList>> {
  const params: unknown[] = [
    filter.from ? atLegal(filter.from, '00:00') : null,
    filter.to ? atLegal(addDays(filter.to, 1), '00:00') : null,
    filter.agencyId ?? null,
    filter.kind ?? null,
    filter.state ?? null,
    filter.dossierId ?? null,
    filter.mine ?? false,
    filter.after ?? null,
    PAGE + 1,
    tx.at,
  ]
  const answerable = scope(tx.actor.ability, 'answer', 'Explanation', 'x', params)
  const rows = await tx.sql<Row>(
    `${select('true')}
      where ($1::timestamptz is null or f.at >= $1) and ($2::timestamptz is null or f.at < $2)
        and ($3::uuid is null or oa.id = $3) and ($4::text is null or f.kind = $4)
        and ($5::text is null or $5 = case when x.state is null then 'none'
               when x.state = 'asked' and x.due_at < $10 then 'overdue' else x.state end)
        and ($6::uuid is null or f.dossier_id = $6) and (not $7::boolean or (x.id is not null and ${answerable}))
        and ($8::uuid is null or (f.at, f.id) < (select l.at, l.id from finding l where l.id = $8))
        and ${within(tx, params)}
      order by f.at desc, f.id desc limit $9`,
    params,
  )
  const page = rows.slice(0, PAGE)
  return {
    findings: page.map((row) => view(row, tx.at)),
    next: rows.length > PAGE ? (page.at(-1)?.id ?? null) : null,
    kinds: findingKinds.map(({ key, name }) => ({ key, name })),
  }
}

type ExplanationRow = {
  id: string
  version: number
  agency_id: string
  unit_id: string
  person_id: string | null
  state: string
  question: string
  limit_days: number
  asked_by: Named
  asked_at: Date
  due_at: Date
  answers: {
    id: string
    cause: 'objective' | 'subjective'
    answer: string
    by: Named
    at: string
    documents: { id: string; fileName: string }[]
  }[]
  conclusion: string | null
  upheld: boolean | null
  concluded_by: Named | null
  concluded_at: Date | null
}

/** One finding with its whole case; undefined when it is not there or out of reach. */
export async function findingPage(tx: Tx, id: string): Promise<z.input<typeof FindingPage> | undefined> {
  const params: unknown[] = [id]
  const readable = scope(tx.actor.ability, 'read', 'Dossier', 'd', params)
  const [row] = await tx.sql<Row>(`${select(readable)} where f.id = $1 and ${within(tx, params)}`, params)
  if (!row) return undefined
  const explanation = row.explanation_id ? await explanationRow(tx, row.explanation_id) : undefined
  const { ability } = tx.actor
  const asked = explanation && {
    agencyId: explanation.agency_id,
    unitId: explanation.unit_id,
    personId: explanation.person_id,
  }
  const holders = explanation ? [] : await holdersOf(tx, row)
  const others = holders.filter(
    ({ agency, unit, person }) =>
      !isParty(tx.actor, { agencyId: agency.id, unitId: unit.id, personId: person?.id ?? null }),
  )
  const shown = view(row, tx.at)
  const overdue = shown.state === 'overdue'
  return {
    ...shown,
    procedure: { code: row.procedure_code, name: row.procedure_name },
    explanation: explanation ? explanationView(explanation) : null,
    holders: others,
    may: {
      // Where all who held it are the actor's own side, somebody else asks.
      ask:
        !explanation &&
        allows(ability, 'create', 'Explanation', {}) &&
        (others.length > 0 || holders.length === 0),
      answer: explanation?.state === 'asked' && allows(ability, 'answer', 'Explanation', asked!),
      conclude:
        explanation !== undefined &&
        (explanation.state === 'answered' || overdue) &&
        allows(ability, 'decide', 'Explanation', asked!) &&
        !isParty(
          tx.actor,
          asked!,
          explanation.answers.map(({ by }) => by.id),
        ),
      openDossier: row.dossier_readable && ability.can('read', 'Report'),
    },
  }
}

async function explanationRow(tx: Tx, id: string): Promise<ExplanationRow | undefined> {
  const [row] = await tx.sql<ExplanationRow>(
    `select x.id, x.version, x.agency_id, x.unit_id, x.person_id, x.state, x.question, x.limit_days, ${named('ap')} as asked_by,
            x.asked_at, x.due_at, x.conclusion, x.upheld,
            ${named('cp')} as concluded_by, x.concluded_at,
            (select coalesce(jsonb_agg(jsonb_build_object('id', w.id, 'cause', w.cause, 'answer', w.answer, 'at', w.answered_at,
                      'by', jsonb_build_object('id', wp.id, 'name', wp.full_name),
                      'documents', (select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'fileName', e.file_name) order by e.id), '[]')
                                      from explanation_document e where e.answer_id = w.id)) order by w.answered_at, w.id), '[]')
               from explanation_answer w join person wp on wp.id = w.answered_by where w.explanation_id = x.id) as answers
       from explanation x join person ap on ap.id = x.asked_by
       left join person cp on cp.id = x.concluded_by
      where x.id = $1`,
    [id],
  )
  return row
}

const explanationView = (row: ExplanationRow) => ({
  id: row.id,
  version: row.version,
  question: row.question,
  limitDays: row.limit_days,
  askedBy: row.asked_by,
  askedAt: row.asked_at.toISOString(),
  dueAt: row.due_at.toISOString(),
  answers: row.answers.map((one) => ({ ...one, at: new Date(one.at).toISOString() })),
  conclusion: row.conclusion,
  upheld: row.upheld,
  concludedBy: row.concluded_by,
  concludedAt: row.concluded_at?.toISOString() ?? null,
})

/** Units and people that have held the dossier, the owner of the finding first, then who held it longest. */
async function holdersOf(tx: Tx, row: Row) {
  const rows = await tx.sql<{ agency: Ref; unit: Ref; person: Named | null }>(
    `select agency, unit, person from (
       select ${ref('a')} as agency, ${ref('u')} as unit, ${named('p')} as person, u.id as unit_id, p.id as person_id,
              sum(coalesce(h.to_at, $2) - h.from_at) as held
         from (${ANSWERABLE}) h join unit u on u.id = h.unit_id join agency a on a.id = u.agency_id left join person p on p.id = h.person_id
        group by a.id, u.id, p.id) t
      order by (unit_id = $3::uuid and person_id is not distinct from $4::uuid) desc nulls last, held desc`,
    [row.dossier_id, tx.at, row.unit?.id ?? null, row.person?.id ?? null],
  )
  return rows
}
