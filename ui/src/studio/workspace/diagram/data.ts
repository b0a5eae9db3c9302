import type { ProcedureSource } from '../../../app/api-types.ts'
import type { Language } from '../../../app/language.ts'
import type { Change } from '../steps/definition-acts.ts'
import type { LooseDefinition } from '../steps/rows.ts'
import type { CommandStack, Template } from './services.ts'

export type Examples = ProcedureSource['examples']

/** The procedure's data as the modeller's modules reach them. */
export type StudioData = {
  language: Language
  templates: Template[]
  definition(): LooseDefinition
  set(definition: LooseDefinition): void
  examples(): Examples
  setExamples(examples: Examples): void
  /** Asks the person how a step is to be merged with the one before (-1) or after (1) it. */
  askMerge(id: string, by: -1 | 1): void
  /** The step before or after it that it could be merged with. */
  mergeable(id: string, by: -1 | 1): string | null
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

type OfExamples = { change: (examples: Examples) => Examples; before?: Examples }

/** A change of the draft's examples that goes with one of the drawing: their ways lead through what is drawn. */
export class ExamplesHandler {
  static $inject = ['studioData']
  #data: StudioData
  constructor(studioData: StudioData) {
    this.#data = studioData
  }
  execute(context: OfExamples) {
    context.before = this.#data.examples()
    this.#data.setExamples(context.change(context.before))
    return []
  }
  revert(context: OfExamples) {
    this.#data.setExamples(context.before!)
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

export const changeExamples = (commandStack: CommandStack, change: OfExamples['change']): void =>
  commandStack.execute('studio.examples', { change })

export const inOne = (commandStack: CommandStack, act: () => void): void =>
  commandStack.execute('studio.act', { act })
