import type { Role } from '../access/post.ts'

/**
 * Which roles are fit for another's steps: their own, and whoever is above and may do them too. The head of the
 * agency is replaced by a deputy, who signs by a decision of their own and never by substitution (rules 7).
 */
const FIT: Partial<Record<Role, Role[]>> = {
  officer: ['officer', 'unit-head'],
  'unit-head': ['unit-head', 'leader'],
  clerk: ['clerk', 'one-stop-head'],
  'one-stop-head': ['one-stop-head', 'clerk'],
  leader: ['leader'],
  clerical: ['clerical'],
}

/** Roles that are given work: only they can be absent from it. */
export const WORKING = Object.keys(FIT) as Role[]

/** A one-stop sees its own dossiers alone, so who stands in must be of the same one. */
const SAME_UNIT: Role[] = ['clerk', 'one-stop-head']

export type HeldPost = { unit_id: string; role: Role }

/** The posts for whose work nobody among `substitute` is fit. */
export const uncovered = (absent: HeldPost[], substitute: HeldPost[]): HeldPost[] =>
  absent.filter(
    ({ role, unit_id }) =>
      !substitute.some(
        (post) => FIT[role]?.includes(post.role) && (!SAME_UNIT.includes(role) || post.unit_id === unit_id),
      ),
  )
