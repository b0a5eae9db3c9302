import { is } from './elements.ts'
import type { Element } from './services.ts'

type Entry = { id: string }
type Group = { id: string; entries?: Entry[]; shouldOpen?: boolean }

/** Groups and entries that an analyst needs; identifiers, job types and expressions are not theirs to type. */
const GROUPS = ['general', 'documentation', 'ElementTemplates__CustomProperties']
const HIDDEN_ENTRIES = ['id', 'processId', 'isExecutable', 'versionTag']

const isOurs = ({ id }: Group) => GROUPS.some((name) => id === name || id.startsWith(`${name}-`))

/** The properties panel, cut down to plain words: name, explanation, and what a template asks. */
export class PlainProperties {
  static $inject = ['propertiesPanel', 'eventBus']
  constructor(propertiesPanel: {
    registerProvider(priority: number, provider: PlainProperties): void
  }) {
    propertiesPanel.registerProvider(100, this)
  }
  getGroups(element: Element) {
    return (groups: Group[]): Group[] =>
      groups
        .filter(isOurs)
        .map((group) => ({
          ...group,
          ...(group.id.startsWith('ElementTemplates') && { shouldOpen: true }),
          entries: group.entries?.filter(
            // The name of a person's step is typed beside its other data.
            ({ id }) => !HIDDEN_ENTRIES.includes(id) && !(id === 'name' && is(element, 'bpmn:UserTask')),
          ),
        }))
        .filter(({ entries }) => entries === undefined || entries.length > 0)
  }
}
