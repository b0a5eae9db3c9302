import type { Moddle } from '../steps/graph-of.ts'

/** As much of the modeller's services as we use: its own types are loose, and spread over packages. */
export type Point = { x: number; y: number }
export type Bounds = Point & { width: number; height: number }
export type BusinessObject = Moddle & {
  get(name: string): unknown
  $instanceOf(type: string): boolean
  $parent?: BusinessObject
  processRef?: BusinessObject
  participantMultiplicity?: unknown
  rootElements?: BusinessObject[]
}
export type Element = {
  id: string
  type: string
  businessObject: BusinessObject
  parent?: Element
  children?: Element[]
  labelTarget?: Element
  label?: Element
}
export type Shape = Element & Bounds & { incoming: Connection[]; outgoing: Connection[] }
export type Connection = Element & { source: Shape; target: Shape; waypoints: Point[] }

export type Registry = {
  get(id: string): Element | undefined
  filter(wanted: (element: Element) => boolean): Element[]
  getAll(): Element[]
}
export type Modeling = {
  createShape(shape: Shape, at: Point, parent: Element): Shape
  appendShape(source: Shape, shape: Shape, at: Point, parent: Element): Shape
  createSpace(moving: Element[], resizing: Element[], delta: Point, direction: string, start: number): void
  moveShape(shape: Shape, by: Point, parent?: Element): void
  resizeShape(shape: Shape, bounds: Bounds): void
  moveElements(shapes: Shape[], by: Point, parent?: Element): void
  connect(source: Shape, target: Shape, attributes?: object): Connection
  reconnectStart(connection: Connection, source: Shape, docking: Point): void
  reconnectEnd(connection: Connection, target: Shape, docking: Point): void
  layoutConnection(connection: Connection, hints?: object): void
  removeElements(elements: Element[]): void
  removeConnection(connection: Connection): void
  removeShape(shape: Shape): void
  updateProperties(element: Element, properties: object): void
  updateModdleProperties(element: Element, moddle: unknown, properties: object): void
  updateLabel(element: Element, text: string): void
}
export type CommandStack = {
  execute(command: string, context: object): void
  registerHandler(command: string, handler: unknown): void
  undo(): void
  redo(): void
  clear(): void
}
export type Canvas = {
  zoom(level?: number | 'fit-viewport', center?: 'auto' | Point): number
  viewbox(box?: Bounds): { inner: Bounds; outer: { width: number; height: number } } & Bounds
  resized(): void
  addMarker(id: string, marker: string): void
  removeMarker(id: string, marker: string): void
  hasMarker(id: string, marker: string): boolean
  getLayer(name: string, index: number): SVGElement
  findRoot(element: Element): Element | null
  scrollToElement(element: Element, padding?: object): void
  getRootElement(): Element
  getContainer(): HTMLElement
  focus(): void
}
export type Selection = { select(element: Element | Element[] | null): void; get(): Element[] }
export type EventBus = {
  on(events: string | string[], listener: (event: never) => unknown): void
  on(events: string | string[], priority: number, listener: (event: never) => unknown): void
  off(events: string | string[], listener: (event: never) => unknown): void
}
export type BpmnFactory = { create(type: string, attributes?: object): BusinessObject }
export type ElementFactory = {
  createShape(attributes: object): Shape
  createParticipantShape(attributes?: object): Shape
}
export type Template = {
  id: string
  name: string
  description?: string
  metadata?: { en?: string }
  icon?: { contents: string }
  properties: {
    type: string
    label?: string
    value?: string
    choices?: { name: string; value: string }[]
    binding: { type: string; property?: string }
  }[]
}
export type ElementTemplates = {
  createElement(template: Template): Shape
  applyTemplate(element: Element, template: Template): Element
  get(element: Element): Template | undefined
  getAll(): Template[]
}
export type Create = { start(event: Event, shape: Shape | Shape[], context?: object): void }
export type AutoPlace = { append(source: Shape, shape: Shape): Shape }
export type PopupMenu = {
  registerProvider(id: string, provider: object): void
  open(target: Element | Element[], id: string, position: Point & { cursor?: Point }, options?: object): void
  close(): void
}
export type MenuEntry = {
  label: string
  title?: string
  className?: string
  imageUrl?: string
  group?: { id: string; name: string }
  search?: string
  action(event: Event): void
}
export type BpmnReplace = { replaceElement(element: Element, target: { type: string }): Shape }

/** What the modeller's own `get` answers, by name. */
export type Services = {
  elementRegistry: Registry
  modeling: Modeling
  commandStack: CommandStack
  canvas: Canvas
  selection: Selection
  eventBus: EventBus
  bpmnFactory: BpmnFactory
  elementFactory: ElementFactory
  elementTemplates: ElementTemplates
  spaceTool: {
    calculateAdjustments(
      elements: Element[],
      axis: 'x' | 'y',
      delta: number,
      start: number,
    ): { movingShapes: Element[]; resizingShapes: Element[] }
  }
  autoPlace: AutoPlace
  bpmnReplace: BpmnReplace
  propertiesPanel: { attachTo(parent: HTMLElement): void; detach(): void }
}
export type Get = <Name extends keyof Services>(name: Name) => Services[Name]

export const typeOf = ({ properties }: Template): string =>
  properties.find(({ binding }) => binding.type === 'zeebe:taskDefinition' && binding.property === 'type')
    ?.value ?? ''

export const isShape = (element: Element): element is Shape => !('waypoints' in element)
export const middle = ({ x, y, width, height }: Bounds): Point => ({ x: x + width / 2, y: y + height / 2 })
