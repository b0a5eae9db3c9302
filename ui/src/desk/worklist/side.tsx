import { CloseButton } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { WorklistRow } from '../../app/api-types.ts'
import type { BulkActs } from './use-bulk.ts'

/** A panel that asks before an act on several rows. */
export type BulkSideProps = { rows: WorklistRow[]; bulk: BulkActs; onClose: () => void }

/** What is asked or told beside the list. No modal: the list stays in reach, Escape goes back to it. */
export const Side = ({
  title,
  wide = false,
  onClose,
  children,
}: {
  title: string
  wide?: boolean
  onClose: () => void
  children: ReactNode
}) => {
  const { t } = useTranslation('desk')
  const here = useRef<HTMLElement>(null)
  useEffect(() => {
    const field = here.current?.querySelector<HTMLElement>('textarea, input, [data-first]')
    ;(field ?? here.current)?.focus()
  }, [])
  return (
    <aside
      ref={here}
      tabIndex={-1}
      aria-label={title}
      className={wide ? 'side side-wide' : 'side'}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onClose()
      }}
    >
      <div className="side-head">
        <h2>{title}</h2>
        <CloseButton aria-label={t('keys.close')} onClick={onClose} />
      </div>
      {children}
    </aside>
  )
}
