import { Radio, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useLanguage, useText } from '../../app/i18n.ts'
import { formatShortDay } from '../../shared/format.ts'
import { Tag } from '../../shared/tags.tsx'
import { useDraft } from '../../shared/use-draft.ts'
import { DecisionFrame, type FormProps } from '../decision/frame.tsx'

/** People of the unit with their load; the one with the least is suggested, never chosen for the head. */
export const Assign = (props: FormProps) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const language = useLanguage()
  const [person, setPerson] = useDraft(`task.${props.task.id}.person`, '')
  const { people } = props.task
  const there = people.filter(({ absentUntil }) => absentUntil === null)
  const least = Math.min(...there.map(({ open }) => open))
  return (
    <DecisionFrame
      {...props}
      fields={(_outcome, problemOf) => (
        <Radio.Group
          label={t('assign.person')}
          withAsterisk
          value={person}
          onChange={setPerson}
          error={problemOf('personId')}
        >
          <Stack gap={6} my={4}>
            {people.map((one) => (
              <Radio
                key={one.id}
                value={one.id}
                disabled={one.absentUntil !== null}
                label={
                  <>
                    {one.name}{' '}
                    {one.absentUntil && (
                      <Tag tone="soon">
                        {t('team.awayUntil', { day: formatShortDay(one.absentUntil, language) })}
                      </Tag>
                    )}
                    {!one.absentUntil && one.open === least && there.length > 1 && (
                      <Tag tone="accent">{t('assign.least')}</Tag>
                    )}
                    <Text size="xs" className="soft" component="span" display="block">
                      {text(one.title)} · {t('holding.load', { open: one.open, today: one.dueToday })}
                    </Text>
                  </>
                }
              />
            ))}
          </Stack>
        </Radio.Group>
      )}
      prepare={() => ({ data: { personId: person }, problems: { personId: !person && t('assign.missing') } })}
    />
  )
}
