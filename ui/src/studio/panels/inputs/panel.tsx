import { IconAlertTriangle, IconCircleX } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useText } from '../../../app/i18n.ts'
import { type StudioFault, useDraftEditor } from '../../draft/draft-context.tsx'
import type { Path } from '../model/loose.ts'
import '../panels.css'
import { FaultCounts } from './fault-counts.tsx'
import { usePlace } from './part-context.tsx'

/** The frame of a section: what it is for, what is wrong in it, and the section itself. */
export const Panel = ({
  part,
  title,
  intro,
  children,
}: {
  part: StudioFault['part']
  title: string
  intro?: string
  children: ReactNode
}) => (
  <div className="panel">
    <h2 className="section-title">{title}</h2>
    {intro && <p className="panel-intro soft">{intro}</p>}
    <PanelFaults part={part} />
    {children}
  </div>
)

/** The faults of a part in words, each with its mend; counted while it is closed. */
const PanelFaults = ({ part }: { part: StudioFault['part'] }) => {
  const { t } = useTranslation('studio-panels')
  const text = useText()
  const faults = useDraftEditor().faults.filter((fault) => fault.part === part)
  if (faults.length === 0) return null
  const errors = faults.filter(({ severity }) => severity === 'error').length
  return (
    <details className="panel-faults">
      <summary>
        {errors > 0 && (
          <span className="tag tag-late">
            <IconCircleX size={14} aria-hidden /> {t('faults.errors', { count: errors })}
          </span>
        )}
        {faults.length > errors && (
          <span className="tag tag-soon">
            <IconAlertTriangle size={14} aria-hidden />{' '}
            {t('faults.warnings', { count: faults.length - errors })}
          </span>
        )}
      </summary>
      <ul>
        {faults.map((fault) => (
          <li key={`${fault.rule} ${fault.elementId} ${fault.field} ${fault.message.vi}`}>
            <strong>{text(fault.message)}</strong> <span className="soft">{text(fault.mend)}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}

/** A block of a section with a heading. */
export const Block = ({ title, note, children }: { title: string; note?: string; children: ReactNode }) => (
  <section className="panel-block" aria-label={title}>
    <h3 className="panel-block-title">{title}</h3>
    {note && <p className="panel-note soft">{note}</p>}
    {children}
  </section>
)

/** A block that says in a line what stands in it, and opens to be changed; what is wrong in it is counted while it is closed. */
export const Fold = ({
  title,
  aside,
  note,
  path,
  start,
  children,
}: {
  title: string
  aside: string
  note?: string
  path: Path
  /** Open from the beginning. */
  start: boolean
  children: ReactNode
}) => {
  const { errors, warnings } = usePlace(path)
  const [open, setOpen] = useState(start || errors > 0)
  return (
    <details
      className="panel-block panel-opens panel-fold"
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>
        <h3 className="panel-block-title">{title}</h3>
        <span className="panel-aside soft">{aside}</span>
        <FaultCounts errors={errors} warnings={warnings} />
      </summary>
      {open && (
        <section className="panel-opens-body" aria-label={title}>
          {note && <p className="panel-note soft">{note}</p>}
          {children}
        </section>
      )}
    </details>
  )
}
