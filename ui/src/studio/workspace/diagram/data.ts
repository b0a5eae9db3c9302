import type { Language } from '../../../app/language.ts'
import type { Change } from '../steps/definition-acts.ts'
import type { LooseDefinition } from '../steps/rows.ts'
import type { CommandStack, Template } from './services.ts'

/** The procedure's data as the modeller's modules reach them. */
export type StudioData = {
  language: Language
  templates: Template[]
  definition(): LooseDefinition
  set(definition: LooseDefinition): void
  undo(): void
  redo(): void
}

type Context = { change: Change; before?: LooseDefinition }

/** A change of the data as a command: taken back together with the change of the drawing it belongs to. */
export class DefinitionHandler {
  static $inject = ['studioData']
  #data: StudioData
  constructor(studioData: StudioData) {
    this.#data = studioData
  }
  execute(context: Context) {
    context.before = this.#data.definition()
    this.#data.set(context.change(context.before))
    return []
  }
  revert(context: Context) {
    this.#data.set(context.before!)
    return []
  }
}

/** Several commands as one. */
export class ActHandler {
  preExecute({ act }: { act: () => void }) {
    act()
  }
}

export const changeData = (commandStack: CommandStack, change: Change): void =>
  commandStack.execute('studio.data', { change })

export const inOne = (commandStack: CommandStack, act: () => void): void =>
  commandStack.execute('studio.act', { act })
