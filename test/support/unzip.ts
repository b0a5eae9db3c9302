import { inflateRawSync } from 'node:zlib'

/** The files of a zip archive, by its central directory. */
export function unzip(archive: Buffer): Map<string, string> {
  const files = new Map<string, string>()
  let at = archive.readUInt32LE(archive.lastIndexOf(Buffer.from('PK\x05\x06')) + 16)
  while (archive.readUInt32LE(at) === 0x02014b50) {
    const [size, names, extra, comment, local] = [
      archive.readUInt32LE(at + 20),
      archive.readUInt16LE(at + 28),
      archive.readUInt16LE(at + 30),
      archive.readUInt16LE(at + 32),
      archive.readUInt32LE(at + 42),
    ]
    const begin = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28)
    const bytes = archive.subarray(begin, begin + size)
    const stored = archive.readUInt16LE(at + 10) === 0
    files.set(
      archive.toString('utf8', at + 46, at + 46 + names),
      (stored ? bytes : inflateRawSync(bytes)).toString('utf8'),
    )
    at += 46 + names + extra + comment
  }
  return files
}
