import type { FieldError } from '../../http/problem.ts'
import { fault, type Line } from '../../intake/line.ts'
import { same } from '../../intake/same.ts'
import { cellOf, type TableRow } from '../../intake/table.ts'
import type { CatalogueStep } from './entry.ts'
import { UNIT } from './import-rows.ts'
import { listOf, numberOf, stepRoleOf } from './values.ts'

/** The longest step: 200 working days. */
const MOST_HOURS = 1600

function stepOf(row: TableRow): CatalogueStep | FieldError[] {
  const faults = [...row.faults]
  const number = numberOf(cellOf(row, 'number'))
  if (!number || !Number.isInteger(number) || number > 99)
    faults.push(
      fault('number', 'Số bước là số nguyên từ 1 đến 99.', 'The step is a whole number from 1 to 99.'),
    )
  const role = stepRoleOf(cellOf(row, 'role'))
  if (!role)
    faults.push(
      fault(
        'role',
        'Ghi một trong: Một cửa, Chuyên viên, Lãnh đạo phòng, Lãnh đạo cơ quan, Văn thư, Cơ quan phối hợp, Cơ quan thuế, Người nộp.',
        'Write one of: clerk, officer, unit-head, leader, clerical, consulted, tax, applicant.',
      ),
    )
  const written = cellOf(row, 'hours')
  const hours = written === '' ? null : numberOf(written)
  if (
    hours === undefined ||
    (hours !== null && (hours <= 0 || hours > MOST_HOURS || !Number.isInteger(hours * 60)))
  )
    faults.push(
      fault(
        'hours',
        `Số giờ làm việc từ 0,25 đến ${MOST_HOURS}.`,
        `Working hours from 0.25 to ${MOST_HOURS}.`,
      ),
    )
  const bodies = listOf(cellOf(row, 'bodies'))
  const strange = bodies.find((unit) => !UNIT.test(unit))
  if (strange)
    faults.push(
      fault(
        'bodies',
        `Mã đơn vị như T00.S02.CM hoặc place.KT; “${strange}” không phải.`,
        `“${strange}” is no unit code, such as T00.S02.CM or place.KT.`,
      ),
    )
  if (role === 'consulted' && bodies.length === 0)
    faults.push(
      fault(
        'bodies',
        'Bước lấy ý kiến phải ghi mã đơn vị được hỏi.',
        'A consultation names the units that are asked.',
      ),
    )
  if (faults.length > 0 || !number || !role || hours === undefined) return faults
  return { number, role, action: cellOf(row, 'action'), hours, forms: cellOf(row, 'forms'), bodies }
}

/**
 * What the file's rows would do to the step tables: a table is taken over whole, in place of the one there is, or not at
 * all. `known`: the tables of every procedure of the catalogue, empty ones too.
 */
export function planSteps(
  rows: TableRow[],
  known: Map<string, CatalogueStep[]>,
): { lines: Line[]; tables: Map<string, CatalogueStep[]> } {
  const read = rows.map((row) => ({
    row,
    code: cellOf(row, 'code'),
    step: stepOf(row),
    faults: [] as FieldError[],
  }))
  for (const one of read) {
    if (Array.isArray(one.step)) one.faults.push(...one.step)
    else if (!known.has(one.code))
      one.faults.push(
        fault(
          'code',
          'Danh mục không có thủ tục mã này; nhập danh mục trước.',
          'The catalogue has no such procedure; import its row first.',
        ),
      )
    else {
      const { number } = one.step
      const twin = read.find(
        ({ code, step }) => code === one.code && !Array.isArray(step) && step.number === number,
      )
      if (twin !== one)
        one.faults.push(
          fault(
            'number',
            `Bước ${number} đã có ở dòng ${twin?.row.row}.`,
            `Row ${twin?.row.row} has step ${number} already.`,
          ),
        )
    }
  }
  const spoilt = new Map(
    read.filter(({ faults }) => faults.length > 0).map(({ code, row }) => [code, row.row]),
  )
  const tables = new Map<string, CatalogueStep[]>()
  for (const { code, step } of read)
    if (!spoilt.has(code) && !Array.isArray(step)) tables.set(code, [...(tables.get(code) ?? []), step])
  for (const table of tables.values()) table.sort((a, b) => a.number - b.number)
  const lines = read.map(({ row, code, step, faults }): Line => {
    const common = {
      row: row.row,
      code,
      name: `${cellOf(row, 'number')}. ${cellOf(row, 'action')}`.slice(0, 120),
    }
    const other = spoilt.get(code)
    if (faults.length > 0 || other !== undefined || Array.isArray(step))
      return {
        ...common,
        verdict: 'refused',
        changes: [],
        faults:
          faults.length > 0
            ? faults
            : [
                fault(
                  'code',
                  `Dòng ${other} của bảng bước này bị từ chối, nên cả bảng chưa ghi; hãy sửa dòng đó.`,
                  `Row ${other} of this step table is refused, so none of it is taken; correct that row.`,
                ),
              ],
      }
    const there = known.get(code)?.find(({ number }) => number === step.number)
    const keys = Object.keys(step) as (keyof CatalogueStep)[]
    const changes = there ? keys.filter((key) => !same(step[key], there[key])) : []
    const verdict = !there ? 'added' : changes.length > 0 ? 'changed' : 'unchanged'
    return { ...common, verdict, faults: [], changes }
  })
  for (const [code, table] of tables) if (same(table, known.get(code))) tables.delete(code)
  return { lines, tables }
}
