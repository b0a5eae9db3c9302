import { useQuery } from '@tanstack/react-query'
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react'
import { api } from '../../app/api.ts'
import { useLanguage } from '../../app/i18n.ts'
import { useDraftStore } from '../draft/draft-context.tsx'
import type { Template } from './diagram/services.ts'
import type { Session, SessionSnapshot } from './diagram/session.ts'
import { type Acts, actsOf } from './steps/acts.ts'

export type Opened = { session: Session; acts: Acts }
type State = {
  opened: Opened | null
  problem: unknown
  retry(): void
  /** Makes the modeller for a section that draws without showing the drawing. */
  ask(): void
}
const SessionContext = createContext<State>({
  opened: null,
  problem: null,
  retry: () => undefined,
  ask: () => undefined,
})

/** The modeller of the draft: made when its diagram is first wanted, and kept while the workspace is open. */
export const SessionProvider = ({ wanted, children }: { wanted: boolean; children: ReactNode }) => {
  const store = useDraftStore()
  const language = useLanguage()
  const [asked, setAsked] = useState(wanted)
  const [opened, setOpened] = useState<Opened | null>(null)
  const [problem, setProblem] = useState<unknown>(null)
  if (wanted && !asked) setAsked(true)
  const templates = useQuery({
    queryKey: ['studio-element-templates'],
    queryFn: ({ signal }) =>
      api
        .get<{ templates: Template[] }>('/api/studio/element-templates', signal)
        .then((all) => all.templates),
    enabled: asked,
    staleTime: Number.POSITIVE_INFINITY,
  })
  useEffect(() => {
    if (!templates.data) return
    let session: Session | undefined
    let left = false
    import('./diagram/session.ts')
      .then(({ createSession }) => {
        if (left) return
        session = createSession(store, templates.data, language)
        setOpened({ session, acts: actsOf(session) })
      })
      .catch((caught: unknown) => {
        if (!left) setProblem(caught)
      })
    return () => {
      left = true
      setOpened(null)
      void session?.close()
    }
  }, [store, templates.data, language])
  const { refetch, error } = templates
  const state = useMemo(
    () => ({
      opened,
      problem: problem ?? error,
      retry: () => void refetch(),
      ask: () => setAsked(true),
    }),
    [opened, problem, error, refetch],
  )
  return <SessionContext value={state}>{children}</SessionContext>
}

export const useSession = (): State => useContext(SessionContext)

export const useSessionSnapshot = (session: Session): SessionSnapshot =>
  useSyncExternalStore(session.subscribe, session.snapshot)
