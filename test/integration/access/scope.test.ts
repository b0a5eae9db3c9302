import fc from 'fast-check'
import {
  type Action,
  type AppAbility,
  abilityFor,
  allows,
  everything,
  publicAbility,
} from '../../../src/access/ability.ts'
import { systemActor } from '../../../src/access/actor.ts'
import { asSystem } from '../../../src/access/filter.ts'
import type { Inspection } from '../../../src/access/inspection.ts'
import type { Post, Role } from '../../../src/access/post.ts'
import { scope } from '../../../src/access/scope.ts'
import type { StandIn } from '../../../src/access/stand-in.ts'
import { columnName, SUBJECTS, type SubjectName } from '../../../src/access/subjects.ts'
import { Agency } from '../../../src/agencies/entity.ts'
import { agencyId, loadOrganisation, personId } from '../../../src/agencies/load.ts'
import { loadActor } from '../../../src/people/actor.ts'
import { Person } from '../../../src/people/entity.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

let test: TestDatabase
const system = systemActor('scope test')
beforeAll(async () => {
  test = await createTestDatabase()
  await test.db.transact(system, (tx) => loadOrganisation(tx))
})
afterAll(() => test.close())

/** The tables whose rows rules speak of. */
const TABLES = {
  Dossier: 'dossier',
  Task: 'task',
  Letter: 'letter',
  Document: 'document',
  Consultation: 'consultation',
  Handover: 'handover',
  Person: 'person',
  Mail: 'notification',
  SavedView: 'saved_view',
  Reminder: 'reminder',
  Phrase: 'phrase',
  Absence: 'absence',
  Urging: 'urging',
  OneStop: 'dossier',
  Flow: 'dossier',
  CashShift: 'cash_shift',
  Finding: 'finding',
  Explanation: 'explanation',
  AuditReport: 'audit_report',
} as const satisfies Partial<Record<SubjectName, string>>
/** A dossier that is no part of a group, a task nobody has claimed, an absence in which nobody stands in, an explanation asked of a unit. */
const MAY_BE_NULL = ['Dossier.parentId', 'Task.assigneeId', 'Absence.substituteId', 'Explanation.personId']
const SUBJECT_NAMES = Object.keys(TABLES) as (keyof typeof TABLES)[]
const ROLES: Role[] = [
  'clerk',
  'one-stop-head',
  'officer',
  'unit-head',
  'leader',
  'clerical',
  'control',
  'auditor',
  'analyst',
  'admin',
]
const ACTIONS: Action[] = [
  'read',
  'create',
  'update',
  'note',
  'supplement',
  'withdraw',
  'extend',
  'pay',
  'take-cash',
  'refund',
  'claim',
  'unclaim',
  'assign',
  'decide',
  'take-back',
  'open',
  'answer',
  'sign',
  'manage',
]

// Few ids, so that people and rows meet often.
const id = fc.integer({ min: 1, max: 4 }).map((n) => `00000000-0000-7000-8000-00000000000${n}`)
const VALUES: Record<string, fc.Arbitrary<unknown>> = {
  'Dossier.state': fc.constantFrom('filed', 'processing', 'waiting-supplement', 'done', 'withdrawn'),
  'Dossier.parentId': fc.option(id),
  'Dossier.procedureCode': fc.constantFrom('1.013225', '1.001193'),
  'Dossier.filedAt': fc.integer({ min: 1, max: 6 }).map((n) => new Date(Date.UTC(2026, 10, n))),
  'Explanation.personId': fc.option(id),
  'Task.role': fc.constantFrom(...ROLES),
  'Task.state': fc.constantFrom('open', 'deciding', 'moving', 'done'),
  'Task.assigneeId': fc.option(id),
  'Task.form': fc.constantFrom('appraise', 'assign', 'result-sign', 'apology-sign'),
  'Task.procedureCode': fc.constantFrom('1.013225', '1.001193'),
  'Absence.substituteId': fc.option(id),
  'Person.kind': fc.constantFrom('staff', 'citizen'),
}
const rowOf = (subject: SubjectName) =>
  fc.record(
    Object.fromEntries(
      Object.entries(SUBJECTS[subject]).map(([property, type]) => [
        property,
        VALUES[`${subject}.${property}`] ?? (type === 'uuid[]' ? fc.uniqueArray(id, { maxLength: 3 }) : id),
      ]),
    ),
  )
const post: fc.Arbitrary<Post> = fc.record({
  id,
  agencyId: id,
  agencyCode: fc.constant('A'),
  unitId: id,
  unitCode: fc.constant('A.U'),
  role: fc.constantFrom(...ROLES),
  deputy: fc.boolean(),
  title: fc.constant({ vi: '' }),
})
const standIn: fc.Arbitrary<StandIn> = fc.record({
  personId: id,
  procedures: fc.subarray(['1.013225', '1.001193']),
  forms: fc.subarray(['appraise', 'result-sign']),
})
/** Their days are those of the dossiers, so that the ends of a period are met too. */
const inspection: fc.Arbitrary<Inspection> = fc
  .record({
    id,
    number: fc.constant('1/QĐ-TTr'),
    decidedOn: fc.constant('2026-11-01'),
    agencyIds: fc.uniqueArray(id, { maxLength: 2 }),
    procedureCodes: fc.subarray(['1.013225', '1.001193']),
    from: fc.integer({ min: 1, max: 6 }),
    days: fc.integer({ min: 0, max: 3 }),
    validTo: fc.constant('2026-12-31'),
  })
  .map(({ from, days, ...rest }) => ({
    ...rest,
    filedFrom: `2026-11-0${from}`,
    filedTo: `2026-11-0${from + days}`,
  }))
