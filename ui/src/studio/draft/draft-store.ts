import type { ProcedureSource, SourcePart } from '../../app/api-types.ts'
import { createHistory, type Step } from './history.ts'
import type { DraftView, Saving, Theirs } from './types.ts'

export type Changes = Partial<ProcedureSource>
export type Conflict = { base: ProcedureSource; mine: ProcedureSource; theirs: Theirs }
/** What a browser keeps of a draft that is not saved: the revision it was typed on, and the parts that differ. */
export type Kept = { revision: number; changes: Changes }

/** What happens to a save: taken, overtaken by somebody else, out of reach, or refused. */
export type SaveAnswer =
  | { kind: 'saved'; revision: number; updatedAt: string }
  | { kind: 'stale'; theirs: Theirs }
  | { kind: 'away' }
  | { kind: 'refused'; problem: unknown }

export type Outside = {
  save(revision: number, changes: Changes): Promise<SaveAnswer>
  keep(kept: Kept): void
  forget(): void
  /** Milliseconds, for telling one burst of keystrokes from the next. */
  now(): number
  later(act: () => void, ms: number): () => void
}

export type DraftSnapshot = {
  draft: DraftView
  source: ProcedureSource
  saving: Saving
  problem: unknown
  conflict: Conflict | null
  canUndo: boolean
  canRedo: boolean
  /** Rises when the source was put in place as a whole: editors that hold a copy of it take it anew. */
  loaded: number
}

const SAVE_AFTER_MS = 800
const AGAIN_AFTER_MS = [2_000, 5_000, 15_000, 30_000]
const PARTS: SourcePart[] = ['definition', 'eform', 'bpmn', 'dmn', 'results', 'examples']

/** The parts in which a source differs from another. Parts are replaced, never changed in place: identity comes first. */
export const differing = (from: ProcedureSource, to: ProcedureSource): Changes => {
  const changed = PARTS.filter(
    (part) =>
      from[part] !== to[part] &&
      (typeof from[part] === 'string' || JSON.stringify(from[part]) !== JSON.stringify(to[part])),
  )
  return Object.fromEntries(changed.map((part) => [part, to[part]]))
}

const isEmpty = (changes: Changes) => Object.keys(changes).length === 0

/**
 * A draft while somebody works on it: what the server has, what is typed, the way between them. Every change is kept in
 * this browser first, and sent a moment after the last keystroke; whatever happens to the sending, nothing typed is lost.
 */
