import type { z } from 'zod'
import { type FieldError, unprocessable } from '../../http/problem.ts'
import type { NamedText } from '../../procedures/assemble.ts'
import { filesOf, type ProcedureSource, procedureSource } from '../source.ts'
import type { ProcedureFile } from './schemas.ts'

const PLACES = {
  'procedure.json': 'definition',
  'eform.json': 'eform',
  'process.bpmn': 'bpmn',
  'routing.dmn': 'dmn',
} as const
const FOLDERS = { results: 'results', cases: 'examples' } as const

/** The texts of a procedure by their path in its folder under processes/. */
export function textsByPath(source: ProcedureSource): Record<string, string> {
  const files = filesOf(source)
  const inFolder = (folder: string, texts: NamedText[]) =>
    texts.map(({ name, text }) => [`${folder}/${name}`, text] as const)
  return {
    'procedure.json': files.facts,
    'eform.json': files.form,
    'process.bpmn': files.bpmn,
    'routing.dmn': files.dmn,
    ...Object.fromEntries([...inFolder('results', files.results), ...inFolder('cases', files.examples)]),
  }
}

export const exportFile = (source: ProcedureSource): z.output<typeof ProcedureFile> => ({
  format: 'mot-cua-procedure',
  version: 1,
  files: textsByPath(source),
})

const at = (path: string, vi: string, en: string): FieldError => ({
  field: `file.files.${path}`,
  message: { vi, en },
})

/** The source in a file that was exported, here or elsewhere. 422 with the path of each file that cannot be read. */
export function importFile({ files }: z.output<typeof ProcedureFile>): ProcedureSource {
  const faults: FieldError[] = []
  const source: Record<string, unknown> = { results: [], examples: [] }
  const json = (path: string, text: string): unknown => {
    try {
      return JSON.parse(text)
    } catch (error) {
      const { message } = error as Error
      faults.push(
        at(path, `Không phải JSON đúng cú pháp (${message}).`, `Not well-formed JSON (${message}).`),
      )
      return undefined
    }
  }
  for (const [path, part] of Object.entries(PLACES))
    if (files[path] === undefined) faults.push(at(path, 'Thiếu tệp này.', 'This file is missing.'))
    else source[part] = path.endsWith('.json') ? json(path, files[path]) : files[path]
  for (const [path, text] of Object.entries(files)) {
    if (path in PLACES) continue
    const [folder = '', name = '', ...more] = path.split('/')
    if (!(folder in FOLDERS) || more.length > 0 || !name)
      faults.push(
        at(
          path,
          'Không phải tệp của một thủ tục; hãy bỏ ra khỏi tệp nhập.',
          'No file of a procedure; take it out of the import.',
        ),
      )
    else
      (source[FOLDERS[folder as keyof typeof FOLDERS]] as unknown[]).push({ name, content: json(path, text) })
  }
  if (faults.length === 0) {
    const read = procedureSource.safeParse(source)
    if (read.success) return read.data
    for (const { path, message } of read.error.issues)
      faults.push(at(path.join('.'), `Nội dung không đúng (${message}).`, message))
  }
  throw unprocessable(
    'procedure-file',
    {
      vi: 'Tệp nhập không phải một thủ tục trọn vẹn. Hãy sửa các tệp được nêu.',
      en: 'The import is not a whole procedure. Mend the files named.',
    },
    faults,
  )
}
