import { Button, Group, Text, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, fieldProblem } from '../../app/api.ts'
import type { Watched } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { Failed } from '../../app/states.tsx'
import { DayInput } from '../../shared/day-input.tsx'

/** The form of an urging slip about the dossiers chosen: one slip for each unit that has them. */
export const Urge = ({ chosen, onSent }: { chosen: Watched[]; onSent: (count: number) => void }) => {
  const { t } = useTranslation('desk')
  const say = useText()
  const cache = useQueryClient()
  const [text, setText] = useState(t('urging.proposal'))
  const [answerBy, setAnswerBy] = useState<string | null>(null)
  const [tried, setTried] = useState(false)
  const units = [...new Map(chosen.map((row) => [row.unit.id, row.unit])).values()]
  const send = useMutation({
    mutationFn: async () => {
      for (const unit of units)
        await api.post(
          '/api/urgings',
          {
            unitId: unit.id,
            dossierIds: chosen.filter((row) => row.unit.id === unit.id).map(({ id }) => id),
            text: text.trim(),
            ...(answerBy ? { answerBy } : {}),
          },
          crypto.randomUUID(),
        )
      return units.length
    },
    onSuccess: onSent,
    onSettled: () =>
      Promise.all(['dossiers', 'dossier'].map((key) => cache.invalidateQueries({ queryKey: [key] }))),
  })
  const problem = fieldProblem(send.error, 'dossierIds')
  return (
    <section className="urge" aria-label={t('urging.write')}>
      <h3 className="section-title">{t('urging.write')}</h3>
      <Text size="sm" mb="xs">
        {t('urging.about', { count: chosen.length })} {units.map(({ name }) => say(name)).join('; ')}
        {units.length > 1 && ` (${t('urging.each', { count: units.length })})`}
      </Text>
      <Textarea
        label={t('urging.text')}
        description={t('urging.textHelp')}
        withAsterisk
        autosize
        minRows={3}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={(tried && !text.trim() && t('urging.textMissing')) || fieldProblem(send.error, 'text')}
      />
      <DayInput
        label={t('urging.day')}
        description={t('urging.dayHelp')}
        className="urge-day"
        clearable
        value={answerBy}
        onChange={setAnswerBy}
        error={fieldProblem(send.error, 'answerBy')}
        mt="xs"
      />
      {problem ? (
        <Text size="sm" role="alert" className="tone-late" mt="xs">
          {problem}
        </Text>
      ) : (
        send.error && !fieldProblem(send.error, 'answerBy') && <Failed problem={send.error} />
      )}
      <Group mt="sm">
        <Button
          size="sm"
          loading={send.isPending}
          onClick={() => {
            setTried(true)
            if (text.trim()) send.mutate()
          }}
        >
          {t('urging.send')}
        </Button>
      </Group>
    </section>
  )
}
