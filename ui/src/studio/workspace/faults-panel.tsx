import { Button, Drawer } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconCircleX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useChecked } from '../draft/draft-context.tsx'
import type { StudioFault } from '../draft/types.ts'
import { FaultList } from '../lint/fault-list.tsx'
import { SECTION_OF, type Section } from './sections.ts'

const COUNTED = ['error', 'warning'] as const

export const countsOf = (faults: StudioFault[]) => ({
  error: faults.filter(({ severity }) => severity === 'error').length,
  warning: faults.filter(({ severity }) => severity === 'warning').length,
})

/** The count of what the rules say, which opens the list. */
export const FaultsButton = ({ onOpen }: { onOpen: () => void }) => {
  const { t } = useTranslation('studio-workspace')
  const { faults, known, failed } = useChecked()
  const counts = countsOf(faults)
  const clean = known && faults.length === 0
  return (
    <Button
      variant="default"
      size="xs"
      onClick={onOpen}
      leftSection={
        !known ? (
          <IconCircleDashed size={16} />
        ) : clean ? (
          <IconCircleCheck size={16} />
        ) : counts.error > 0 ? (
          <IconCircleX size={16} color="var(--late)" />
        ) : (
          <IconAlertTriangle size={16} color="var(--soon)" />
        )
      }
    >
      {!known
        ? t(failed ? 'faults.failed' : 'faults.checking')
        : clean
          ? t('faults.none')
          : COUNTED.filter((each) => counts[each] > 0)
              .map((each) => t(`faults.${each}`, { count: counts[each] }))
              .join(', ')}
    </Button>
  )
}

/** Each fault with its rule, its reason and its mend; a click leads to where it is. */
export const FaultsDrawer = ({
  opened,
  onClose,
  onGo,
}: {
  opened: boolean
  onClose: () => void
  onGo: (section: Section, elementId: string | null) => void
}) => {
  const { t } = useTranslation('studio-workspace')
  const { faults } = useChecked()
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={t('faults.title')}
      position="right"
      size={430}
      withOverlay={false}
      lockScroll={false}
      trapFocus={false}
      closeButtonProps={{ 'aria-label': t('close') }}
      shadow="lg"
    >
      <FaultList faults={faults} onSelect={({ part, elementId }) => onGo(SECTION_OF[part], elementId)} />
    </Drawer>
  )
}
