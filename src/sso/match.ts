import { v7 as uuid } from 'uuid'
import { z } from 'zod'
import { plainNumber } from '../counter/person.ts'
import type { Tx } from '../database/transaction.ts'
import { clean } from '../text.ts'
import type { Claims } from './provider.ts'
import type { SsoSettings } from './settings.ts'

type Row = { id: string; kind: 'staff' | 'citizen'; active: boolean; demo: boolean }
/** Somebody here, or why not: nobody, several, deactivated, known by another account of the provider. */
export type Match = { personId: string } | 'unknown' | 'several' | 'inactive' | 'taken'

/**
 * The person whom a provider's claims name. The first time by the claim of the settings, and from then on by the subject
 * alone (OpenID Connect Core 5.7): other claims may change, and a claim that names somebody who is known by another
 * subject is refused. `demo`: whether the made-up people of the demonstration count.
 */
export async function personOfClaims(
  tx: Tx,
  claims: Claims,
  settings: SsoSettings,
  demo: boolean,
): Promise<Match> {
  const subject = [claims.iss, claims.sub]
  await tx.sql(`select pg_advisory_xact_lock(hashtextextended('sso/' || $1 || '/' || $2, 0))`, subject)
  const known = await tx.sql<Row>(
    `select p.id, p.kind, p.active, p.sample or exists (select from account c where c.person_id = p.id and c.demo) as demo
       from sso_subject s join person p on p.id = s.person_id where s.issuer = $1 and s.subject = $2`,
    subject,
  )
  if (known.length > 0) return one(known, demo)
  const match = await personNamed(tx, claims, settings, demo)
  if (typeof match === 'string') return match
  const bound = await tx.sql(
    'insert into sso_subject (issuer, subject, person_id) values ($1, $2, $3) on conflict do nothing returning 1',
    [...subject, match.personId],
  )
  if (bound.length === 0) return 'taken'
  tx.audit({ act: 'sso.bound', detail: { person: match.personId, issuer: claims.iss } })
  return match
}

/**
 * By login or identity number. Of one number, the civil servant comes before the citizen. A citizen who is new is taken
 * in where that is configured; a civil servant never is.
 */
async function personNamed(tx: Tx, claims: Claims, settings: SsoSettings, demo: boolean): Promise<Match> {
  const named = claims[settings.claim]
  if (typeof named !== 'string' || clean(named) === '') return 'unknown'
  if (settings.match === 'login') return one(await byLogin(tx, clean(named).toLowerCase()), demo)
  const number = plainNumber(clean(named))
  if (!/^\d{9,12}$/.test(number)) return 'unknown'
  // As at the counter: two first visits at once make one person.
  await tx.sql(`select pg_advisory_xact_lock(hashtextextended('person/' || $1, 0))`, [number])
  const match = one(await byNumber(tx, number), demo)
  return match === 'unknown' && settings.citizens ? newCitizen(tx, claims, number) : match
}

const byLogin = (tx: Tx, login: string): Promise<Row[]> =>
  tx.sql<Row>(
    `select p.id, p.kind, p.active, c.demo from account c join person p on p.id = c.person_id where c.login = $1`,
    [login],
  )

const byNumber = (tx: Tx, number: string): Promise<Row[]> =>
  tx.sql<Row>(
    `select id, kind, active, sample as demo from person
      where identity_no <> '' and upper(regexp_replace(identity_no, '[\\s.-]', '', 'g')) = $1`,
    [number],
  )

function one(rows: Row[], demo: boolean): Match {
  const real = rows.filter((row) => demo || !row.demo)
  if (real.length === 0) return 'unknown'
  const active = real.filter((row) => row.active)
  const staff = active.filter((row) => row.kind === 'staff')
  const [first, second] = staff.length > 0 ? staff : active
  if (!first) return 'inactive'
  return second ? 'several' : { personId: first.id }
}

async function newCitizen(tx: Tx, claims: Claims, number: string): Promise<Match> {
  const name = typeof claims.name === 'string' ? clean(claims.name).slice(0, 200) : ''
  if (name === '') return 'unknown'
  const email = z.email().safeParse(claims.email_verified === false ? undefined : claims.email).data ?? ''
  const personId = uuid()
  await tx.sql(
    `insert into person (id, kind, full_name, identity_no, email) values ($1, 'citizen', $2, $3, $4)`,
    [personId, name, number, email],
  )
  tx.audit({ act: 'person.created', detail: { person: personId, by: 'sso' } })
  return { personId }
}
