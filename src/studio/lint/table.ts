import type { Dialect } from './feel.ts'
import { type Element, scan, Unreadable } from './hostile/scan.ts'

export type Side = 'inputs' | 'outputs'
export type Column = { label: string; expression: string }
export type Row = { id: string } & Record<Side, string[]>
/** A piece of FEEL that is no cell of a row: what a column asks for, or what it may be. */
export type Heading = { id: string; dialect: Dialect; text: string }
export type Table = Record<Side, Column[]> & { rows: Row[]; headings: Heading[] }

const HEADINGS: Record<string, Dialect> = {
  inputExpression: 'Expression',
  inputValues: 'UnaryTests',
  outputValues: 'UnaryTests',
  defaultOutputEntry: 'Expression',
}
const CELLS: Record<string, Side> = { inputEntry: 'inputs', outputEntry: 'outputs' }
const COLUMNS: Record<string, Side> = { input: 'inputs', output: 'outputs' }

const attributeOf = ({ attributes }: Element, name: string) =>
  attributes.find((each) => each.name === name)?.value ?? ''

/** The columns and rows of a routing table; null where it cannot be read. */
export function readTable(dmn: string): Table | null {
  const table: Table = { inputs: [], outputs: [], rows: [], headings: [] }
  try {
    scan(dmn, {
      element(element) {
        const { local, path } = element
        const around = path.at(-1)?.local
        if (local === 'rule') table.rows.push({ id: attributeOf(element, 'id'), inputs: [], outputs: [] })
        const cell = around === 'rule' ? CELLS[local] : undefined
        if (cell) table.rows.at(-1)?.[cell].push('')
        const column = around === 'decisionTable' ? COLUMNS[local] : undefined
        if (column)
          table[column].push({
            label: attributeOf(element, 'label'),
            expression: attributeOf(element, 'name'),
          })
      },
      text(value, { local, path }) {
        const around = path.at(-1)
        if (local !== 'text' || !around) return
        const cell = CELLS[around.local]
        const row = cell && table.rows.at(-1)?.[cell]
        if (row) row[row.length - 1] = value.trim()
        const dialect = HEADINGS[around.local]
        if (!dialect) return
        table.headings.push({ id: attributeOf(path.at(-2) ?? around, 'id'), dialect, text: value.trim() })
        const column = table.inputs.at(-1)
        if (around.local === 'inputExpression' && column) column.expression = value.trim()
      },
    })
  } catch (error) {
    if (error instanceof Unreadable) return null
    throw error
  }
  return table
}
