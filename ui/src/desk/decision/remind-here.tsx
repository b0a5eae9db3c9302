import { Button, CloseButton, Group } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DossierPage } from '../../app/api-types.ts'
import { useKeys } from '../use-keys.ts'
import { RemindForm } from '../worklist/side-remind.tsx'

/** "Nhắc tôi" while one reads the dossier: by its button or by `r`. */
export const RemindHere = ({ about, taskId }: { about: DossierPage; taskId: string | null }) => {
  const { t } = useTranslation('desk')
  const [open, setOpen] = useState(false)
  const form = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  useKeys(
    useMemo(
      () => ({
        r: (event: KeyboardEvent) => {
          event.preventDefault()
          setOpen(true)
        },
      }),
      [],
    ),
  )
  useEffect(() => {
    if (open) form.current?.querySelector<HTMLElement>('textarea')?.focus()
  }, [open])
  const close = () => {
    setOpen(false)
    requestAnimationFrame(() => button.current?.focus())
  }
  if (!open)
    return (
      <Button
        ref={button}
        size="compact-sm"
        variant="subtle"
        className="remind-here"
        leftSection={<IconBell size={15} aria-hidden="true" />}
        onClick={() => setOpen(true)}
      >
        {t('remind.title')}
      </Button>
    )
  return (
    <section
      ref={form}
      className="remind-here"
      aria-label={t('remind.title')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close()
        // Its Ctrl+Enter saves the reminder and decides nothing.
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.stopPropagation()
      }}
    >
      <Group justify="space-between" wrap="nowrap">
        <h2 className="section-title">{t('remind.title')}</h2>
        <CloseButton size="sm" aria-label={t('keys.close')} onClick={close} />
      </Group>
      <RemindForm dossierId={about.id} taskId={taskId} code={about.code} onDone={close} />
    </section>
  )
}
