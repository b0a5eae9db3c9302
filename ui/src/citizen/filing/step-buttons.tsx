import { Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'

export const StepButtons = ({
  onBack,
  onNext,
  label,
  busy,
}: {
  onBack?: () => void
  onNext: () => void
  label?: string
  busy?: boolean
}) => {
  const { t } = useTranslation('citizen')
  return (
    <Group justify="space-between" mt="lg">
      {onBack ? (
        <Button variant="default" onClick={onBack}>
          {t('shared:back')}
        </Button>
      ) : (
        <span />
      )}
      <Button onClick={onNext} loading={busy}>
        {label ?? t('filing.next')}
      </Button>
    </Group>
  )
}
