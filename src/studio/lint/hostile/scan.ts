/**
 * Reads XML in one pass, before any parser sees it, with an end to everything: size, elements, depth, attributes. It knows
 * no document types, entities or processing instructions, so nothing can be fetched or blown up by reading.
 */
import type { Words } from '../fault.ts'

/** Something in a file that is refused: which rule, on which line, in which element, and what to do. */
export type Harm = { rule: string; line: number; element: string | null; message: Words }

export type Attribute = { name: string; prefix: string; local: string; value: string }
export type Element = {
  name: string
  prefix: string
  local: string
  /** Of its own prefix; null where nobody declared it. */
  namespace: string | null
  attributes: Attribute[]
  line: number
  /** Names of the elements around it, the root first. */
  path: readonly Element[]
}
export type Handler = {
  element(element: Element): void
  /**
   * All characters of an element, decoded, when it is closed: a comment or a CDATA section in the middle parts nothing, as it
   * does not for whoever reads the file later.
   */
  text(value: string, of: Element, line: number): void
}

/** Reading stopped: the file is no XML that we accept. */
export class Unreadable extends Error {
  override name = 'Unreadable'
  readonly harm: Harm
  constructor(harm: Harm) {
    super(harm.message.en)
    this.harm = harm
  }
}

/** A procedure of 500 elements has some 6,000 tags with its drawing. */
export const MOST_ELEMENTS = 20_000
export const MOST_DEPTH = 40
const MOST_ATTRIBUTES = 60
const MOST_NAMESPACES = 60
/** An icon of a template takes two thousand characters. */
export const MOST_VALUE = 20_000

const NAME = /^[\p{L}_][\p{L}\p{N}\p{M}._-]*(:[\p{L}_][\p{L}\p{N}\p{M}._-]*)?$/u
const SPACE = /\s/
const PREDEFINED = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
])

const stop = (rule: string, line: number, vi: string, en: string, element: string | null = null) =>
  new Unreadable({ rule, line, element, message: { vi, en } })

/** Code points that XML may hold: no controls but tab and line ends, no halves of a character. */
const isAllowed = (code: number) =>
  code === 9 ||
  code === 10 ||
  code === 13 ||
  (code >= 32 && code < 0xd800) ||
  (code > 0xdfff && code < 0xfffe) ||
  (code > 0xffff && code <= 0x10ffff)

const mayNot = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u

/** A text with its references to characters put in. Throws Unreadable at an entity that XML does not have by itself. */
function decoded(raw: string, line: number): string {
  if (!raw.includes('&')) return raw
  return raw.replace(/&([^;&<]{0,12});?/g, (whole, name: string) => {
    const known = PREDEFINED.get(name)
    if (known && whole.endsWith(';')) return known
    const code = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name)
    const point = code ? Number.parseInt(code[1] ?? code[2]!, code[1] ? 16 : 10) : -1
    if (whole.endsWith(';') && isAllowed(point)) return String.fromCodePoint(point)
    throw stop(
      'entity',
      line,
      `Có thực thể lạ “${whole}”. Viết thẳng ký tự đó vào tệp.`,
      `Unknown entity “${whole}”. Write the character itself.`,
    )
  })
}

/** Line numbers without counting from the start, or looking for the end of a long line, each time. */
function lines(text: string) {
  let line = 1
  let end = text.indexOf('\n')
  return (position: number) => {
    while (end !== -1 && end < position) {
      line += 1
      end = text.indexOf('\n', end + 1)
    }
    return line
  }
}

type Scope = {
  element: Element
  namespaces: ReadonlyMap<string, string>
  said: string[]
  length: number
  /** Of the first character that is no blank. */
  saidAt: number | null
}

const named = (name: string) => {
  const [first = '', second] = name.split(':')
  return second === undefined ? { prefix: '', local: first } : { prefix: first, local: second }
}

/** Prefixes as they stand in an element; most elements declare none and share their parent's. */
function namespacesIn(
  attributes: Attribute[],
  around: ReadonlyMap<string, string> = new Map(),
): ReadonlyMap<string, string> {
  const declared = attributes.filter(({ name, prefix }) => name === 'xmlns' || prefix === 'xmlns')
  if (declared.length === 0) return around
  const all = new Map(around)
  for (const { prefix, local, value } of declared) all.set(prefix === 'xmlns' ? local : '', value)
  return all
}

