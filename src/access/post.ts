export const ROLES = [
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
] as const
export type Role = (typeof ROLES)[number]

export type Locale = 'vi' | 'en'

type Words = { vi: string; en?: string }

/** A role held in a unit, valid at the time the actor was made. */
export type Post = {
  id: string
  agencyId: string
  agencyCode: string
  unitId: string
  unitCode: string
  role: Role
  /** Signs in the head's place (KT., TL., TUQ.), so is not the head. */
  deputy: boolean
  title: Words
}
