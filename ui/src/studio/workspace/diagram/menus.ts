import { putStep } from '../steps/definition-acts.ts'
import { isWaitType, kindOf, STEP_KINDS, type StepKind } from '../steps/kinds.ts'
import { changeData, inOne, type StudioData } from './data.ts'
import { is, setForm, stepFor, stepShape, templateShape } from './elements.ts'
import { insertAfter } from './place.ts'
import {
  type AutoPlace,
  type BpmnFactory,
  type BpmnReplace,
  type CommandStack,
  type Create,
  type Element,
  type ElementFactory,
  type EventBus,
  type Get,
  type MenuEntry,
  type Modeling,
  type PopupMenu,
  type Shape,
  type Template,
  typeOf,
} from './services.ts'
import type { Translate } from './translate.ts'

type Injector = { get(name: string): unknown }
type Entries = Record<string, MenuEntry>

/** What can be drawn: people's steps by what is done in them, machines' work and waits by their templates. */
export class StudioMenus {
  static $inject = ['injector', 'popupMenu', 'translate', 'studioData', 'eventBus']
  #get: Get
  #injector: Injector
  #translate: Translate
  #data: StudioData
  constructor(
    injector: Injector,
    popupMenu: PopupMenu,
    translate: Translate,
    studioData: StudioData,
    eventBus: EventBus,
  ) {
    this.#injector = injector
    this.#get = ((name: string) => injector.get(name)) as Get
    this.#translate = translate
    this.#data = studioData
    // Before the drawing changes: closed after it, the menu would have all of it laid out twice.
    eventBus.on('popupMenu.trigger', () => popupMenu.close())
    const menu = (entries: (target: Element) => Entries) => ({
      getPopupMenuEntries: (target: Element) => entries(target),
    })
    popupMenu.registerProvider(
      'studio-create-step',
      menu(() => this.#steps((kind, event) => this.#start(this.#step(kind), event))),
    )
    popupMenu.registerProvider(
      'studio-create-work',
      menu(() => this.#works((template, event) => this.#start(this.#work(template), event))),
    )
    popupMenu.registerProvider(
      'studio-append-step',
      menu((source) => this.#steps((kind) => this.append(source as Shape, this.#step(kind)))),
    )
    popupMenu.registerProvider(
      'studio-append-work',
      menu((source) => this.#works((template) => this.append(source as Shape, this.#work(template)))),
    )
    popupMenu.registerProvider(
      'bpmn-replace',
      menu((element) => this.#changes(element)),
    )
  }

  #step(kind: StepKind): Shape {
    return stepShape(
      this.#injector.get('bpmnFactory') as BpmnFactory,
      this.#injector.get('elementFactory') as ElementFactory,
      kind,
      kind.name.vi,
    )
  }

  #work(template: Template): Shape {
    return templateShape(this.#get('elementTemplates'), this.#data, template)
  }

  #start(shape: Shape, event: Event) {
    const create = this.#injector.get('create') as Create
    create.start(event, shape)
  }

  /** Draws an element behind another: into its way on if it has one, as a further answer behind a question. */
  append(source: Shape, shape: Shape) {
    const commandStack = this.#injector.get('commandStack') as CommandStack
    const onward = source.outgoing.filter((flow) => is(flow, 'bpmn:SequenceFlow'))
    inOne(commandStack, () => {
      if (is(source, 'bpmn:Gateway') || onward.length === 0 || is(shape, 'bpmn:EndEvent'))
        (this.#injector.get('autoPlace') as AutoPlace).append(source, shape)
      else
        insertAfter(this.#get, source, shape, (from) =>
          from.outgoing.find((flow) => is(flow, 'bpmn:SequenceFlow')),
        )
    })
  }

  #steps(choose: (kind: StepKind, event: Event) => void): Entries {
    const group = { id: 'people', name: this.#translate('Work of people') }
    return Object.fromEntries(
      STEP_KINDS.map((kind) => [
        `step-${kind.form}`,
        {
          label: this.#data.language === 'en' ? kind.name.en! : kind.name.vi,
          className: 'bpmn-icon-user-task',
          group,
          search: `${kind.name.vi} ${kind.name.en}`,
          action: (event: Event) => choose(kind, event),
        },
      ]),
    )
  }

  #works(choose: (template: Template, event: Event) => void): Entries {
    const machines = { id: 'machines', name: this.#translate('Work of machines') }
    const waits = { id: 'waits', name: this.#translate('Waits') }
    return Object.fromEntries(
      this.#get('elementTemplates')
        .getAll()
        .map((template) => [
          `template-${template.id}`,
          {
            label: template.name,
            title: template.description,
            ...(template.icon
              ? { imageUrl: template.icon.contents }
              : { className: 'bpmn-icon-service-task' }),
            group: isWaitType(typeOf(template)) ? waits : machines,
            action: (event: Event) => choose(template, event),
          },
        ]),
    )
  }

  /** What an element can become. */
  #changes(element: Element): Entries {
    if (is(element, 'bpmn:Participant')) return this.#multiplicity(element)
    if (!is(element, 'bpmn:Activity')) return {}
    const to = (id: string) => {
      const shape = this.#get('elementRegistry').get(id)
      if (shape) this.#get('selection').select(shape)
    }
    return {
      ...this.#steps((kind) => {
        this.toKind(element, kind)
        to(element.id)
      }),
      ...this.#works((template) => {
        this.#get('elementTemplates').applyTemplate(element, template)
        to(element.id)
      }),
    }
  }

  /** Makes a step of another kind: its form, who does it and its outcomes change, its name stays. */
  toKind(element: Element, kind: StepKind) {
    const commandStack = this.#injector.get('commandStack') as CommandStack
    const modeling = this.#injector.get('modeling') as Modeling
    const bpmnFactory = this.#injector.get('bpmnFactory') as BpmnFactory
    inOne(commandStack, () => {
      const task = is(element, 'bpmn:UserTask')
        ? element
        : (this.#injector.get('bpmnReplace') as BpmnReplace).replaceElement(element, {
            type: 'bpmn:UserTask',
          })
      if (task.businessObject.get('modelerTemplate'))
        modeling.updateProperties(task, { modelerTemplate: undefined, modelerTemplateIcon: undefined })
      setForm(modeling, bpmnFactory, task, kind.form)
      const name = task.businessObject.name || kind.name.vi
      if (!task.businessObject.name) modeling.updateProperties(task, { name })
      changeData(commandStack, putStep(task.id, stepFor(kindOf(kind.form)?.form, name)))
    })
  }

  #multiplicity(element: Element): Entries {
    const modeling = this.#injector.get('modeling') as Modeling
    if (element.businessObject.processRef) return {}
    const many = !!element.businessObject.participantMultiplicity
    const make = () =>
      many
        ? undefined
        : (this.#injector.get('bpmnFactory') as BpmnFactory).create('bpmn:ParticipantMultiplicity')
    return {
      multiplicity: {
        label: this.#translate(many ? 'One body' : 'Multiple bodies'),
        className: 'bpmn-icon-parallel-mi-marker',
        action: () => modeling.updateProperties(element, { participantMultiplicity: make() }),
      },
    }
  }
}
