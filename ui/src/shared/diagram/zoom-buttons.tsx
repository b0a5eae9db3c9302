import { ActionIcon, Group } from '@mantine/core'
import { IconMinus, IconPlus, IconZoomScan } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { type Canvas, fitWhole } from './fit.ts'

/** Larger, smaller, all of it; `canvas` is asked when a button is pressed, and there may be none yet. */
export const ZoomButtons = ({
  canvas,
  className = 'diagram-zoom',
}: {
  canvas: () => Canvas | undefined
  className?: string
}) => {
  const { t } = useTranslation('shared')
  const zoom = (factor: number) => {
    const shown = canvas()
    shown?.zoom(shown.zoom() * factor, 'auto')
  }
  const fit = () => {
    const shown = canvas()
    if (shown) fitWhole(shown)
  }
  return (
    <Group gap={4} className={className}>
      <ActionIcon variant="default" aria-label={t('diagram.larger')} onClick={() => zoom(1.25)}>
        <IconPlus size={16} />
      </ActionIcon>
      <ActionIcon variant="default" aria-label={t('diagram.smaller')} onClick={() => zoom(0.8)}>
        <IconMinus size={16} />
      </ActionIcon>
      <ActionIcon variant="default" aria-label={t('diagram.fit')} onClick={fit}>
        <IconZoomScan size={16} />
      </ActionIcon>
    </Group>
  )
}
