import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { api } from '../../app/api.ts'
import type { ProcedureSource } from '../../app/api-types.ts'
import type { StudioFault } from './protocol.ts'
import { createRunner, type Runner } from './runner.ts'

const PAUSE_MS = 300
const TEMPLATE_ID = /^mot-cua\.(.+)$/

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

/** Today where the law is: the rules ask who holds a role on the day. */
const today = () => new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' }).format()

/** What the rules say of a source as typed: checked off the main thread, a moment after the last keystroke. */
export function useLint(source: ProcedureSource | null): Linted {
  const templates = useQuery({
    queryKey: ['studio-element-templates'],
    queryFn: ({ signal }) =>
      api
        .get<{ templates: { id?: unknown }[] }>('/api/studio/element-templates', signal)
        .then((all) => all.templates),
    staleTime: Number.POSITIVE_INFINITY,
  })
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
    if (!source || !templates.data) return
    const jobTypes = templates.data.flatMap(({ id }) => TEMPLATE_ID.exec(String(id))?.[1] ?? [])
    setState((shown) => ({ ...shown, checking: true }))
    const pause = setTimeout(() => runner.current?.check(source, { jobTypes, today: today() }), PAUSE_MS)
    return () => clearTimeout(pause)
  }, [source, templates.data])
  return state
}
