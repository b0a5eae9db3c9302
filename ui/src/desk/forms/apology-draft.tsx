import { Alert, Radio, Stack, Text, Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useLanguage, useText } from '../../app/i18n.ts'
import { DayInput } from '../../shared/day-input.tsx'
import { formatDay, legalDay } from '../../shared/format.ts'
import { useDraft } from '../../shared/use-draft.ts'
import { When } from '../../shared/when.tsx'
import { DecisionFrame, type FormProps } from '../decision/frame.tsx'

/** The apology: its cause, and one new date per dossier; or a word on why it will be in time after all (rules 7). */
export const ApologyDraft = (props: FormProps) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const language = useLanguage()
  const { apology, id } = props.task
  const [draft, setDraft] = useDraft(`task.${id}.apology`, {
    cause: apology?.causes[0]?.key ?? '',
    reason: '',
    day: apology ? legalDay(apology.proposedDueAt) : '',
  })
  if (!apology) return <DecisionFrame {...props} />
  const allowed = apology.newDateAllowed
  return (
    <>
      {apology.apologyBy && (
        <Text size="sm">
          {t('apology.by')}{' '}
          <strong>
            <When at={apology.apologyBy} />
          </strong>
        </Text>
      )}
      <DecisionFrame
        {...props}
        fields={(outcome, problemOf) => (
          <Stack gap="sm">
            {outcome === 'drafted' && (
              <>
                <Radio.Group
                  label={t('apology.cause')}
                  value={draft.cause}
                  onChange={(cause) => setDraft({ ...draft, cause })}
                  error={problemOf('cause')}
                >
                  <Stack gap={6} my={4}>
                    {apology.causes.map((cause) => (
                      <Radio key={cause.key} value={cause.key} label={text(cause.label)} />
                    ))}
                  </Stack>
                </Radio.Group>
                {allowed ? (
                  <DayInput
                    label={t('apology.newDate')}
                    description={t('apology.newDateHelp', {
                      day: formatDay(legalDay(apology.proposedDueAt), language),
                    })}
                    value={draft.day || null}
                    onChange={(day) => setDraft({ ...draft, day: day ?? '' })}
                    error={problemOf('newDueDay')}
                  />
                ) : (
                  <Alert color="yellow" variant="light" p="xs" title={t('apology.noNewDate')}>
                    <Text size="sm">{text(apology.newDateArticle)}</Text>
                  </Alert>
                )}
              </>
            )}
            <Textarea
              label={outcome === 'in-time' ? t('apology.inTimeReason') : t('apology.reason')}
              description={outcome === 'in-time' ? t('apology.inTimeHelp') : t('apology.reasonHelp')}
              withAsterisk
              autosize
              minRows={3}
              value={draft.reason}
              onChange={(event) => setDraft({ ...draft, reason: event.currentTarget.value })}
              error={problemOf('reason')}
            />
          </Stack>
        )}
        prepare={(outcome) => ({
          data: {
            reason: draft.reason.trim(),
            ...(outcome === 'drafted' && { cause: draft.cause }),
            ...(outcome === 'drafted' && allowed && draft.day && { newDueDay: draft.day }),
          },
          problems: {
            reason: !draft.reason.trim() && t('decide.reasonMissing'),
            newDueDay: outcome === 'drafted' && allowed && !draft.day && t('apology.newDateMissing'),
          },
        })}
      />
    </>
  )
}
