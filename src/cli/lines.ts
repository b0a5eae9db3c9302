/** One line of input, or what is wrong with its bytes. */
export type Line = { text: string } | { fault: 'too-long' | 'not-utf8' }

const NEWLINE = 0x0a

const utf8 = new TextDecoder('utf-8', { fatal: true })

function decoded(bytes: Uint8Array): Line {
  try {
    return { text: utf8.decode(bytes) }
  } catch {
    return { fault: 'not-utf8' }
  }
}

/**
 * The lines of a byte stream, in batches as they come in. A line longer than `most` bytes is thrown away while it is read, so that
 * memory stays bounded whatever comes in; the reader is told.
 */
export async function* linesOf(bytes: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Line[]> {
  let held: Uint8Array[] = []
  let size = 0
  const take = (piece: Uint8Array) => {
    size += piece.length
    if (size <= most) held.push(piece)
    else held = []
  }
  const line = (): Line => {
    const whole: Line = size > most ? { fault: 'too-long' } : decoded(Buffer.concat(held))
    held = []
    size = 0
    return whole
  }
  for await (const chunk of bytes) {
    const lines: Line[] = []
    let from = 0
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      take(chunk.subarray(from, end))
      from = end + 1
      lines.push(line())
    }
    if (from < chunk.length) take(chunk.subarray(from))
    if (lines.length > 0) yield lines
  }
  if (size > 0) yield [line()]
}
