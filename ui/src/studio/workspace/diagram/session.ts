import type { Language } from '../../../app/language.ts'
import { afterPaint, drawnFirst } from '../../draft/after-paint.ts'
import type { Changes, DraftStore } from '../../draft/draft-store.ts'
import type { Graph } from '../steps/graph.ts'
import { graphOfProcess } from '../steps/graph-of.ts'
import { besideOf, type Pair } from '../steps/merge-steps.ts'
import { type LooseDefinition, orderWays } from '../steps/rows.ts'
import { createMarks } from './badges.ts'
import type { StudioData } from './data.ts'
import { createModeler } from './modeler.ts'
import type { BusinessObject, Template } from './services.ts'

/** The drawing is written out this long after the last change of it: at 500 elements it takes a tenth of a second. */
const WRITE_AFTER_MS = 400

export type SessionSnapshot = {
  state: 'reading' | 'ready' | 'failed'
  problem: string | null
  /** Rises with every change of the drawing or the data. */
  version: number
  selected: string | null
  /** Two steps that the person is asked how to merge. */
  merging: Pair | null
}

const processIn = (root: unknown): BusinessObject | undefined => {
  const all = ((root as { rootElements?: BusinessObject[] }).rootElements ?? []).filter((each) =>
    each.$instanceOf('bpmn:Process'),
  )
  return all.find((each) => (each.flowElements?.length ?? 0) > 0) ?? all[0]
}

/**
 * The modeller of one draft, from the first look at its diagram until the workspace is left: it lives on when another
 * section is shown, and the step table works through it whether the drawing is in sight or not.
 */
