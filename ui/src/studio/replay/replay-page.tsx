import '../heatmap/heatmap.css'
import './replay.css'
import { Alert } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { ApiProblem } from '../../app/api.ts'
import type { ReplayPage as Replays } from '../../app/api-types.ts'
import { Page } from '../../app/page.tsx'
import { Loaded } from '../../app/states.tsx'
import { useAddress } from '../../shared/use-address.ts'
import { When } from '../../shared/when.tsx'
import { replaysOf } from './queries.ts'
import { ReplayForm } from './replay-form.tsx'
import { ReplayRun } from './replay-run.tsx'

/** A draft that makes no procedure yet: what is to be mended, with the file and the place of each. */
const Broken = ({ problem, draftId }: { problem: ApiProblem; draftId: string }) => {
  const { t } = useTranslation('studio-replay')
  return (
    <Alert color="red" icon={<IconAlertTriangle />} role="alert" title={problem.title}>
      <p>{problem.message}</p>
      <ul>
        {problem.errors.map(({ field, message }) => (
          <li key={`${field} ${message}`}>
            <strong>{field}</strong>: {message}
          </li>
        ))}
      </ul>
      <Link to={`/thiet-ke/ban-thao/${draftId}`}>{t('toMend')}</Link>
    </Alert>
  )
}

const Runs = ({ runs, shown }: { runs: Replays['runs']; shown: string }) => {
  const { t } = useTranslation('studio-replay')
  if (runs.length < 2) return null
  return (
    <section aria-labelledby="replay-runs" className="heat-section">
      <h2 id="replay-runs" className="section-title">
        {t('runs')}
      </h2>
      <ul>
        {runs.map((run) => (
          <li key={run.id} aria-current={run.id === shown ? 'true' : undefined}>
            <Link to={`?lan=${run.id}`}>
              <When at={run.startedAt} />
            </Link>{' '}
            · {run.by.name} · {t('revisionOnly', { revision: run.revision })} · {t(`state.${run.state}`)}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Last year's dossiers through the draft: what it would have made of them, beside the version in force and what really happened. */
const ReplayPage = () => {
  const { t } = useTranslation('studio-replay')
  const { id = '' } = useParams()
  const { query: address, put } = useAddress()
  const query = useQuery(replaysOf(id))
  const runs = query.data?.runs ?? []
  // One that was cancelled or broken off has nothing to show.
  const latest = runs.find(({ state }) => state === 'running' || state === 'done')
  const shown = address.get('lan') ?? latest?.id ?? ''
  const setup = query.data?.setup
  const broken = query.error instanceof ApiProblem && query.error.errors.length > 0 ? query.error : null
  return (
    <Page title={setup ? t('titleOf', { code: setup.code }) : t('title')} wide>
      <p>
        <Link to={`/thiet-ke/ban-thao/${id}`}>{t('toDraft')}</Link>
      </p>
      <p className="replay-intro">{t('intro')}</p>
      {broken ? (
        <Broken problem={broken} draftId={id} />
      ) : (
        <Loaded query={query}>
          {(page) => (
            <>
              {shown && (
                <section aria-labelledby="replay-result" className="heat-section">
                  <h2 id="replay-result" className="section-title">
                    {t('result')}
                  </h2>
                  <ReplayRun key={shown} id={shown} draftId={id} />
                </section>
              )}
              <section aria-labelledby="replay-form" className="heat-section">
                <h2 id="replay-form" className="section-title">
                  {t(shown ? 'again' : 'first')}
                </h2>
                <ReplayForm
                  key={page.setup.revision}
                  draftId={id}
                  setup={page.setup}
                  onStarted={(run) => put({ lan: run })}
                />
              </section>
              <Runs runs={page.runs} shown={shown} />
            </>
          )}
        </Loaded>
      )}
    </Page>
  )
}
export default ReplayPage
