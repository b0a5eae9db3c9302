/** What the rows of the routing table say, and whether the broker can read them. */
import { type Facts, type Law, needed } from '../facts.ts'
import type { StudioFault } from '../fault.ts'
import { type Dialect, readFeel } from '../feel.ts'
import { MOST_FEEL } from '../hostile/feel.ts'
import { faultOf } from '../rules.ts'
import { type Column, type Row, readTable, type Side, type Table } from '../table.ts'

/** The words that a cell names, `"house", "other"`; null where it takes anything or computes. */
function wordsIn(cell: string | undefined): string[] | null {
  if (cell === undefined || cell === '' || cell === '-') return null
  // One blank belongs to one place only, so that reading a long cell ends.
  return /^"[^"]*"(?:\s*,\s*"[^"]*")*$/.test(cell)
    ? [...cell.matchAll(/"([^"]*)"/g)].map((match) => match[1]!)
    : null
}

const DIALECTS: Record<Side, Dialect> = { inputs: 'UnaryTests', outputs: 'Expression' }
const CELL_FAULTS = 20

/** Cells that are no FEEL: the broker refuses the whole table for one of them. */
function unreadable({ inputs, outputs, rows, headings }: Table): StudioFault[] {
  const faults: StudioFault[] = []
  const known = new Map<string, number | null>()
  const faultIn = (text: string, dialect: Dialect) => {
    const key = `${dialect} ${text}`
    let fault = known.get(key)
    if (fault === undefined) {
      fault = readFeel(text, dialect).fault
      known.set(key, fault)
    }
    return fault
  }
  const say = (field: string, text: string, at: number, where: { vi: string; en: string }) => {
    const what =
      text === ''
        ? { vi: 'còn để trống', en: 'is empty' }
        : {
            vi: `không đúng cú pháp FEEL từ ký tự ${at + 1}: ${text.slice(0, 80)}`,
            en: `is no FEEL from character ${at + 1} on: ${text.slice(0, 80)}`,
          }
    faults.push(
      faultOf('routing-feel', {
        field,
        message: { vi: `${where.vi} ${what.vi}.`, en: `${where.en} ${what.en}.` },
      }),
    )
  }
  for (const { id, text, dialect } of headings.filter(({ text }) => text.length <= MOST_FEEL)) {
    const fault = faultIn(text, dialect)
    if (fault !== null) say(id, text, fault, { vi: `Cột ${id}`, en: `The column ${id}` })
  }
  const cellsOf = (row: Row, n: number, side: Side, columns: Column[]) =>
    columns.forEach(({ label, expression }, column) => {
      const text = row[side][column]
      // What is too long is refused unread.
      if (text === undefined || text.length > MOST_FEEL || faults.length >= CELL_FAULTS) return
      const fault = faultIn(text, DIALECTS[side])
      const name = label || expression || String(column + 1)
      if (fault !== null)
        say(`${row.id}.${side}.${column}`, text, fault, {
          vi: `Dòng ${n + 1}, cột “${name}”`,
          en: `Row ${n + 1}, column “${name}”`,
        })
    })
  rows.forEach((row, n) => {
    cellsOf(row, n, 'inputs', inputs)
    cellsOf(row, n, 'outputs', outputs)
    if (row.inputs.length !== inputs.length || row.outputs.length !== outputs.length)
      faults.push(
        faultOf('routing-feel', {
          field: row.id,
          message: {
            vi: `Dòng ${n + 1} không có đủ ô cho các cột của bảng.`,
            en: `Row ${n + 1} does not have a cell for each column.`,
          },
        }),
      )
  })
  return faults
}

/** Each case of the procedure has a row of its own procedure. */
function rowsOf(facts: Facts, table: Table): StudioFault[] {
  const definition = needed(facts, 'code', 'cases')
  // A procedure that routes nothing needs no rows.
  const routes = [...(facts.graph?.nodes.values() ?? [])].some(({ jobType }) => jobType === 'dossier.route')
  if (!definition || !routes) return []
  const { code, cases } = definition
  const keys = new Set(cases.map(({ key }) => key))
  const at = (name: string) => table.inputs.findIndex(({ expression }) => expression === name)
  const columns = { procedure: at('procedure'), case: at('case') }
  const cell = (row: Row, name: keyof typeof columns) => wordsIn(row.inputs[columns[name]])
  const faults: StudioFault[] = []
  const say = (vi: string, en: string, field: string) =>
    faults.push(faultOf('routing-rows', { field, message: { vi, en } }))
  const routed = new Set<string>()
  let routesAll = false
  for (const row of table.rows) {
    const procedures = cell(row, 'procedure')
    const other = procedures?.find((each) => each !== code)
    if (other)
      say(`Dòng ${row.id} là của thủ tục ${other}.`, `The row ${row.id} is of procedure ${other}.`, row.id)
    const named = cell(row, 'case')
    const strange = named?.find((each) => !keys.has(each))
    if (strange)
      say(
        `Dòng ${row.id} nhắc trường hợp "${strange}" không có.`,
        `The row ${row.id} names a case "${strange}" that is not there.`,
        row.id,
      )
    if (procedures && !procedures.includes(code)) continue
    if (named) for (const each of named) routed.add(each)
    else routesAll = true
  }
  for (const { key, name } of cases)
    if (!routesAll && !routed.has(key))
      say(
        `Trường hợp “${name.vi}” không có dòng phân tuyến nào.`,
        `The case “${name.en ?? key}” has no row.`,
        key,
      )
  return faults
}

export const routing: Law = (facts) => {
  const table = readTable(facts.source.dmn)
  return table ? [...unreadable(table), ...rowsOf(facts, table)] : []
}
