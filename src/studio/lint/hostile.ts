import type { Words } from './fault.ts'
import { type FileKind, type InspectOptions, inspectXml } from './hostile/inspect.ts'
import { mayRunAway } from './hostile/pattern.ts'
import type { Harm } from './hostile/scan.ts'

export {
  type FileKind,
  type Inspection,
  type InspectOptions,
  inspectXml,
  MOST_CHARACTERS,
} from './hostile/inspect.ts'
export type { Harm } from './hostile/scan.ts'

/** A file that is refused; `harms` say where and what to do, the first of them first. */
export class HarmfulFile extends Error {
  override name = 'HarmfulFile'
  readonly harms: Harm[]
  constructor(harms: Harm[]) {
    super(harms.map(({ rule, line, element }) => `${rule} (line ${line}, ${element ?? 'file'})`).join('; '))
    this.harms = harms
  }
}

/** “Dòng 12, CloseDossier: …” */
export function harmWords({ line, element, message }: Harm): Words {
  const where = element ? `, ${element}` : ''
  return { vi: `Dòng ${line}${where}: ${message.vi}`, en: `Line ${line}${where}: ${message.en}` }
}

/**
 * The text of a diagram or a routing table as it may be kept (a byte order mark is taken off). Throws HarmfulFile, before
 * any parser has seen it, when it holds what could fetch, run, or never end.
 */
export function assertHarmless(xml: string, kind: FileKind, options: InspectOptions = {}): string {
  const { text, harms } = inspectXml(xml, kind, options)
  if (harms.length > 0) throw new HarmfulFile(harms)
  return text
}

/**
 * Every regular expression of a form that could take for ever to check, by the path of its question: `pattern`, and the names
 * in `patternProperties`.
 */
export function runawayPatterns(schema: unknown): { path: string; pattern: string }[] {
  const found: { path: string; pattern: string }[] = []
  const look = (pattern: string, path: string[]) => {
    if (mayRunAway(pattern)) found.push({ path: path.join('.'), pattern })
  }
  // Not by calling itself: what was sent decides how deep it lies.
  const open: { value: unknown; path: string[] }[] = [{ value: schema, path: [] }]
  for (let at = open.pop(); at; at = open.pop()) {
    const { value, path } = at
    if (typeof value !== 'object' || value === null) continue
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'pattern' && typeof inner === 'string') look(inner, path)
      else open.push({ value: inner, path: [...path, key] })
      if (path.at(-1) === 'patternProperties') look(key, path)
    }
  }
  return found
}
