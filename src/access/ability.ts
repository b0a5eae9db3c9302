import { AbilityBuilder, createMongoAbility, type MongoAbility, subject } from '@casl/ability'
import { type Inspection, withinInspection } from './inspection.ts'
import type { Post, Role } from './post.ts'
import { SIGNING_FORMS, type StandIn } from './stand-in.ts'
import type { SubjectName } from './subjects.ts'

export type Action =
  | 'read'
  | 'create'
  | 'update'
  | 'note'
  | 'apologise'
  | 'extend'
  | 'supplement'
  | 'confirm'
  | 'pay'
  | 'take-cash'
  | 'refund'
  | 'withdraw'
  | 'claim'
  | 'unclaim'
  | 'assign'
  | 'decide'
  | 'take-back'
  | 'retry'
  /** See the personal data that others see masked. */
  | 'open'
  | 'verify'
  | 'answer'
  | 'sign'
  | 'manage'

// biome-ignore lint/suspicious/noExplicitAny: casl's own row type; rows come from many entities
export type AppAbility = MongoAbility<[Action, SubjectName | 'all' | Record<string, any>]>

type Holder = {
  personId: string
  kind: 'staff' | 'citizen'
  posts: Post[]
  /** Whose work the person does today, because they are absent. */
  standsInFor?: StandIn[]
  /** Inspection decisions that hold today; only with the second factor. */
  inspections?: Inspection[]
}
type Rules = Pick<AbilityBuilder<AppAbility>, 'can' | 'cannot'>

const OPEN_STATES = ['filed', 'processing', 'waiting-supplement']

/** What everybody may know. */
function forAll({ can }: Rules): void {
  can('read', ['Procedure', 'Agency', 'Calendar'])
}

/** Somebody's own affairs, whoever they are; a civil servant also files dossiers of their own. */
function forSelf({ can }: Rules, me: string): void {
  can('create', 'Dossier', { applicantId: me })
  can('read', 'Dossier', { applicantId: me })
  can('supplement', 'Dossier', { applicantId: me, state: 'waiting-supplement' })
  // Whether there is something to confirm is for the question itself to say: a second answer must hear of the first.
  can('confirm', 'Dossier', { applicantId: me })
  can('pay', 'Dossier', { applicantId: me })
  // A part of a group stops with the group only: its receipt, date and form are the group's.
  can('withdraw', 'Dossier', { applicantId: me, parentId: null, state: { $in: OPEN_STATES } })
  can('read', 'Document', { addedBy: me })
  can('read', 'Mail', { personId: me })
  can(['read', 'update'], 'Person', { id: me })
}

/** Work on tasks: one's own, and those of one's unit and role that nobody has claimed. */
function forWork({ can }: Rules, me: string, post: Post, role: Role = post.role): void {
  const unclaimed = { unitId: post.unitId, role, assigneeId: null }
  can('read', 'Task', { unitId: post.unitId, role })
  can(['read', 'open', 'decide', 'unclaim', 'take-back'], 'Task', { assigneeId: me })
  can(['open', 'claim', 'decide'], 'Task', unclaimed)
  can(['read', 'create'], 'Handover', { giverUnitId: post.unitId })
  can(['read', 'decide'], 'Handover', { receiverUnitId: post.unitId })
  can(['read', 'create', 'update'], 'Absence', { personId: me })
  can('read', 'Absence', { substituteId: me })
  can(['read', 'create', 'update'], 'SavedView', { ownerId: me })
  can('read', 'SavedView', { sharedUnitIds: { $in: [post.unitId] } })
  can(['read', 'create', 'update'], 'Reminder', { personId: me })
  can(['read', 'answer'], 'Explanation', { personId: me })
}

/** The work of somebody absent, of the kinds they left to this person; never their signature (rules 7). */
function forAbsent({ can, cannot }: Rules, { personId, procedures, forms }: StandIn): void {
  const theirs = {
    assigneeId: personId,
    ...(procedures.length > 0 ? { procedureCode: { $in: procedures } } : {}),
    ...(forms.length > 0 ? { form: { $in: forms } } : {}),
  }
  can(['read', 'open', 'decide'], 'Task', theirs)
  cannot(['open', 'decide'], 'Task', { assigneeId: personId, form: { $in: SIGNING_FORMS } })
}

