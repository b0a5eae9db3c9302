import type { Request } from 'express'
import { abilityFor } from '../access/ability.ts'
import { type Actor, type Locale, type Post, publicActor } from '../access/actor.ts'
import type { Inspection } from '../access/inspection.ts'
import type { StandIn } from '../access/stand-in.ts'
import { legalDay } from '../clock.ts'
import type { Database } from '../database/transaction.ts'
import type { Text } from '../text.ts'

/** A post as the session page shows it. */
export type NamedPost = Post & { agencyName: Text; unitName: Text }
type KnownActor = Omit<Actor, 'posts'> & {
  personId: string
  kind: 'staff' | 'citizen'
  posts: NamedPost[]
  awaitsSecondFactor: boolean
}
type PersonRow = {
  kind: 'staff' | 'citizen'
  full_name: string
  posts: NamedPost[]
  stands_in_for: StandIn[]
  inspections: Inspection[]
  has_factor: boolean
}

/** A person's posts count from their first day to their last, while agency and unit exist too; so do absences. */
const PERSON = `
  select p.kind, p.full_name, coalesce(jsonb_agg(jsonb_build_object(
           'id', t.id, 'role', t.role, 'title', t.title,
           'deputy', coalesce(t.capacity->>'capacity', 'head') <> 'head',
           'agencyId', a.id, 'agencyCode', a.code, 'agencyName', a.name,
           'unitId', u.id, 'unitCode', u.code, 'unitName', u.name) order by u.code, t.role)
         filter (where t.id is not null), '[]') as posts,
         (select coalesce(jsonb_agg(jsonb_build_object('personId', b.person_id, 'procedures', b.procedures, 'forms', b.forms)), '[]')
            from absence b
           where b.substitute_id = p.id and b.cancelled_at is null and $2::date between b.from_day and b.to_day) as stands_in_for,
         (select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'number', i.number, 'decidedOn', i.decided_on,
                    'agencyIds', i.agency_ids, 'procedureCodes', i.procedure_codes, 'filedFrom', i.filed_from,
                    'filedTo', i.filed_to, 'validTo', i.valid_to) order by i.number), '[]')
            from inspection i
           where i.person_id = p.id and i.ended_at is null and $2::date between i.valid_from and i.valid_to) as inspections,
         exists (select from second_factor f where f.person_id = p.id and f.confirmed_at is not null) as has_factor
    from person p
    left join (post t
         join agency a on a.id = t.agency_id and $2::date between a.valid_from and coalesce(a.valid_to, 'infinity')
         join unit u on u.id = t.unit_id and $2::date between u.valid_from and coalesce(u.valid_to, 'infinity'))
      on t.person_id = p.id and $2::date between t.valid_from and coalesce(t.valid_to, 'infinity')
   where p.id = $1 and p.active
   group by p.id`

/** The person as actor on the legal day of now; undefined when there is no such person or they were deactivated. */
export async function loadActor(
  db: Database,
  personId: string,
  locale: Locale,
  { secondFactor = false }: { secondFactor?: boolean } = {},
): Promise<KnownActor | undefined> {
  const { rows } = await db.pool.query<PersonRow>(PERSON, [personId, legalDay(db.clock.now())])
  const person = rows[0]
  if (!person) return undefined
  // Whoever has a second factor and came in without it (single sign-on) is nobody's officer until they give it.
  const shut = person.has_factor && !secondFactor
  const { kind } = person
  const posts = shut ? [] : person.posts
  const standsInFor = shut ? [] : person.stands_in_for
  // An inspection opens with the second factor only.
  const inspections = secondFactor ? person.inspections : []
  return {
    personId,
    kind,
    name: person.full_name,
    posts,
    locale,
    inspections,
    awaitsSecondFactor: shut || person.inspections.length > inspections.length,
    ability: abilityFor({ personId, kind, posts, standsInFor, inspections }),
  }
}

/** The language a person has chosen for good; undefined for somebody without an account. */
export async function keptLocale(db: Database, personId: string): Promise<Locale | undefined> {
  const { rows } = await db.pool.query<{ locale: Locale }>(
    'select locale from account where person_id = $1 order by login limit 1',
    [personId],
  )
  return rows[0]?.locale
}

/** Who is asking, by the session; somebody unknown is the public. */
export const actorOf =
  (db: Database) =>
  async (req: Request): Promise<Actor> => {
    const { personId, locale = asked(req) } = req.session
    const actor = personId
      ? await loadActor(db, personId, locale, { secondFactor: req.session.secondFactor === true })
      : undefined
    return actor ?? publicActor(locale)
  }

const asked = (req: Request): Locale => (req.acceptsLanguages('vi', 'en') === 'en' ? 'en' : 'vi')
