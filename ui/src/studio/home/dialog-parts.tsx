import { Button, Group, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** What the draft is to be called. */
export const TitleInput = ({ value, onChange }: { value: string; onChange: (title: string) => void }) => {
  const { t } = useTranslation('studio-home')
  return (
    <TextInput
      label={t('new.title')}
      placeholder={t('new.titleHelp')}
      value={value}
      maxLength={200}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

/** Leaves the dialog, or makes the draft. */
export const Ends = ({
  make,
  busy,
  ready,
  onClose,
}: {
  make: string
  busy: boolean
  ready: boolean
  onClose: () => void
}) => {
  const { t } = useTranslation('studio-home')
  return (
    <Group justify="flex-end">
      <Button variant="default" onClick={onClose}>
        {t('cancel')}
      </Button>
      <Button type="submit" loading={busy} disabled={!ready}>
        {make}
      </Button>
    </Group>
  )
}
