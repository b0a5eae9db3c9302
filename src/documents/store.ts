import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { tooLarge } from './refusal.ts'

/** Bytes written to a temporary file, hashed, not yet part of the store. */
export type Staged = { path: string; sha256: string; size: number }

const sha256Pattern = /^[0-9a-f]{64}$/

/**
 * Files by the SHA-256 of their content, in `folder`. A name is never part of a path: only the hash is, and it is
 * checked. Two folders deep (256 × 256), so that a province's files do not lie in one directory.
 *
 * `stage` then `keep` makes a file durable before the transaction that names it commits; what a rolled-back
 * transaction leaves behind is an orphan, and `sweepOrphans` removes it.
 */
export const openStore = async (folder: string) => {
  const temporary = join(folder, 'tmp')
  await mkdir(temporary, { recursive: true })

  const pathOf = (sha256: string): string => {
    if (!sha256Pattern.test(sha256)) throw new TypeError('not a SHA-256 in lower-case hex')
    return join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256)
  }

  /** Writes the stream to a temporary file and makes it durable. Throws a 413 problem when it is too large; then nothing is left behind. */
  const stage = async (source: Readable, maxBytes: number): Promise<Staged> => {
    const path = join(temporary, randomUUID())
    const hash = createHash('sha256')
    let size = 0
    const meter = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        size += chunk.length
        if (size > maxBytes) return done(tooLarge(maxBytes))
        hash.update(chunk)
        done(null, chunk)
      },
    })
    try {
      await pipeline(source, meter, createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }))
      return { path, sha256: hash.digest('hex'), size }
    } catch (error) {
      await rm(path, { force: true })
      throw error
    }
  }

  const discard = (staged: Staged): Promise<void> => rm(staged.path, { force: true })

  /** Moves a staged file to its place. Repeatable, because a transaction may be tried again. */
  const keep = async (staged: Staged): Promise<void> => {
    const target = pathOf(staged.sha256)
    await mkdir(dirname(target), { recursive: true })
    try {
      await rename(staged.path, target)
    } catch (error) {
      if (!isMissing(error) || !(await has(staged.sha256))) throw error
    }
    // The rename itself must survive a power cut, and so must the folders made for it.
    for (const directory of [dirname(target), dirname(dirname(target)), folder])
      await syncDirectory(directory)
  }

  const has = (sha256: string): Promise<boolean> =>
    stat(pathOf(sha256)).then(
      () => true,
      (error) => {
        if (isMissing(error)) return false
        throw error
      },
    )

  return {
    stage,
    keep,
    discard,
    has,

    /** Stages bytes we made ourselves. */
    stageBytes: (content: Uint8Array): Promise<Staged> =>
      stage(Readable.from([content]), Number.POSITIVE_INFINITY),

    /** The content; the stream fails with ENOENT if there is none. */
    get: (sha256: string): Readable => createReadStream(pathOf(sha256)),

    /** The first `length` bytes. A file the record names and the store does not have is an error that says so. */
    async head(sha256: string, length: number): Promise<Buffer> {
      const file = await open(pathOf(sha256)).catch((error) => {
        throw isMissing(error)
          ? new Error(`file ${sha256} is not in the store; restore it from the backup`)
          : error
      })
      try {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0)
        return buffer.subarray(0, bytesRead)
      } finally {
        await file.close()
      }
    },

    remove: (sha256: string): Promise<void> => rm(pathOf(sha256), { force: true }),

    /** Every kept file last written before `before` (machine time). */
    async *list(before: Date): AsyncGenerator<string> {
      for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !sha256Pattern.test(entry.name)) continue
        if (await olderThan(join(entry.parentPath, entry.name), before)) yield entry.name
      }
    },

    /** Removes what a killed process left half-written before `before` (machine time). */
    async clearTemporary(before: Date): Promise<number> {
      let removed = 0
      for (const name of await readdir(temporary)) {
        if (!(await olderThan(join(temporary, name), before))) continue
        await rm(join(temporary, name), { force: true })
        removed += 1
      }
      return removed
    },
  }
}

export type FileStore = Awaited<ReturnType<typeof openStore>>

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT'

const olderThan = async (path: string, before: Date): Promise<boolean> => {
  try {
    return (await stat(path)).mtime < before
  } catch (error) {
    // Another sweeper, or the upload itself, was quicker.
    if (isMissing(error)) return false
    throw error
  }
}

const syncDirectory = async (directory: string): Promise<void> => {
  const handle = await open(directory)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
