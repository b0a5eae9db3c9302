import { Alert, Button, Group, NativeSelect, Progress, Skeleton, Stack } from '@mantine/core'
import { IconAlertTriangle, IconInfoCircle, IconPlayerPlay } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { api } from '../../app/api.ts'
import type { DraftView, TrialList } from '../../app/api-types.ts'
import { useLanguage, useText } from '../../app/i18n.ts'
import { Page } from '../../app/page.tsx'
import { Failed, Loaded } from '../../app/states.tsx'
import { formatInstant } from '../../shared/format.ts'
import { useAddress } from '../../shared/use-address.ts'
import './trial.css'
import { isBusy, trialOf, trialsOf } from './queries.ts'
import { ResultView } from './result-view.tsx'

const TokenView = lazy(() => import('./token-view.tsx'))

type Trial = TrialList['trials'][number]

const Under = ({ trial: { state, progress } }: { trial: Trial }) => {
  const { t } = useTranslation('studio-trial')
  const phase = state === 'queued' ? 'queued' : (progress.phase ?? 'starting')
  const { done = 0, total = 0 } = progress
  const words = t(`phase.${phase}`, { done, total })
  const share = phase === 'playing' && total > 0 ? 20 + (80 * done) / total : phase === 'deploying' ? 20 : 5
  return (
    <div>
      <p role="status">{words}</p>
      <Progress value={share} animated aria-label={words} />
    </div>
  )
}

const One = ({ draft, trial }: { draft: DraftView; trial: Trial }) => {
  const { t } = useTranslation('studio-trial')
  const text = useText()
  const query = useQuery(trialOf(draft.id, isBusy(trial) ? '' : trial.id, trial.state))
  if (isBusy(trial)) return <Under trial={trial} />
  return (
    <Stack gap="sm">
      {trial.revision !== draft.revision && (
        <Alert icon={<IconInfoCircle />} color="gray">
          {t('stale', { now: draft.revision })}
        </Alert>
      )}
      {trial.failure ? (
        <Alert icon={<IconAlertTriangle />} color="red" role="alert">
          {text(trial.failure)}
        </Alert>
      ) : (
        <Loaded query={query}>{(whole) => <ResultView key={whole.id} trial={whole} />}</Loaded>
      )}
    </Stack>
  )
}

const Trials = ({ draft, list }: { draft: DraftView; list: TrialList }) => {
  const { t } = useTranslation('studio-trial')
  const text = useText()
  const language = useLanguage()
  const cache = useQueryClient()
  const { query: address, put } = useAddress()
  const start = useMutation({
    mutationFn: () =>
      api.post<{ id: string }>(`/api/studio/drafts/${draft.id}/trials`, { revision: draft.revision }),
    onSuccess: async ({ id }) => {
      await cache.invalidateQueries({ queryKey: ['trial', 'list', draft.id] })
      put({ lan: id })
    },
  })
  const shown = list.trials.find(({ id }) => id === address.get('lan')) ?? list.trials[0]
  const count = draft.source.examples.length
  return (
    <Stack gap="md">
      {list.refused ? (
        <Alert icon={<IconInfoCircle />} color="gray">
          {text(list.refused)}
        </Alert>
      ) : count === 0 ? (
        <p>{t('noExamples')}</p>
      ) : (
        draft.mayEdit && (
          <Group>
            <Button
              leftSection={<IconPlayerPlay size={16} />}
              loading={start.isPending}
              disabled={list.trials.some(isBusy)}
              onClick={() => start.mutate()}
            >
              {t('start', { count })}
            </Button>
            <span className="soft">{t('revision', { revision: draft.revision })}</span>
          </Group>
        )
      )}
      {start.error && <Failed problem={start.error} />}
      {list.trials.length > 1 && (
        <NativeSelect
          label={t('older')}
          value={shown?.id}
          onChange={(event) => put({ lan: event.currentTarget.value })}
          data={list.trials.map((trial) => ({
            value: trial.id,
            label: `${formatInstant(trial.askedAt, language)} · ${t('ranAt', { name: trial.askedBy, revision: trial.revision })}`,
          }))}
          maw={520}
        />
      )}
      {shown ? <One key={shown.id} draft={draft} trial={shown} /> : <p className="soft">{t('none')}</p>}
    </Stack>
  )
}

/** A token sent through by hand, without an engine; loaded when it is opened. */
const ByHand = ({ bpmn }: { bpmn: string }) => {
  const { t } = useTranslation('studio-trial')
  const [open, setOpen] = useState(false)
  return (
    <details className="trial-hand" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('byHand')}</summary>
      {open && (
        <Suspense fallback={<Skeleton height={320} />}>
          <TokenView bpmn={bpmn} />
        </Suspense>
      )}
    </details>
  )
}

/** A draft's examples on an engine of their own: where each goes, and where it first leaves what it says. */
const TrialPage = () => {
  const { t } = useTranslation('studio-trial')
  const { id = '' } = useParams()
  const draft = useQuery({
    queryKey: ['trial', 'draft', id],
    queryFn: ({ signal }) => api.get<DraftView>(`/api/studio/drafts/${id}`, signal),
  })
  const list = useQuery(trialsOf(id))
  return (
    <Page title={t('title')} wide>
      <Loaded query={draft}>
        {(view) => (
          <>
            <p>
              <Link to={`/thiet-ke/ban-thao/${id}`}>{t('toDraft', { title: view.title })}</Link>
            </p>
            <p className="trial-intro">{t('intro')}</p>
            <Loaded query={list}>{(trials) => <Trials draft={view} list={trials} />}</Loaded>
            <ByHand bpmn={view.source.bpmn} />
          </>
        )}
      </Loaded>
    </Page>
  )
}
export default TrialPage
