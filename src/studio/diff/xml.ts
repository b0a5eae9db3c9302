/** An element of a small XML text: what a routing table needs of it. */
export type Xml = { name: string; attributes: Record<string, string>; children: Xml[]; text: string }

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** The five names of XML and numbers; any other name, declared or not, stays as it is written. */
const decode = (text: string) =>
  text.replace(/&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(\w{1,8}));/g, (all, decimal, hex, name) => {
    if (name) return ENTITIES[name] ?? all
    const code = Number.parseInt(decimal ?? hex, decimal ? 10 : 16)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all
  })

const TOKEN =
  /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<[?!][^>]*>|<(\/?)([^\s/>]+)((?:[^>"']|"[^"]*"|'[^']*')*)>|([^<]+)/g

/**
 * Reads well-formed XML into elements, names without their namespaces. Nothing is looked up or expanded; tags that do
 * not match are closed where their parent ends.
 */
export function readXml(xml: string): Xml {
  const root: Xml = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  for (const [, cdata, closing, name, rest = '', text] of xml.matchAll(TOKEN)) {
    const top = open.at(-1)!
    if (cdata !== undefined) top.text += cdata
    else if (text !== undefined) top.text += decode(text)
    else if (!name) continue
    else if (closing) {
      if (open.length > 1) open.pop()
    } else {
      const attributes: Record<string, string> = {}
      for (const [, key, double, single] of rest.matchAll(/([^\s=/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g))
        attributes[key!] = decode(double ?? single ?? '')
      const element = { name: name.slice(name.indexOf(':') + 1), attributes, children: [], text: '' }
      top.children.push(element)
      if (!rest.endsWith('/')) open.push(element)
    }
  }
  return root
}

/** Every element of a name, at whatever depth. */
export const allOf = (element: Xml, name: string): Xml[] =>
  element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...allOf(child, name)])
