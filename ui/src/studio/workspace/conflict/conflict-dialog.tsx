import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../../app/i18n.ts'
import { formatInstant } from '../../../shared/format.ts'
import { useDraftSnapshot, useDraftStore } from '../../draft/draft-context.tsx'
import type { Conflict } from '../../draft/draft-store.ts'
import { Choosing } from './choosing.tsx'

const OfTwoPeople = ({ conflict: { base, mine, theirs } }: { conflict: Conflict }) => {
  const { t } = useTranslation('studio-workspace')
  const language = useLanguage()
  const store = useDraftStore()
  const pair = (mine: string, theirs: string) => ({ mine: t(mine), theirs: t(theirs) })
  return (
    <Choosing
      base={base}
      mine={mine}
      theirs={theirs.source}
      words={{
        ...pair('conflict.mine', 'conflict.theirs'),
        intro: t('conflict.what', {
          who: theirs.by,
          at: formatInstant(theirs.at, language),
          revision: theirs.revision,
        }),
        drawing: pair('conflict.drawing.mine', 'conflict.drawing.theirs'),
        by: { me: t('conflict.by.me'), them: t('conflict.by.them'), both: t('conflict.by.both') },
        all: pair('conflict.allMine', 'conflict.allTheirs'),
        go: t('conflict.go'),
      }}
      onGo={(merged) => store.resolve(merged)}
    />
  )
}

/** Two versions of a draft side by side, and a choice for each thing in which they differ. Nothing is sent before. */
export const ConflictDialog = ({ opened, onClose }: { opened: boolean; onClose: () => void }) => {
  const { t } = useTranslation('studio-workspace')
  const { conflict } = useDraftSnapshot()
  return (
    <Modal
      opened={opened && conflict !== null}
      onClose={onClose}
      title={t('conflict.title')}
      size="90%"
      closeButtonProps={{ 'aria-label': t('conflict.later') }}
    >
      {conflict && <OfTwoPeople conflict={conflict} />}
    </Modal>
  )
}
