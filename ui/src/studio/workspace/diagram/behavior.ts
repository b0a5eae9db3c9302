import CommandInterceptor from 'diagram-js/lib/command/CommandInterceptor'
import { dropElement, moveData, nameElement, putStep, putWait } from '../steps/definition-acts.ts'
import { askers, asks, outgoing } from '../steps/graph.ts'
import { extensionOf, graphOfProcess, jobTypeOf } from '../steps/graph-of.ts'
import { formOfReference, isWaitType, MACHINE_OUTCOMES, newWait, outcomeCondition } from '../steps/kinds.ts'
import { ActHandler, changeData, DefinitionHandler, ExamplesHandler, type StudioData } from './data.ts'
import { is, stepFor } from './elements.ts'
import type {
  Bounds,
  BpmnFactory,
  BusinessObject,
  CommandStack,
  Connection,
  Element,
  Modeling,
  Shape,
} from './services.ts'

const LAST = 100
type Context = {
  shape?: Element
  element?: Element
  connection?: Connection
  properties?: { id?: string; name?: string }
  oldProperties?: { id?: string }
  newLabel?: string
  oldBounds?: Bounds
}

/** Where a process of a drawing is found from one of its elements. */
const processOf = (object: BusinessObject): BusinessObject | undefined =>
  object.$instanceOf('bpmn:Process') ? object : object.$parent && processOf(object.$parent)

/** The procedure's data follow the drawing: what is drawn has data, what is not drawn has none. */
export class StudioBehavior extends CommandInterceptor {
  static $inject = ['eventBus', 'commandStack', 'modeling', 'bpmnFactory', 'studioData']
  #commandStack: CommandStack
  #data: StudioData
  constructor(
    eventBus: ConstructorParameters<typeof CommandInterceptor>[0],
    commandStack: CommandStack,
    modeling: Modeling,
    bpmnFactory: BpmnFactory,
    studioData: StudioData,
  ) {
    super(eventBus)
    this.#commandStack = commandStack
    this.#data = studioData
    commandStack.registerHandler('studio.data', DefinitionHandler)
    commandStack.registerHandler('studio.examples', ExamplesHandler)
    commandStack.registerHandler('studio.act', ActHandler)

    const after = (commands: string[], act: (context: Context) => void) =>
      // biome-ignore lint/suspicious/noExplicitAny: the base class has no better type for its listeners
      this.postExecuted(commands as any, LAST, act as any, true)

    after(['shape.create', 'propertiesPanel.zeebe.changeTemplate'], ({ shape, element }) => {
      const made = shape ?? element
      if (made && !made.labelTarget) this.#follow(made)
    })
    after(['shape.delete'], ({ shape }) => {
      if (shape && !shape.labelTarget && this.#has(shape.id)) this.#change(dropElement(shape.id))
    })
    after(['element.updateProperties'], ({ element, properties, oldProperties }) => {
      if (!element) return
      const from = oldProperties?.id
      if (properties?.id && from && from !== properties.id && this.#has(from))
        this.#change(moveData(from, properties.id))
      if (properties && 'name' in properties) this.#name(element)
    })
    after(['element.updateLabel'], ({ element }) => element && this.#name(element))
    after(['shape.resize'], ({ shape, oldBounds }) => {
      if (shape && oldBounds) alongside(shape as Shape, oldBounds, modeling)
    })
    after(['connection.create'], ({ connection }) => {
      if (connection) answerFlow(connection, studioData, modeling, bpmnFactory)
    })
  }

  #has(id: string): boolean {
    const { steps, waits, exchanges } = this.#data.definition()
    return !!steps?.[id] || !!waits?.[id] || !!exchanges?.[id]
  }

  #change(change: Parameters<typeof changeData>[1]) {
    changeData(this.#commandStack, change)
  }

  #name(element: Element) {
    const named = element.labelTarget ?? element
    const name = named.businessObject.name
    if (name && this.#has(named.id)) this.#change(nameElement(named.id, name))
  }

  /** Steps and waits get data when they have none of their kind. */
  #follow({ id, businessObject }: Element) {
    const { steps, waits } = this.#data.definition()
    const name = businessObject.name ?? ''
    if (is(businessObject, 'bpmn:UserTask')) {
      const reference = extensionOf(businessObject, 'zeebe:FormDefinition')?.externalReference
      if (!steps?.[id])
        this.#change(putStep(id, stepFor(formOfReference(reference as string | undefined), name)))
      return
    }
    const type = is(businessObject, 'bpmn:ServiceTask') ? jobTypeOf(businessObject) : ''
    if (isWaitType(type)) {
      if (waits?.[id]?.type !== type) this.#change(putWait(id, newWait(type, name || type)))
    } else if (type !== 'exchange.request' && this.#has(id)) this.#change(dropElement(id))
  }
}

/** Pools of others that began and ended with the agency's go on doing so when it grows or shrinks. */
const alongside = (pool: Shape, before: Bounds, modeling: Modeling): void => {
  if (!is(pool, 'bpmn:Participant') || !pool.businessObject.processRef) return
  for (const other of (pool.parent?.children ?? []) as Shape[]) {
    if (other === pool || !is(other, 'bpmn:Participant') || other.businessObject.processRef) continue
    if (other.x !== before.x || other.width !== before.width) continue
    const { y, height } = other
    modeling.resizeShape(other, { x: pool.x, width: pool.width, y, height })
  }
}

/** A new way out of a question gets the first answer that has none yet, with its words. */
const answerFlow = (
  connection: Connection,
  data: StudioData,
  modeling: Modeling,
  bpmnFactory: BpmnFactory,
): void => {
  const flow = connection.businessObject
  if (!is(flow, 'bpmn:SequenceFlow') || flow.conditionExpression) return
  if (!is(connection.source, 'bpmn:ExclusiveGateway')) return
  const process = processOf(connection.source.businessObject)
  if (!process) return
  const graph = graphOfProcess(process)
  const gateway = connection.source.id
  const asked = askers(graph, gateway)
  const { steps, waits } = data.definition()
  const labels = new Map<string, string>()
  for (const id of asked) {
    for (const [key, { label }] of Object.entries(steps?.[id]?.outcomes ?? {})) labels.set(key, label.vi)
    for (const key of waits?.[id]?.outcomes ?? []) labels.set(key, key)
    for (const key of MACHINE_OUTCOMES[graph.nodes.get(id)?.type ?? ''] ?? []) labels.set(key, key)
  }
  const ways = outgoing(graph, gateway)
  if (labels.size < 2 && !asks(graph, gateway)) return
  const taken = new Set(ways.map(({ outcome }) => outcome))
  const free = [...labels].find(([key]) => !taken.has(key))
  if (!free) return
  const [outcome, label] = free
  const condition = bpmnFactory.create('bpmn:FormalExpression', { body: outcomeCondition(outcome) })
  condition.$parent = flow
  modeling.updateProperties(connection, {
    conditionExpression: condition,
    ...(!flow.name && { name: label }),
  })
}
