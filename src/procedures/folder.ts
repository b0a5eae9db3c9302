import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { assemble, hashOf, type NamedText, type Procedure, parseFile, SourceError } from './assemble.ts'
import { type SharedDefinition, sharedDefinition } from './definition.ts'
import { groupFaults } from './group-faults.ts'
import { isOf } from './ids.ts'

/** A procedure, and the name of its folder, e.g. 1.013225-cap-giay-phep-xay-dung-moi. */
export type ProcedureFolder = Procedure & { folder: string }

export type SharedFolder = { sha256: string; definition: SharedDefinition; bpmn: string }

/** Something in processes/ that its author has to mend; `message` names the file and the field. */
export class FolderError extends Error {
  override name = 'FolderError'
}

const SHARED_NAMES = ['deadline-watch', 'consultation', 'apology', 'stop'] as const

const read = async (path: string): Promise<string> => {
  try {
    return (await readFile(path, 'utf8')).normalize('NFC')
  } catch (error) {
    throw new FolderError(
      `${path}: ${(error as NodeJS.ErrnoException).code === 'ENOENT' ? 'the file is missing' : error}`,
    )
  }
}

/** The JSON files of a folder in the order of their names; none where there is no such folder. */
async function readAll(folder: string): Promise<NamedText[]> {
  const names = await readdir(folder).catch(() => [])
  return Promise.all(
    names
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map(async (name) => ({ name, text: await read(join(folder, name)) })),
  )
}

/** Says in which folder the fault lies. */
function within<T>(folder: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    const lines = error.message.split('\n').map((line) => join(folder, line))
    throw new FolderError(lines.join('\n'))
  }
}

/** Reads one procedure's folder. Throws FolderError with one line per fault. */
export async function readProcedureFolder(folder: string): Promise<ProcedureFolder> {
  const [facts, form, bpmn, dmn] = await Promise.all(
    ['procedure.json', 'eform.json', 'process.bpmn', 'routing.dmn'].map((name) => read(join(folder, name))),
  )
  const [results, examples] = await Promise.all(
    ['results', 'cases'].map((name) => readAll(join(folder, name))),
  )
  const procedure = within(folder, () =>
    assemble({
      facts: facts!,
      form: form!,
      bpmn: bpmn!,
      dmn: dmn!,
      results: results!,
      examples: examples!,
    }),
  )
  const { code } = procedure.definition
  if (!basename(folder).startsWith(`${code}-`))
    throw new FolderError(`${join(folder, 'procedure.json')}: code: the folder must be named ${code}-<slug>`)
  return { folder: basename(folder), ...procedure }
}

/** Every procedure under `root` (processes/): the folders named <code>-<slug>. */
export async function readProcedures(root: string): Promise<ProcedureFolder[]> {
  const entries = await readdir(root, { withFileTypes: true })
  const folders = entries
    .filter((entry) => entry.isDirectory() && /^\d\.\d{6}-/.test(entry.name))
    .map((e) => e.name)
  const procedures = await Promise.all(folders.sort().map((name) => readProcedureFolder(join(root, name))))
  const faults = procedures.flatMap((group) => groupFaults(group, procedures))
  if (faults.length > 0) throw new FolderError(faults.join('\n'))
  return procedures
}

/** The four shared processes of `root`/shared: <name>.bpmn with its <name>.json. */
export async function readShared(root: string): Promise<SharedFolder[]> {
  return Promise.all(
    SHARED_NAMES.map(async (name) => {
      const at = (end: string) => join(root, 'shared', `${name}.${end}`)
      const [facts, bpmn] = await Promise.all([read(at('json')), read(at('bpmn'))])
      const definition = within('', () => parseFile(sharedDefinition, facts, at('json')))
      if (definition.name !== name) throw new FolderError(`${at('json')}: name: must be "${name}"`)
      if (!isOf(bpmn, 'process', name))
        throw new FolderError(`${at('bpmn')}: there must be one process, with the id "${name}"`)
      return { sha256: hashOf(facts, bpmn), definition, bpmn }
    }),
  )
}
