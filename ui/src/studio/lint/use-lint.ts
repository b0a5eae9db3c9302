import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { api } from '../../app/api.ts'
import type { CheckedForm, LintContext, ProcedureSource } from '../../app/api-types.ts'
import type { StudioFault } from './protocol.ts'
import { createRunner, type Runner } from './runner.ts'

const PAUSE_MS = 300
/** The legal day turns at midnight, and somebody may get a role while a draft is open. */
const ASKED_AGAIN_MS = 5 * 60_000

export type Linted = {
  faults: StudioFault[]
  /** A check has been made: no faults means that there are none. */
  known: boolean
  /** What is shown is of an earlier text: a check runs or waits. */
  checking: boolean
  /** The last check could not be made. */
  failed: boolean
}

const start = () => new Worker(new URL('./lint.worker.ts', import.meta.url), { type: 'module' })

/** What keeps the form as typed from being compiled; null too while nobody can be asked. */
function useFormFault(source: ProcedureSource | null): string | null {
  const schema = source?.eform.schema
  const text = useMemo(() => (schema ? JSON.stringify(schema) : ''), [schema])
  const [asked] = useDebouncedValue(text, PAUSE_MS)
  const { data } = useQuery({
    queryKey: ['studio-form-fault', asked],
    queryFn: () => api.post<CheckedForm>('/api/studio/check-form', { schema: JSON.parse(asked) }),
    enabled: asked.startsWith('{'),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  })
  return data?.fault ?? null
}

/**
 * What the rules say of a source as typed: checked off the main thread, a moment after the last keystroke, against what
 * publishing is checked against (the server's legal day, the roles held on it, its job types, its compiled form).
 */
export function useLint(source: ProcedureSource | null): Linted {
  const { data: context } = useQuery({
    queryKey: ['studio-lint-context'],
    queryFn: ({ signal }) => api.get<LintContext>('/api/studio/lint-context', signal),
    refetchInterval: ASKED_AGAIN_MS,
  })
  const formFault = useFormFault(source)
  const [state, setState] = useState<Linted>({ faults: [], known: false, checking: true, failed: false })
  const runner = useRef<Runner | null>(null)
  useEffect(() => {
    const made = createRunner(
      start,
      (faults) => setState({ faults, known: true, checking: false, failed: false }),
      () => setState((shown) => ({ ...shown, checking: false, failed: true })),
    )
    runner.current = made
    return () => {
      runner.current = null
      made.close()
    }
  }, [])
  useEffect(() => {
    if (!source || !context) return
    setState((shown) => ({ ...shown, checking: true }))
    const pause = setTimeout(() => runner.current?.check(source, { ...context, formFault }), PAUSE_MS)
    return () => clearTimeout(pause)
  }, [source, context, formFault])
  return state
}
