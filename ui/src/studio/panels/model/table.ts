import {
  allElements,
  attribute,
  elements,
  readXml,
  replaced,
  textIn,
  withAttribute,
  withText,
  writeXml,
  type XmlElement,
  type XmlNode,
} from './xml.ts'

export type Column = { id: string; label: string; expression: string }
export type Rule = { id: string; description: string; inputs: string[]; outputs: string[] }
export type Table = { hitPolicy: string; inputs: Column[]; outputs: Column[]; rules: Rule[] }
/** A cell: of a rule, input or output, counted from 0. */
export type Cell = { rule: number; side: 'inputs' | 'outputs'; column: number }

const tableOf = (root: XmlElement): XmlElement => {
  const [table] = allElements(root, 'decisionTable')
  if (!table) throw new Error('no decision table')
  return table
}
const entries = (rule: XmlElement, side: Cell['side']) =>
  elements(rule, side === 'inputs' ? 'inputEntry' : 'outputEntry')
const words = (parent: XmlElement | undefined) => (parent ? textIn(elements(parent, 'text')[0]) : '')

/** The decision table of a DMN text. Throws XmlError where it is no XML, Error where it has no table. */
export function readTable(dmn: string): Table {
  const table = tableOf(readXml(dmn))
  return {
    hitPolicy: attribute(table, 'hitPolicy') || 'UNIQUE',
    inputs: elements(table, 'input').map((each) => ({
      id: attribute(each, 'id'),
      label: attribute(each, 'label'),
      expression: words(elements(each, 'inputExpression')[0]),
    })),
    outputs: elements(table, 'output').map((each) => ({
      id: attribute(each, 'id'),
      label: attribute(each, 'label'),
      expression: attribute(each, 'name'),
    })),
    rules: elements(table, 'rule').map((rule) => ({
      id: attribute(rule, 'id'),
      description: textIn(elements(rule, 'description')[0]),
      inputs: entries(rule, 'inputs').map(words),
      outputs: entries(rule, 'outputs').map(words),
    })),
  }
}

const inTable = (dmn: string, change: (table: XmlElement) => XmlElement): string => {
  const root = readXml(dmn)
  const table = tableOf(root)
  return writeXml(replaced(root, table, change(table)))
}
const inRule = (
  dmn: string,
  rule: number,
  change: (rule: XmlElement, prefix: string) => XmlElement,
): string =>
  inTable(dmn, (table) => {
    const found = elements(table, 'rule')[rule]
    return found ? replaced(table, found, change(found, prefixOf(found))) : table
  })
const prefixOf = ({ name }: XmlElement) => (name.includes(':') ? name.slice(0, name.indexOf(':') + 1) : '')
const make = (name: string, attributes = '', inner: XmlNode[] = []): XmlElement => ({
  kind: 'element',
  name,
  open: `<${name}${attributes}>`,
  children: inner,
  close: `</${name}>`,
})

export const setCell = (dmn: string, { rule, side, column }: Cell, text: string): string =>
  inRule(dmn, rule, (element, prefix) => {
    const entry = entries(element, side)[column]
    if (!entry || words(entry) === text) return element
    const inner = elements(entry, 'text')[0]
    const next = inner
      ? replaced(entry, inner, withText(inner, text))
      : { ...withText(entry, ''), children: [withText(make(`${prefix}text`), text)] }
    return replaced(element, entry, next)
  })

export const setDescription = (dmn: string, rule: number, text: string): string =>
  inRule(dmn, rule, (element, prefix) => {
    const found = elements(element, 'description')[0]
    if (textIn(found) === text) return element
    if (found) return replaced(element, found, withText(found, text))
    const gap: XmlNode = { kind: 'text', raw: indentOf(element) }
    return { ...element, children: [gap, withText(make(`${prefix}description`), text), ...element.children] }
  })

const indentOf = (rule: XmlElement) => {
  const first = rule.children[0]
  return first?.kind === 'text' && first.raw.trim() === '' ? first.raw : '\n        '
}

export const setColumnLabel = (dmn: string, side: Cell['side'], column: number, label: string): string =>
  inTable(dmn, (table) => {
    const found = elements(table, side === 'inputs' ? 'input' : 'output')[column]
    return found ? replaced(table, found, withAttribute(found, 'label', label)) : table
  })

/** A rule with the blank before it, so that a row moves with its own line. */
type Row = { blank: XmlNode[]; rule: XmlElement }
const isBlank = (node: XmlNode | undefined) => node?.kind === 'text' && node.raw.trim() === ''

function withRows(dmn: string, change: (rows: Row[], table: XmlElement) => Row[]): string {
  return inTable(dmn, (table) => {
    const rows: Row[] = []
    const first = table.children.findIndex(
      (each) => each.kind === 'element' && elements(table, 'rule')[0] === each,
    )
    if (first < 0) {
      const end = isBlank(table.children.at(-1)) ? table.children.length - 1 : table.children.length
      const [added] = change([], table)
      if (!added) return table
      return {
        ...table,
        children: [...table.children.slice(0, end), ...added.blank, added.rule, ...table.children.slice(end)],
      }
    }
    const last = table.children.findLastIndex(
      (each) => each.kind === 'element' && elements(table, 'rule').includes(each),
    )
    const start = isBlank(table.children[first - 1]) ? first - 1 : first
    let blank: XmlNode[] = []
    for (const node of table.children.slice(start, last + 1)) {
      if (node.kind === 'element') {
        rows.push({ blank, rule: node })
        blank = []
      } else blank.push(node)
    }
    const next = change(rows, table).flatMap((row) => [...row.blank, row.rule])
    return {
      ...table,
      children: [...table.children.slice(0, start), ...next, ...table.children.slice(last + 1)],
    }
  })
}

export const removeRule = (dmn: string, rule: number): string =>
  withRows(dmn, (rows) => rows.filter((_, at) => at !== rule))

export const moveRule = (dmn: string, from: number, to: number): string =>
  withRows(dmn, (rows) => {
    const rest = rows.filter((_, at) => at !== from)
    const row = rows[from]
    return row ? [...rest.slice(0, to), row, ...rest.slice(to)] : rows
  })

/** A rule behind the last, with these words in its cells. */
export const addRule = (dmn: string, cells: Pick<Rule, 'inputs' | 'outputs'>): string =>
  withRows(dmn, (rows, table) => {
    const prefix = prefixOf(table)
    const taken = [...allElements(table, 'rule')].map((each) => attribute(each, 'id'))
    let n = rows.length + 1
    while (taken.includes(`rule_${n}`)) n += 1
    const line = rows.at(-1)?.blank ?? [{ kind: 'text' as const, raw: '\n      ' }]
    const outer =
      line
        .map(writeXml)
        .join('')
        .match(/\n[ \t]*$/)?.[0] ?? '\n      '
    const entry = (side: string, text: string, at: number): XmlNode[] => [
      { kind: 'text', raw: `${outer}  ` },
      make(`${prefix}${side}Entry`, ` id="rule_${n}_${side}_${at + 1}"`, [
        withText(make(`${prefix}text`), text),
      ]),
    ]
    const rule = make(`${prefix}rule`, ` id="rule_${n}"`, [
      ...cells.inputs.flatMap((text, at) => entry('input', text, at)),
      ...cells.outputs.flatMap((text, at) => entry('output', text, at)),
      { kind: 'text', raw: outer },
    ])
    return [...rows, { blank: [{ kind: 'text', raw: outer }], rule }]
  })
