import { Checkbox, Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useDraft } from '../../shared/use-draft.ts'
import { DecisionFrame, type FormProps } from '../decision/frame.tsx'

/** At the counter: who stands there is checked before the result changes hands. */
export const ResultReturn = (props: FormProps) => {
  const { t } = useTranslation('desk')
  const { about, task } = props
  const [draft, setDraft] = useDraft(`task.${task.id}.return`, {
    checked: false,
    receivedBy: about.person.name,
  })
  return (
    <DecisionFrame
      {...props}
      fields={(_outcome, problemOf) => (
        <>
          <Text size="sm">
            {t('return.who')} <strong>{about.person.name}</strong>
            {about.person.identityNo && (
              <>
                , <span className="figures">{about.person.identityNo}</span>
              </>
            )}
          </Text>
          <Checkbox
            label={t('return.checked')}
            checked={draft.checked}
            onChange={(event) => setDraft({ ...draft, checked: event.currentTarget.checked })}
            error={problemOf('identityChecked')}
          />
          <TextInput
            label={t('return.by')}
            description={t('return.byHelp')}
            value={draft.receivedBy}
            onChange={(event) => setDraft({ ...draft, receivedBy: event.currentTarget.value })}
            error={problemOf('receivedBy')}
          />
        </>
      )}
      prepare={() => ({
        data: { identityChecked: draft.checked, receivedBy: draft.receivedBy.trim() },
        problems: {
          identityChecked: !draft.checked && t('return.notChecked'),
          receivedBy: !draft.receivedBy.trim() && t('return.byMissing'),
        },
      })}
    />
  )
}
