import { v7 as uuid } from 'uuid'
import type { Tx } from '../database/transaction.ts'
import { conflict, notFound } from '../http/problem.ts'
import { keepAnAdmin, refuseWithWork } from './leaving.ts'
import { hashPassword } from './password.ts'
import { addPost, type NewPost } from './posts.ts'

export type NewPerson = {
  name: string
  login: string
  email: string
  password?: string | undefined
  posts: NewPost[]
}

/** A civil servant with an account and their first posts. 409 when somebody has the login. */
export async function createPerson(tx: Tx, person: NewPerson): Promise<string> {
  const id = uuid()
  await tx.sql(`insert into person (id, kind, full_name, email) values ($1, 'staff', $2, $3)`, [
    id,
    person.name.normalize('NFC'),
    person.email,
  ])
  const added = await tx.sql(
    `insert into account (id, person_id, login, password_hash) values ($1, $2, $3, $4)
     on conflict (login) do nothing returning 1`,
    [uuid(), id, person.login, person.password === undefined ? null : await hashPassword(person.password)],
  )
  if (added.length === 0)
    throw conflict('login-taken', {
      vi: 'Tên đăng nhập này đã có người dùng; hãy chọn tên khác.',
      en: 'Somebody has this login already; choose another.',
    })
  tx.audit({ act: 'person.created', detail: { person: id } })
  for (const [n, post] of person.posts.entries()) await addPost(tx, id, post, `posts.${n}.`)
  return id
}

/** The person logs in no more, at once. 409 while they hold open tasks, with what they are. Repeating it changes nothing. */
export async function deactivate(tx: Tx, personId: string): Promise<void> {
  const [person] = await tx.sql<{ active: boolean }>(
    `select active from person where id = $1 and kind = 'staff' for update`,
    [personId],
  )
  if (!person) throw notFound()
  if (!person.active) return
  await refuseWithWork(tx, personId, null, { vi: 'rồi ngừng hoạt động', en: 'first' })
  await keepAnAdmin(tx, personId)
  await tx.sql('update person set active = false where id = $1', [personId])
  tx.audit({ act: 'person.deactivated', detail: { person: personId } })
}

/**
 * The next account of the single sign-on that names the person is taken for theirs: the provider has given them a new
 * one. Without one nothing happens.
 */
export async function releaseSso(tx: Tx, personId: string): Promise<void> {
  const [person] = await tx.sql(`select from person where id = $1 and kind = 'staff'`, [personId])
  if (!person) throw notFound()
  const released = await tx.sql('delete from sso_subject where person_id = $1 returning 1', [personId])
  if (released.length > 0) tx.audit({ act: 'sso.released', detail: { person: personId } })
}
