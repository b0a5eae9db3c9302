import { X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PDFDocument } from '@cantoo/pdf-lib'
import { jest } from '@jest/globals'
import { FIELD, filledIn, sealMark } from '../../../src/letters/fill.ts'
import { withPagesBefore } from '../../../src/letters/foreign-pdf.ts'
import { drawLetter, type LetterKind } from '../../../src/letters/forms/index.ts'
import { reservedIn } from '../../../src/letters/reserved.ts'
import { demoAuthority } from '../../../src/signing/demo-ca.ts'
import { demoSigning } from '../../../src/signing/keys.ts'
import { digestOf, fieldsIn, filled, prepare, withSignature } from '../../../src/signing/pdf.ts'
import { cmsOver, type Signer } from '../../../src/signing/signer.ts'
import { timestamper } from '../../../src/signing/timestamp.ts'
import { type Verified, verifyPdfs } from '../../support/verify-pdf.ts'
import { options, samples } from '../letters/samples.ts'
import { timeAuthority } from './time-authority.ts'

jest.setTimeout(300_000)

const organisation = 'Ủy ban nhân dân xã Suối Mơ'
const signedAt = new Date('2026-11-23T02:15:00Z')
const sealedAt = new Date('2026-11-23T03:20:00Z')
const issued = { number: '05/PXL-UBND', issuedOn: '2026-11-23' }

let folder: string
let leader: Signer
let agency: Signer
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mot-cua-signed-'))
  const signing = demoSigning(folder)
  leader = (await signing.signerOf({ kind: 'person', id: 'pct', name: 'Trần Quốc Thuận', organisation }))!
  agency = (await signing.signerOf({ kind: 'agency', id: 'X01', name: organisation, organisation }))!
})
afterAll(() => rmSync(folder, { recursive: true }))

/** The final text of a kind before number and date, ready for its first signature; a source comes after its pages. */
async function toSign(kind: LetterKind, source?: Uint8Array, received = '2026-11-10') {
  const sample = samples[kind]
  const data = { ...sample, head: { ...sample.head, number: null, issuedOn: null } }
  const front = await drawLetter(kind, data, {
    ...options(kind, { receivedOn: received, issuedOn: '2026-11-23' }),
    status: 'to-sign',
  })
  return { front, bytes: source ? await withPagesBefore(source, front) : front }
}

async function signed(kind: LetterKind, source?: Uint8Array, received?: string) {
  const { front, bytes } = await toSign(kind, source, received)
  const { number, date, seal, signature } = await reservedIn(front)
  const prepared = await prepare(bytes, {
    field: FIELD.signature,
    place: signature,
    name: 'Trần Quốc Thuận',
    reason: 'Ký',
    location: 'Suối Mơ',
    at: signedAt,
    reserve: {
      text: { [FIELD.number]: number!, [FIELD.date]: date! },
      signatures: { [FIELD.seal]: seal! },
    },
  })
  return withSignature(prepared, (await cmsOver(prepared.digest, leader, { id: '1', title: '' }, undefined))!)
}

async function sealed(first: Buffer, paper: 'A4' | 'A5' = 'A4', by = agency) {
  const places = await fieldsIn(first)
  const prepared = await prepare(first, {
    field: FIELD.seal,
    drawn: await sealMark(paper, places[FIELD.seal]!, organisation, sealedAt, issued.issuedOn),
    name: organisation,
    reason: 'Cấp số, đóng dấu',
    location: 'Suối Mơ',
    at: sealedAt,
    fill: await filledIn({ paper, ...issued }, places),
    last: 'of-several',
  })
  return withSignature(prepared, (await cmsOver(prepared.digest, by, { id: '2', title: '' }, undefined))!)
}

/** A letter of one signature, without anything to be filled later. */
async function preparedStop() {
  const { bytes, front } = await toSign('stop')
  const { signature } = await reservedIn(front)
  return prepare(bytes, {
    field: 'x',
    place: signature,
    name: 'x',
    reason: '',
    location: '',
    at: signedAt,
    last: 'alone',
  })
}

const written: string[] = []
function write(name: string, bytes: Uint8Array): string {
  const file = join(folder, `${name}.pdf`)
  writeFileSync(file, bytes)
  written.push(file)
  return file
}

