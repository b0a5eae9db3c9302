import type { Actor } from '../access/actor.ts'

type Asked = { agencyId: string; unitId: string; personId: string | null }

/**
 * Whether somebody is on the side that has to explain: the person asked, whoever has answered, people of the unit, and the
 * leaders of its agency. Nobody asks or concludes in a case of their own, whatever other posts or decisions they have.
 */
export const isParty = (
  { personId, posts }: Pick<Actor, 'personId' | 'posts'>,
  { agencyId, unitId, personId: asked }: Asked,
  answeredBy: string[] = [],
): boolean =>
  (personId !== null && (personId === asked || answeredBy.includes(personId))) ||
  posts.some((post) => post.unitId === unitId || (post.role === 'leader' && post.agencyId === agencyId))
