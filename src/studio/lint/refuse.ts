import { invalid } from '../../http/invalid.ts'
import type { FieldError } from '../../http/problem.ts'
import { baseIdOf } from '../../procedures/agreement.ts'
import type { ProcedureSource } from '../source.ts'
import { tooMuchIn } from './bounds.ts'
import { type FileKind, type Harm, harmWords, inspectXml, runawayPatterns } from './hostile.ts'

const errorsOf = (field: string, harms: Harm[]): FieldError[] =>
  harms.map((harm) => ({ field, message: harmWords(harm) }))

/** The parts of a source that are data, each by its name and, in a list, its place. */
const jsonParts = ({ definition, eform, results, examples }: Partial<ProcedureSource>) => [
  { part: 'definition', data: definition },
  { part: 'eform', data: eform },
  ...(results ?? []).map(({ content }, n) => ({ part: `results.${n}.content`, data: content })),
  ...(examples ?? []).map(({ content }, n) => ({ part: `examples.${n}.content`, data: content })),
]

/**
 * Changes to a source as they may be kept. 422 with field, line and element of everything in them that could fetch, run,
 * or never end; nothing has been kept then. `field` stands before each part's name (`changes`, `source`); `code`: the
 * procedure they come in for, whose id the process and the table must bear. Without it they are a drawing in progress.
 */
export function harmlessChanges<T extends Partial<ProcedureSource>>(
  changes: T,
  { field, code }: { field: string; code?: string },
): T {
  const errors: FieldError[] = []
  const clean = { ...changes }
  const options = code ? { baseId: baseIdOf(code) } : { inProgress: true }
  for (const kind of ['bpmn', 'dmn'] satisfies FileKind[]) {
    const given = changes[kind]
    if (given === undefined) continue
    const { text, harms } = inspectXml(given, kind, options)
    errors.push(...errorsOf(`${field}.${kind}`, harms))
    clean[kind] = text as T[typeof kind]
  }
  const tooMuch = jsonParts(changes).flatMap(({ part, data }) => {
    const found = tooMuchIn(data)
    return found
      ? [{ field: [field, part, found.path].filter(Boolean).join('.'), message: found.message }]
      : []
  })
  if (tooMuch.length > 0) throw invalid([...errors, ...tooMuch])
  for (const { path, pattern } of runawayPatterns(changes.eform))
    errors.push({
      field: `${field}.eform.${path}`,
      message: {
        vi: `Mẫu kiểm tra ${pattern.slice(0, 80)} có thể chạy mãi: lặp trong lặp, hoặc nhiều chỗ lặp cùng nhận một chữ. Bắt đầu bằng ^ và viết mỗi chỗ lặp một loại chữ khác nhau.`,
        en: `The pattern ${pattern.slice(0, 80)} may never end: it repeats what already repeats, or the same letters in several places. Begin with ^ and let each repetition take other letters.`,
      },
    })
  if (errors.length > 0) throw invalid(errors)
  return clean
}
