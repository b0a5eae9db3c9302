/**
 * XML read into a tree that holds every character of its text: what nobody changes is written as it was, comments, order
 * of attributes and unknown parts included. Only for well-formed texts without a document type.
 */
export type XmlElement = { kind: 'element'; name: string; open: string; children: XmlNode[]; close: string }
export type XmlNode = XmlElement | { kind: 'text' | 'other'; raw: string }

export class XmlError extends Error {
  override name = 'XmlError'
}

const TOKEN =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<\/[^>]*>|<[A-Za-z_](?:"[^"]*"|'[^']*'|[^"'>])*>|[^<]+/y

/** Throws XmlError with the line where the text is no XML, or has a document type. */
export function readXml(text: string): XmlElement {
  const root: XmlElement = { kind: 'element', name: '', open: '', children: [], close: '' }
  const stack = [root]
  TOKEN.lastIndex = 0
  let at = 0
  while (at < text.length) {
    TOKEN.lastIndex = at
    const token = TOKEN.exec(text)?.[0]
    const top = stack.at(-1)!
    if (token === undefined) throw new XmlError(lineOf(text, at))
    if (token.startsWith('</')) {
      if (stack.length === 1 || token.slice(2, -1).trim() !== top.name) throw new XmlError(lineOf(text, at))
      top.close = token
      stack.pop()
    } else if (token.startsWith('<') && !/^<[!?]/.test(token)) {
      const name = token.match(/^<([^\s/>]+)/)?.[1] ?? ''
      const element: XmlElement = { kind: 'element', name, open: token, children: [], close: '' }
      top.children.push(element)
      if (!token.endsWith('/>')) stack.push(element)
    } else
      top.children.push({
        kind: token.startsWith('<') && !token.startsWith('<![') ? 'other' : 'text',
        raw: token,
      })
    at += token.length
  }
  if (stack.length > 1) throw new XmlError(lineOf(text, text.length))
  return root
}

const lineOf = (text: string, at: number) => String(text.slice(0, at).split('\n').length)

export const writeXml = (node: XmlNode): string =>
  node.kind === 'element' ? node.open + node.children.map(writeXml).join('') + node.close : node.raw

const local = (name: string) => name.slice(name.indexOf(':') + 1)
export const elements = (parent: XmlElement, name: string): XmlElement[] =>
  parent.children.filter((each): each is XmlElement => each.kind === 'element' && local(each.name) === name)
/** Elements of a name at any depth, in the order of the text. */
export const allElements = (parent: XmlElement, name: string): XmlElement[] =>
  parent.children.flatMap((each) =>
    each.kind !== 'element' ? [] : [...(local(each.name) === name ? [each] : []), ...allElements(each, name)],
  )

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
const decode = (raw: string) =>
  raw.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, name: string) =>
    name.startsWith('#')
      ? String.fromCodePoint(name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1)))
      : (ENTITIES[name] ?? whole),
  )
const encode = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const encodeAttribute = (text: string) => encode(text).replaceAll('"', '&quot;')

/** The words inside an element. */
export const textIn = (element: XmlElement | undefined): string =>
  (element?.children ?? [])
    .map((each) => {
      if (each.kind !== 'text') return ''
      const section = each.raw.match(/^<!\[CDATA\[([\s\S]*)\]\]>$/)?.[1]
      return section ?? decode(each.raw)
    })
    .join('')

export const attribute = (element: XmlElement | undefined, name: string): string => {
  const found = element?.open.match(new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`))
  return decode(found?.[1] ?? found?.[2] ?? '')
}

/** The element with an attribute changed, or added behind the others. */
export function withAttribute(element: XmlElement, name: string, value: string): XmlElement {
  const pattern = new RegExp(`(\\s${name}\\s*=\\s*)(?:"[^"]*"|'[^']*')`)
  const written = `"${encodeAttribute(value)}"`
  const open = pattern.test(element.open)
    ? element.open.replace(pattern, (_whole, before: string) => before + written)
    : element.open.replace(/\s*(\/?)>$/, (_whole, end: string) => ` ${name}=${written}${end ? ' /' : ''}>`)
  return { ...element, open }
}

/** The element with other words inside. */
export const withText = (element: XmlElement, text: string): XmlElement => {
  const opened = element.open.endsWith('/>') ? element.open.replace(/\s*\/>$/, '>') : element.open
  return {
    ...element,
    open: opened,
    children: [{ kind: 'text', raw: encode(text) }],
    close: element.close || `</${element.name}>`,
  }
}

/** The tree with one element in the place of another. */
export const replaced = (parent: XmlElement, from: XmlElement, to: XmlElement): XmlElement => {
  if (parent === from) return to
  let same = true
  const children = parent.children.map((each) => {
    const next = each.kind === 'element' ? replaced(each, from, to) : each
    if (next !== each) same = false
    return next
  })
  return same ? parent : { ...parent, children }
}
