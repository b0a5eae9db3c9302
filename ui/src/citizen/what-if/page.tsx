import { useDebouncedValue } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { useLegalNow, useMode } from '../../app/mode.ts'
import { Page } from '../../app/page.tsx'
import { Loading } from '../../app/states.tsx'
import { Answer } from './answer.tsx'
import { Form } from './form.tsx'
import { addressOf, questionOf, type Tried, triedIn } from './question.ts'
import './what-if.css'

const Trying = () => {
  const [params, setParams] = useSearchParams()
  const tried = triedIn(params, useLegalNow())
  const change = (part: Partial<Tried>) => setParams(addressOf({ ...tried, ...part }), { replace: true })
  // Asked when the typing pauses, not at every key.
  const [question] = useDebouncedValue(JSON.stringify(questionOf(tried) ?? null), 300)
  return (
    <div className="tried">
      <Form tried={tried} change={change} />
      <Answer question={JSON.parse(question) ?? undefined} />
    </div>
  )
}

/** "What if": anyone may try when a limit would end, and see why. Nothing is filed or kept. */
export default function WhatIfPage() {
  const { t } = useTranslation('citizen')
  const mode = useMode()
  return (
    <Page title={t('whatIf.title')} wide>
      <p className="tried-lead">{t('whatIf.lead')}</p>
      {mode ? <Trying /> : <Loading lines={8} />}
    </Page>
  )
}
