import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Exchanges } from '../../shared/exchanges.tsx'
import { DecisionFrame, type FormProps } from '../decision/frame.tsx'
import { useResultWords } from './result-words.tsx'

/** Entering the child in the register draws its number and writes the certificate for signature. */
export const Register = (props: FormProps) => {
  const { t } = useTranslation('desk')
  const words = useResultWords(props.task)
  return (
    <>
      <Exchanges dossierId={props.about.id} />
      <DecisionFrame
        {...props}
        reason
        fields={(outcome, problemOf) =>
          outcome === 'registered' && (
            <>
              <Text size="sm" className="soft">
                {t('entry.help')}
              </Text>
              {words.fields(outcome, problemOf)}
            </>
          )
        }
        prepare={(outcome) => ({ data: words.data(outcome), problems: words.problems(outcome) })}
      />
    </>
  )
}