export const createDraftStore = (view: DraftView, kept: Kept | undefined, outside: Outside) => {
  const history = createHistory()
  const listeners = new Set<() => void>()
  const flushers = new Set<() => Promise<void> | void>()
  let saved = view.source
  let running: Promise<void> | undefined
  let waiting: (() => void) | undefined
  let failures = 0
  let touched = false
  let snapshot: DraftSnapshot = {
    draft: view,
    source: kept ? { ...view.source, ...kept.changes } : view.source,
    saving: 'saved',
    problem: null,
    conflict: null,
    canUndo: false,
    canRedo: false,
    loaded: 0,
  }

  let quiet = false
  let untold = false
  const tell = () => {
    untold = false
    for (const listener of listeners) listener()
  }
  const set = (next: Partial<DraftSnapshot>) => {
    snapshot = { ...snapshot, ...next, canUndo: history.canUndo(), canRedo: history.canRedo() }
    if (quiet) untold = true
    else tell()
  }

  const schedule = (ms: number) => {
    waiting?.()
    waiting = outside.later(() => {
      waiting = undefined
      void save()
    }, ms)
  }

  const send = async () => {
    const sent = snapshot.source
    const changes = differing(saved, sent)
    if (isEmpty(changes)) {
      outside.forget()
      return set({ saving: 'saved', problem: null })
    }
    set({ saving: 'saving' })
    const answer = await outside.save(snapshot.draft.revision, changes)
    if (answer.kind === 'saved') {
      saved = sent
      failures = 0
      const draft = {
        ...snapshot.draft,
        revision: answer.revision,
        updatedAt: answer.updatedAt,
        source: sent,
      }
      const more = snapshot.source !== sent
      if (more) {
        outside.keep({ revision: answer.revision, changes: differing(sent, snapshot.source) })
        schedule(SAVE_AFTER_MS)
      } else outside.forget()
      return set({ draft, saving: more ? 'saving' : 'saved', problem: null })
    }
    if (answer.kind === 'stale')
      return set({
        saving: 'conflict',
        conflict: { base: saved, mine: snapshot.source, theirs: answer.theirs },
      })
    if (answer.kind === 'refused') return set({ saving: 'refused', problem: answer.problem })
    schedule(AGAIN_AFTER_MS[Math.min(failures++, AGAIN_AFTER_MS.length - 1)]!)
    set({ saving: 'offline' })
  }

  /** Sends what is typed; one save at a time, and none while two versions wait for a choice. */
  const save = (): Promise<void> => {
    if (snapshot.conflict) return Promise.resolve()
    running ??= send().finally(() => {
      running = undefined
    })
    return running
  }

  const put = (changes: Changes) => {
    touched = false
    const source = { ...snapshot.source, ...changes }
    outside.keep({ revision: snapshot.draft.revision, changes: differing(saved, source) })
    if (snapshot.conflict) return set({ source, conflict: { ...snapshot.conflict, mine: source } })
    set({ source, saving: snapshot.saving === 'offline' ? 'offline' : 'saving' })
    if (!running) schedule(SAVE_AFTER_MS)
  }

  const store = {
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    snapshot: () => snapshot,
    /** Replaces parts of the source; can be undone. */
    change(changes: Changes) {
      if (!snapshot.draft.mayEdit) return
      const parts = Object.keys(changes) as SourcePart[]
      const before = Object.fromEntries(parts.map((part) => [part, snapshot.source[part]])) as Changes
      store.record({
        undo: () => put(before),
        redo: () => put(changes),
        mark: parts.join(),
        at: outside.now(),
      })
      put(changes)
    },
    /** Replaces parts without a step of its own: what an editor with steps of its own has recorded. */
    put(changes: Changes) {
      if (snapshot.draft.mayEdit) put(changes)
    },
    record(step: Step) {
      history.record(step)
      set({})
    },
    undo() {
      history.undo()
      set({})
    },
    redo() {
      history.redo()
      set({})
    },
    /** Does something of which the listeners hear when what this returns is called, or with the next change. */
    quietly(act: () => void): () => void {
      const before = quiet
      quiet = true
      try {
        act()
      } finally {
        quiet = before
      }
      return () => {
        if (untold) tell()
      }
    },
    /** Says that something was typed which its editor hands over a moment later. */
    touch() {
      if (!snapshot.draft.mayEdit || touched) return
      touched = true
      if (snapshot.saving === 'saved') set({ saving: 'saving' })
    },
    /** What is put in place now cannot be taken back step by step: a whole diagram, say. */
    forgetSteps() {
      history.clear()
      set({})
    },
    /** An editor that writes its part a moment later is asked for it before anything is sent or left. */
    beforeSave(flush: () => Promise<void> | void) {
      flushers.add(flush)
      return () => void flushers.delete(flush)
    },
    /** Saves now; resolves when the server has it, or it is known that it cannot. */
    async flush() {
      for (const flush of flushers) await flush()
      waiting?.()
      waiting = undefined
      await running
      await save()
    },
    isSaved: () => !touched && isEmpty(differing(saved, snapshot.source)),
    /** Ends a conflict with what was chosen, on top of the other's revision. */
    resolve(chosen: ProcedureSource) {
      if (!snapshot.conflict) return
      const { theirs } = snapshot.conflict
      saved = theirs.source
      history.clear()
      const draft = { ...snapshot.draft, revision: theirs.revision, source: theirs.source }
      set({ draft, conflict: null, problem: null, source: chosen, loaded: snapshot.loaded + 1 })
      put({})
    },
    /** Puts a whole draft in place: restored, imported, or read anew. */
    load(next: DraftView) {
      waiting?.()
      waiting = undefined
      saved = next.source
      history.clear()
      outside.forget()
      set({
        draft: next,
        source: next.source,
        saving: 'saved',
        conflict: null,
        problem: null,
        loaded: snapshot.loaded + 1,
      })
    },
    /** The draft is called otherwise; nothing of its content changes. */
    retitle(title: string) {
      set({ draft: { ...snapshot.draft, title } })
    },
    /** Somebody else saved since these changes were kept: both versions are shown before anything is sent. */
    overtaken(base: ProcedureSource, mine: ProcedureSource, theirs: Theirs) {
      set({ saving: 'conflict', source: mine, conflict: { base, mine, theirs } })
    },
    close() {
      waiting?.()
      waiting = undefined
    },
  }
  if (kept && !store.isSaved()) {
    set({ saving: 'saving' })
    schedule(SAVE_AFTER_MS)
  }
  return store
}

export type DraftStore = ReturnType<typeof createDraftStore>
