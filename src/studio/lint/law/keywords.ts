import type { Law } from '../facts.ts'
import type { StudioFault, Words } from '../fault.ts'
import { faultOf } from '../rules.ts'

/** What a form may say of a question: what is read here is shown, checked and judged everywhere; nothing else is. */
const KEYWORDS = new Set([
  'type',
  'title',
  'description',
  '$comment',
  'x-en',
  'x-personal',
  'x-prefill',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'minItems',
  'maxItems',
  'uniqueItems',
  'oneOf',
  'anyOf',
  'allOf',
  'if',
  'then',
  'else',
  'enum',
  'const',
  'default',
  'examples',
  'readOnly',
  'format',
  'pattern',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
])
const OF_ROOT = new Set(['$schema', '$id'])
/** No file, no address to fetch: what people hand in is a paper, with its own rules. */
const FORMATS = new Set(['date', 'time', 'date-time', 'email'])
/** Keywords below which another schema stands; below every other stand data. */
const INNER = ['additionalProperties', 'items', 'oneOf', 'anyOf', 'allOf', 'if', 'then', 'else']

/** As the server's check of an answer (src/procedures/form.ts): a longer one fits no pattern. */
const MOST_MATCHED = 1_000
const MOST_FAULTS = 50

/** Whether a pattern fits short answers only: held at both ends, nothing in it repeated without an end. */
function isShort(pattern: string): boolean {
  const bare = pattern.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'x')
  if (!bare.startsWith('^') || !bare.endsWith('$') || /[*+]|\{\d+,\}/.test(bare)) return false
  const most = [...bare.matchAll(/\{(?:\d+,)?(\d+)\}/g)].reduce((sum, [, n]) => sum + Number(n), bare.length)
  let depth = 0
  for (const letter of bare) {
    if (letter === '(') depth += 1
    if (letter === ')') depth -= 1
    if (letter === '|' && depth === 0) return false
  }
  return most <= MOST_MATCHED
}

type Place = { schema: unknown; path: string[] }
type Loose = Record<string, unknown>

function faultsAt(schema: Loose, path: string[]): StudioFault[] {
  const found: StudioFault[] = []
  const say = (rule: string, key: string, message: Words) =>
    found.push(faultOf(rule, { field: [...path, key].join('.'), message }))
  for (const key of Object.keys(schema))
    if (!KEYWORDS.has(key) && !(path.length === 0 && OF_ROOT.has(key)))
      say('form-keyword', key, {
        vi: `Biểu mẫu dùng từ khóa “${key.slice(0, 80)}” mà hệ thống không nhận.`,
        en: `The form uses the keyword “${key.slice(0, 80)}”, which is not taken here.`,
      })
  const { format, pattern, maxLength } = schema
  if (format !== undefined && !FORMATS.has(String(format)))
    say('form-keyword', 'format', {
      vi: `Dạng “${String(format).slice(0, 80)}” không dùng được trong biểu mẫu.`,
      en: `The format “${String(format).slice(0, 80)}” cannot be used in a form.`,
    })
  const fits = typeof maxLength === 'number' ? maxLength <= MOST_MATCHED : isShort(String(pattern))
  if (typeof pattern === 'string' && !fits)
    say('form-pattern-length', 'pattern', {
      vi: `Mẫu kiểm tra ${pattern.slice(0, 80)} nhận câu trả lời dài hơn ${MOST_MATCHED} ký tự.`,
      en: `The pattern ${pattern.slice(0, 80)} takes answers of more than ${MOST_MATCHED} characters.`,
    })
  return found
}

/** Every keyword of the form's schema that is not one of ours, and every pattern that has no end. */
export const keywords: Law = ({ source }) => {
  const found: StudioFault[] = []
  // Not by calling itself: what was sent decides how deep it lies.
  const open: Place[] = [{ schema: source.eform.schema, path: [] }]
  for (let at = open.pop(); at && found.length < MOST_FAULTS; at = open.pop()) {
    const { schema, path } = at
    if (Array.isArray(schema)) {
      for (const [n, one] of schema.entries()) open.push({ schema: one, path: [...path, String(n)] })
      continue
    }
    if (typeof schema !== 'object' || schema === null) continue
    const rec = schema as Loose
    found.push(...faultsAt(rec, path))
    for (const key of INNER) open.push({ schema: rec[key], path: [...path, key] })
    for (const [name, one] of Object.entries((rec.properties ?? {}) as Loose))
      open.push({ schema: one, path: [...path, 'properties', name] })
  }
  return found
}
