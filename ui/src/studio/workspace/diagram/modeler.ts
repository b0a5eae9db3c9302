import CloudModeler from 'camunda-bpmn-js/lib/camunda-cloud/Modeler'
import type { Language } from '../../../app/language.ts'
import { StudioBehavior } from './behavior.ts'
import { StudioContextPad } from './context-pad.ts'
import type { StudioData } from './data.ts'
import { StudioMenus } from './menus.ts'
import { StudioCommands, StudioGraphics, StudioOrder } from './moved.ts'
import { StudioPalette } from './palette.ts'
import { PlainProperties } from './properties.ts'
import type { Get, Template } from './services.ts'
import { translator } from './translate.ts'

type Module = Record<string, unknown>
export type Modeler = {
  get: Get
  importXML(xml: string): Promise<{ warnings: string[] }>
  saveXML(options: { format: boolean }): Promise<{ xml?: string }>
  saveSVG(): Promise<{ svg: string }>
  attachTo(parent: HTMLElement): void
  detach(): void
  destroy(): void
  getDefinitions(): unknown
}

/**
 * Services of Camunda's modeller that ours goes without: menus with everything BPMN has, technical properties that name
 * job types and expressions, colours, and what reaches for Camunda's own servers.
 */
const LEFT_OUT = [
  'appendMenuProvider',
  'createMenuProvider',
  'createAppendEditorActions',
  'createAppendKeyboardBindings',
  'elementTemplatesAppendProvider',
  'elementTemplatesCreateProvider',
  'elementTemplateChooser',
  'appendGroupsProvider',
  'elementDescriptions',
  'colorContextPadProvider',
  'zeebePropertiesProvider',
  'variableResolver',
  'exampleProvider',
  'dataPropertiesProvider',
  'camundaDetailsPopupMenuProvider',
  'resources',
  'nativeCopyPaste',
  'copyAsImageEditorActions',
  'minimap',
  'executableFix',
]
const isLeftOut = (module: Module): boolean =>
  Object.keys(module).some((name) => LEFT_OUT.includes(name) || name.startsWith('resources.'))
/** A module goes with any that it is made of: bundles of what is left out, and nothing else, are among them. */
const leftOut = (module: Module): boolean => {
  const depends = (module.__depends__ ?? []) as Module[]
  const bundle = Object.keys(module).every((key) => key === '__depends__' || key === '__init__')
  return isLeftOut(module) || (bundle && depends.some(leftOut))
}

const Base = CloudModeler as unknown as new (
  options: object,
) => Modeler & {
  getModules(options: object): Module[]
}
class StudioModeler extends Base {
  override getModules(options: object): Module[] {
    return super.getModules(options).filter((module) => !leftOut(module))
  }
}

const inLanguage = (template: Template, language: Language): Template =>
  language === 'en' && template.metadata?.en ? { ...template, name: template.metadata.en } : template

const textsOf = (templates: Template[]): ReadonlySet<string> =>
  new Set(
    templates.flatMap(({ name, description, properties }) => [
      name,
      description ?? '',
      ...properties.flatMap(({ label, choices }) => [
        label ?? '',
        ...(choices ?? []).map((each) => each.name),
      ]),
    ]),
  )

/** Camunda's modeller for the cloud, with what a procedure may have, in the reader's language. */
export const createModeler = (data: StudioData): Modeler => {
  const templates = data.templates.map((template) => inLanguage(template, data.language))
  const modeler = new StudioModeler({
    elementTemplateChooser: false,
    disableAdjustOrigin: true,
    elementTemplates: templates,
    textRenderer: {
      defaultStyle: { fontFamily: '"Be Vietnam Pro", sans-serif', fontSize: 12 },
      externalStyle: { fontSize: 11 },
    },
    additionalModules: [
      {
        __init__: ['studioBehavior', 'studioMenus', 'plainProperties'],
        translate: ['value', translator(data.language, textsOf(data.templates))],
        studioData: ['value', data],
        studioBehavior: ['type', StudioBehavior],
        studioMenus: ['type', StudioMenus],
        plainProperties: ['type', PlainProperties],
        paletteProvider: ['type', StudioPalette],
        contextPadProvider: ['type', StudioContextPad],
        bpmnOrderingProvider: ['type', StudioOrder],
        commandStack: ['type', StudioCommands],
        graphicsFactory: ['type', StudioGraphics],
        // Our menu of what an element may become stands in its place.
        replaceMenuProvider: ['value', null],
      },
    ],
  })
  return modeler
}
