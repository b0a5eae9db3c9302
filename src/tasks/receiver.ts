import { whoDoes } from '../absence/who-does.ts'
import type { LegalDay } from '../calendar/day.ts'
import { legalDay } from '../clock.ts'
import type { Sql } from '../database/transaction.ts'
import type { Step } from '../procedures/definition.ts'
import { publishedVersion } from '../procedures/version.ts'
import type { Subject } from './step.ts'

/** Who gets a task: a unit's people of a role, or one of them. */
export type Receiver = {
  agencyId: string
  unitId: string
  role: string
  personId: string | null
  /** Absent at that time: the person stands in for them. */
  inPlaceOf: string | null
}

type DossierRow = {
  agency_id: string
  deciding_agency_id: string
  one_stop_unit_id: string
  unit_id: string
  procedure_code: string
  procedure_version_id: string
}

/** An agency has no unit of the kind that a step wants. */
export class NoSuchUnit extends Error {
  override name = 'NoSuchUnit'
}

/** Who signs a letter, by what the dossier's procedure says (rules 7): a diagram is shared by all procedures. */
const LETTER_SIGNERS = {
  leader: { role: 'leader', unit: 'leadership' },
  'unit-head': { role: 'unit-head', unit: 'specialist' },
} as const

/**
 * The receiver of a step at an instant, from the definition and the dossier's routing. A person comes from an assignment, from
 * whoever did the step named in `sameAs`, or, for `unit: "holder"`, from the accountable line; while that person is absent
 * (legal day of `at`) it is the substitute, or the unit.
 * @throws NoSuchUnit when the agency has no such unit: the task would be nobody's.
 */
export async function receiverOf(
  sql: Sql,
  subject: Subject,
  elementId: string,
  drawn: Step,
  at: Date,
): Promise<Receiver> {
  const day = legalDay(at)
  const [dossier] = await sql<DossierRow>(
    `select agency_id, deciding_agency_id, one_stop_unit_id, unit_id, procedure_code, procedure_version_id
       from dossier where id = $1`,
    [subject.dossierId],
  )
  if (!dossier) throw new Error(`dossier ${subject.dossierId} is not there`)
  const step = { ...drawn, ...(await letterSigner(sql, dossier, drawn)) }
  const doer = async (personId: string | null) =>
    personId
      ? whoDoes(sql, personId, { procedureCode: dossier.procedure_code, form: step.form }, day)
      : { personId: null, inPlaceOf: null }
  if (step.unit === 'holder') {
    const holder = await holderOf(sql, subject.dossierId, step.role)
    if (holder) return { ...holder, ...(await doer(holder.personId)) }
  }
  const place = await placeOf(sql, subject, dossier, step, day)
  const person = await personOf(sql, subject, elementId, step, place.unitId, day)
  return { ...place, role: step.role, ...(await doer(person)) }
}

async function letterSigner(sql: Sql, dossier: DossierRow, { outcomes }: Step) {
  if (!Object.values(outcomes).some(({ promises }) => promises.includes('apology.sign'))) return {}
  const { definition } = await publishedVersion(sql, dossier.procedure_version_id)
  return LETTER_SIGNERS[definition.apology.signer]
}

async function placeOf(
  sql: Sql,
  subject: Subject,
  dossier: DossierRow,
  { unit, agency }: Pick<Step, 'unit' | 'agency'>,
  day: LegalDay,
): Promise<{ agencyId: string; unitId: string }> {
  if (unit === 'one-stop') return unitRow(sql, dossier.one_stop_unit_id)
  if (unit === 'specialist' || unit === 'holder') return unitRow(sql, dossier.unit_id)
  if (unit === 'subject') {
    const [asked] = await sql<{ agency_id: string; unit_id: string }>(
      'select agency_id, unit_id from consultation where id = $1',
      [subject.id],
    )
    if (!asked)
      throw new Error(`${subject.kind} ${subject.id} is no consultation: unit "subject" has no meaning`)
    return { agencyId: asked.agency_id, unitId: asked.unit_id }
  }
  const agencyId = agency === 'deciding' ? dossier.deciding_agency_id : dossier.agency_id
  const [found] = await sql<{ id: string }>(
    'select id from unit where agency_id = $1 and kind = $2 and valid_on(valid_from, valid_to, $3) order by code limit 1',
    [agencyId, unit, day],
  )
  if (!found)
    throw new NoSuchUnit(`agency ${agencyId} has no ${unit} unit: add one under People and agencies`)
  return { agencyId, unitId: found.id }
}

async function unitRow(sql: Sql, unitId: string): Promise<{ agencyId: string; unitId: string }> {
  const [row] = await sql<{ agency_id: string }>('select agency_id from unit where id = $1', [unitId])
  if (!row) throw new Error(`unit ${unitId} is not there`)
  return { agencyId: row.agency_id, unitId }
}

/**
 * Whoever holds the dossier now, with the role of the task in hand; while it waits, its officer in the step's role. While
 * its papers wait at the counter for the unit whose task is open already, the clerk holds it (rules 10) and drafts (rules 7).
 */
async function holderOf(
  sql: Sql,
  dossierId: string,
  role: string,
): Promise<Omit<Receiver, 'inPlaceOf'> | undefined> {
  const [row] = await sql<{ agency_id: string; unit_id: string; role: string; person_id: string | null }>(
    `select h.agency_id, h.unit_id, case when t.unit_id = h.unit_id then t.role when u.kind = 'one-stop' then 'clerk' else $2 end as role, h.person_id
       from holding h join unit u on u.id = h.unit_id left join task t on t.id = h.task_id
      where h.dossier_id = $1 and h.track = 'accountable' and h.to_at is null and h.element_id <> ''
        and h.on_behalf = 'holder'`,
    [dossierId, role],
  )
  return row && { agencyId: row.agency_id, unitId: row.unit_id, role: row.role, personId: row.person_id }
}

async function personOf(
  sql: Sql,
  subject: Subject,
  elementId: string,
  step: Step,
  unitId: string,
  day: LegalDay,
): Promise<string | null> {
  // The latest word counts: an assignment of this step, or whoever did the step that this one continues.
  const [row] = await sql<{ person_id: string }>(
    `select person_id from (
        select person_id, assigned_at as at from assignment where subject_id = $1 and element_id = any($2)
        union all
        select d.actor_id, d.acted_at from decision d join task t on t.id = d.task_id
         where t.subject_id = $1 and t.element_id = $3 and d.state = 'released') known
      where exists (select from post where person_id = known.person_id and unit_id = $4 and role = $5
                      and valid_on(valid_from, valid_to, $6))
      order by at desc limit 1`,
    [subject.id, [elementId, step.sameAs ?? elementId], step.sameAs ?? '', unitId, step.role, day],
  )
  return row?.person_id ?? null
}
