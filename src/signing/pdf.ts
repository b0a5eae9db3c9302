import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRef,
  PDFString,
} from '@cantoo/pdf-lib'
import { sha256 } from './cms.ts'

/** Where something stands: the page (from 0) and the rectangle in points from its lower left corner. */
export type Place = { page: number; x: number; y: number; width: number; height: number }

/** A field that is filled when the text is signed already: what it will say, drawn as a page of exactly its size. */
export type Filled = { field: string; value: string; drawn: Uint8Array }

export type SignatureOf = {
  /** Name of the field, and where it stands; the place is not needed where the field has been reserved. */
  field: string
  place?: Place | undefined
  /** What the field shows, as a page of its size; nothing where the page itself says it. */
  drawn?: Uint8Array | undefined
  name: string
  reason: string
  location: string
  at: Date
  /** Fields that others fill after this signature without breaking it; it certifies the text (DocMDP, level 2). */
  reserve?: { text: Record<string, Place>; signatures: Record<string, Place> }
  fill?: Filled[]
  /**
   * The last signature of the file. `alone`: it certifies that nothing may be changed (DocMDP, level 1). `of-several`: it
   * stands in a reserved field and locks every field (FieldMDP), which the certifying signature still let be filled.
   */
  last?: 'alone' | 'of-several'
}

/** A file with everything in place but the signature itself, and the digest of what it covers. */
export type Prepared = { bytes: Buffer; digest: Buffer }

/** Bytes kept for the CMS: two certificates need 4,000, a timestamp as much again. */
const ROOM = 12_000
const BLANK = '**********'
const n = PDFName.of
const PRINTED_AND_LOCKED = 4 | 128
const READ_ONLY = 1

/**
 * Writes a signature's dictionary and field, and what is filled with it, behind the bytes as they are: an incremental
 * update. What the signature covers is everything but its own hexadecimal string.
 */
export async function prepare(bytes: Uint8Array, of: SignatureOf): Promise<Prepared> {
  const document = await PDFDocument.load(bytes, { forIncrementalUpdate: true, updateMetadata: false })
  const { context } = document
  const form = formOf(document)
  const value = context.register(context.obj(dictionary(document, of)))
  await fillFields(document, form, of.fill ?? [])
  const own = of.place
    ? addField(document, form, of.field, 'Sig', of.place)
    : fieldNamed(document, form, of.field)
  own.set(n('V'), value)
  if (of.drawn) own.set(n('AP'), await appearance(document, of.drawn))
  for (const [name, place] of Object.entries(of.reserve?.text ?? {})) {
    const field = addField(document, form, name, 'Tx', place)
    field.set(n('DA'), PDFString.of('/Helv 0 Tf 0 g'))
    field.set(n('Ff'), PDFNumber.of(READ_ONLY))
  }
  for (const [name, place] of Object.entries(of.reserve?.signatures ?? {}))
    addField(document, form, name, 'Sig', place).set(n('Lock'), context.obj(LOCK))
  if (of.reserve || of.last === 'alone') document.catalog.set(n('Perms'), context.obj({ DocMDP: value }))
  return ranged(await committed(document), bytes.length)
}

/** Fields filled behind the bytes as they are, without a signature of their own. */
export async function filled(bytes: Uint8Array, fill: Filled[]): Promise<Buffer> {
  const document = await PDFDocument.load(bytes, { forIncrementalUpdate: true, updateMetadata: false })
  await fillFields(document, formOf(document), fill)
  return committed(document)
}

async function fillFields(document: PDFDocument, form: PDFDict, fill: Filled[]): Promise<void> {
  for (const { field, value, drawn } of fill) {
    const found = fieldNamed(document, form, field)
    found.set(n('V'), PDFHexString.fromText(value))
    found.set(n('AP'), await appearance(document, drawn))
  }
}

async function committed(document: PDFDocument): Promise<Buffer> {
  const { context } = document
  context.snapshot?.markRefForSave(context.trailerInfo.Root as PDFRef)
  return Buffer.from(await document.commit())
}

/** The signed file: the CMS stands where room was kept for it. Throws RangeError when it does not fit. */
export function withSignature({ bytes }: Pick<Prepared, 'bytes'>, cms: Buffer): Buffer {
  const from = roomIn(bytes) + 1
  if (from === 0) throw new RangeError('the file has no room for a signature')
  const hex = cms.toString('hex')
  if (hex.length > ROOM * 2) throw new RangeError(`a signature of ${cms.length} bytes does not fit`)
  const signed = Buffer.from(bytes)
  signed.write(hex, from, 'latin1')
  return signed
}

/** Whoever signs in this field closes the file: no field may be filled after it. */
const LOCK = { Type: 'SigFieldLock', Action: 'All', P: 1 }

/** What the signature permits to be changed after it. */
function permission(document: PDFDocument, { reserve, last }: SignatureOf) {
  const params = { Type: 'TransformParams', V: n('1.2') }
  const reference = (TransformMethod: string, own: object) => ({
    Reference: document.context.obj([
      { Type: 'SigRef', TransformMethod, TransformParams: { ...params, ...own } },
    ]),
  })
  if (reserve) return reference('DocMDP', { P: 2 })
  if (last === 'alone') return reference('DocMDP', { P: 1 })
  return last === 'of-several' ? reference('FieldMDP', { Action: 'All' }) : {}
}

