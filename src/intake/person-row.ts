import { z } from 'zod'
import type { Role } from '../access/post.ts'
import type { LegalDay } from '../calendar/day.ts'
import { plainNumber } from '../counter/person.ts'
import type { FieldError } from '../http/problem.ts'
import { LOGIN, LOGIN_HELP } from '../people/login-name.ts'
import type { Text } from '../text.ts'
import { fault } from './line.ts'
import { cellOf, type TableRow } from './table.ts'
import { dayOf, roleOf } from './values.ts'

export type Capacity = {
  capacity: 'KT' | 'TL' | 'TUQ'
  onBehalfOf: string
  title: string
  decision: { number: string; issuedOn: LegalDay; validFrom: LegalDay; validTo: null }
}

/** A row of a people file as it is meant; `validFrom` and `validTo` undefined where the file does not say. */
export type PersonRow = {
  login: string
  name: string
  email: string
  phone: string
  identityNo: string
  unit: string
  role: Role
  title: Text
  validFrom: LegalDay | undefined
  validTo: LegalDay | undefined
  capacity: Capacity | null
}

const SIGNING = ['onBehalfOf', 'signTitle', 'decision', 'decisionDay'] as const

const noDay = (field: string) =>
  fault(field, 'Không có ngày này. Ghi như 31/12/2026.', 'There is no such day. Write it as 31/12/2026.')

function capacityOf(row: TableRow, faults: FieldError[]): Capacity | null {
  const written = cellOf(row, 'capacity').replace('.', '').toUpperCase()
  if (written === '') {
    const stray = SIGNING.find((key) => cellOf(row, key) !== '')
    if (stray)
      faults.push(
        fault(
          'capacity',
          'Hãy ghi KT, TL hoặc TUQ, hoặc để trống các ô về ký thay.',
          'Write KT, TL or TUQ, or leave the cells about signing empty.',
        ),
      )
    return null
  }
  if (written !== 'KT' && written !== 'TL' && written !== 'TUQ') {
    faults.push(fault('capacity', 'Chỉ có KT, TL, TUQ.', 'There are KT, TL and TUQ only.'))
    return null
  }
  for (const key of SIGNING)
    if (cellOf(row, key) === '')
      faults.push(fault(key, 'Người ký thay cần ô này.', 'Whoever signs for another needs this.'))
  const day = dayOf(cellOf(row, 'decisionDay'))
  if (!day) {
    if (cellOf(row, 'decisionDay') !== '') faults.push(noDay('decisionDay'))
    return null
  }
  return {
    capacity: written,
    onBehalfOf: cellOf(row, 'onBehalfOf'),
    title: cellOf(row, 'signTitle'),
    decision: { number: cellOf(row, 'decision'), issuedOn: day, validFrom: day, validTo: null },
  }
}

function dayIn(row: TableRow, key: string, faults: FieldError[]): LegalDay | undefined {
  const written = cellOf(row, key)
  if (written === '') return undefined
  const day = dayOf(written)
  if (!day) faults.push(noDay(key))
  return day
}

/** What a row of a people file says, or every cell of it that cannot be. */
export function readPerson(row: TableRow): PersonRow | FieldError[] {
  const faults = [...row.faults]
  const unless = (bad: boolean, field: string, vi: string, en: string) => {
    if (bad && !faults.some((one) => one.field === field)) faults.push(fault(field, vi, en))
  }
  const login = cellOf(row, 'login').toLowerCase()
  const email = cellOf(row, 'email')
  const identityNo = plainNumber(cellOf(row, 'identityNo'))
  const role = roleOf(cellOf(row, 'role'))
  const titleEn = cellOf(row, 'titleEn')
  unless(!LOGIN.test(login), 'login', LOGIN_HELP.vi, LOGIN_HELP.en)
  unless(
    email !== '' && !z.email().safeParse(email).success,
    'email',
    'Không phải địa chỉ thư điện tử.',
    'This is no e-mail address.',
  )
  unless(
    identityNo !== '' && !/^(\d{9}|\d{12})$/.test(identityNo),
    'identityNo',
    'Số định danh có 12 chữ số (số cũ: 9). Nếu mất số 0 ở đầu, hãy đặt cột thành Văn bản rồi ghi lại.',
    'An identity number has 12 digits (old ones 9). If the leading zero is lost, format the column as text and write it again.',
  )
  unless(
    !role,
    'role',
    'Không có vai trò này. Hãy chọn một trong danh sách ở cột Vai trò của bảng hướng dẫn.',
    'There is no such role. Choose one of the list under Role in the guide.',
  )
  const validFrom = dayIn(row, 'validFrom', faults)
  const validTo = dayIn(row, 'validTo', faults)
  const capacity = capacityOf(row, faults)
  if (faults.length > 0) return faults
  return {
    login,
    name: cellOf(row, 'name').replace(/\s+/g, ' '),
    email,
    phone: cellOf(row, 'phone'),
    identityNo,
    unit: cellOf(row, 'unit').toUpperCase(),
    role: role as Role,
    title: { vi: cellOf(row, 'title'), ...(titleEn && { en: titleEn }) },
    validFrom,
    validTo,
    capacity,
  }
}