/** One run of the verifier over everything: a Java machine takes longer to start than to verify. */
let found: Record<string, Verified>
const bytesOf: Record<string, Buffer> = {}
let source: Uint8Array
beforeAll(async () => {
  const foreign = await PDFDocument.create()
  foreign.addPage([595, 842]).drawText('Ban ve')
  foreign.addPage([842, 595]).drawText('Trang hai')
  source = await foreign.save()

  const keep = (name: string, bytes: Buffer) => {
    bytesOf[name] = bytes
    write(name, bytes)
  }
  for (const kind of ['apology', 'stop', 'permit', 'composed', 'refusalToGrant'] as const) {
    keep(`${kind}-signed`, await signed(kind))
    keep(`${kind}-sealed`, await sealed(bytesOf[`${kind}-signed`]!))
  }
  keep('old-signed', await signed('apology', undefined, '2024-11-02'))
  keep('old-sealed', await sealed(bytesOf['old-signed']!, 'A5'))
  keep('uploaded-signed', await signed('uploaded', source))
  keep('uploaded-sealed', await sealed(bytesOf['uploaded-signed']!))

  const clock = await timeAuthority(
    demoAuthority(folder).certificateFor('time', { name: 'Dấu thời gian', organisation }),
  )
  const { digest, bytes } = await preparedStop()
  const stamp = timestamper(clock.url)
  keep('stamped', withSignature({ bytes }, (await cmsOver(digest, leader, { id: '3', title: '' }, stamp))!))
  await clock.close()

  const stranger = demoSigning(join(folder, 'other'))
  const other = { kind: 'agency', id: 'X01', name: organisation, organisation } as const
  keep('stranger', await sealed(bytesOf['apology-signed']!, 'A4', (await stranger.signerOf(other))!))

  // One bit of the text; one digit of what văn thư added; one digit of the first signature itself.
  const whole = bytesOf['apology-sealed']!
  const first = bytesOf['apology-signed']!
  const changed = (at: number, to: (old: number) => number) => {
    const bytes = Buffer.from(whole)
    bytes[at] = to(bytes[at]!)
    return bytes
  }
  const digit = (old: number) => (old === 0x31 ? 0x32 : 0x31)
  keep(
    'flipped-text',
    changed(Math.floor(first.indexOf('/ByteRange') / 2), (old) => old ^ 1),
  )
  keep('flipped-seal', changed(whole.lastIndexOf('/Location <') + 16, digit))
  keep('flipped-cms', changed(first.indexOf('/Contents <') + 2_000, digit))

  // Somebody adds a page behind both signatures; and fills a field behind them.
  const pdf = await PDFDocument.load(whole, { forIncrementalUpdate: true, updateMetadata: false })
  pdf.addPage([300, 300])
  keep('page-added', Buffer.from(await pdf.commit()))
  const refilled = await filledIn(
    { paper: 'A4', number: '99/PXL-UBND', issuedOn: issued.issuedOn },
    await fieldsIn(whole),
  )
  keep('number-changed', await filled(whole, refilled))

  const root = join(folder, 'root.der')
  writeFileSync(root, agency.chain[1]!)
  found = Object.fromEntries(
    verifyPdfs(root, written).map((one) => [one.file.slice(folder.length + 1, -4), one]),
  )
})

const valid = {
  subFilter: 'ETSI.CAdES.detached',
  digest: true,
  chain: true,
  certificateBound: true,
  signingTimeAttribute: false,
  gapIsContents: true,
  forbidden: [],
  problem: '',
}

describe('the signer’s signature', () => {
  it('is PAdES B-B over the whole file, and allows only fields to be filled', () => {
    expect(found['apology-signed']?.signatures).toEqual([
      expect.objectContaining({
        ...valid,
        name: 'Trần Quốc Thuận',
        at: signedAt.toISOString().replace('.000', ''),
        coversFile: true,
        docMdp: 2,
        timestamp: false,
      }),
    ])
    expect(found['apology-signed']?.fields).toMatchObject({ [FIELD.number]: '', [FIELD.date]: '' })
  })

  it.each(['apology', 'stop', 'permit', 'composed', 'refusalToGrant', 'old', 'uploaded'])(
    'of %s stays valid when văn thư fills number and date and seals',
    (name) => {
      const { signatures, fields } = found[`${name}-sealed`]!
      expect(signatures).toEqual([
        expect.objectContaining({ ...valid, coversFile: false }),
        expect.objectContaining({ ...valid, coversFile: true, name: organisation, docMdp: 0 }),
      ])
      expect(signatures[0]!.allowed.map((change) => change.split(':')[0])).toEqual(
        [FIELD.seal, FIELD.date, FIELD.number].toSorted(),
      )
      expect(fields).toMatchObject({
        [FIELD.number]: '05/PXL-UBND',
        [FIELD.date]: 'ngày 23 tháng 11 năm 2026',
      })
    },
  )

  it('bears a certificate that says it proves nothing', () => {
    expect(new X509Certificate(leader.chain[0]!).subject).toContain('MINH HỌA - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ')
  })
})

