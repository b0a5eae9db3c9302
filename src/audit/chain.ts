import { createHash } from 'node:crypto'

/** An entry as stored. `line` is what the hash covers; the other columns are copies for searching. */
export type StoredEntry = {
  index: string
  line: string
  hash: string
  dossier_id: string | null
  actor_id: string | null
  act: string
  at: Date
}

export type Link = { index: number; hash: string }

export type Break = {
  index: number
  why: 'missing' | 'altered' | 'unlinked' | 'columns' | 'head'
  text: { vi: string; en: string }
}

export const hashOf = (line: string): string => createHash('sha256').update(line, 'utf8').digest('hex')

const TEXT: Record<Break['why'], (index: number) => Break['text']> = {
  missing: (n) => ({ vi: `Bản ghi ${n} đã bị xóa.`, en: `Entry ${n} has been removed.` }),
  altered: (n) => ({
    vi: `Nội dung bản ghi ${n} không khớp với mã băm của nó: đã bị sửa.`,
    en: `The text of entry ${n} does not fit its hash: it has been altered.`,
  }),
  unlinked: (n) => ({
    vi: `Bản ghi ${n} không nối với bản ghi trước nó: chuỗi đã bị viết lại.`,
    en: `Entry ${n} is not linked to the one before it: the chain has been rewritten.`,
  }),
  columns: (n) => ({
    vi: `Các cột tra cứu của bản ghi ${n} khác với nội dung đã băm.`,
    en: `The searchable columns of entry ${n} differ from its hashed text.`,
  }),
  head: (n) => ({
    vi: `Bản ghi ${n} khác với đầu chuỗi đã ký của ngày hôm đó: chuỗi đã bị cắt hoặc viết lại.`,
    en: `Entry ${n} differs from the signed head of its day: the chain has been cut or rewritten.`,
  }),
}

export const breakAt = (index: number, why: Break['why']): Break => ({ index, why, text: TEXT[why](index) })

type Line = {
  index: number
  previous: string
  act: string
  actor: string | null
  dossier: string | null
  at: string
}

/** Undefined when the entry follows the link before it, otherwise the first thing wrong with it. */
export function checkEntry(previous: Link, entry: StoredEntry): Break | undefined {
  const expected = previous.index + 1
  if (Number(entry.index) !== expected) return breakAt(expected, 'missing')
  if (hashOf(entry.line) !== entry.hash) return breakAt(expected, 'altered')
  const line = JSON.parse(entry.line) as Line
  if (line.index !== expected || line.previous !== previous.hash) return breakAt(expected, 'unlinked')
  const same =
    line.act === entry.act &&
    line.actor === entry.actor_id &&
    line.dossier === entry.dossier_id &&
    new Date(line.at).getTime() === entry.at.getTime()
  return same ? undefined : breakAt(expected, 'columns')
}
