import { v7 as uuid } from 'uuid'
import { sampleHours } from '../calendar/hours.ts'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { conflict, unprocessable } from '../http/problem.ts'
import { LOGIN, LOGIN_HELP } from './login-name.ts'
import { createPasswordLinks, type PasswordLink } from './password-link.ts'
import { addPost } from './posts.ts'

/** Agency and unit whose post the administrator holds; made where they are not there, to be completed by an import. */
export type FirstAdmin = {
  login: string
  name: string
  agency: { code: string; name: string }
  unit: { code: string; name: string }
}

// Any fixed number: two commands at once make one administrator.
const LOCK = 20_261_126

type AdminRow = { person_id: string; login: string | null; entered: boolean }

/** Administrators of the day, and whether they have ever come in or could. */
const administrators = (tx: Tx): Promise<AdminRow[]> =>
  tx.sql<AdminRow>(
    `select distinct t.person_id, c.login,
            c.password_hash is not null
              or exists (select from audit_entry where actor_id = p.id and act = 'session.login') as entered
       from post t join person p on p.id = t.person_id and p.active left join account c on c.person_id = p.id
      where t.role = 'admin' and valid_on(t.valid_from, t.valid_to, $1)`,
    [legalDay(tx.at)],
  )

/**
 * Makes the first administrator of an installation, with a link through which they set their password. Again for the
 * same login, while nobody has come in, it makes a new link.
 * @throws Problem 409 when there is an administrator, or the login is somebody else's
 */
export async function makeFirstAdmin(
  tx: Tx,
  first: FirstAdmin,
  publicUrl: string,
): Promise<Extract<PasswordLink, { sentTo: null }>> {
  await tx.sql('select pg_advisory_xact_lock($1)', [LOCK])
  const login = first.login.trim().toLowerCase()
  if (!LOGIN.test(login)) throw unprocessable('login', LOGIN_HELP)
  const admins = await administrators(tx)
  const waiting = admins.find((admin) => admin.login === login && !admin.entered)
  if (admins.some(({ entered }) => entered) || (admins.length > 0 && !waiting))
    throw conflict('admin-exists', {
      vi: 'Đã có quản trị viên; hãy để người đó thêm quản trị viên khác trong hệ thống.',
      en: 'There is an administrator already: have them add others in the product.',
    })
  const personId = waiting?.person_id ?? (await newAdmin(tx, { ...first, login }))
  const [link] = await createPasswordLinks(tx, [personId], { publicUrl, mailSecret: null })
  if (!link || link.url === null) throw new Error(`no link to print for ${login}`)
  return link
}

async function newAdmin(tx: Tx, { login, name, agency, unit }: FirstAdmin): Promise<string> {
  const id = uuid()
  await tx.sql(`insert into person (id, kind, full_name) values ($1, 'staff', $2)`, [
    id,
    name.normalize('NFC').trim(),
  ])
  const added = await tx.sql(
    `insert into account (id, person_id, login) values ($1, $2, $3) on conflict (login) do nothing returning 1`,
    [uuid(), id, login],
  )
  if (added.length === 0)
    throw conflict('login-taken', {
      vi: 'Tên đăng nhập này đã có người dùng; hãy chọn tên khác.',
      en: 'Somebody has this login already; choose another.',
    })
  tx.audit({ act: 'person.created', detail: { person: id, firstAdmin: true } })
  const unitId = await unitOf(tx, await agencyOf(tx, agency), unit)
  const post = { unitId, role: 'admin', title: { vi: 'Quản trị hệ thống', en: 'Administrator' } } as const
  await addPost(tx, id, { ...post, validFrom: legalDay(tx.at), validTo: null })
  return id
}

async function agencyOf(tx: Tx, { code, name }: FirstAdmin['agency']): Promise<string> {
  const [known] = await tx.sql<{ id: string }>('select id from agency where code = $1', [code])
  if (known) return known.id
  const id = uuid()
  await tx.sql(
    `insert into agency (id, code, name, level, place, working_hours, sample, valid_from)
     values ($1, $2, jsonb_build_object('vi', $3::text), 'province', $2, $4, false, $5)`,
    [id, code, name.normalize('NFC'), JSON.stringify(sampleHours), legalDay(tx.at)],
  )
  tx.audit({ act: 'agency.created', detail: { agency: id } })
  return id
}

async function unitOf(tx: Tx, agencyId: string, { code, name }: FirstAdmin['unit']): Promise<string> {
  const [known] = await tx.sql<{ id: string }>('select id from unit where code = $1 and agency_id = $2', [
    code,
    agencyId,
  ])
  if (known) return known.id
  const id = uuid()
  await tx.sql(
    `insert into unit (id, agency_id, code, name, kind, sample, valid_from)
     values ($1, $2, $3, jsonb_build_object('vi', $4::text), 'specialist', false, $5)`,
    [id, agencyId, code, name.normalize('NFC'), legalDay(tx.at)],
  )
  tx.audit({ act: 'unit.created', detail: { unit: id } })
  return id
}
