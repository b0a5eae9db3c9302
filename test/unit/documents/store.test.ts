import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { type FileStore, openStore } from '../../../src/documents/store.ts'

let folder: string
let store: FileStore
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'store-'))
  store = await openStore(folder)
})
afterEach(() => rm(folder, { recursive: true }))

const content = Buffer.from('Bản vẽ mặt bằng')
const sha256 = createHash('sha256').update(content).digest('hex')
const put = async (source: Readable) => {
  const staged = await store.stage(source, 1_000_000)
  await store.keep(staged)
  return { sha256: staged.sha256, size: staged.size }
}
const files = async () =>
  (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())

describe('the file store', () => {
  test('a file is kept under the hash of its content, two folders deep, and read back unchanged', async () => {
    expect(await put(Readable.from([content]))).toEqual({ sha256, size: content.length })
    expect((await files()).map((entry) => join(entry.parentPath, entry.name))).toEqual([
      join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256),
    ])
    expect(await buffer(store.get(sha256))).toEqual(content)
    expect(await store.head(sha256, 4)).toEqual(content.subarray(0, 4))
  })

  test('the same content twice is one file', async () => {
    await Promise.all([content, content, content].map((each) => put(Readable.from([each]))))
    expect(await files()).toHaveLength(1)
  })

  test('a file over the limit is refused while it arrives and leaves nothing behind', async () => {
    let sent = 0
    const endless = Readable.from(
      (function* () {
        for (;;) {
          sent += 1024
          yield Buffer.alloc(1024)
        }
      })(),
    )
    await expect(store.stage(endless, 10_000)).rejects.toMatchObject({ status: 413, type: 'file-too-large' })
    expect(sent).toBeLessThan(1_000_000)
    expect(await files()).toEqual([])
  })

  test('a file of exactly the limit is taken', async () => {
    expect((await store.stage(Readable.from([content]), content.length)).size).toBe(content.length)
  })

  test('a sender that breaks off leaves nothing behind', async () => {
    const broken = Readable.from(
      (async function* () {
        yield content
        throw new Error('connection lost')
      })(),
    )
    await expect(store.stage(broken, 1000)).rejects.toThrow('connection lost')
    expect(await files()).toEqual([])
  })

  test('keeping a staged file twice is the same as once, for a transaction that is tried again', async () => {
    const staged = await store.stage(Readable.from([content]), 1000)
    await store.keep(staged)
    await store.keep(staged)
    expect(await buffer(store.get(sha256))).toEqual(content)
  })

  test.each(['../../etc/passwd', '', `${sha256}/..`, sha256.toUpperCase()])(
    '%j never becomes a path',
    async (name) => {
      expect(() => store.get(name)).toThrow(TypeError)
      expect(() => store.remove(name)).toThrow(TypeError)
      await expect(store.head(name, 1)).rejects.toThrow(TypeError)
    },
  )

  test('what a killed process left half-written is cleared once it is old, and not before', async () => {
    const staged = await store.stage(Readable.from([content]), 1000)
    const before = new Date('2026-11-01T00:00:00Z')
    await utimes(staged.path, before, new Date('2026-11-02T00:00:00Z'))
    expect(await store.clearTemporary(before)).toBe(0)
    await utimes(staged.path, before, new Date('2026-10-31T00:00:00Z'))
    expect(await store.clearTemporary(before)).toBe(1)
    expect(await files()).toEqual([])
  })
})