/** Whoever heads a unit sees who is away in it, says so for them, and answers what the one-stop urges. */
function forHead({ can }: Rules, { unitId, agencyId }: Post): void {
  can(['read', 'assign'], 'Task', { unitId })
  can('update', 'SavedView', { sharedUnitIds: { $in: [unitId] } })
  can(['read', 'update'], 'Urging', { unitId })
  can(['read', 'create', 'update'], 'Absence', { unitIds: { $in: [unitId] } })
  can(['read', 'answer'], 'Explanation', { unitId })
  can('read', 'Finding', { agencyId })
  can('read', 'Report')
}

function forLeader({ can }: Rules, { agencyId, deputy }: Post): void {
  can(['read', 'assign'], 'Task', { agencyId })
  // The head locks the books of a year that is over (TT 01/2018 art. 10); a deputy, who signs for the head, does not.
  if (!deputy) can('create', 'Book', { agencyId })
  can(['read', 'update'], 'Urging', { agencyId })
  can(['read', 'create', 'update'], 'Absence', { agencyId })
  can(['read', 'answer'], 'Explanation', { agencyId })
  can('read', 'Finding', { agencyId })
  can('read', 'Report')
}

/** Words for form 02 that the people of an agency keep for each other. */
function forPhrases({ can }: Rules, post: Post): void {
  can(['create', 'update'], 'Phrase', { agencyId: post.agencyId })
}

/** Dossiers that the agency decides or is asked about, and their papers. */
function forAgency({ can }: Rules, post: Post): void {
  can(['read', 'note', 'apologise', 'extend'], 'Dossier', { agencyId: post.agencyId })
  can(['read', 'note'], 'Dossier', { participantAgencyIds: { $in: [post.agencyId] } })
  can('read', ['Letter', 'Document', 'Consultation'], { agencyId: post.agencyId })
  can('read', 'Person', { kind: 'staff' })
}

function forCounter({ can }: Rules, me: string, post: Post): void {
  const own = { oneStopUnitId: post.unitId }
  can(['read', 'create', 'note', 'take-cash'], 'Dossier', own)
  can(['read', 'create', 'update'], 'CashShift', { cashierId: me })
  can('supplement', 'Dossier', { ...own, state: 'waiting-supplement' })
  can('withdraw', 'Dossier', { ...own, parentId: null, state: { $in: OPEN_STATES } })
  // Every contact with the applicant goes through the one-stop (rules 12), until the result has been collected.
  can('open', 'Dossier', { ...own, state: { $in: [...OPEN_STATES, 'done'] } })
  can('read', ['Letter', 'Document'], { agencyId: post.agencyId })
  can(['read', 'create'], 'Person', { kind: 'citizen' })
  can(['read', 'create'], 'Counter', { unitId: post.unitId })
}

/** Findings, what is asked about them, what is concluded and reported. */
function forFindings({ can }: Rules): void {
  can(['read', 'create'], 'Finding')
  can(['read', 'create', 'decide'], 'Explanation')
}

/**
 * What an inspection decision opens, and no more: dossiers of its agencies, procedures and days. Findings and the trail
 * are read through their dossier; reports are the inspector's own.
 */
function forInspection(rules: Rules, me: string, inspection: Inspection): void {
  rules.can('read', 'Dossier', withinInspection(inspection))
  rules.can('read', ['Report', 'AuditEntry'])
  rules.can('create', 'AuditReport', { madeBy: me })
  // What was made under another decision is closed when that one is over.
  rules.can(['read', 'sign'], 'AuditReport', { madeBy: me, inspectionIds: { $in: [inspection.id] } })
  forFindings(rules)
}

function forOversight(rules: Rules, me: string): void {
  const { can } = rules
  forFindings(rules)
  can('read', ['AuditReport', 'Inspection'])
  can(['create', 'sign'], 'AuditReport', { madeBy: me })
  can('read', ['Dossier', 'Task', 'Letter', 'Document', 'Consultation', 'Person', 'Report', 'AuditEntry'])
  can('read', ['Absence', 'Urging'])
  can('read', 'Opening')
  can('read', ['Handover', 'CashShift'])
  can('verify', 'AuditEntry')
}

/** Redesigns, and what came of them, to whoever makes, reviews or leads them. */
function forStudio({ can }: Rules): void {
  can('read', ['Draft', 'Publication', 'Migration', 'Catalogue'])
}

