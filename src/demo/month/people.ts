import { readFileSync } from 'node:fs'
import { v5 } from 'uuid'
import { z } from 'zod'
import type { Tx } from '../../database/transaction.ts'
import { DEMO_PASSWORD } from '../../people/demo-accounts.ts'
import { hashPassword } from '../../people/password.ts'
import type { Dice } from './dice.ts'

const BySex = z.object({ female: z.array(z.string()), male: z.array(z.string()) })
const list = z.array(z.string()).min(1)
export const names = z
  .object({
    sample: z.literal(true),
    family: list,
    middle: BySex,
    given: BySex,
    streets: list,
    shops: list,
    works: list,
    companies: list,
    projects: list,
  })
  .parse(JSON.parse(readFileSync(new URL('./names.json', import.meta.url), 'utf8')))

/** Somebody made up. Number, telephone and mail are of forms that nobody is given. */
export type MadeUp = {
  name: string
  sex: 'female' | 'male'
  identityNo: string
  phone: string
  email: string
  address: string
  /** Undefined: only comes to the counter. */
  login?: string
}

// Any fixed UUID: the same people on every machine.
const NAMESPACE = '2d8b5f0e-93c5-5b7a-8a51-5f0c1b6f7a42'

export const personName = (dice: Dice, sex: MadeUp['sex'], ...about: (string | number)[]): string =>
  [
    dice.pick(names.family, ...about, 'family'),
    dice.pick(names.middle[sex], ...about, 'middle'),
    dice.pick(names.given[sex], ...about, 'given'),
  ].join(' ')

/** The stand-ins of other systems refuse numbers that end in 99: nobody here has one. */
export const identityNo = (n: number): string => `0000${String(n).padStart(7, '0')}1`

export const address = (dice: Dice, place: string, ...about: (string | number)[]): string =>
  `Số ${dice.between(1, 240, ...about, 'house')} đường ${dice.pick(names.streets, ...about, 'street')}, ${place}`

/** How many citizens have an account of their own. */
export const citizensOf = (dossiers: number): number => Math.max(12, Math.round(dossiers / 5))

/** The n-th person: the first `citizens` have accounts, all others are known at the counter. */
export function madeUp(dice: Dice, n: number, citizens: number, place: string): MadeUp {
  const sex = dice.chance(0.5, 'sex', n) ? 'female' : 'male'
  return {
    name: personName(dice, sex, 'person', n),
    sex,
    identityNo: identityNo(n),
    phone: `0001${String(n).padStart(6, '0')}`,
    email: n < citizens ? `congdan.${n + 1}@example.invalid` : '',
    address: address(dice, place, 'person', n),
    ...(n < citizens ? { login: `congdan.${n + 1}` } : {}),
  }
}

/** Accounts of the made-up citizens, for demonstration mode alone like every demo account. Idempotent. */
export async function loadCitizens(tx: Tx, citizens: MadeUp[]): Promise<void> {
  const rows = citizens.map((one) => ({ ...one, id: v5(`month:${one.login}`, NAMESPACE) }))
  const added = await tx.sql(
    `insert into person (id, kind, full_name, identity_no, email, phone, address, sample)
     select r.id, 'citizen', r.name, r."identityNo", r.email, r.phone, r.address, true
       from jsonb_to_recordset($1) as r (id uuid, name text, "identityNo" text, email text, phone text, address text)
     on conflict do nothing returning 1`,
    [JSON.stringify(rows)],
  )
  if (added.length === 0) return
  await tx.sql(
    `insert into account (id, person_id, login, password_hash, demo)
     select r.account, r.id, r.login, $2, true from jsonb_to_recordset($1) as r (account uuid, id uuid, login text)
     on conflict do nothing`,
    [
      JSON.stringify(rows.map((one) => ({ ...one, account: v5(`account:${one.login}`, NAMESPACE) }))),
      await hashPassword(DEMO_PASSWORD),
    ],
  )
  // Every third wants to hear by Zalo, every fourth by SMS; a few by both.
  await tx.sql(
    `insert into channel_consent (id, person_id, channel, given_at)
     select gen_random_uuid(), r.id, c.channel, $2
       from (select id, row_number() over () as n from jsonb_to_recordset($1) as r (id uuid)) r
       join (values ('zalo', 3), ('sms', 4)) as c (channel, every) on r.n % c.every = 0
     on conflict do nothing`,
    [JSON.stringify(rows), tx.at],
  )
  tx.audit({ act: 'account.load-demo', detail: { accounts: added.length } })
}
