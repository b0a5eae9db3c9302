import ContextPadProvider from 'bpmn-js/lib/features/context-pad/ContextPadProvider'
import type { StudioData } from './data.ts'
import { is } from './elements.ts'
import type { StudioMenus } from './menus.ts'
import type { Element, ElementFactory, PopupMenu, Shape } from './services.ts'
import type { Translate } from './translate.ts'

type Arguments = ConstructorParameters<typeof ContextPadProvider>
type Entries = ReturnType<ContextPadProvider['getContextPadEntries']>

/** What stands beside a selected element: bpmn-js' own entries without what no procedure may have, and our menus. */
export class StudioContextPad extends ContextPadProvider {
  static override $inject = [
    ...ContextPadProvider.$inject,
    'studioMenus',
    'elementFactory',
    'popupMenu',
    'translate',
    'studioData',
  ]
  #data: StudioData
  #menus: StudioMenus
  #factory: ElementFactory
  #popup: PopupMenu
  #say: Translate
  constructor(...given: unknown[]) {
    const [menus, factory, popup, say, data] = given.slice(-5)
    super(...(given.slice(0, -5) as Arguments))
    this.#data = data as StudioData
    this.#menus = menus as StudioMenus
    this.#factory = factory as ElementFactory
    this.#popup = popup as PopupMenu
    this.#say = say as Translate
  }

  override getContextPadEntries(element: Parameters<ContextPadProvider['getContextPadEntries']>[0]): Entries {
    const entries = Object.fromEntries(
      Object.entries(super.getContextPadEntries(element)).filter(
        ([id]) => !id.startsWith('append.') || id === 'append.text-annotation',
      ),
    )
    const shape = element as unknown as Shape
    if ((element as { type?: string }).type === 'label') return entries
    if (!is(shape, 'bpmn:FlowNode') || is(shape, 'bpmn:EndEvent')) return entries
    const menu = (id: string, className: string, title: string, heading: string) => ({
      group: 'model',
      className,
      title: this.#say(title),
      action: {
        click: (event: MouseEvent, source: Element) =>
          this.#popup.open(
            source,
            id,
            { x: event.clientX + 20, y: event.clientY, cursor: { x: event.clientX, y: event.clientY } },
            { title: this.#say(heading), width: 300, search: true },
          ),
      },
    })
    const draw = (type: string, className: string, title: string) => ({
      group: 'model',
      className,
      title: this.#say(title),
      action: {
        click: (_: Event, source: Shape) => this.#menus.append(source, this.#factory.createShape({ type })),
      },
    })
    const merge = (by: -1 | 1, title: string) =>
      this.#data.mergeable(shape.id, by) && {
        group: 'edit',
        className: by < 0 ? 'studio-merge-before' : 'studio-merge-after',
        title: this.#say(title),
        action: { click: () => this.#data.askMerge(shape.id, by) },
      }
    const before = merge(-1, 'Merge with the step before')
    const after = merge(1, 'Merge with the step after')
    return {
      'append.step': menu('studio-append-step', 'bpmn-icon-user-task', 'Append step', 'Choose a step'),
      'append.work': menu(
        'studio-append-work',
        'bpmn-icon-service-task',
        'Append machine work',
        'Choose machine work',
      ),
      'append.gateway': draw('bpmn:ExclusiveGateway', 'bpmn-icon-gateway-xor', 'Append gateway'),
      'append.end-event': draw('bpmn:EndEvent', 'bpmn-icon-end-event-none', 'Append end event'),
      ...(before && { 'merge.before': before }),
      ...(after && { 'merge.after': after }),
      ...entries,
    } as unknown as Entries
  }
}
