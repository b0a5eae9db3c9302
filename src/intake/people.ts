import type { Role } from '../access/post.ts'
import type { LegalDay } from '../calendar/day.ts'
import type { FieldError } from '../http/problem.ts'
import { faultOfPost } from '../people/posts.ts'
import type { Text } from '../text.ts'
import { fault, type Line } from './line.ts'
import { type Capacity, type PersonRow, readPerson } from './person-row.ts'
import { same } from './same.ts'
import { cellOf, type TableRow } from './table.ts'

export type KnownPost = {
  unit: string
  role: Role
  title: Text
  capacity: Capacity | null
  validFrom: LegalDay
  validTo: LegalDay | null
}

/** Somebody of the record, or, while a file is read, somebody it adds. */
export type KnownPerson = {
  login: string
  staff: boolean
  active: boolean
  name: string
  email: string
  phone: string
  identityNo: string
  posts: KnownPost[]
}
export type KnownPeople = {
  /** By login. */
  people: Map<string, KnownPerson>
  /** Logins of civil servants by identity number. */
  numbers: Map<string, string>
  units: Map<string, { kind: string; validFrom: LegalDay; validTo: LegalDay | null }>
  agencies: Set<string>
}

export type PersonPlan = {
  lines: Line[]
  added: KnownPerson[]
  /** Their new values, with the columns that change. */
  changed: { login: string; values: Partial<Contact>; columns: string[] }[]
  posts: { login: string; post: KnownPost }[]
  titles: { login: string; post: KnownPost; title: Text }[]
}
type Contact = Pick<KnownPerson, 'name' | 'email' | 'phone' | 'identityNo'>
const CONTACT = ['name', 'email', 'phone', 'identityNo'] as const

const comparable = (name: string): string => name.normalize('NFC').toLocaleLowerCase('vi')

/** Why the row cannot be about the person who has its login, or about the one it would make. */
function personFaults(row: PersonRow, there: KnownPerson | undefined, known: KnownPeople): FieldError[] {
  const holder = row.identityNo === '' ? undefined : known.numbers.get(row.identityNo)
  if (holder && holder !== row.login)
    return [
      fault(
        'identityNo',
        `Số định danh này là của người có tên đăng nhập ${holder}. Hãy dùng tên đăng nhập đó hoặc sửa số.`,
        `Whoever logs in as ${holder} has this identity number. Use that login, or correct the number.`,
      ),
    ]
  if (!there) return []
  if (!there.staff)
    return [
      fault(
        'login',
        'Tên đăng nhập này là của một người dân; hãy chọn tên khác.',
        'A citizen has this login; choose another.',
      ),
    ]
  if (!there.active)
    return [
      fault(
        'login',
        'Người này đã bị khóa tài khoản; tệp không mở lại được.',
        'This person is deactivated, which a file cannot undo.',
      ),
    ]
  // A corrected name is told from somebody else's by the number alone.
  const known12 = row.identityNo !== '' && row.identityNo === there.identityNo
  if (comparable(row.name) !== comparable(there.name) && !known12)
    return [
      fault(
        'login',
        `Tên đăng nhập này là của ${there.name}. Hãy chọn tên khác; nếu là một người mà họ tên ghi sai, hãy ghi cả số định danh.`,
        `This is the login of ${there.name}. Choose another; if it is the same person with a wrong name, write the identity number too.`,
      ),
    ]
  if (row.identityNo !== '' && there.identityNo !== '' && row.identityNo !== there.identityNo)
    return [
      fault(
        'identityNo',
        'Người này đã có số định danh khác trong hệ thống. Hãy đối chiếu giấy tờ.',
        'The record has another identity number for this person. Compare the papers.',
      ),
    ]
  return []
}

function unitFault(code: string, known: KnownPeople): FieldError {
  const agency = code.slice(0, Math.max(0, code.lastIndexOf('.')))
  if (known.agencies.has(code))
    return fault(
      'unit',
      `${code} là cơ quan; hãy ghi mã bộ phận của nó.`,
      `${code} is an agency; write the code of its unit.`,
    )
  return known.agencies.has(agency)
    ? fault(
        'unit',
        `Cơ quan ${agency} không có bộ phận ${code}. Hãy sửa mã hoặc nhập bộ phận trước.`,
        `Agency ${agency} has no unit ${code}. Correct the code, or import the unit first.`,
      )
    : fault(
        'unit',
        `Không có cơ quan nào mã ${agency || code}. Hãy sửa mã hoặc nhập tệp cơ quan trước.`,
        `There is no agency ${agency || code}. Correct the code, or import the agencies first.`,
      )
}

const elsewhere = (field: string): FieldError =>
  fault(
    field,
    'Chức vụ này đã ghi khác trong hệ thống. Tệp không đổi được; hãy để trống, hoặc sửa ở trang Người dùng.',
    'This post stands otherwise in the record. A file cannot change that: leave the cell empty, or change it under People.',
  )

