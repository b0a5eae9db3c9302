import type { Role, Text } from '../app/api-types.ts'

/** Days are legal days ('YYYY-MM-DD', Asia/Ho_Chi_Minh), instants ISO text. */
export type Ref = { id: string; code: string; name: Text }

export type StaffPost = {
  id: string
  agency: Ref
  unit: Ref
  role: Role
  title: Text
  /** How the signature block of a deputy reads, with the decision that allows it. */
  capacity: { capacity: string; onBehalfOf: string; title: string; decision: { number: string } } | null
  validFrom: string
  validTo: string | null
}
export type StaffMember = {
  id: string
  name: string
  active: boolean
  sample: boolean
  login: string | null
  sso: boolean
  /** An account that nobody can come in by yet: no password set, no single sign-on known. */
  shut: boolean
  secondFactor: boolean
  posts: StaffPost[]
}
export const RESET_REASONS = ['telephone-lost', 'telephone-replaced', 'misuse'] as const
export type ResetReason = (typeof RESET_REASONS)[number]
export type StaffPage = { people: StaffMember[]; total: number; next: string | null }

export const ROLES: Role[] = [
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
export const CAPACITIES = ['KT', 'TL', 'TUQ'] as const
export const END_REASONS = ['transferred', 'left', 'reorganised', 'absent', 'corrected'] as const
export type EndReason = (typeof END_REASONS)[number]
export type NewPost = {
  unitId: string
  role: Role
  title: Text
  /** How a deputy or delegate signs; without it they sign as themselves. */
  capacity: {
    capacity: (typeof CAPACITIES)[number]
    onBehalfOf: string
    title: string
    decision: { number: string; issuedOn: string; validFrom: string; validTo: string | null }
  } | null
  validFrom: string
  validTo: string | null
}
export type NewPerson = { name: string; login: string; email: string; posts: NewPost[] }

export type Session = [opens: string, closes: string]
export type AgencyView = Ref & {
  level: 'province' | 'department' | 'district' | 'commune' | 'vertical'
  parentId: string | null
  successorId: string | null
  address: string
  phone: string
  sample: boolean
  validFrom: string
  validTo: string | null
  /** Sessions by weekday (1 Monday … 7 Sunday), from a day on. */
  workingHours: {
    validFrom: string | null
    week: Record<string, Session[]>
    source: string
    verified: boolean
  }[]
  units: (Ref & { kind: string; validFrom: string; validTo: string | null })[]
}

export type DayKind = 'holiday' | 'substitute' | 'swapped-working-day' | 'undecided'
export type DayRow = {
  date: string
  kind: DayKind
  name: Text
  source: string
  decision: string
  swapWith: string | null
  substitutesFor: string | null
  verified: boolean
  test: boolean
}
export type CalendarYear = { year: number; provisional: boolean; days: DayRow[] }
export type DayChange = {
  date: string
  /** Null takes the row away: the weekday decides again. */
  kind: DayKind | null
  name: Text
  source: string
  decision: string
  /** The other half of a swap; it is decided with this one. */
  swapWith?: string
  reason: string
}
/** New hours from a day on; a day left out is a weekly day off, and no week takes the row of the day away. */
export type HoursChange = {
  validFrom: string
  week: Record<string, Session[]> | null
  source: string
  reason: string
}
/** A calendar as a file of whole years. */
export type CalendarFile = {
  timeZone: string
  days: (Pick<DayRow, 'date' | 'name' | 'kind' | 'source' | 'verified'> & {
    decision?: string
    swapWith?: string
    substitutesFor?: string
  })[]
}
/** What was decided of a day, newest first; `to` null: in force. */
export type DayVersion = Pick<DayRow, 'kind' | 'name' | 'source' | 'decision' | 'verified'> & {
  from: string
  to: string | null
}
export type YearsPreview = DayPreview & { begin: number; end: number }
export type DayPreview = { dossiers: number; examples: { code: string; dueAt: string; newDueAt: string }[] }

export type MailState = 'queued' | 'sent' | 'shown' | 'failed'
export type MailItem = {
  id: string
  dossierId: string | null
  dossierCode: string | null
  subject: string
  body: string
  address: string
  state: MailState
  attempts: number
  lastError: string | null
  createdAt: string
  sentAt: string | null
}
export type MailPage = {
  configured: boolean
  counts: Partial<Record<MailState, number>>
  items: MailItem[]
  next: string | null
}

export type EngineHealth = {
  ok: boolean
  problems: Text[]
  stream: {
    lagMs: number | null
    lastBulkAt: string | null
    stopped: string | null
    lastError: string | null
  }
  outbox: {
    waiting: number
    oldestSeconds: number
    unsettled: number
    oldestUnsettledSeconds: number
    stuck: number
    lastError: string | null
  }
  workers: { type: string; inHand: number; streaming: boolean }[]
  alerts: { type: string; jobKey: string; since: string }[]
}

/** A command that the engine refused so often that it waits for a person. */
export type StuckCommand = {
  id: string
  kind: string
  subjectId: string
  dossierId: string | null
  attempts: number
  lastError: string
  createdAt: string
}
/** A procedure in force whose folder is gone. */
export type WithoutFolder = { code: string; version: number; name: Text; folder: string }
export type EngineState = {
  epoch: number
  health: EngineHealth
  stuck: StuckCommand[]
  /** Versions in force that the engine does not take; what is filed under them waits. */
  refusedInForce: {
    processId: string
    code: string | null
    version: number
    name: Text
    refusal: string
    waiting: number
  }[]
  withoutFolder: WithoutFolder[]
  /** Folders newer than the version that a decision has put in force. */
  waitingFolders: (WithoutFolder & { inForce: number })[]
}
