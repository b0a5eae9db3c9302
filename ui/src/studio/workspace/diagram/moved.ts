import BpmnOrderingProvider from 'bpmn-js/lib/features/ordering/BpmnOrderingProvider'
import CommandStack from 'diagram-js/lib/command/CommandStack'
import GraphicsFactory from 'diagram-js/lib/core/GraphicsFactory'
import { updateLine } from 'diagram-js/lib/util/RenderUtil'
import { translate } from 'diagram-js/lib/util/SvgTransformUtil'
import { is } from './elements.ts'
import { type Connection, type Element, isShape } from './services.ts'

/** What these commands report stands elsewhere and looks as it did. */
const MOVES = ['shape.move', 'connection.move', 'connection.layout', 'connection.updateWaypoints']

type Injected = ConstructorParameters<typeof CommandStack>
type Handler = Parameters<CommandStack['register']>[1]
type Change = (context: unknown) => unknown

/** The stack of edits, which knows of each element whether the edit only moved it. */
export class StudioCommands extends CommandStack {
  static override $inject = ['eventBus', 'injector']
  readonly #moved = new Set<unknown>()
  readonly #changed = new Set<unknown>()
  constructor(...injected: Injected) {
    super(...injected)
    const [eventBus] = injected
    eventBus.on('elements.changed', 1, () => {
      this.#moved.clear()
      this.#changed.clear()
    })
  }

  override register(command: string, handler: Handler) {
    const told = MOVES.includes(command) ? this.#moved : this.#changed
    const acts = handler as { execute?: Change; revert?: Change }
    for (const act of ['execute', 'revert'] as const) {
      const does = acts[act]?.bind(handler)
      if (!does) continue
      acts[act] = (context) => {
        const elements = does(context)
        for (const element of [elements].flat()) told.add(element)
        return elements
      }
    }
    super.register(command, handler)
  }

  onlyMoved(element: unknown): boolean {
    return this.#moved.has(element) && !this.#changed.has(element)
  }
}

type Drawn = Parameters<GraphicsFactory['update']>

/**
 * Draws elements, and only shifts those that moved: making room moves nearly all of a drawing, and to draw all of it anew is
 * what an edit of a large one took longest for (`npm run bench:edit`).
 */
export class StudioGraphics extends GraphicsFactory {
  static override $inject = ['eventBus', 'elementRegistry', 'commandStack']
  #commands: StudioCommands
  constructor(
    ...[eventBus, registry, commands]: [...ConstructorParameters<typeof GraphicsFactory>, StudioCommands]
  ) {
    super(eventBus, registry)
    this.#commands = commands
  }

  override update(type: Drawn[0], element: Drawn[1], gfx: Drawn[2]) {
    if (!this.#commands.onlyMoved(element) || !shift(element as unknown as Element, gfx))
      super.update(type, element, gfx)
  }
}

/** Whether what is drawn of an element could be taken as it is to where the element stands now. */
const shift = (element: Element, gfx: SVGElement): boolean => {
  if (isShape(element)) {
    if (!gfx.querySelector(':scope > .djs-visual')?.firstChild) return false
    translate(gfx, element.x, element.y)
    return true
  }
  // Other lines carry signs in their middle.
  const line =
    is(element, 'bpmn:SequenceFlow') && gfx.querySelector<SVGElement>(':scope > .djs-visual > path')
  if (!line) return false
  updateLine(line, (element as Connection).waypoints)
  return true
}

type Ordered = ConstructorParameters<typeof BpmnOrderingProvider>

/**
 * Elements that make room stay in the order they are drawn in: brought to the front one after the other, half of the
 * drawing is taken out of the page and put back, though nothing lies over anything.
 */
export class StudioOrder extends BpmnOrderingProvider {
  static override $inject = ['eventBus', 'canvas']
  constructor(...injected: Ordered) {
    super(...injected)
    let makingRoom = false
    this.preExecute(['spaceTool'], () => {
      makingRoom = true
    })
    this.preExecuted(['spaceTool'], () => {
      makingRoom = false
    })
    const usual = this.getOrdering
    this.getOrdering = (element, parent) =>
      makingRoom && element.parent === parent
        ? { parent, index: parent.children.indexOf(element) }
        : usual(element, parent)
  }
}
