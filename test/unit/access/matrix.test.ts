import { type Action, abilityFor, allows, publicAbility } from '../../../src/access/ability.ts'
import type { Post, Role } from '../../../src/access/post.ts'
import { isSigning, SIGNING_FORMS } from '../../../src/access/stand-in.ts'
import { DecisionData } from '../../../src/tasks/schemas.ts'

const ME = 'me'
const OTHER = 'somebody-else'
const post = (role: Role): Post => ({
  id: 'post',
  agencyId: 'my-agency',
  agencyCode: 'A',
  unitId: 'my-unit',
  unitCode: 'A.U',
  role,
  deputy: false,
  title: { vi: '' },
})
const as = (role: Role | 'citizen') =>
  abilityFor({
    personId: ME,
    kind: role === 'citizen' ? 'citizen' : 'staff',
    posts: role === 'citizen' ? [] : [post(role)],
  })

const STATES = [
  'filed',
  'processing',
  'waiting-supplement',
  'done',
  'returned',
  'refused',
  'closed',
  'withdrawn',
]
const IN: Record<string, string[]> = {
  all: STATES,
  none: [],
  open: ['filed', 'processing', 'waiting-supplement'],
  waiting: ['waiting-supplement'],
}

const foreign = {
  agencyId: 'agency-2',
  oneStopUnitId: 'unit-2',
  unitId: 'unit-3',
  participantAgencyIds: ['agency-3'],
  applicantId: OTHER,
  filedBy: OTHER,
  parentId: null,
}
const DOSSIERS: Record<string, object> = {
  foreign,
  'my own': { ...foreign, applicantId: ME },
  'filed by me for another': { ...foreign, filedBy: ME },
  'a part of my own group': { ...foreign, applicantId: ME, parentId: 'group' },
  'a part at my counter': { ...foreign, oneStopUnitId: 'my-unit', parentId: 'group' },
  'of my counter': { ...foreign, oneStopUnitId: 'my-unit' },
  'of my agency': { ...foreign, agencyId: 'my-agency' },
  'my agency is asked': { ...foreign, participantAgencyIds: ['agency-3', 'my-agency'] },
}

/** role | dossier | read | note | create | supplement | withdraw: in which states of the dossier. */
const DOSSIER_RULES = `
  citizen       | my own                  | all  | none | all  | waiting | open
  citizen       | filed by me for another | none | none | none | none    | none
  citizen       | foreign                 | none | none | none | none    | none
  citizen       | a part of my own group  | all  | none | all  | waiting | none
  clerk         | of my counter           | all  | all  | all  | waiting | open
  clerk         | a part at my counter    | all  | all  | all  | waiting | none
  clerk         | of my agency            | none | none | none | none    | none
  clerk         | my own                  | all  | none | all  | waiting | open
  clerk         | foreign                 | none | none | none | none    | none
  one-stop-head | of my counter           | all  | all  | all  | waiting | open
  one-stop-head | foreign                 | none | none | none | none    | none
  officer       | of my agency            | all  | all  | none | none    | none
  officer       | my agency is asked      | all  | all  | none | none    | none
  officer       | my own                  | all  | none | all  | waiting | open
  officer       | foreign                 | none | none | none | none    | none
  unit-head     | of my agency            | all  | all  | none | none    | none
  unit-head     | my agency is asked      | all  | all  | none | none    | none
  unit-head     | foreign                 | none | none | none | none    | none
  leader        | of my agency            | all  | all  | none | none    | none
  leader        | my agency is asked      | all  | all  | none | none    | none
  leader        | foreign                 | none | none | none | none    | none
  clerical      | of my agency            | all  | all  | none | none    | none
  clerical      | foreign                 | none | none | none | none    | none
  control       | of my agency            | all  | none | none | none    | none
  control       | foreign                 | all  | none | none | none    | none
  auditor       | of my agency            | all  | none | none | none    | none
  auditor       | foreign                 | all  | none | none | none    | none
  analyst       | of my agency            | none | none | none | none    | none
  analyst       | foreign                 | none | none | none | none    | none
  admin         | of my agency            | none | none | none | none    | none
  admin         | foreign                 | none | none | none | none    | none`

