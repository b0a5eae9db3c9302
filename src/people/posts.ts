import { v7 as uuid } from 'uuid'
import type { Role } from '../access/actor.ts'
import { formatDay } from '../calendar/format.ts'
import type { Tx } from '../database/transaction.ts'
import { invalid, invalidField } from '../http/invalid.ts'
import { conflict, type FieldError, notFound } from '../http/problem.ts'
import type { Text } from '../text.ts'
import { keepAnAdmin, refuseWithWork } from './leaving.ts'

export type NewPost = {
  unitId: string
  role: Role
  title: Text
  /** How a deputy signs, with the decision that lets them; without it they sign as themselves. */
  capacity?: Record<string, unknown> | null | undefined
  validFrom: string
  /** The last day; null without end. */
  validTo: string | null
}

/** Gives a person a post; `at` is where the post stands in the request, for the fields of errors. */
export async function addPost(tx: Tx, personId: string, post: NewPost, at = ''): Promise<string> {
  const [person] = await tx.sql<{ active: boolean }>(
    `select active from person where id = $1 and kind = 'staff' for update`,
    [personId],
  )
  if (!person) throw notFound()
  if (!person.active)
    throw conflict('person-inactive', {
      vi: 'Người này đã ngừng hoạt động nên không nhận được chức vụ.',
      en: 'This person is deactivated and cannot be given a post.',
    })
  const agencyId = await agencyOfUnit(tx, post, at)
  await refuseTwice(tx, personId, post, at)
  const id = uuid()
  await tx.sql(
    `insert into post (id, person_id, agency_id, unit_id, role, title, capacity, valid_from, valid_to)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      id,
      personId,
      agencyId,
      post.unitId,
      post.role,
      post.title,
      post.capacity ?? null,
      post.validFrom,
      post.validTo,
    ],
  )
  const { unitId, role, validFrom, validTo } = post
  tx.audit({
    act: 'post.created',
    detail: { post: id, person: personId, unit: unitId, role, validFrom, validTo },
  })
  return id
}

type UnitRow = { agency_id: string; kind: string; valid_from: string; valid_to: string | null }
type Held = Pick<NewPost, 'role' | 'validFrom' | 'validTo'>

/** Kinds of unit that alone have a role; the other roles are held anywhere. */
const ONLY_IN: Partial<Record<Role, string>> = {
  clerk: 'one-stop',
  'one-stop-head': 'one-stop',
  clerical: 'clerical',
}

/** What is wrong with a post in a unit that exists in these days (its agency's too), by field; undefined when nothing is. */
export function faultOfPost(
  { role, validFrom, validTo }: Held,
  unit: Pick<UnitRow, 'kind' | 'valid_from' | 'valid_to'>,
): FieldError | undefined {
  const fault = (field: string, vi: string, en: string): FieldError => ({ field, message: { vi, en } })
  if (validTo !== null && validTo < validFrom)
    return fault(
      'validTo',
      'Ngày thôi giữ không được trước ngày bắt đầu.',
      'The end is before the beginning.',
    )
  const { valid_from: from, valid_to: to } = unit
  if (validFrom < from || (to !== null && validFrom > to))
    return fault(
      'validFrom',
      `Đơn vị hoạt động từ ${formatDay(from, 'vi')}${to ? ` đến ${formatDay(to, 'vi')}` : ''}; chọn ngày trong thời gian đó.`,
      `The unit exists from ${formatDay(from, 'en')}${to ? ` to ${formatDay(to, 'en')}` : ''}; choose a day within.`,
    )
  const kind = ONLY_IN[role]
  return kind && kind !== unit.kind
    ? fault(
        'unitId',
        kind === 'one-stop' ? 'Vai trò này chỉ có ở bộ phận một cửa.' : 'Vai trò này chỉ có ở văn thư.',
        kind === 'one-stop'
          ? 'This role exists in a one-stop only.'
          : 'This role exists in a clerical office only.',
      )
    : undefined
}

async function agencyOfUnit(tx: Tx, post: NewPost, at: string): Promise<string> {
  const [unit] = await tx.sql<UnitRow>(
    `select u.agency_id, u.kind, greatest(u.valid_from, a.valid_from) as valid_from,
            least(u.valid_to, a.valid_to) as valid_to
       from unit u join agency a on a.id = u.agency_id where u.id = $1`,
    [post.unitId],
  )
  if (!unit)
    throw invalidField(
      `${at}unitId`,
      'Không có đơn vị này; hãy chọn lại.',
      'There is no such unit; choose again.',
    )
  const fault = faultOfPost(post, unit)
  if (fault) throw invalid([{ ...fault, field: `${at}${fault.field}` }])
  return unit.agency_id
}

async function refuseTwice(tx: Tx, personId: string, post: NewPost, at: string): Promise<void> {
  const same = await tx.sql(
    `select from post where person_id = $1 and unit_id = $2 and role = $3
        and valid_from <= coalesce($5::date, 'infinity') and coalesce(valid_to, 'infinity') >= $4::date`,
    [personId, post.unitId, post.role, post.validFrom, post.validTo],
  )
  if (same.length > 0)
    throw invalidField(
      `${at}validFrom`,
      'Người này đã giữ vai trò đó ở đơn vị này trong thời gian ấy.',
      'The person holds this role in this unit at that time already.',
    )
}

/** Why a post ends; a word of a list, because the audit trail keeps no free text about people. */
export const END_REASONS = ['transferred', 'left', 'reorganised', 'absent', 'corrected'] as const
export type EndReason = (typeof END_REASONS)[number]

type PostRow = {
  person_id: string
  unit_id: string
  role: Role
  valid_from: string
  valid_to: string | null
}

/** Ends a post; `on` is its last day. 409 while the person holds open tasks of its unit. */
export async function endPost(tx: Tx, postId: string, on: string, reason: EndReason): Promise<void> {
  const [post] = await tx.sql<PostRow>(
    `select t.person_id, t.unit_id, t.role, t.valid_from, t.valid_to
       from post t where t.id = $1 for update`,
    [postId],
  )
  if (!post) throw notFound()
  if (on < post.valid_from)
    throw invalidField(
      'on',
      `Chức vụ bắt đầu ${formatDay(post.valid_from, 'vi')}; ngày cuối không được trước ngày đó.`,
      `The post begins ${formatDay(post.valid_from, 'en')}; it cannot end before.`,
    )
  if (post.valid_to !== null && post.valid_to <= on)
    throw conflict('post-ended', {
      vi: `Chức vụ đã thôi giữ từ ${formatDay(post.valid_to, 'vi')}.`,
      en: `The post ends on ${formatDay(post.valid_to, 'en')} already.`,
    })
  await refuseWithWork(tx, post.person_id, post.unit_id, { vi: 'rồi thôi chức vụ', en: 'first' })
  if (post.role === 'admin') await keepAnAdmin(tx, post.person_id)
  await tx.sql('update post set valid_to = $2 where id = $1', [postId, on])
  tx.audit({ act: 'post.ended', detail: { post: postId, person: post.person_id, on, reason } })
}
