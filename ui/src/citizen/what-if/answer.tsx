import { Alert, Paper } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ApiProblem, api } from '../../app/api.ts'
import type { DeadlineQuestion, Explained, ProofLine } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { Failed, Loading } from '../../app/states.tsx'
import { ProofLines } from '../../shared/proof.tsx'
import { UnverifiedTag } from '../../shared/tags.tsx'
import { When } from '../../shared/when.tsx'
import { Months } from './months.tsx'

const isStep = (line: Explained['proof'][number]) => line.kind !== 'warning' && line.kind !== 'sentence'

/** The date first, then the days that make it, then every step with its source. */
const Found = ({ answer, old }: { answer: Explained; old: boolean }) => {
  const { t } = useTranslation('citizen')
  const text = useText()
  const { dueAt, warnAt, apologyBy, provisional, proof } = answer
  const sentence = proof.find(({ kind }) => kind === 'sentence')
  const warnings = proof.filter(({ kind }) => kind === 'warning')
  // The sentence ends with the warnings, which stand in boxes of their own here.
  const bare = warnings.reduce(
    (words, { reason }) => words.replace(`. ${text(reason)}`, ''),
    text(sentence?.reason ?? { vi: '' }),
  )
  return (
    <div className={old ? 'tried-answer tried-old' : 'tried-answer'} aria-busy={old}>
      <Paper p="lg" role="status">
        <p className="tried-label">{t(dueAt ? 'whatIf.due' : 'whatIf.standing')}</p>
        {dueAt && (
          <p className="tried-due">
            <When at={dueAt} /> {provisional && <UnverifiedTag />}
          </p>
        )}
        {dueAt && (
          <dl className="facts tried-facts">
            <dt>{t('whatIf.warn')}</dt>
            <dd>
              <When at={warnAt} />
            </dd>
            <dt>{t('whatIf.apology')}</dt>
            <dd>
              <When at={apologyBy} />
            </dd>
          </dl>
        )}
        {provisional && (
          <Alert color="yellow" variant="light" mt="sm" p="xs">
            {t('whatIf.provisional')}
          </Alert>
        )}
        {warnings.map(({ day, reason }) => (
          <Alert key={day} color="yellow" variant="light" mt="sm" p="xs">
            {text(reason)}
          </Alert>
        ))}
        {sentence && <p className="tried-sentence">{bare}</p>}
      </Paper>
      <Months proof={proof} />
      <details className="tried-steps">
        <summary>{t('whatIf.steps')}</summary>
        <ProofLines lines={proof.filter(isStep) as ProofLine[]} />
      </details>
    </div>
  )
}

export const Answer = ({ question }: { question: DeadlineQuestion | undefined }) => {
  const { t } = useTranslation('citizen')
  const query = useQuery({
    queryKey: ['explain', question],
    queryFn: () => api.post<Explained>('/api/deadlines/explain', question),
    enabled: question !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
  })
  if (question === undefined) return <p className="soft">{t('whatIf.incomplete')}</p>
  if (query.error instanceof ApiProblem && query.error.errors.length > 0)
    return (
      <Alert color="yellow" variant="light" role="status" title={t('whatIf.cannot')}>
        <ul className="tried-faults">
          {query.error.errors.map(({ field, message }) => (
            <li key={field}>{message}</li>
          ))}
        </ul>
      </Alert>
    )
  if (query.error) return <Failed problem={query.error} retry={() => query.refetch()} />
  if (!query.data) return <Loading lines={6} />
  return <Found answer={query.data} old={query.isPlaceholderData} />
}