export const createSession = (store: DraftStore, templates: Template[], language: Language) => {
  const listeners = new Set<() => void>()
  let snapshot: SessionSnapshot = {
    state: 'reading',
    problem: null,
    version: 0,
    selected: null,
    merging: null,
  }
  let definition = store.snapshot().source.definition as LooseDefinition
  /** The data as the store had them last: what differs there was changed in another section. */
  let given = definition
  let examples = store.snapshot().source.examples
  let givenExamples = examples
  let xml = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  let drawn = false
  let seen: { version: number; graph: Graph } | undefined
  let left = false

  let telling = false
  const tell = () => {
    telling = false
    for (const listener of listeners) listener()
  }
  const set = (next: Partial<SessionSnapshot>) => {
    snapshot = { ...snapshot, ...next }
    if (next.state) tell()
    else if (!telling) {
      telling = true
      afterPaint(tell)
    }
  }
  const data: StudioData = {
    language,
    templates,
    definition: () => definition,
    set: (next) => {
      definition = next
    },
    examples: () => examples,
    setExamples: (next) => {
      examples = next
    },
    askMerge: (id, by) => {
      const from = data.mergeable(id, by)
      if (from) set({ merging: { into: id, from } })
    },
    mergeable: (id, by) => besideOf(graph(), definition, id, by),
    undo: () => drawnFirst(store, store.undo),
    redo: () => drawnFirst(store, store.redo),
  }
  const modeler = createModeler(data)
  const graph = (): Graph => {
    if (seen?.version !== snapshot.version) {
      const process = processIn(modeler.getDefinitions())
      seen = {
        version: snapshot.version,
        graph: orderWays(
          process ? graphOfProcess(process) : { nodes: new Map(), flows: new Map() },
          definition,
        ),
      }
    }
    return seen.graph
  }
  const marks = createMarks(modeler.get('canvas'), modeler.get('elementRegistry'), modeler.get('eventBus'))
  const commandStack = modeler.get('commandStack')
  const eventBus = modeler.get('eventBus')

  const write = async () => {
    clearTimeout(timer)
    timer = undefined
    if (!drawn) return
    drawn = false
    const before = xml
    const saved = await modeler.saveXML({ format: true })
    // A task of its own each: the drawing written, and what follows from it.
    await new Promise<void>((next) => setTimeout(next))
    if (!saved.xml || left || xml !== before) return
    xml = saved.xml
    store.put({ bpmn: xml })
  }

  /** A file of another modeller calls its process as it likes; ours is called after the procedure's code. */
  const adopt = () => {
    const process = processIn(modeler.getDefinitions())
    const wanted = `p${store.snapshot().draft.code.replace(/\W/g, '')}`
    const registry = modeler.get('elementRegistry')
    if (!process || process.id === wanted || registry.get(wanted)) return
    const holder = registry
      .getAll()
      .find(({ businessObject }) => businessObject === process || businessObject.processRef === process)
    if (!holder) return
    if (holder.businessObject === process) modeler.get('modeling').updateProperties(holder, { id: wanted })
    else modeler.get('modeling').updateModdleProperties(holder, process, { id: wanted, isExecutable: true })
  }

  let reading: Promise<void> = Promise.resolve()
  const read = async (text: string) => {
    xml = text
    drawn = false
    set({ state: 'reading' })
    try {
      await modeler.importXML(text)
      if (left || xml !== text) return
      marks.forget()
      set({ state: 'ready', problem: null, version: snapshot.version + 1, selected: null })
    } catch (problem) {
      if (!left)
        set({ state: 'failed', problem: problem instanceof Error ? problem.message : String(problem) })
    }
  }

  eventBus.on('commandStack.changed', ({ trigger }: { trigger?: string }) => {
    if (trigger === 'clear' || snapshot.state !== 'ready') return
    const changes: Changes = {
      ...(definition !== given && { definition: definition as never }),
      ...(examples !== givenExamples && { examples }),
    }
    given = definition
    givenExamples = examples
    drawnFirst(store, () => {
      if (Object.keys(changes).length > 0) store.put(changes)
      if (trigger === 'execute')
        store.record({ undo: () => commandStack.undo(), redo: () => commandStack.redo() })
      drawn = true
      store.touch()
    })
    clearTimeout(timer)
    timer = setTimeout(() => void write(), WRITE_AFTER_MS)
    set({ version: snapshot.version + 1 })
  })
  eventBus.on(
    'selection.changed',
    ({ newSelection }: { newSelection: { id: string; labelTarget?: { id: string } }[] }) => {
      const [first] = newSelection
      set({ selected: newSelection.length === 1 && first ? (first.labelTarget?.id ?? first.id) : null })
    },
  )
  // Ctrl+Z goes back over every part of the workspace, not over the drawing alone.
  const actions = (
    modeler.get as unknown as (name: string) => {
      unregister(name: string): void
      register(name: string, act: () => void): void
    }
  )('editorActions')
  for (const name of ['undo', 'redo'] as const) {
    actions.unregister(name)
    actions.register(name, data[name])
  }

  const stopListening = store.subscribe(() => {
    const { source } = store.snapshot()
    if (source.definition !== given) {
      given = source.definition as LooseDefinition
      definition = given
      set({ version: snapshot.version + 1 })
    }
    if (source.examples !== givenExamples) {
      givenExamples = source.examples
      examples = source.examples
    }
    // Somebody else's words, an import or an earlier revision: the drawing is read anew.
    if (source.bpmn !== xml && !drawn) reading = read(source.bpmn)
  })
  const stopFlushing = store.beforeSave(write)
  reading = read(store.snapshot().source.bpmn)

  return {
    /** One for each diagram that was read: a new one is fitted into sight. */
    id: crypto.randomUUID() as string,
    modeler,
    marks,
    data,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    snapshot: () => snapshot,
    definition: () => definition,
    /** The drawing as a graph, made once for each change. */
    graph,
    /** Puts a diagram from outside in place of this one. It can be taken back as one step; what was before it cannot. */
    async bring(text: string) {
      await store.flush()
      store.forgetSteps()
      store.change({ bpmn: text })
      await reading
      if (snapshot.state === 'ready') adopt()
    },
    select(id: string, scroll = true) {
      const element = modeler.get('elementRegistry').get(id)
      if (!element) return
      modeler.get('selection').select(element)
      if (scroll) modeler.get('canvas').scrollToElement(element, { top: 60, bottom: 60, left: 80, right: 80 })
    },
    /** The person has chosen, or will not merge after all. */
    endMerge: () => set({ merging: null }),
    element: (id: string) => modeler.get('elementRegistry').get(id),
    async close() {
      await write()
      left = true
      stopListening()
      stopFlushing()
      modeler.destroy()
    },
  }
}

export type Session = ReturnType<typeof createSession>
