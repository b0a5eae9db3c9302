import { Button, Group, NumberInput, Radio, Stack, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FindingPage } from '../../app/api-types.ts'
import { Failed } from '../../app/states.tsx'
import { useAct } from './use-act.ts'

const SHORTEST = 10

/** The auditor concludes, or asks again what the answer leaves open. */
export const ConcludeForm = ({ explanation }: { explanation: NonNullable<FindingPage['explanation']> }) => {
  const { t } = useTranslation('audit')
  const [verdict, setVerdict] = useState('')
  const [words, setWords] = useState('')
  const [days, setDays] = useState<number | string>(2)
  const [tried, setTried] = useState(false)
  const conclude = useAct(`/api/explanations/${explanation.id}/conclusion`)
  const again = useAct(`/api/explanations/${explanation.id}/again`)
  const short = words.trim().length < SHORTEST
  const { version } = explanation
  const asksAgain = verdict === 'again'
  const problem = conclude.error ?? again.error
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (!verdict || short) return
        if (asksAgain) again.mutate({ version, question: words.trim(), limitDays: Number(days) })
        else conclude.mutate({ version, upheld: verdict === 'upheld', conclusion: words.trim() })
      }}
    >
      <Stack gap="sm" className="finding-form">
        <Radio.Group
          label={t('conclude.verdict')}
          value={verdict}
          onChange={setVerdict}
          error={tried && !verdict && t('conclude.missing')}
        >
          <Stack gap={6} mt={4}>
            <Radio value="upheld" label={t('conclude.upheld')} />
            <Radio value="dismissed" label={t('conclude.dismissed')} />
            {explanation.answers.length > 0 && <Radio value="again" label={t('conclude.again')} />}
          </Stack>
        </Radio.Group>
        <Textarea
          label={t(asksAgain ? 'ask.question' : 'conclude.words')}
          autosize
          minRows={3}
          maxLength={4000}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          error={tried && short && t('ask.short')}
        />
        {asksAgain && (
          <NumberInput
            label={t('ask.days')}
            min={1}
            max={30}
            allowDecimal={false}
            value={days}
            onChange={setDays}
          />
        )}
        {problem && <Failed problem={problem} />}
        <Group>
          <Button type="submit" loading={conclude.isPending || again.isPending}>
            {t(asksAgain ? 'ask.send' : 'conclude.send')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
