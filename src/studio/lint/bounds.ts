/**
 * How much of everything the data of a draft may be. Rules compare rows with rows: what a procedure of a thousand rows costs
 * nothing keeps a server still at a hundred thousand. The largest procedure we have reaches a thirtieth of it.
 */
import type { Words } from './fault.ts'

const MOST_DEPTH = 40
const MOST_ENTRIES = 1_000
const MOST_VALUES = 50_000
const MOST_TEXT = 20_000
const MOST_KEY = 200

/** What is too much in some data, and where; null when nothing is. */
export function tooMuchIn(data: unknown): { path: string; message: Words } | null {
  let values = 0
  const open: { value: unknown; path: string; depth: number }[] = [{ value: data, path: '', depth: 0 }]
  const said = (path: string, vi: string, en: string) => ({ path, message: { vi, en } })
  for (let at = open.pop(); at; at = open.pop()) {
    const { value, path, depth } = at
    values += 1
    if (values > MOST_VALUES)
      return said(
        '',
        `Có hơn ${MOST_VALUES} giá trị. Bỏ bớt hoặc tách thủ tục.`,
        `There are more than ${MOST_VALUES} values. Take some out or split the procedure.`,
      )
    if (typeof value === 'string' && value.length > MOST_TEXT)
      return said(
        path,
        `Dài quá ${MOST_TEXT} ký tự. Rút ngắn lại.`,
        `More than ${MOST_TEXT} characters. Shorten it.`,
      )
    if (typeof value !== 'object' || value === null) continue
    if (depth >= MOST_DEPTH)
      return said(
        path,
        `Lồng nhau quá ${MOST_DEPTH} tầng. Bỏ bớt tầng.`,
        `More than ${MOST_DEPTH} deep in one another. Make it flatter.`,
      )
    const entries = Object.entries(value)
    if (entries.length > MOST_ENTRIES)
      return said(
        path,
        `Có hơn ${MOST_ENTRIES} mục trong một danh sách. Bỏ bớt.`,
        `More than ${MOST_ENTRIES} entries in one list. Take some out.`,
      )
    for (const [key, inner] of entries) {
      if (key.length > MOST_KEY)
        return said(
          path,
          `Tên “${key.slice(0, 40)}…” dài quá ${MOST_KEY} ký tự. Rút ngắn tên.`,
          `The name “${key.slice(0, 40)}…” has more than ${MOST_KEY} characters. Shorten it.`,
        )
      open.push({ value: inner, path: path ? `${path}.${key}` : key, depth: depth + 1 })
    }
  }
  return null
}
