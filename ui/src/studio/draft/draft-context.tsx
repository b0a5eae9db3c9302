import { useQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import { api } from '../../app/api.ts'
import type { ProcedureSource } from '../../app/api-types.ts'
import { Failed, Loading } from '../../app/states.tsx'
import {
  type Changes,
  createDraftStore,
  type DraftSnapshot,
  type DraftStore,
  differing,
} from './draft-store.ts'
import { draftPath, outsideOf, readKept, readRevision } from './remote.ts'
import type { DraftView, Saving, StudioFault } from './types.ts'

export type { DraftView, Saving, StudioFault } from './types.ts'

export type DraftEditor = {
  draft: DraftView
  /** As typed: ahead of `draft.source` while something is not saved. */
  source: ProcedureSource
  /** Replaces parts of the source. Give new objects, never change the old ones; it may be called on each keystroke. */
  change(changes: Changes): void
  saving: Saving
  faults: StudioFault[]
  readOnly: boolean
}

const StoreContext = createContext<DraftStore | null>(null)
type Checked = { faults: StudioFault[]; known: boolean; failed: boolean }

const FaultsContext = createContext<Checked>({ faults: [], known: false, failed: false })
const ReadOnlyContext = createContext(false)

export const useDraftStore = (): DraftStore => {
  const store = useContext(StoreContext)
  if (!store) throw new Error('useDraftEditor is for what stands inside <DraftProvider>')
  return store
}

export const useDraftSnapshot = (): DraftSnapshot => {
  const store = useDraftStore()
  return useSyncExternalStore(store.subscribe, store.snapshot)
}

/** The draft that is being worked on: for every section of the workspace. */
export const useDraftEditor = (): DraftEditor => {
  const store = useDraftStore()
  const { draft, source, saving } = useDraftSnapshot()
  const { faults } = useContext(FaultsContext)
  const onlyRead = useContext(ReadOnlyContext)
  return { draft, source, change: store.change, saving, faults, readOnly: onlyRead || !draft.mayEdit }
}

/** What the rules say of the draft as typed: given by the workspace, read by every section. */
export const FaultsProvider = FaultsContext.Provider
/** Whether they have said anything yet. */
export const useChecked = (): Checked => useContext(FaultsContext)

/** What stands inside is shown and cannot be changed: on a screen too small to work on. */
export const ReadOnly = ({ children }: { children: ReactNode }) => (
  <ReadOnlyContext value={true}>{children}</ReadOnlyContext>
)

const isIn = (source: ProcedureSource, changes: Changes): boolean =>
  Object.keys(differing(source, { ...source, ...changes })).length === 0

/** Opens a draft; what this browser kept of an earlier visit is there again, or shown beside what somebody else saved. */
const openStore = async (id: string, signal: AbortSignal): Promise<DraftStore> => {
  const view = await api.get<DraftView>(draftPath(id), signal)
  const kept = view.mayEdit ? readKept(id) : undefined
  if (!kept || kept.revision === view.revision) return createDraftStore(view, kept, outsideOf(id))
  const { source: base } = await readRevision(id, kept.revision)
  const store = createDraftStore(view, undefined, outsideOf(id))
  // The page was left before the answer to its last save came: what it kept is what the server has.
  if (isIn(view.source, kept.changes)) {
    store.load(view)
    return store
  }
  const { revision, updatedAt: at, updatedBy } = view
  store.overtaken(
    base,
    { ...base, ...kept.changes },
    { revision, by: updatedBy.name, at, source: view.source },
  )
  return store
}

/** Whoever leaves with something unsaved is asked by the browser; a network that is back is used at once. */
const useSavingWithPage = (store: DraftStore) =>
  useEffect(() => {
    const leaving = (event: BeforeUnloadEvent) => {
      void store.flush()
      if (!store.isSaved()) event.preventDefault()
    }
    const again = () => void store.flush()
    window.addEventListener('beforeunload', leaving)
    window.addEventListener('online', again)
    return () => {
      window.removeEventListener('beforeunload', leaving)
      window.removeEventListener('online', again)
      void store.flush().finally(() => store.close())
    }
  }, [store])

const Opened = ({ store, children }: { store: DraftStore; children: ReactNode }) => {
  useSavingWithPage(store)
  return <StoreContext value={store}>{children}</StoreContext>
}

export const DraftProvider = ({ id, children }: { id: string; children: ReactNode }) => {
  // A visit of its own: coming back reads the draft anew, and a refocused window never puts it aside.
  const [visit] = useState(() => Math.random())
  const query = useQuery({
    queryKey: ['studio-draft-visit', id, visit],
    queryFn: ({ signal }) => openStore(id, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  const store = query.data
  if (query.error) return <Failed problem={query.error} retry={() => query.refetch()} />
  if (!store) return <Loading />
  return <Opened store={store}>{children}</Opened>
}