const table = (text: string): string[][] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))

describe.each(table(DOSSIER_RULES))('a %s and a dossier that is "%s"', (role, kind, ...cells) => {
  const ability = as(role as Role)
  const operations: Action[] = ['read', 'note', 'create', 'supplement', 'withdraw']
  it.each(operations.map((operation, i) => [operation, cells[i]]))(
    'may %s in states: %s',
    (operation, cell) => {
      const allowed = STATES.filter((state) =>
        allows(ability, operation as Action, 'Dossier', { ...DOSSIERS[kind as string], state }),
      )
      expect(allowed).toEqual(IN[cell as string])
    },
  )
})

const strange = { agencyId: 'agency-2', unitId: 'unit-2', role: 'officer', assigneeId: null, state: 'open' }
const TASKS: Record<string, (role: string) => object> = {
  unclaimed: (role) => ({ ...strange, agencyId: 'my-agency', unitId: 'my-unit', role }),
  mine: (role) => ({ ...strange, agencyId: 'my-agency', unitId: 'my-unit', role, assigneeId: ME }),
  "a colleague's": (role) => ({
    ...strange,
    agencyId: 'my-agency',
    unitId: 'my-unit',
    role,
    assigneeId: OTHER,
  }),
  "my unit's, other role": () => ({ ...strange, agencyId: 'my-agency', unitId: 'my-unit', role: 'nobody' }),
  "my agency's, other unit": (role) => ({ ...strange, agencyId: 'my-agency', role }),
  foreign: (role) => ({ ...strange, role }),
}
const OPERATIONS: Action[] = ['read', 'claim', 'unclaim', 'assign', 'decide', 'take-back']

/** role | task | what may be done with it. */
const TASK_RULES = `
  clerk     | unclaimed               | read claim decide
  clerk     | mine                    | read unclaim decide take-back
  clerk     | a colleague's           | read
  clerk     | my unit's, other role   |
  clerk     | my agency's, other unit |
  clerk     | foreign                 |
  officer   | unclaimed               | read claim decide
  officer   | mine                    | read unclaim decide take-back
  officer   | a colleague's           | read
  officer   | my unit's, other role   |
  officer   | my agency's, other unit |
  officer   | foreign                 |
  unit-head | unclaimed               | read claim assign decide
  unit-head | mine                    | read unclaim assign decide take-back
  unit-head | a colleague's           | read assign
  unit-head | my unit's, other role   | read assign
  unit-head | my agency's, other unit |
  unit-head | foreign                 |
  leader    | unclaimed               | read claim assign decide
  leader    | a colleague's           | read assign
  leader    | my agency's, other unit | read assign
  leader    | foreign                 |
  clerical  | unclaimed               | read claim decide
  clerical  | my agency's, other unit |
  control   | unclaimed               | read
  control   | foreign                 | read
  auditor   | mine                    | read
  auditor   | foreign                 | read
  analyst   | unclaimed               |
  admin     | unclaimed               |
  admin     | mine                    |
  citizen   | unclaimed               |`

it.each(table(TASK_RULES))('a %s and a task that is "%s": %s', (role, kind, operations = '') => {
  const ability = as(role as Role)
  const row = TASKS[kind as string]?.(role as string) ?? {}
  const allowed = OPERATIONS.filter((operation) => allows(ability, operation, 'Task', row))
  expect(allowed.join(' ')).toBe(operations)
})

