import { extensionOf } from '../steps/graph-of.ts'
import { formReference, kindOf, newStep, type StepKind } from '../steps/kinds.ts'
import type { StudioData } from './data.ts'
import type {
  BpmnFactory,
  BusinessObject,
  Element,
  ElementFactory,
  ElementTemplates,
  Modeling,
  Shape,
  Template,
} from './services.ts'

export const is = (element: Element | BusinessObject | undefined, ...types: string[]): boolean => {
  const object = element && ('businessObject' in element ? element.businessObject : element)
  return !!object && types.some((type) => object.$instanceOf(type))
}

const extensions = (bpmnFactory: BpmnFactory, values: BusinessObject[]): BusinessObject => {
  const holder = bpmnFactory.create('bpmn:ExtensionElements', { values })
  for (const value of values) value.$parent = holder
  return holder
}

/** A person's step as it is drawn first: a native user task with the reference to its form. */
export const stepShape = (
  bpmnFactory: BpmnFactory,
  elementFactory: ElementFactory,
  kind: StepKind,
  name: string,
): Shape => {
  const extensionElements = extensions(bpmnFactory, [
    bpmnFactory.create('zeebe:UserTask'),
    bpmnFactory.create('zeebe:FormDefinition', { externalReference: formReference(kind.form) }),
  ])
  const businessObject = bpmnFactory.create('bpmn:UserTask', { name, extensionElements })
  extensionElements.$parent = businessObject
  return elementFactory.createShape({ type: 'bpmn:UserTask', businessObject })
}

/** Machines' work or a wait, from its template, with the template's name (always the Vietnamese one: it is drawn). */
export const templateShape = (
  elementTemplates: ElementTemplates,
  data: StudioData,
  template: Template,
): Shape => {
  const shape = elementTemplates.createElement(template)
  shape.businessObject.name = vietnameseName(data, template)
  return shape
}

export const vietnameseName = (data: StudioData, { id, name }: Template): string =>
  data.templates.find((each) => each.id === id)?.name ?? name

/** Gives a user task the reference to another form. */
export const setForm = (
  modeling: Modeling,
  bpmnFactory: BpmnFactory,
  element: Element,
  form: string,
): void => {
  const object = element.businessObject
  const externalReference = formReference(form)
  const definition = extensionOf(object, 'zeebe:FormDefinition')
  const holder = object.extensionElements as (BusinessObject & { values?: unknown[] }) | undefined
  if (definition) {
    modeling.updateModdleProperties(element, definition, { externalReference })
    return
  }
  const added = bpmnFactory.create('zeebe:FormDefinition', { externalReference })
  if (!holder) {
    modeling.updateProperties(element, { extensionElements: extensions(bpmnFactory, [added]) })
    return
  }
  added.$parent = holder
  modeling.updateModdleProperties(element, holder, { values: [...(holder.values ?? []), added] })
}

export const stepFor = (form: string | undefined, name: string) =>
  newStep(kindOf(form) ?? kindOf('appraise')!, name || 'Bước mới')
