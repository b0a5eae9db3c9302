/** Attributes that name a process or a decision, or point to one (DI, participants, requirements). */
const ATTRIBUTES = 'id|processRef|bpmnElement|dmnElementRef'

/**
 * Puts a version into a process or decision id, wherever the XML names it, in either kind of quotes: called decisions bind to the
 * latest deployment of an id, so a draft under the same id would re-route old dossiers at once. Back and forth, it is the same text.
 */
export function rewriteId(xml: string, from: string, to: string): string {
  const escaped = from.replaceAll(/[.*+?^${}()|[\]\\-]/g, '\\$&')
  return xml
    .replace(new RegExp(`\\b(${ATTRIBUTES})(\\s*=\\s*)(["'])${escaped}\\3`, 'g'), `$1$2$3${to}$3`)
    .replace(new RegExp(`\\bhref(\\s*=\\s*)(["'])#${escaped}\\2`, 'g'), `href$1$2#${to}$2`)
}