describe('opening the personal data of a dossier', () => {
  const may = (role: Role, kind: string) =>
    allows(as(role), 'open', 'Task', TASKS[kind]?.(role) ?? {}) ? `${role}: ${kind}` : ''

  it('is for whoever could decide its open work, and for nobody who only reads', () => {
    const roles = [
      'clerk',
      'one-stop-head',
      'officer',
      'unit-head',
      'leader',
      'clerical',
      'control',
      'auditor',
    ] as const
    const able = roles.flatMap((role) => Object.keys(TASKS).map((kind) => may(role, kind))).filter(Boolean)
    expect(able).toEqual(roles.slice(0, 6).flatMap((role) => [`${role}: unclaimed`, `${role}: mine`]))
  })

  it('goes to the counter that took the dossier in, until the result is collected', () => {
    const states = (role: Role, kind: string) =>
      STATES.filter((state) => allows(as(role), 'open', 'Dossier', { ...DOSSIERS[kind], state }))
    for (const role of ['clerk', 'one-stop-head'] as const)
      expect(states(role, 'of my counter')).toEqual(['filed', 'processing', 'waiting-supplement', 'done'])
    for (const role of ['clerk', 'officer', 'leader', 'auditor', 'admin'] as const)
      expect([...states(role, 'of my agency'), ...states(role, 'foreign')]).toEqual([])
  })

  it('is never for work on an application of one’s own', () => {
    const row = { ...TASKS.mine?.('officer'), applicantId: ME }
    expect(allows(as('officer'), 'open', 'Task', row)).toBe(false)
  })
})

it('the head of the one-stop may do a clerk`s task and assign it', () => {
  const row = { ...strange, unitId: 'my-unit', role: 'clerk' }
  const ability = as('one-stop-head')
  expect(OPERATIONS.filter((operation) => allows(ability, operation, 'Task', row))).toEqual([
    'read',
    'claim',
    'assign',
    'decide',
  ])
})

/** role | dossier | pay online | take cash | refund: in every state or in none; what is owed decides the rest. */
const MONEY_RULES = `
  citizen       | my own                  | all  | none | none
  citizen       | filed by me for another | none | none | none
  citizen       | foreign                 | none | none | none
  clerk         | my own                  | all  | none | none
  clerk         | of my counter           | none | all  | none
  clerk         | of my agency            | none | none | none
  clerk         | foreign                 | none | none | none
  one-stop-head | of my counter           | none | all  | all
  one-stop-head | foreign                 | none | none | none
  officer       | of my agency            | none | none | none
  leader        | of my agency            | none | none | none
  auditor       | foreign                 | none | none | none
  admin         | foreign                 | none | none | none`

describe.each(table(MONEY_RULES))('a %s and the fee of a dossier that is "%s"', (role, kind, ...cells) => {
  const operations: Action[] = ['pay', 'take-cash', 'refund']
  it.each(operations.map((operation, i) => [operation, cells[i]]))('may %s: %s', (operation, cell) => {
    const allowed = STATES.filter((state) =>
      allows(as(role as Role), operation as Action, 'Dossier', { ...DOSSIERS[kind as string], state }),
    )
    expect(allowed).toEqual(IN[cell as string])
  })
})

it('the books of a year are locked by the head; a deputy leads the agency’s work and does not lock them', () => {
  const deputy = abilityFor({ personId: ME, kind: 'staff', posts: [{ ...post('leader'), deputy: true }] })
  const book = { agencyId: 'my-agency' }
  expect(allows(as('leader'), 'create', 'Book', book)).toBe(true)
  expect(allows(as('leader'), 'create', 'Book', { agencyId: 'agency-2' })).toBe(false)
  expect(deputy.can('create', 'Book')).toBe(false)
  expect(allows(deputy, 'assign', 'Task', { ...strange, agencyId: 'my-agency' })).toBe(true)
})

