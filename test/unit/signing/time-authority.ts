import { createHash, type KeyObject, sign } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import {
  der,
  elementAt,
  elementsOf,
  empty,
  integer,
  octets,
  oid,
  sequence,
  set,
} from '../../../src/signing/der.ts'

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest()
const SHA256 = sequence(oid('2.16.840.1.101.3.4.2.1'))
const TST_INFO = oid('1.2.840.113549.1.9.16.1.4')
const attribute = (type: string, value: Buffer) => sequence(oid(type), set(value))

/** A time-stamp response (RFC 3161) by a key of our own over the digest that the request names. */
function stamped(request: Buffer, key: KeyObject, certificate: Buffer): Buffer {
  const [, imprint] = elementsOf(elementAt(request, 0).body)
  const info = sequence(
    integer(1),
    oid('1.2.3.4'),
    imprint!.whole,
    integer(7),
    der(0x18, Buffer.from('20261123021501Z')),
  )
  const attributes = set(
    attribute('1.2.840.113549.1.9.3', TST_INFO),
    attribute('1.2.840.113549.1.9.4', octets(sha256(info))),
    attribute('1.2.840.113549.1.9.16.2.47', sequence(sequence(sequence(octets(sha256(certificate)))))),
  )
  const [, serial, , issuer] = elementsOf(elementAt(elementAt(certificate, 0).body, 0).body)
  const tagged = (tag: number, element: Buffer) => Buffer.concat([Buffer.from([tag]), element.subarray(1)])
  const signer = sequence(
    integer(1),
    sequence(issuer!.whole, serial!.whole),
    SHA256,
    tagged(0xa0, attributes),
    sequence(oid('1.2.840.113549.1.1.11'), empty),
    octets(sign('sha256', attributes, key)),
  )
  const token = sequence(
    oid('1.2.840.113549.1.7.2'),
    der(
      0xa0,
      sequence(
        integer(3),
        set(SHA256),
        sequence(TST_INFO, der(0xa0, octets(info))),
        der(0xa0, certificate),
        set(signer),
      ),
    ),
  )
  return sequence(sequence(integer(0)), token)
}

/** A stand-in for an authority of time; `spoil` changes the request before it is answered. */
export async function timeAuthority(
  { key, chain }: { key: KeyObject; chain: Buffer[] },
  spoil: (request: Buffer) => Buffer = (request) => request,
) {
  const server = createServer(async (request, response) => {
    response.setHeader('Content-Type', 'application/timestamp-reply')
    response.end(stamped(spoil(await buffer(request)), key, chain[0]!))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}