describe('a timestamp', () => {
  it('of an authority is over the signature itself (PAdES B-T)', () => {
    expect(found.stamped!.signatures).toEqual([
      expect.objectContaining({ ...valid, timestamp: true, coversFile: true }),
    ])
  })

  it('goes with a form of one signature, which lets nothing be changed', () => {
    expect(found.stamped!.signatures[0]!.docMdp).toBe(1)
  })

  it('over something else is not taken', async () => {
    const pair = demoAuthority(folder).certificateFor('time', { name: '', organisation })
    const liar = await timeAuthority(pair, (request) => {
      const other = Buffer.from(request)
      // The digest is the last octet string before certReq, a boolean of three bytes.
      other[other.length - 4] = other[other.length - 4]! ^ 1
      return other
    })
    await expect(timestamper(liar.url)(Buffer.alloc(32, 5))).rejects.toThrow('another digest')
    await liar.close()
  })
})

describe('the bytes', () => {
  it('that were signed open the sealed file unchanged', () => {
    for (const name of ['apology', 'uploaded', 'old']) {
      const first = bytesOf[`${name}-signed`]!
      expect(bytesOf[`${name}-sealed`]!.subarray(0, first.length).equals(first)).toBe(true)
    }
  })

  it('of a result made elsewhere open the signed file unchanged', () => {
    expect(bytesOf['uploaded-sealed']!.subarray(0, source.length).equals(Buffer.from(source))).toBe(true)
  })

  it('signed twice at the same instant are the same', async () => {
    expect((await signed('apology')).equals(bytesOf['apology-signed']!)).toBe(true)
  })
})

describe('the independent reader', () => {
  it('finds one flipped bit of the text, in both signatures', () => {
    const { signatures, broken } = found['flipped-text']!
    expect(broken ?? signatures.map(({ digest }) => digest)).toEqual([false, false])
  })

  it('finds one flipped bit of what văn thư added, in the seal alone', () => {
    expect(found['flipped-seal']!.signatures.map(({ digest }) => digest)).toEqual([true, false])
  })

  it('finds a signature whose own bytes were changed', () => {
    const { signatures } = found['flipped-cms']!
    expect([signatures[0]!.digest && signatures[0]!.chain, signatures[1]!.digest]).toEqual([false, false])
  })

  it('finds another number filled in behind the seal, which locks every field', () => {
    const { signatures } = found['number-changed']!
    expect(signatures.map(({ digest, coversFile }) => [digest, coversFile])).toEqual([
      [true, false],
      [true, false],
    ])
    expect(signatures[1]!.forbidden).not.toEqual([])
    const text = bytesOf['number-changed']!.toString('latin1')
    expect(text).toContain('/TransformMethod /FieldMDP')
    expect(text).toContain('/SigFieldLock')
  })

  it('finds a page added behind the signatures, though both digests hold', () => {
    const { signatures } = found['page-added']!
    expect(signatures.map(({ digest, coversFile }) => [digest, coversFile])).toEqual([
      [true, false],
      [true, false],
    ])
    expect(signatures[1]!.forbidden).toContain('number of pages')
  })

  it('trusts no certificate of another authority', () => {
    expect(found.stranger!.signatures.map(({ digest, chain }) => [digest, chain])).toEqual([
      [true, true],
      [true, false],
    ])
  })
})

it('the digest of a file that waits for its signature is that of the file that bears it', async () => {
  const prepared = await preparedStop()
  expect(digestOf(prepared.bytes)).toEqual(prepared.digest)
})
