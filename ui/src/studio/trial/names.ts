/** The names that people read in a diagram, by id; an element without one goes by its id. */
export const namesIn = (bpmn: string): ((id: string) => string) => {
  const names = new Map<string, string>()
  const document = new DOMParser().parseFromString(bpmn, 'application/xml')
  for (const element of document.querySelectorAll('[id][name]'))
    names.set(element.getAttribute('id') ?? '', element.getAttribute('name') ?? '')
  return (id) => names.get(id) || id
}
