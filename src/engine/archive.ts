import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const FILE_BYTES = 64 * 1024 * 1024
const NAME = /^(\d{6})\.ndjson$/

const folderOf = (archiveDir: string, epoch: number): string => join(archiveDir, `e${epoch}`)

/** The files of an epoch, in the order in which they were written. */
async function filesOf(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  return names.filter((name) => NAME.test(name)).sort()
}

/**
 * The record archive: what a PostgreSQL restored from its backup catches up from. One record per line, outside the
 * database, on disk before the engine is told that it may forget it.
 */
export function openArchive(archiveDir: string, fileBytes = FILE_BYTES) {
  let file: { handle: FileHandle; epoch: number; bytes: number } | null = null

  const close = async () => {
    const handle = file?.handle
    file = null
    await handle?.close()
  }

  /** A new file for every process and after every failure: a torn line is always a file's last. */
  async function nextFile(epoch: number): Promise<NonNullable<typeof file>> {
    await close()
    const folder = folderOf(archiveDir, epoch)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const last = (await filesOf(folder)).at(-1) ?? '000000.ndjson'
    const name = `${String(Number(last.slice(0, 6)) + 1).padStart(6, '0')}.ndjson`
    const handle = await open(join(folder, name), 'ax', 0o600)
    const directory = await open(folder)
    await directory.sync() // Without this the file's name itself may be lost with the power.
    await directory.close()
    file = { handle, epoch, bytes: 0 }
    return file
  }

  return {
    /** Appends lines and returns when they are on disk. Callers take turns. */
    append: async (epoch: number, lines: string[]): Promise<void> => {
      const data = Buffer.from(`${lines.join('\n')}\n`)
      const current = file?.epoch === epoch && file.bytes < fileBytes ? file : await nextFile(epoch)
      try {
        await current.handle.appendFile(data)
        await current.handle.datasync()
        current.bytes += data.length
      } catch (error) {
        await close().catch(() => undefined) // The first error says what is wrong.
        throw error
      }
    },
    close,
  }
}

export type Archive = ReturnType<typeof openArchive>

/** The archived lines of an epoch, oldest first; repeats are possible, a torn last line is left out. */
export async function* archivedLines(archiveDir: string, epoch: number): AsyncGenerator<string> {
  const folder = folderOf(archiveDir, epoch)
  for (const name of await filesOf(folder)) {
    let previous: string | null = null
    let whole = false
    const input = createReadStream(join(folder, name), 'utf8')
    input.on('data', (chunk) => {
      whole = String(chunk).endsWith('\n')
    })
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (previous !== null) yield previous
      previous = line
    }
    if (previous !== null && whole) yield previous
  }
}