/** The attributes written in a tag. */
function attributesOf(inside: string, line: number, element: string): Attribute[] {
  const found: Attribute[] = []
  const names = new Set<string>()
  let at = 0
  const skip = () => {
    while (at < inside.length && SPACE.test(inside[at]!)) at += 1
  }
  const bad = () =>
    stop(
      'well-formed',
      line,
      `Thẻ <${element}> viết sai.`,
      `The tag <${element}> is not well formed.`,
      element,
    )
  for (skip(); at < inside.length; skip()) {
    const equals = inside.indexOf('=', at)
    if (equals === -1) throw bad()
    const name = inside.slice(at, equals).trim()
    at = equals + 1
    skip()
    const quote = inside[at]
    const end = quote === '"' || quote === "'" ? inside.indexOf(quote, at + 1) : -1
    if (end === -1 || !NAME.test(name)) throw bad()
    const raw = inside.slice(at + 1, end)
    if (names.has(name) || raw.includes('<')) throw bad()
    if (raw.length > MOST_VALUE)
      throw stop(
        'too-long',
        line,
        `Thuộc tính ${name} của <${element}> dài quá ${MOST_VALUE} ký tự. Rút ngắn lại.`,
        `The attribute ${name} of <${element}> has more than ${MOST_VALUE} characters. Shorten it.`,
        element,
      )
    names.add(name)
    found.push({ name, ...named(name), value: decoded(raw, line) })
    if (found.length > MOST_ATTRIBUTES) throw bad()
    at = end + 1
    if (at < inside.length && !SPACE.test(inside[at]!)) throw bad()
  }
  return found
}

/** Where a tag that begins at `from` ends; a `>` inside quotes does not end it. */
function endOfTag(text: string, from: number): number {
  let quote = ''
  for (let at = from; at < text.length; at += 1) {
    const letter = text[at]!
    if (quote) {
      if (letter === quote) quote = ''
    } else if (letter === '"' || letter === "'") quote = letter
    else if (letter === '>') return at
    else if (letter === '<') return -1
  }
  return -1
}

