import { Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useText } from '../../app/i18n.ts'
import { When } from '../../shared/when.tsx'
import { DecisionFrame, type FormProps } from '../decision/frame.tsx'

/** Whom the letter asks what, before it is approved or signed. */
export const ConsultationApprove = (props: FormProps) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const { task } = props
  return (
    <>
      <Stack gap="xs">
        {task.consultBodies.map((body) => (
          <div key={body.agency.code} className="consult-body">
            <Text size="sm" fw={500}>
              {text(body.agency.name)}
            </Text>
            <Text size="sm">{body.question}</Text>
            <Text size="xs" className="soft" component="div">
              {t('consult.silenceAt')} <When at={body.silenceAt} />
            </Text>
          </div>
        ))}
      </Stack>
      <DecisionFrame {...props} reason />
    </>
  )
}

export const ProposalNumber = (props: FormProps) => {
  const { t } = useTranslation('desk')
  return (
    <>
      <Text size="sm" className="soft">
        {t('proposal.help')}
      </Text>
      <DecisionFrame {...props} />
    </>
  )
}
