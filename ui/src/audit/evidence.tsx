import { Button } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../app/i18n.ts'
import { useLegalNow, useMode } from '../app/mode.ts'
import { useSession } from '../app/session.tsx'
import { formatDay, formatInstant } from '../shared/format.ts'

export const PrintButton = () => {
  const { t } = useTranslation('audit')
  return (
    <Button
      variant="default"
      size="sm"
      leftSection={<IconPrinter size={16} />}
      onClick={() => window.print()}
    >
      {t('print.evidence')}
    </Button>
  )
}

/** On paper: what this is, who printed it when, and a place to sign. On the screen: only what it holds. */
export const Evidence = ({ children }: { children: ReactNode }) => {
  const { t } = useTranslation('audit')
  const language = useLanguage()
  const now = useLegalNow()
  const { session } = useSession()
  const mode = useMode()
  return (
    <>
      <p className="print-only evidence-head">
        {t('print.head', { at: formatInstant(now, language), by: session?.person.name ?? '' })}
        {session?.inspections.map(({ id, number, decidedOn }) => (
          <span key={id}> {t('print.decision', { number, day: formatDay(decidedOn, language) })}</span>
        ))}
        {mode?.demo && ` ${t('print.demo')}`}
      </p>
      {children}
      <div className="print-only evidence-foot">
        <span>{t('print.maker')}</span>
        <span>{t('print.witness')}</span>
      </div>
    </>
  )
}
