import type { Canvas, Create, ElementFactory, PopupMenu } from './services.ts'
import type { Translate } from './translate.ts'

type Tool = Record<string, (event: Event) => void>
type Entry = { group: string; className?: string; title?: string; separator?: boolean; action?: object }

/** The palette, with what a procedure may have and nothing else. */
export class StudioPalette {
  static $inject = [
    'palette',
    'create',
    'elementFactory',
    'spaceTool',
    'lassoTool',
    'handTool',
    'globalConnect',
    'translate',
    'popupMenu',
    'canvas',
  ]
  #entries: () => Record<string, Entry>
  constructor(
    palette: { registerProvider(provider: StudioPalette): void },
    create: Create,
    elementFactory: ElementFactory,
    spaceTool: Tool,
    lassoTool: Tool,
    handTool: Tool,
    globalConnect: Tool,
    translate: Translate,
    popupMenu: PopupMenu,
    canvas: Canvas,
  ) {
    const both = (act: (event: Event) => void) => ({ click: act, dragstart: act })
    const draws = (type: string, group: string, className: string, title: string): Entry => ({
      group,
      className,
      title: translate(title),
      action: both((event) => create.start(event, elementFactory.createShape({ type }))),
    })
    const tool = (className: string, title: string, act: (event: Event) => void): Entry => ({
      group: 'tools',
      className,
      title: translate(title),
      action: { click: act },
    })
    const menu = (id: string, className: string, title: string, heading: string): Entry => ({
      group: 'activity',
      className,
      title: translate(title),
      action: {
        click: (event: MouseEvent) =>
          popupMenu.open(
            canvas.getRootElement(),
            id,
            { x: event.clientX + 24, y: event.clientY, cursor: { x: event.clientX, y: event.clientY } },
            { title: translate(heading), width: 300, search: true },
          ),
      },
    })
    this.#entries = () => ({
      'hand-tool': tool('bpmn-icon-hand-tool', 'Activate hand tool', (event) =>
        handTool.activateHand!(event),
      ),
      'lasso-tool': tool('bpmn-icon-lasso-tool', 'Activate lasso tool', (event) =>
        lassoTool.activateSelection!(event),
      ),
      'space-tool': tool('bpmn-icon-space-tool', 'Activate create/remove space tool', (event) =>
        spaceTool.activateSelection!(event),
      ),
      'global-connect-tool': tool('bpmn-icon-connection-multi', 'Activate global connect tool', (event) =>
        globalConnect.start!(event),
      ),
      'tool-separator': { group: 'tools', separator: true },
      'create.step': menu('studio-create-step', 'bpmn-icon-user-task', 'Create step', 'Choose a step'),
      'create.work': menu(
        'studio-create-work',
        'bpmn-icon-service-task',
        'Create machine work',
        'Choose machine work',
      ),
      'create.gateway': draws('bpmn:ExclusiveGateway', 'gateway', 'bpmn-icon-gateway-xor', 'Create gateway'),
      'create.start-event': draws(
        'bpmn:StartEvent',
        'event',
        'bpmn-icon-start-event-none',
        'Create start event',
      ),
      'create.end-event': draws('bpmn:EndEvent', 'event', 'bpmn-icon-end-event-none', 'Create end event'),
      'create.participant': {
        group: 'collaboration',
        className: 'bpmn-icon-participant',
        title: translate('Create pool/participant'),
        action: both((event) => create.start(event, elementFactory.createParticipantShape())),
      },
      'create.outside': {
        group: 'collaboration',
        className: 'bpmn-icon-lane',
        title: translate('Create collapsed pool'),
        action: both((event) =>
          create.start(event, elementFactory.createParticipantShape({ isExpanded: false })),
        ),
      },
    })
    palette.registerProvider(this)
  }
  getPaletteEntries() {
    return this.#entries()
  }
}
