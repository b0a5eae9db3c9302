import type { FileHandle } from 'node:fs/promises'

const endRecordSize = 22
const longestComment = 65_535
const longestDirectory = 1 << 20
const endRecord = Buffer.from('PK\x05\x06', 'latin1')
const directoryEntry = 0x02014b50

/**
 * The names in a ZIP file, from its central directory. Nothing is ever inflated, so an archive bomb costs no more
 * than its directory, of which at most 1 MB is read. Empty when the directory is missing or broken.
 */
export const zipNames = async (file: FileHandle, size: number): Promise<string[]> => {
  const tail = await read(file, Math.max(0, size - endRecordSize - longestComment), size)
  const at = tail.lastIndexOf(endRecord)
  if (at < 0 || tail.length - at < endRecordSize) return []
  const length = Math.min(tail.readUInt32LE(at + 12), longestDirectory)
  const start = tail.readUInt32LE(at + 16)
  const directory = await read(file, start, Math.min(start + length, size))

  const names: string[] = []
  for (let entry = 0; entry + 46 <= directory.length; ) {
    if (directory.readUInt32LE(entry) !== directoryEntry) break
    const nameLength = directory.readUInt16LE(entry + 28)
    names.push(directory.toString('utf8', entry + 46, entry + 46 + nameLength))
    entry += 46 + nameLength + directory.readUInt16LE(entry + 30) + directory.readUInt16LE(entry + 32)
  }
  return names
}

const read = async (file: FileHandle, from: number, to: number): Promise<Buffer> => {
  if (to <= from) return Buffer.alloc(0)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(to - from), 0, to - from, from)
  return buffer.subarray(0, bytesRead)
}
