import { Modal } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { StudioProcedure, StudioVersion } from '../../app/api-types.ts'
import { say } from '../../app/say.ts'
import { DecisionForm } from '../publishing/decision-form.tsx'

/** Puts a version that is there already in force again, for a reason and by a decision. */
export const PutInForce = ({
  procedure,
  version,
  onClose,
}: {
  procedure: StudioProcedure
  version: StudioVersion
  onClose: () => void
}) => {
  const { t } = useTranslation('studio-procedure')
  const cache = useQueryClient()
  const current = procedure.versions.find((one) => one.current)
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t('back.title', { version: version.version })}
      closeButtonProps={{ 'aria-label': t('back.close') }}
    >
      <DecisionForm
        path={`/api/studio/procedures/${procedure.code}/roll-back`}
        body={{ versionId: version.id, replaces: current?.id ?? null }}
        today={procedure.today}
        withReason
        sure={(day) => (
          <ul className="publishing-sure">
            <li>{t(day > procedure.today ? 'back.later' : 'back.now', { version: version.version })}</li>
            {current && (
              <li>{t('back.running', { count: current.runningDossiers, version: current.version })}</li>
            )}
          </ul>
        )}
        submit={t('back.submit', { version: version.version })}
        onDone={async () => {
          say(t('back.done'))
          onClose()
          await cache.invalidateQueries({ queryKey: ['studio-procedure'] })
        }}
      />
    </Modal>
  )
}
