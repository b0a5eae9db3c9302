import type { Change } from './change.ts'
import { canonical, listOf, recOf } from './keyed.ts'
import { say } from './words.ts'
import { allOf, readXml, type Xml } from './xml.ts'

type Row = { id: string; when: string[]; answer: string[]; note: string }
type Table = { head: string[]; outputs: string[]; policy: string; rows: Map<string, Row> }

const textOf = (entry: Xml) => (allOf(entry, 'text')[0]?.text ?? '').trim().normalize('NFC')

/** A decision table as its rows say it; how wide its columns are drawn is none of it. */
function tableOf(dmn: string): Table {
  const root = readXml(dmn)
  const table = allOf(root, 'decisionTable')[0]
  if (!table) return { head: [], outputs: [], policy: '', rows: new Map() }
  const outputs = allOf(table, 'output').map(({ attributes }) => attributes.name ?? '')
  const head = [
    ...allOf(table, 'input').map((input) => allOf(input, 'text')[0]?.text.trim() ?? ''),
    ...outputs,
  ]
  const rows = allOf(table, 'rule').map((rule, n): [string, Row] => {
    const id = rule.attributes.id ?? `#${n + 1}`
    return [
      id,
      {
        id,
        when: allOf(rule, 'inputEntry').map(textOf),
        answer: allOf(rule, 'outputEntry').map(textOf),
        note: (allOf(rule, 'description')[0]?.text ?? '').trim().normalize('NFC'),
      },
    ]
  })
  return { head, outputs, policy: table.attributes.hitPolicy ?? 'UNIQUE', rows: new Map(rows) }
}

/** The agencies that a table answers with, as its cells say them. */
export const agenciesOf = (dmn: string): string[] => {
  const { outputs, rows } = tableOf(dmn)
  const at = outputs.indexOf('agency')
  return [...new Set([...rows.values()].map(({ answer }) => answer[at] ?? ''))].sort()
}

/** Whether a change of a row (as `routingChanges` writes rows) leaves the same dossiers with the same agency. */
export function isSameAgency(before: Change['before'], after: Change['after'], dmn: string): boolean {
  if (typeof before !== 'string' || typeof after !== 'string') return false
  const at = tableOf(dmn).outputs.indexOf('agency')
  const [was, is] = [recOf(JSON.parse(before)), recOf(JSON.parse(after))]
  return (
    Array.isArray(was.when) &&
    canonical(was.when) === canonical(is.when) &&
    listOf(was.answer)[at] === listOf(is.answer)[at]
  )
}

const short = (text: string) => (text.length > 70 ? `${text.slice(0, 69)}…` : text)
/** “place, "house" → place + ".KT"” */
const rowWords = ({ when, answer, note }: Row) =>
  note === ''
    ? short(`${when.filter((text) => text !== '' && text !== '-').join(', ')} → ${answer.join(', ')}`)
    : short(note)

/** The cells of two versions of a row that are not the same; the notes where all the cells are. */
function differing(was: Row, is: Row): [string, string] {
  const [a, b] = [
    [...was.when, ...was.answer],
    [...is.when, ...is.answer],
  ]
  const at = b.map((_, n) => n).filter((n) => a[n] !== b[n])
  if (a.length !== b.length || at.length === 0) return [rowWords(was), rowWords(is)]
  const cells = (row: string[]) => short(at.map((n) => row[n] || '–').join(', '))
  return [cells(a), cells(b)]
}

/** What two routing tables say differently, row by row. */
export function routingChanges(before: string, after: string): Change[] {
  const [was, is] = [tableOf(before), tableOf(after)]
  const found: Change[] = []
  const put = (field: string, kind: Change['kind'], vi: string, en: string, old: unknown, now: unknown) =>
    found.push({
      part: 'routing',
      elementId: null,
      field: `routing.${field}`,
      kind,
      before: old === null ? null : canonical(old),
      after: now === null ? null : canonical(now),
      words: say(vi, en),
      marks: { before: [], after: [] },
    })
  for (const row of is.rows.values()) {
    const old = was.rows.get(row.id)
    if (!old)
      put(
        row.id,
        'added',
        `Thêm dòng định tuyến: ${rowWords(row)}`,
        `New routing row: ${rowWords(row)}`,
        null,
        row,
      )
    else if (canonical(old) !== canonical(row)) {
      const [from, to] = differing(old, row)
      const name = row.note === '' ? row.id : short(row.note)
      put(
        row.id,
        'changed',
        `Dòng định tuyến “${name}”: ${from} → ${to}`,
        `Routing row “${name}”: ${from} → ${to}`,
        old,
        row,
      )
    }
  }
  for (const row of was.rows.values())
    if (!is.rows.has(row.id))
      put(
        row.id,
        'removed',
        `Bỏ dòng định tuyến: ${rowWords(row)}`,
        `Routing row taken out: ${rowWords(row)}`,
        row,
        null,
      )
  const shared = [...is.rows.keys()].filter((id) => was.rows.has(id))
  const order = [...was.rows.keys()].filter((id) => is.rows.has(id))
  if (is.policy === 'FIRST' && canonical(order) !== canonical(shared))
    put(
      'order',
      'changed',
      'Các dòng định tuyến theo thứ tự ưu tiên khác',
      'The routing rows stand in another order',
      order,
      shared,
    )
  if (canonical([was.head, was.policy]) !== canonical([is.head, is.policy]))
    put(
      'table',
      'changed',
      'Bảng định tuyến hỏi hoặc trả lời điều khác',
      'The routing table asks or answers something else',
      [was.head, was.policy],
      [is.head, is.policy],
    )
  return found
}