/** The post that the row names, if the person holds it: of this unit and role, in days that meet those of the row. */
const heldPost = (row: PersonRow, there: KnownPerson | undefined, today: LegalDay): KnownPost | undefined =>
  there?.posts.find(
    (post) =>
      post.unit === row.unit &&
      post.role === row.role &&
      (row.validTo ?? '9999') >= post.validFrom &&
      (post.validTo ?? '9999') >= (row.validFrom ?? today),
  )

function postFaults(
  row: PersonRow,
  held: KnownPost | undefined,
  known: KnownPeople,
  today: LegalDay,
): FieldError[] {
  const unit = known.units.get(row.unit)
  if (!unit) return [unitFault(row.unit, known)]
  if (held)
    return [
      ...(row.validFrom !== undefined && row.validFrom !== held.validFrom ? [elsewhere('validFrom')] : []),
      ...(row.validTo !== undefined && row.validTo !== held.validTo ? [elsewhere('validTo')] : []),
      ...(row.capacity !== null && !same(row.capacity, held.capacity) ? [elsewhere('capacity')] : []),
    ]
  const found = faultOfPost(
    { role: row.role, validFrom: row.validFrom ?? today, validTo: row.validTo ?? null },
    { kind: unit.kind, valid_from: unit.validFrom, valid_to: unit.validTo },
  )
  return found ? [{ ...found, field: found.field === 'unitId' ? 'unit' : found.field }] : []
}

type State = { known: KnownPeople; today: LegalDay; plan: PersonPlan; seen: Map<string, number> }

/** Takes the row into the plan; its later rows see the person as this one leaves them. */
function take(state: State, row: PersonRow, held: KnownPost | undefined): Pick<Line, 'verdict' | 'changes'> {
  const { known, plan, today } = state
  let person = known.people.get(row.login)
  const isNew = !person
  if (!person) {
    const { login, name, email, phone, identityNo } = row
    person = { login, staff: true, active: true, name, email, phone, identityNo, posts: [] }
    known.people.set(login, person)
    plan.added.push(person)
  }
  if (row.identityNo !== '') known.numbers.set(row.identityNo, row.login)
  const there = person
  const columns = CONTACT.filter((key) => row[key] !== '' && row[key] !== there[key])
  if (columns.length > 0) {
    const values = Object.fromEntries(columns.map((key) => [key, row[key]]))
    Object.assign(there, values)
    if (!plan.added.includes(there)) plan.changed.push({ login: row.login, values, columns })
  }
  if (!held) {
    const post: KnownPost = {
      unit: row.unit,
      role: row.role,
      title: row.title,
      capacity: row.capacity,
      validFrom: row.validFrom ?? today,
      validTo: row.validTo ?? null,
    }
    there.posts.push(post)
    plan.posts.push({ login: row.login, post })
    return { verdict: 'added', changes: isNew ? [] : columns }
  }
  const title = row.title.en === undefined && held.title.en ? { ...row.title, en: held.title.en } : row.title
  const retitled = !same(title, held.title)
  if (retitled) {
    plan.titles.push({ login: row.login, post: held, title })
    held.title = title
  }
  const changes = [...columns, ...(retitled ? ['title'] : [])]
  return { verdict: changes.length > 0 ? 'changed' : 'unchanged', changes }
}

function look(state: State, tableRow: TableRow): Line {
  const common = {
    row: tableRow.row,
    code: cellOf(tableRow, 'login').toLowerCase(),
    name: cellOf(tableRow, 'name'),
  }
  const refused = (faults: FieldError[]): Line => ({ ...common, verdict: 'refused', faults, changes: [] })
  const row = readPerson(tableRow)
  if (Array.isArray(row)) return refused(row)
  const key = `${row.login}\n${row.unit}\n${row.role}\n${row.validFrom ?? ''}`
  const first = state.seen.get(key)
  if (first !== undefined)
    return refused([
      fault(
        'login',
        `Dòng ${first} đã có người này với cùng bộ phận và vai trò. Hãy bỏ một dòng.`,
        `Row ${first} has this person with the same unit and role already. Leave one row out.`,
      ),
    ])
  const there = state.known.people.get(row.login)
  const held = heldPost(row, there, state.today)
  const faults = [
    ...personFaults(row, there, state.known),
    ...postFaults(row, held, state.known, state.today),
  ]
  if (faults.length > 0) return refused(faults)
  state.seen.set(key, tableRow.row)
  return { ...common, faults: [], ...take(state, row, held) }
}

/**
 * What the rows of a people file would do to the record: each row is one post of one person, added, changed, unchanged,
 * or refused with what is wrong and how to mend it. Nobody is deactivated and no post ends because the file leaves it
 * out. `known` is used up; `today` is the legal day.
 */
export function planPeople(rows: TableRow[], known: KnownPeople, today: LegalDay): PersonPlan {
  const plan: PersonPlan = { lines: [], added: [], changed: [], posts: [], titles: [] }
  const state: State = { known, today, plan, seen: new Map() }
  plan.lines = rows.map((row) => look(state, row))
  return plan
}