/** A redesign is reviewed by somebody who has not worked on it. */
function notOnesOwn({ cannot }: Rules, me: string): void {
  cannot('decide', 'Draft', { authorIds: me })
}

const BY_ROLE: Record<Role, (rules: Rules, me: string, post: Post) => void> = {
  clerk: (rules, me, post) => {
    forWork(rules, me, post)
    forCounter(rules, me, post)
  },
  'one-stop-head': (rules, me, post) => {
    forWork(rules, me, post)
    forWork(rules, me, post, 'clerk')
    forCounter(rules, me, post)
    // Answers for the unit's drawers, and for money that has to go back.
    rules.can('read', 'CashShift', { unitId: post.unitId })
    rules.can('refund', 'Dossier', { oneStopUnitId: post.unitId })
    forHead(rules, post)
    // Monitors what the one-stop has taken in, and urges in writing (domain G).
    rules.can(['read', 'create'], 'Urging', { oneStopUnitId: post.unitId })
    rules.can(['read', 'update'], 'OneStop', { oneStopUnitId: post.unitId })
  },
  officer: (rules, me, post) => {
    forWork(rules, me, post)
    forAgency(rules, post)
    forPhrases(rules, post)
  },
  'unit-head': (rules, me, post) => {
    forWork(rules, me, post)
    forAgency(rules, post)
    forPhrases(rules, post)
    forHead(rules, post)
  },
  leader: (rules, me, post) => {
    forWork(rules, me, post)
    forAgency(rules, post)
    forLeader(rules, post)
    forStudio(rules)
    rules.can('read', 'Flow', { agencyId: post.agencyId })
  },
  clerical: (rules, me, post) => {
    forWork(rules, me, post)
    forAgency(rules, post)
  },
  // Phòng kiểm soát TTHC: reviews redesigns and enters the Chairman's decision on them.
  control: (rules, me) => {
    forOversight(rules, me)
    forStudio(rules)
    rules.can('read', 'Flow')
    rules.can('decide', 'Draft')
    rules.can(['create', 'update'], ['Publication', 'Migration'])
    notOnesOwn(rules, me)
  },
  auditor: forOversight,
  analyst: (rules, me) => {
    rules.can('read', 'Report')
    forStudio(rules)
    rules.can('read', 'Flow')
    rules.can(['create', 'update'], ['Draft', 'Catalogue'])
    rules.can('decide', 'Draft')
    notOnesOwn(rules, me)
  },
  // Configures and repairs; reads no dossier and approves nothing (so reported of TT 03/2025, which was not read).
  admin: ({ can }) => {
    can(['read', 'create', 'update'], ['Person', 'Agency', 'Calendar'])
    can(['read', 'retry'], ['Incident', 'Signing'])
    can(['read', 'create'], 'LetterTemplate')
    can('read', ['Mail', 'EngineHealth', 'ClockControl'])
    can('update', 'ClockControl')
    can(['read', 'create', 'update'], 'Inspection')
  },
}

/** What a person may do by their posts of this moment. A citizen is a person without posts. */
export function abilityFor({ personId, posts, standsInFor = [], inspections = [] }: Holder): AppAbility {
  const builder = new AbilityBuilder<AppAbility>(createMongoAbility)
  forAll(builder)
  forSelf(builder, personId)
  // Before the posts: what their rules allow the person in their own right stays allowed.
  for (const absent of standsInFor) forAbsent(builder, absent)
  for (const post of posts) BY_ROLE[post.role](builder, personId, post)
  for (const inspection of inspections) forInspection(builder, personId, inspection)
  // Whatever the post: nobody takes part in deciding on an application of their own.
  builder.cannot(['read', 'open', 'claim', 'assign', 'decide'], 'Task', { applicantId: personId })
  return builder.build()
}

/** For whom has not logged in. */
export function publicAbility(): AppAbility {
  const builder = new AbilityBuilder<AppAbility>(createMongoAbility)
  forAll(builder)
  return builder.build()
}

/** For the product's own work only. */
export function everything(): AppAbility {
  const builder = new AbilityBuilder<AppAbility>(createMongoAbility)
  builder.can('manage', 'all')
  return builder.build()
}

/** Whether the action is allowed on this row (camelCase properties, as the rules name them). */
export const allows = (ability: AppAbility, action: Action, type: SubjectName, row: object): boolean =>
  ability.can(action, subject(type, { ...row }))
