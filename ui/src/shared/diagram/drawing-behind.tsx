import './diagram.css'
import { useMediaQuery } from '@mantine/hooks'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'

const NARROW = 'screen and (max-width: 48em)'

/** On a phone a drawing shows a corner of itself: the words come first, the drawing when it is asked for. */
export const DrawingBehind = ({ always = false, children }: { always?: boolean; children: ReactNode }) => {
  const { t } = useTranslation('shared')
  const narrow = useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false })
  const [open, setOpen] = useState(false)
  if (!narrow && !always) return children
  return (
    <details className="drawing-behind" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('diagram.show')}</summary>
      {open && children}
    </details>
  )
}
