/** Just enough of DER (X.690) to write a signature's structure and to read a certificate's head. */

export const TAG = {
  integer: 0x02,
  octets: 0x04,
  null: 0x05,
  oid: 0x06,
  sequence: 0x30,
  set: 0x31,
} as const

function lengthOf(size: number): Buffer {
  if (size < 0x80) return Buffer.from([size])
  const digits = Buffer.from(size.toString(16).padStart(size > 0xffff ? 6 : size > 0xff ? 4 : 2, '0'), 'hex')
  return Buffer.concat([Buffer.from([0x80 | digits.length]), digits])
}

/** One element: its tag and what it holds. */
export function der(tag: number, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content)
  return Buffer.concat([Buffer.from([tag]), lengthOf(body.length), body])
}
export const sequence = (...content: Buffer[]): Buffer => der(TAG.sequence, ...content)
/** Members of a set stand in the order of their bytes. */
export const set = (...content: Buffer[]): Buffer => der(TAG.set, ...content.toSorted(Buffer.compare))
export const octets = (bytes: Buffer): Buffer => der(TAG.octets, bytes)
export const integer = (value: number): Buffer => der(TAG.integer, Buffer.from([value]))
export const empty = der(TAG.null)

/** "1.2.840.113549.1.7.2" */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const septets = (value: number): number[] => {
    const bytes = [value & 0x7f]
    for (let high = Math.floor(value / 128); high > 0; high = Math.floor(high / 128))
      bytes.unshift((high & 0x7f) | 0x80)
    return bytes
  }
  return der(TAG.oid, Buffer.from([first * 40 + second, ...rest.flatMap(septets)]))
}

/** The element at an offset: its own bytes, what it holds and where the next begins. Throws RangeError when it is cut off. */
export function elementAt(
  bytes: Buffer,
  at: number,
): { tag: number; whole: Buffer; body: Buffer; next: number } {
  const tag = bytes.readUInt8(at)
  const first = bytes.readUInt8(at + 1)
  const digits = first & 0x80 ? first & 0x7f : 0
  const size = digits ? bytes.readUIntBE(at + 2, digits) : first
  const start = at + 2 + digits
  const next = start + size
  if (next > bytes.length) throw new RangeError('the DER element is cut off')
  return { tag, whole: bytes.subarray(at, next), body: bytes.subarray(start, next), next }
}

/** The elements that another holds. */
export function elementsOf(body: Buffer): { tag: number; whole: Buffer; body: Buffer }[] {
  const found = []
  for (let at = 0; at < body.length; ) {
    const { next, ...element } = elementAt(body, at)
    found.push(element)
    at = next
  }
  return found
}