const DECLARATION =
  /^<\?xml\s+version\s*=\s*["']1\.0["'](?:\s+encoding\s*=\s*["']([A-Za-z0-9._-]+)["'])?[^?<>]{0,40}\?>/

/** Reads a whole text. Throws Unreadable at the first thing that XML, or we, do not have. */
export function scan(text: string, handler: Handler): void {
  const lineAt = lines(text)
  const open: Scope[] = []
  let elements = 0
  let rooted = false
  let at = 0
  const wrong = mayNot.exec(text)
  if (wrong)
    throw stop(
      'characters',
      lineAt(wrong.index),
      'Tệp có ký tự không đọc được (mã 0, nửa ký tự hoặc ký tự điều khiển). Lưu lại tệp bằng UTF-8.',
      'The file has characters that cannot be read (NUL, half a character, controls). Save it as UTF-8.',
    )
  const declaration = DECLARATION.exec(text)
  if (declaration) {
    const encoding = declaration[1]
    if (encoding && !/^(utf-?8|us-ascii)$/i.test(encoding))
      throw stop(
        'encoding',
        1,
        `Tệp ghi bảng mã ${encoding}. Lưu lại bằng UTF-8.`,
        `The file says ${encoding}. Save it as UTF-8.`,
      )
    at = declaration[0].length
  }
  const close = (name: string, line: number) => {
    const scope = open.pop()
    if (!scope || scope.element.name !== name)
      throw stop(
        'well-formed',
        line,
        `Thẻ </${name}> không khớp thẻ mở.`,
        `The tag </${name}> closes nothing that is open.`,
      )
    if (scope.saidAt !== null) handler.text(scope.said.join(''), scope.element, scope.saidAt)
  }
  const begin = (inside: string, line: number) => {
    const selfClosing = inside.endsWith('/')
    const body = selfClosing ? inside.slice(0, -1) : inside
    const space = body.search(SPACE)
    const name = space === -1 ? body : body.slice(0, space)
    if (!NAME.test(name))
      throw stop(
        'well-formed',
        line,
        `Tên thẻ “${name.slice(0, 40)}” không hợp lệ.`,
        `“${name.slice(0, 40)}” is no name of a tag.`,
      )
    if (open.length === 0 && rooted)
      throw stop(
        'well-formed',
        line,
        'Sau phần tử gốc còn nội dung khác.',
        'Something follows the root element.',
      )
    elements += 1
    if (elements > MOST_ELEMENTS)
      throw stop(
        'too-many',
        line,
        `Tệp có hơn ${MOST_ELEMENTS} phần tử. Tách hoặc bỏ bớt.`,
        `More than ${MOST_ELEMENTS} elements. Take some out.`,
      )
    if (open.length >= MOST_DEPTH)
      throw stop(
        'too-deep',
        line,
        `Phần tử lồng nhau quá ${MOST_DEPTH} tầng.`,
        `Elements lie more than ${MOST_DEPTH} deep in one another.`,
      )
    rooted = true
    const attributes = space === -1 ? [] : attributesOf(body.slice(space), line, name)
    const namespaces = namespacesIn(attributes, open.at(-1)?.namespaces)
    if (namespaces.size > MOST_NAMESPACES)
      throw stop(
        'too-many',
        line,
        `Tệp có hơn ${MOST_NAMESPACES} không gian tên. Bỏ các phần mở rộng không dùng.`,
        `More than ${MOST_NAMESPACES} namespaces. Take out the extensions that are not used.`,
        name,
      )
    const { prefix, local } = named(name)
    const element: Element = {
      name,
      prefix,
      local,
      namespace: namespaces.get(prefix) ?? (prefix === '' ? '' : null),
      attributes,
      line,
      path: open.map((scope) => scope.element),
    }
    for (const each of [element, ...attributes])
      if (each.prefix && each.prefix !== 'xmlns' && each.prefix !== 'xml' && !namespaces.has(each.prefix))
        throw stop(
          'namespace',
          line,
          `Tiền tố “${each.prefix}:” chưa được khai báo.`,
          `The prefix “${each.prefix}:” was never declared.`,
          name,
        )
    handler.element(element)
    if (!selfClosing) open.push({ element, namespaces, said: [], length: 0, saidAt: null })
  }
  const said = (raw: string, line: number, literal: boolean) => {
    const scope = open.at(-1)
    if (!scope) {
      if (raw.trim() !== '')
        throw stop(
          'well-formed',
          line,
          'Có chữ ngoài phần tử gốc.',
          'There is text outside the root element.',
        )
      return
    }
    if (raw.trim() === '' && scope.saidAt === null) return
    scope.length += raw.length
    if (scope.length > MOST_VALUE)
      throw stop(
        'too-long',
        line,
        `Nội dung của <${scope.element.name}> dài quá ${MOST_VALUE} ký tự.`,
        `The text of <${scope.element.name}> has more than ${MOST_VALUE} characters.`,
        scope.element.name,
      )
    scope.saidAt ??= line
    scope.said.push(literal ? raw : decoded(raw, line))
  }
  while (at < text.length) {
    const next = text.indexOf('<', at)
    if (next === -1) {
      said(text.slice(at), lineAt(at), false)
      break
    }
    if (next > at) said(text.slice(at, next), lineAt(at), false)
    const line = lineAt(next)
    const unfinished = () =>
      stop('well-formed', line, 'Tệp bị cắt giữa chừng.', 'The file ends in the middle.')
    if (text.startsWith('<!--', next)) {
      const end = text.indexOf('-->', next + 4)
      if (end === -1) throw unfinished()
      at = end + 3
    } else if (text.startsWith('<![CDATA[', next)) {
      const end = text.indexOf(']]>', next + 9)
      if (end === -1) throw unfinished()
      said(text.slice(next + 9, end), line, true)
      at = end + 3
    } else if (text.startsWith('<!', next))
      throw stop(
        'doctype',
        line,
        'Tệp có khai báo DOCTYPE hoặc thực thể: có thể kéo tệp khác vào hoặc nở ra vô hạn. Xóa phần khai báo đó.',
        'The file declares a document type or entities, which could fetch other files or grow without end. Remove it.',
      )
    else if (text.startsWith('<?', next))
      throw stop(
        'instruction',
        line,
        'Tệp có chỉ thị xử lý (<?…?>). Xóa chỉ thị đó.',
        'The file has a processing instruction (<?…?>). Remove it.',
      )
    else {
      const end = endOfTag(text, next + 1)
      if (end === -1) throw stop('well-formed', line, 'Thẻ không đóng.', 'A tag is not closed.')
      const inside = text.slice(next + 1, end)
      if (inside.startsWith('/')) close(inside.slice(1).trim(), line)
      else begin(inside, line)
      at = end + 1
    }
  }
  if (open.length > 0 || !rooted)
    throw stop('well-formed', lineAt(text.length), 'Tệp bị cắt giữa chừng.', 'The file ends in the middle.')
}
