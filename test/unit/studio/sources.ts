import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Parts } from '../../../ui/src/studio/panels/model/references.ts'

const PROCESSES = join(import.meta.dirname, '../../../processes')

const readAll = (folder: string) =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .sort()
        .map((name) => ({ name, content: JSON.parse(readFileSync(join(folder, name), 'utf8')) }))
    : []

/** Every procedure of the repository as the Studio edits it, by the name of its folder. */
export const sources: [string, Parts][] = readdirSync(PROCESSES)
  .filter((name) => existsSync(join(PROCESSES, name, 'eform.json')))
  .map((name) => {
    const read = (file: string) => readFileSync(join(PROCESSES, name, file), 'utf8')
    return [
      name,
      {
        definition: JSON.parse(read('procedure.json')),
        eform: JSON.parse(read('eform.json')),
        bpmn: read('process.bpmn'),
        dmn: read('routing.dmn'),
        results: readAll(join(PROCESSES, name, 'results')),
        examples: readAll(join(PROCESSES, name, 'cases')),
      },
    ]
  })

export const sourceOf = (code: string): Parts => sources.find(([name]) => name.startsWith(code))![1]
