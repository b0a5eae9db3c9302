import { Button, Group, Stack } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Failed } from '../../app/states.tsx'

/** A small form in the page, with its own save and cancel. */
export const FormFrame = ({
  title,
  submit,
  busy,
  problem,
  cancel,
  children,
}: {
  title: string
  submit: () => void
  busy: boolean
  problem: unknown
  cancel: () => void
  children: ReactNode
}) => {
  const { t } = useTranslation('admin')
  const send = (event: FormEvent) => {
    event.preventDefault()
    submit()
  }
  return (
    <form noValidate onSubmit={send} aria-label={title} className="person-form">
      <Stack gap="sm">
        <h3 className="section-title">{title}</h3>
        {children}
        {problem ? <Failed problem={problem} /> : null}
        <Group gap="xs">
          <Button type="submit" size="sm" loading={busy}>
            {t('person.save')}
          </Button>
          <Button type="button" size="sm" variant="default" onClick={cancel}>
            {t('person.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