const dictionary = (document: PDFDocument, of: SignatureOf) => ({
  Type: 'Sig',
  Filter: 'Adobe.PPKLite',
  SubFilter: 'ETSI.CAdES.detached',
  ByteRange: [0, n(BLANK), n(BLANK), n(BLANK)],
  Contents: PDFHexString.of('00'.repeat(ROOM)),
  M: PDFString.fromDate(of.at),
  Name: PDFHexString.fromText(of.name),
  Reason: PDFHexString.fromText(of.reason),
  Location: PDFHexString.fromText(of.location),
  ...permission(document, of),
})

/** The digest that a prepared file's signature covers: everything but the room kept for it. */
export function digestOf(bytes: Buffer): Buffer {
  const contents = roomIn(bytes)
  return sha256(bytes.subarray(0, contents), bytes.subarray(contents + ROOM * 2 + 2))
}

const roomIn = (bytes: Buffer): number => bytes.lastIndexOf(`<${'0'.repeat(64)}`)

/** Writes the range over its blanks, and takes the digest of what it covers. */
function ranged(bytes: Buffer, from: number): Prepared {
  const blanks = Buffer.from(`/${BLANK} /${BLANK} /${BLANK}`)
  const at = bytes.indexOf(blanks, from)
  const contents = roomIn(bytes)
  if (at < 0 || contents < from) throw new Error('the signature’s dictionary was not written as expected')
  const after = contents + ROOM * 2 + 2
  bytes.write(`${contents} ${after} ${bytes.length - after}`.padEnd(blanks.length), at, 'latin1')
  return { bytes, digest: digestOf(bytes) }
}

function formOf(document: PDFDocument): PDFDict {
  const { context, catalog } = document
  const there = catalog.lookupMaybe(n('AcroForm'), PDFDict)
  const form =
    there ??
    context.obj({
      Fields: [],
      DR: { Font: { Helv: { Type: 'Font', Subtype: 'Type1', BaseFont: 'Helvetica' } } },
    })
  // A signature exists, and the file may only be appended to.
  form.set(n('SigFlags'), PDFNumber.of(3))
  if (!there) catalog.set(n('AcroForm'), context.register(form))
  changed(document, form)
  return form
}

const changed = (document: PDFDocument, object: PDFObject) =>
  document.context.snapshot?.markObjForSave(object)

const appearance = async (document: PDFDocument, drawn: Uint8Array): Promise<PDFDict> => {
  const [page] = await document.embedPdf(drawn, [0])
  await page?.embed()
  return document.context.obj({ N: page?.ref ?? null })
}

function addField(
  document: PDFDocument,
  form: PDFDict,
  name: string,
  kind: 'Tx' | 'Sig',
  { page, x, y, width, height }: Place,
): PDFDict {
  const { context } = document
  const sheet = document.getPage(page)
  const field = context.obj({
    Type: 'Annot',
    Subtype: 'Widget',
    FT: kind,
    T: PDFHexString.fromText(name),
    F: PRINTED_AND_LOCKED,
    Rect: [x, y, x + width, y + height],
    P: sheet.ref,
  })
  const ref = context.register(field)
  const annots = sheet.node.Annots()
  if (annots) annots.push(ref)
  else sheet.node.set(n('Annots'), context.obj([ref]))
  context.snapshot?.markRefForSave(sheet.ref)
  if (annots) changed(document, annots)
  const fields = form.lookupMaybe(n('Fields'), PDFArray)
  if (fields) fields.push(ref)
  else form.set(n('Fields'), context.obj([ref]))
  if (fields) changed(document, fields)
  return field
}

/** Where a file's fields stand, by their names; their page is not asked for. */
export async function fieldsIn(bytes: Uint8Array): Promise<Record<string, Omit<Place, 'page'>>> {
  const { catalog, context } = await PDFDocument.load(bytes, { updateMetadata: false })
  const fields = catalog.lookupMaybe(n('AcroForm'), PDFDict)?.lookupMaybe(n('Fields'), PDFArray)
  const found: Record<string, Omit<Place, 'page'>> = {}
  for (const ref of fields?.asArray() ?? []) {
    const field = context.lookupMaybe(ref, PDFDict)
    const title = field?.lookup(n('T'))
    const rect = field?.lookupMaybe(n('Rect'), PDFArray)?.asRectangle()
    if (rect && (title instanceof PDFHexString || title instanceof PDFString))
      found[title.decodeText()] = rect
  }
  return found
}

/** A field that stands in the form already. Of two of one name nobody could tell which is ours. */
function fieldNamed(document: PDFDocument, form: PDFDict, name: string): PDFDict {
  const named = form
    .lookup(n('Fields'), PDFArray)
    .asArray()
    .flatMap((ref) => {
      const field = document.context.lookupMaybe(ref, PDFDict)
      const title = field?.lookup(n('T'))
      const isText = title instanceof PDFHexString || title instanceof PDFString
      return field && isText && title.decodeText() === name ? [{ ref, field }] : []
    })
  const [only] = named
  if (!only || named.length > 1) throw new Error(`the file has ${named.length} fields ${name}`)
  if (only.ref instanceof PDFRef) document.context.snapshot?.markRefForSave(only.ref)
  return only.field
}