const ability: fc.Arbitrary<AppAbility> = fc.oneof(
  {
    weight: 20,
    arbitrary: fc
      .record({
        personId: id,
        kind: fc.constant('staff' as const),
        posts: fc.array(post, { maxLength: 3 }),
        standsInFor: fc.array(standIn, { maxLength: 2 }),
        inspections: fc.array(inspection, { maxLength: 2 }),
      })
      .map(abilityFor),
  },
  { weight: 1, arbitrary: fc.constant(publicAbility()) },
  { weight: 1, arbitrary: fc.constant(everything()) },
)

/** Which of the rows SQL lets through, with the table's own column types. */
async function bySql(
  may: AppAbility,
  action: Action,
  subject: keyof typeof TABLES,
  rows: object[],
): Promise<number[]> {
  const columns = Object.entries(SUBJECTS[subject]).map(
    ([property, type]) => `${columnName(property)} ${type}`,
  )
  const data = rows.map((row, n) => ({
    n,
    ...Object.fromEntries(Object.entries(row).map(([property, value]) => [columnName(property), value])),
  }))
  const params: unknown[] = [JSON.stringify(data)]
  const found = await test.db.transact(system, (tx) =>
    tx.sql<{ n: number }>(
      `select x.n from jsonb_to_recordset($1) as x (n int, ${columns.join(', ')})
        where ${scope(may, action, subject, 'x', params)} order by x.n`,
      params,
    ),
  )
  return found.map(({ n }) => n)
}

describe.each(SUBJECT_NAMES)('for random people and rows of %s', (subject) => {
  it('SQL finds exactly the rows on which the ability allows the action', async () => {
    await fc.assert(
      fc.asyncProperty(
        ability,
        fc.constantFrom(...ACTIONS),
        fc.array(rowOf(subject), { minLength: 1, maxLength: 30 }),
        async (may, action, rows) => {
          const allowed = rows.flatMap((row, n) => (allows(may, action, subject, row) ? [n] : []))
          expect(await bySql(may, action, subject, rows)).toEqual(allowed)
        },
      ),
      { numRuns: 150 },
    )
  })

  it('the rules ask only about columns that the table has and that are never null, but for those named', async () => {
    const columns = await test.db.transact(system, (tx) =>
      tx.sql<{ column_name: string; is_nullable: string }>(
        `select column_name, is_nullable from information_schema.columns where table_schema = 'public' and table_name = $1`,
        [TABLES[subject]],
      ),
    )
    for (const property of Object.keys(SUBJECTS[subject])) {
      const column = columns.find(({ column_name }) => column_name === columnName(property))
      expect({ property, nullable: column?.is_nullable }).toEqual({
        property,
        nullable: MAY_BE_NULL.includes(`${subject}.${property}`) ? 'YES' : 'NO',
      })
    }
  })
})

it('the ORM finds the same people as the ability allows', async () => {
  const everybody = await test.db.transact(system, (tx) => tx.em.find(Person, {}))
  expect(everybody.length).toBeGreaterThan(200)
  for (const login of ['congdan', 'motcua.x01', 'chuyenvien.x01', 'thanhtra', 'quantri', 'phantich']) {
    const actor = await loadActor(test.db, personId(login), 'vi')
    if (!actor) throw new Error(login)
    const seen = await test.db.transact(actor, (tx) => tx.em.find(Person, {}, { orderBy: { id: 'asc' } }))
    const allowed = everybody
      .filter((row) => allows(actor.ability, 'read', 'Person', row))
      .map((row) => row.id)
    expect(seen.map((row) => row.id)).toEqual(allowed.sort())
    expect(seen.length).toBeGreaterThan(0)
  }
})

it('the ORM refuses a query without an ability, and one on an entity that has no rules', async () => {
  await expect(test.db.orm.em.fork().find(Agency, {})).rejects.toThrow('without an ability')
})

it('the system may look where the actor may not, and says why', async () => {
  const citizen = await loadActor(test.db, personId('congdan'), 'vi')
  if (!citizen) throw new Error('no citizen')
  await test.db.transact(citizen, async (tx) => {
    const clerk = { id: personId('motcua.x01') }
    expect(await tx.em.findOne(Person, clerk)).toBeNull()
    expect(await asSystem(tx.em, 'the receipt names the clerk').findOne(Person, clerk)).not.toBeNull()
    expect(await tx.em.findOne(Person, clerk)).toBeNull()
  })
})

it('an entity that was read and not changed is not written', async () => {
  await test.db.transact(system, async (tx) => {
    const agency = await tx.em.findOneOrFail(Agency, { id: agencyId('T00.X01') })
    expect(agency.validFrom).toBe('2025-07-01')
    const [before] = await tx.sql('select xmin from agency where id = $1', [agency.id])
    await tx.em.flush()
    expect(await tx.sql('select xmin from agency where id = $1', [agency.id])).toEqual([before])
  })
})