it('a cash shift is its cashier’s; the head of the one-stop sees it, and nobody of another counter', () => {
  const shift = (cashierId: string, unitId: string) => ({ cashierId, unitId })
  const may = (role: Role, row: object) =>
    (['read', 'create', 'update'] as const).filter((action) => allows(as(role), action, 'CashShift', row))
  expect(may('clerk', shift(ME, 'my-unit'))).toEqual(['read', 'create', 'update'])
  expect(may('clerk', shift(OTHER, 'my-unit'))).toEqual([])
  expect(may('one-stop-head', shift(OTHER, 'my-unit'))).toEqual(['read'])
  expect(may('one-stop-head', shift(OTHER, 'unit-2'))).toEqual([])
  expect(may('auditor', shift(OTHER, 'unit-2'))).toEqual(['read'])
  expect(may('officer', shift(OTHER, 'my-unit'))).toEqual([])
})

describe('standing in for a colleague who is absent', () => {
  const theirs = {
    ...strange,
    agencyId: 'my-agency',
    role: 'officer',
    assigneeId: OTHER,
    procedureCode: '1.1',
  }
  const may = (standsIn: { procedures?: string[]; forms?: string[] } | null, row: object) => {
    const ability = abilityFor({
      personId: ME,
      kind: 'staff',
      posts: [post('officer')],
      standsInFor: standsIn ? [{ personId: OTHER, procedures: [], forms: [], ...standsIn }] : [],
    })
    return OPERATIONS.filter((operation) => allows(ability, operation, 'Task', row)).join(' ')
  }
  const appraisal = { ...theirs, form: 'appraise' }

  it('is reading and deciding their work, and nothing else', () => {
    expect(may({}, appraisal)).toBe('read decide')
    expect(may(null, appraisal)).toBe('')
    expect(may({}, { ...appraisal, assigneeId: 'a-third' })).toBe('')
  })

  it('is limited to the kinds of work they left', () => {
    expect(may({ procedures: ['1.1'], forms: ['appraise'] }, appraisal)).toBe('read decide')
    expect(may({ procedures: ['1.2'] }, appraisal)).toBe('')
    expect(may({ forms: ['assign'] }, appraisal)).toBe('')
  })

  it('never carries the signature', () => {
    for (const form of SIGNING_FORMS) expect(may({}, { ...theirs, form })).toBe('read')
  })

  it('knows every form that signs', () => {
    expect(Object.keys(DecisionData).filter(isSigning).sort()).toEqual([...SIGNING_FORMS].sort())
  })
})

it('an administrator configures and repairs, and neither decides nor reads the record', () => {
  const admin = as('admin')
  for (const subject of ['Person', 'Agency', 'Calendar'] as const)
    expect(admin.can('update', subject)).toBe(true)
  expect(admin.can('retry', 'Incident')).toBe(true)
  for (const subject of ['Task', 'Letter', 'Consultation', 'AuditEntry'] as const)
    expect(admin.can('read', subject)).toBe(false)
  expect(admin.can('decide', 'Task')).toBe(false)
})

it.each([
  ['auditor', ['Finding', 'Explanation']],
  ['control', ['Finding', 'Explanation', 'Draft', 'Publication', 'Migration']],
] as const)('%s reads everything and changes nothing but %j and their own affairs', (role, changed) => {
  const mine = { applicantId: ME, id: ME, personId: ME, addedBy: ME, madeBy: ME }
  const changes = as(role).rules.filter(({ action, conditions, inverted }) => {
    const actions = [action].flat().filter((one) => one !== 'read' && one !== 'verify')
    const own = Object.entries(conditions ?? {}).some(
      ([key, value]) => mine[key as keyof typeof mine] === value,
    )
    return actions.length > 0 && !own && !inverted
  })
  expect(changes.flatMap(({ subject }) => subject)).toEqual(changed)
  for (const subject of ['Dossier', 'Task', 'Letter', 'Document', 'Consultation', 'AuditEntry'] as const)
    expect(as(role).can('read', subject)).toBe(true)
})

it('the public may look at procedures, places and the calendar, and at nothing else', () => {
  const readable = publicAbility().rules.flatMap(({ action, subject }) =>
    [subject].flat().map((one) => `${String(action)} ${String(one)}`),
  )
  expect(readable).toEqual(['read Procedure', 'read Agency', 'read Calendar'])
})
