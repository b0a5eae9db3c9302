import { Alert } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../app/api.ts'
import { Failed } from '../../app/states.tsx'
import { When } from '../../shared/when.tsx'
import type { DayPreview } from '../types.ts'

/** A file of many faults shows the first so many: the others are often the same. */
const MOST_PROBLEMS = 10

/** How many open dossiers a change of days or hours would move, and some of them; what stands against it is said instead. */
export function MovedPreview<T extends DayPreview>({
  change,
  ask,
  before,
  named = false,
}: {
  /** What is to change: asked again when it is another. */
  change: unknown
  ask: () => Promise<T>
  before?: (found: T) => ReactNode
  /** Says where in the file each problem lies: no field on the page bears its name. */
  named?: boolean
}) {
  const { t } = useTranslation('admin')
  // Asked when the typing pauses, not at every key.
  const [settled] = useDebouncedValue(JSON.stringify(change), 300)
  const query = useQuery({ queryKey: ['calendar', 'preview', settled], queryFn: ask, retry: false })
  // What stands against the change itself is said at its field when it is saved.
  if (query.error instanceof ApiProblem && query.error.errors.length > 0)
    return (
      <Alert color="yellow" variant="light" p="xs" role="status">
        {query.error.errors.slice(0, named ? MOST_PROBLEMS : undefined).map(({ field, message }) => (
          <div key={field + message}>
            {named && <code className="problem-place">{field}</code>} {message}
          </div>
        ))}
        {named && query.error.errors.length > MOST_PROBLEMS && (
          <div>{t('calendar.years.more', { count: query.error.errors.length - MOST_PROBLEMS })}</div>
        )}
      </Alert>
    )
  if (query.error) return <Failed problem={query.error} />
  if (!query.data) return null
  const { dossiers, examples } = query.data
  return (
    <Alert color={dossiers > 0 ? 'yellow' : 'gray'} variant="light" p="xs" role="status">
      {before?.(query.data)}
      {t('calendar.preview', { count: dossiers })}
      {examples.length > 0 && (
        <ul className="posts">
          {examples.map(({ code, dueAt, newDueAt }) => (
            <li key={code}>
              <span className="figures">{code}</span>: <When at={dueAt} /> → <When at={newDueAt} />
            </li>
          ))}
        </ul>
      )}
    </Alert>
  )
}
