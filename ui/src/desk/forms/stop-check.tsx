import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { When } from '../../shared/when.tsx'
import { DecisionFrame, type FormProps } from '../decision/frame.tsx'

/** The one-stop checks that nothing has been decided before the dossier is stopped (rules 11). */
export const StopCheck = (props: FormProps) => {
  const { t } = useTranslation('desk')
  const { stop } = props.task
  const decided = props.about.letters.some(({ kind, signedAt }) => kind === 'result' && signedAt !== null)
  return (
    <>
      {stop && (
        <blockquote className="note">
          <span className="soft">
            {stop.requestedBy}, <When at={stop.requestedAt} />:{' '}
          </span>
          {stop.reason}
        </blockquote>
      )}
      <Text size="sm" className={decided ? 'tone-late' : 'soft'}>
        {decided ? t('stop.decided') : t('stop.undecided')}
      </Text>
      <DecisionFrame {...props} reason />
    </>
  )
}
