/** What looks like an element and is none. */
const ASIDE = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>/g
const ATTRIBUTES = /\s+([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g
const TAGS = {
  process: /<(?:[\w.-]+:)?process((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*\/?>/g,
  decision: /<(?:[\w.-]+:)?decision((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*\/?>/g,
}

/**
 * Ids of the processes or decisions in a file, as written, in either kind of quotes; '' for one without. What stands in comments does
 * not count: the engine goes by the elements, and whoever names a version has to go by the same.
 */
export const idsOf = (xml: string, kind: keyof typeof TAGS): string[] =>
  [...xml.replace(ASIDE, '').matchAll(TAGS[kind])].map(([, attributes = '']) => {
    for (const [, name, double, single] of attributes.matchAll(ATTRIBUTES))
      if (name === 'id') return double ?? single ?? ''
    return ''
  })

/** Whether the file holds that one process or decision and no other. */
export const isOf = (xml: string, kind: keyof typeof TAGS, id: string): boolean => {
  const ids = idsOf(xml, kind)
  return ids.length === 1 && ids[0] === id
}
