import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useText } from '../../app/i18n.ts'
import { When } from '../../shared/when.tsx'
import { DecisionFrame, type FormProps } from '../decision/frame.tsx'

/** The one-stop checks that nothing has been decided before the dossier is stopped (rules 11). */
export const StopCheck = (props: FormProps) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const { stop } = props.task
  const decided = stop?.decided.map(({ code, name }) => `${text(name)} (${code})`).join(', ')
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
      {stop && (
        <Text size="sm" className={stop.ends === 'whole' ? 'soft' : 'tone-late'}>
          {t(`stop.${stop.ends}`, { decided })}
        </Text>
      )}
      <DecisionFrame {...props} reason />
    </>
  )
}
