import { invalid } from '../../http/invalid.ts'
import type { FieldError } from '../../http/problem.ts'
import { baseIdOf } from '../../procedures/agreement.ts'
import type { ProcedureSource } from '../source.ts'
import { type FileKind, type Harm, harmWords, inspectXml, runawayPatterns } from './hostile.ts'

const errorsOf = (field: string, harms: Harm[]): FieldError[] =>
  harms.map((harm) => ({ field, message: harmWords(harm) }))

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
  for (const { path } of runawayPatterns(changes.eform))
    errors.push({
      field: `${field}.eform.${path}`,
      message: {
        vi: 'Mẫu kiểm tra của mục này lặp trong lặp, máy có thể chạy mãi. Viết mẫu không có nhóm lặp.',
        en: 'The pattern of this question repeats what already repeats and may never end. Write it without a repeated group.',
      },
    })
  if (errors.length > 0) throw invalid(errors)
  return clean
}
