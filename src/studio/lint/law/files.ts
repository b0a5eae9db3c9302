/** The diagram and the table as files, and what the table's rows say. */
import { baseIdOf } from '../../../procedures/agreement.ts'
import { type Facts, type Law, needed } from '../facts.ts'
import type { StudioFault } from '../fault.ts'
import { type Element, scan, Unreadable } from '../hostile/scan.ts'
import { type FileKind, harmWords, inspectXml } from '../hostile.ts'
import { faultOf } from '../rules.ts'

/** Rules of the file that a rule of the diagram says better. */
const SAID_ELSEWHERE = ['one-process', 'other-procedure']

const inspected = ({ source, definition: { code } }: Facts, kind: FileKind): StudioFault[] => {
  const { harms, notes } = inspectXml(source[kind], kind, code ? { baseId: baseIdOf(code) } : {})
  const part = kind === 'bpmn' ? 'diagram' : 'routing'
  return [
    ...harms
      .filter(({ rule }) => !(kind === 'bpmn' && SAID_ELSEWHERE.includes(rule)))
      .map((harm) => faultOf('not-harmless', { part, elementId: harm.element, message: harmWords(harm) })),
    ...notes.map((note) => faultOf('namespace-unknown', { part, message: harmWords(note) })),
  ]
}

export const files: Law = (facts) => [...inspected(facts, 'bpmn'), ...inspected(facts, 'dmn')]

type Row = { id: string; inputs: string[] }
type Table = { inputs: string[]; rows: Row[] }

/** The columns asked for and the rows of a routing table; null where it cannot be read. */
function tableOf(dmn: string): Table | null {
  const table: Table = { inputs: [], rows: [] }
  const within = ({ path }: Element, name: string) => path.some(({ local }) => local === name)
  try {
    scan(dmn, {
      element({ local, attributes, path }) {
        if (local === 'rule')
          table.rows.push({
            id: attributes.find(({ name }) => name === 'id')?.value ?? '',
            inputs: [],
          })
        if (local === 'inputEntry' && path.some((each) => each.local === 'rule'))
          table.rows.at(-1)?.inputs.push('')
      },
      text(value, of) {
        if (of.local !== 'text') return
        if (within(of, 'inputExpression')) table.inputs.push(value.trim())
        const inputs = table.rows.at(-1)?.inputs
        if (within(of, 'inputEntry') && inputs && inputs.length > 0) inputs[inputs.length - 1] = value.trim()
      },
    })
  } catch (error) {
    if (error instanceof Unreadable) return null
    throw error
  }
  return table
}

/** The words that a cell names, `"house", "other"`; null where it takes anything or computes. */
function wordsIn(cell: string | undefined): string[] | null {
  if (cell === undefined || cell === '' || cell === '-') return null
  return /^("[^"]*"\s*,?\s*)+$/.test(cell) ? [...cell.matchAll(/"([^"]*)"/g)].map((match) => match[1]!) : null
}

/** Each case of the procedure has a row of its own procedure. */
export const routing: Law = (facts) => {
  const definition = needed(facts, 'code', 'cases')
  const table = tableOf(facts.source.dmn)
  // A procedure that routes nothing needs no rows.
  const routes = [...(facts.graph?.nodes.values() ?? [])].some(({ jobType }) => jobType === 'dossier.route')
  if (!definition || !table || !routes) return []
  const { code, cases } = definition
  const at = (name: string) => table.inputs.indexOf(name)
  const faults: StudioFault[] = []
  const say = (vi: string, en: string, field: string | null = null) =>
    faults.push(faultOf('routing-rows', { field, message: { vi, en } }))
  const cell = (row: Row, name: string) => wordsIn(at(name) === -1 ? undefined : row.inputs[at(name)])
  const ours = table.rows.filter((row) => cell(row, 'procedure')?.includes(code) ?? true)
  for (const row of table.rows) {
    const other = cell(row, 'procedure')?.find((each) => each !== code)
    if (other)
      say(`Dòng ${row.id} là của thủ tục ${other}.`, `The row ${row.id} is of procedure ${other}.`, row.id)
    const strange = cell(row, 'case')?.find((each) => !cases.some(({ key }) => key === each))
    if (strange)
      say(
        `Dòng ${row.id} nhắc trường hợp "${strange}" không có.`,
        `The row ${row.id} names a case "${strange}" that is not there.`,
        row.id,
      )
  }
  for (const { key, name } of cases)
    if (!ours.some((row) => cell(row, 'case')?.includes(key) ?? true))
      say(
        `Trường hợp “${name.vi}” không có dòng phân tuyến nào.`,
        `The case “${name.en ?? key}” has no row.`,
        key,
      )
  return faults
}
