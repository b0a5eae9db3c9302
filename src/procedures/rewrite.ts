/** Attributes that name a process or a decision, or point to one (DI, participants, requirements). */
const ATTRIBUTES = 'id|processRef|bpmnElement|dmnElementRef'

/**
 * Puts a version into a process or decision id, wherever the XML names it: called decisions bind to the latest
 * deployment of an id, so a draft under the same id would re-route old dossiers at once.
 */
export function rewriteId(xml: string, from: string, to: string): string {
  const escaped = from.replaceAll('-', '\\-')
  return xml
    .replace(new RegExp(`\\b(${ATTRIBUTES})="${escaped}"`, 'g'), `$1="${to}"`)
    .replace(new RegExp(`\\bhref="#${escaped}"`, 'g'), `href="#${to}"`)
}
