import { jest } from '@jest/globals'
import {
  closeVault,
  dropDrafts,
  openVault,
  readDraft,
  writeDraft,
} from '../../../ui/src/shared/draft-vault.ts'

const ONE = '00000000-0000-7000-8000-000000000001'
const TWO = '00000000-0000-7000-8000-000000000002'
const key = (letter: string) => Buffer.from(letter.repeat(32)).toString('base64')

/** What a browser keeps on its disk. */
const disk = new Map<string, string>()
beforeAll(() => {
  const store = {
    getItem: (name: string) => disk.get(name) ?? null,
    setItem: (name: string, text: string) => void disk.set(name, text),
    removeItem: (name: string) => void disk.delete(name),
  }
  Object.defineProperty(globalThis, 'localStorage', {
    configurable: true,
    value: new Proxy(store, {
      ownKeys: () => [...disk.keys()],
      getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
    }),
  })
})
beforeEach(() => {
  closeVault()
  disk.clear()
})
afterAll(() => jest.restoreAllMocks())

describe('an unfinished form', () => {
  test('is there again after the page is loaded anew, and lies on the disk unreadable', async () => {
    await openVault(ONE, key('a'))
    await writeDraft('counter.1.013225', { name: 'Phạm Thị Giấy' })
    expect([...disk.values()].join()).not.toContain('Giấy')
    closeVault()
    await openVault(ONE, key('a'))
    expect(readDraft('counter.1.013225')).toEqual({ name: 'Phạm Thị Giấy' })
  })

  test('is not there for the next person, and comes back with its own', async () => {
    await openVault(ONE, key('a'))
    await writeDraft('counter.x', 'secret')
    closeVault()
    await openVault(TWO, key('b'))
    expect(readDraft('counter.x')).toBeUndefined()
    closeVault()
    await openVault(ONE, key('a'))
    expect(readDraft('counter.x')).toBe('secret')
  })

  test('is gone when it was sent, even if its last word was still on the way to the disk', async () => {
    await openVault(ONE, key('a'))
    const late = writeDraft('filing.x', 'last word')
    dropDrafts('filing.')
    await late
    expect([...disk.keys()]).toEqual([])
  })

  test('has its last word on the disk, however quickly words follow each other', async () => {
    await openVault(ONE, key('a'))
    await Promise.all(Array.from({ length: 50 }, (_, n) => writeDraft('note.x', n)))
    closeVault()
    await openVault(ONE, key('a'))
    expect(readDraft('note.x')).toBe(49)
  })

  test('under a key that is no more, or cut off, is dropped and hurts nobody', async () => {
    await openVault(ONE, key('a'))
    await writeDraft('note.x', 'old')
    await writeDraft('note.y', 'cut')
    const place = [...disk.keys()].find((name) => name.endsWith('note.y'))!
    disk.set(place, disk.get(place)!.slice(0, 20))
    closeVault()
    await openVault(ONE, key('a'))
    expect([readDraft('note.x'), readDraft('note.y')]).toEqual(['old', undefined])
    closeVault()
    await openVault(ONE, key('c'))
    expect(readDraft('note.x')).toBeUndefined()
    expect([...disk.keys()]).toEqual([])
  })

  test('of an older version, which lay in the clear, is removed', async () => {
    disk.set('motcua.draft.task.17', '{"reason":"in the clear"}')
    await openVault(ONE, key('a'))
    expect([...disk.keys()]).toEqual([])
  })
})
