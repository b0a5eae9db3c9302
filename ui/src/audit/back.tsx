import { IconChevronLeft } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'

/** One step up; `state` goes along, so that the list is found again as it was left. */
export const Back = ({ to, state, children }: { to: string; state?: unknown; children: ReactNode }) => (
  <Link to={to} state={state} className="audit-back no-print">
    <IconChevronLeft size={16} aria-hidden="true" /> {children}
  </Link>
)
