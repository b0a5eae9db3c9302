import { Alert, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useText } from '../../app/i18n.ts'
import { Tag } from '../../shared/tags.tsx'
import { DecisionFrame, type FormProps } from '../decision/frame.tsx'
import { Sign } from './sign.tsx'

/** What the result says, and every objection raised before signature: the signer must know it (rules 6). */
const ResultFacts = ({ about }: Pick<FormProps, 'about'>) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const objections = about.consultations.filter(({ outcome }) => outcome === 'objected')
  return (
    <>
      {about.result && (
        <Text size="sm">
          {t('result.proposed')}{' '}
          <Tag tone={about.result === 'granted' ? 'good' : 'late'}>{t(`shared:result.${about.result}`)}</Tag>
        </Text>
      )}
      {objections.map((one) => (
        <Alert
          key={one.id}
          color="red"
          variant="light"
          p="xs"
          title={t('result.objection', { agency: text(one.agency.name) })}
        >
          <Text size="sm">{one.answer}</Text>
        </Alert>
      ))}
    </>
  )
}

export const ResultReview = (props: FormProps) => (
  <>
    <ResultFacts about={props.about} />
    <DecisionFrame {...props} reason />
  </>
)

export const ResultSign = (props: FormProps) => (
  <>
    <ResultFacts about={props.about} />
    <Sign {...props} outcome="signed" />
  </>
)

export const ResultNumber = (props: FormProps) => {
  const { t } = useTranslation('desk')
  return (
    <>
      <Text size="sm" className="soft">
        {t('number.help')}
      </Text>
      <DecisionFrame {...props} />
    </>
  )
}
