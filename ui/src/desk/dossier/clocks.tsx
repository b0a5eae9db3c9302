import { Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DossierPage } from '../../app/api-types.ts'
import { Empty } from '../../app/states.tsx'
import { ClockCard } from '../../shared/clock.tsx'

/** The dossier's own clock with its proof open, then the others. */
export const Clocks = ({ about }: { about: DossierPage }) => {
  const { t } = useTranslation('desk')
  const others = about.clocks.filter(({ id }) => id !== about.clock?.id)
  return (
    <Stack gap="sm">
      {about.clock ? <ClockCard clock={about.clock} open /> : <Empty title={t('shared:clock.none')} />}
      {others.length > 0 && <Text fw={600}>{t('dossier.otherClocks')}</Text>}
      {others.map((clock) => (
        <ClockCard key={clock.id} clock={clock} />
      ))}
    </Stack>
  )
}
