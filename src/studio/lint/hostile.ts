import type { Words } from './fault.ts'
import { mayRunAway } from './hostile/feel.ts'
import { type FileKind, type InspectOptions, inspectXml } from './hostile/inspect.ts'
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

/** Every `pattern` of a form that could take for ever to check, by the path of its question. */
export function runawayPatterns(schema: unknown, path: string[] = []): { path: string; pattern: string }[] {
  if (path.length > 40 || typeof schema !== 'object' || schema === null) return []
  return Object.entries(schema).flatMap(([key, value]) =>
    key === 'pattern' && typeof value === 'string'
      ? mayRunAway(value)
        ? [{ path: path.join('.'), pattern: value }]
        : []
      : runawayPatterns(value, [...path, key]),
  )
}
