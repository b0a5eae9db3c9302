import { Button, NativeSelect, NumberInput, Stack, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldProblem } from '../../app/api.ts'
import type { FindingPage } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { Failed } from '../../app/states.tsx'
import { useAct } from './use-act.ts'

const SHORTEST = 10

/** Asks one of those who have held the dossier, within so many working days. */
export const AskForm = ({ finding }: { finding: FindingPage }) => {
  const { t } = useTranslation('audit')
  const text = useText()
  const [holder, setHolder] = useState('0')
  const [question, setQuestion] = useState('')
  const [days, setDays] = useState<number | string>(3)
  const [tried, setTried] = useState(false)
  const act = useAct(`/api/findings/${finding.id}/explanation`)
  const chosen = finding.holders[Number(holder)]
  const short = question.trim().length < SHORTEST
  const problem = (field: string) => fieldProblem(act.error, field)
  if (finding.holders.length === 0) return <p>{t('ask.nobody')}</p>
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (chosen && !short)
          act.mutate({
            unitId: chosen.unit.id,
            personId: chosen.person?.id ?? null,
            question: question.trim(),
            limitDays: Number(days),
          })
      }}
    >
      <Stack gap="sm" className="finding-form">
        <NativeSelect
          label={t('ask.whom')}
          description={t('ask.whomHelp')}
          value={holder}
          onChange={(event) => setHolder(event.currentTarget.value)}
          error={problem('unitId') ?? problem('personId')}
          data={finding.holders.map((one, n) => ({
            value: String(n),
            label: [one.person?.name, text(one.unit.name), text(one.agency.name)].filter(Boolean).join(', '),
          }))}
        />
        <NumberInput
          label={t('ask.days')}
          min={1}
          max={30}
          allowDecimal={false}
          value={days}
          onChange={setDays}
          error={problem('limitDays')}
        />
        <Textarea
          label={t('ask.question')}
          autosize
          minRows={3}
          maxLength={4000}
          value={question}
          onChange={(event) => setQuestion(event.currentTarget.value)}
          error={(tried && short && t('ask.short')) || problem('question')}
        />
        {act.error && <Failed problem={act.error} />}
        <Button type="submit" loading={act.isPending} className="finding-act">
          {t('ask.send')}
        </Button>
      </Stack>
    </form>
  )
}
