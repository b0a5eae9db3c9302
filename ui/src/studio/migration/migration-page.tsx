import { Button, NativeSelect, Stack } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { MigrationPlan, MigrationRun, MigrationVersions } from '../../app/api-types.ts'
import { Page } from '../../app/page.tsx'
import { useAbility } from '../../app/session.tsx'
import { Empty, Loaded } from '../../app/states.tsx'
import { useAddress } from '../../shared/use-address.ts'
import { When } from '../../shared/when.tsx'
import './migration.css'
import { ActBar } from './act-bar.tsx'
import { type Choice as Chosen, type Mapping, NONE, startWith } from './choice.ts'
import { DossierTable } from './dossier-table.tsx'
import { MappingTable } from './mapping-table.tsx'
import { type Asked, planOf, runsOf, versionsOf } from './queries.ts'
import { RunView } from './run-view.tsx'

const Part = ({ title, children }: { title: string; children: ReactNode }) => {
  const id = useId()
  return (
    <section aria-labelledby={id} className="migration-section">
      <h2 id={id} className="section-title">
        {title}
      </h2>
      {children}
    </section>
  )
}

type Version = MigrationVersions['versions'][number]

const Choice = ({ versions, from, to }: { versions: Version[]; from: string; to: string }) => {
  const { t } = useTranslation('studio-migration')
  const { put } = useAddress()
  const option = (one: Version) => ({
    value: one.id,
    label: [
      t('versions.option', { version: one.version, count: one.open }),
      one.current && t('versions.current'),
      !one.wasInForce && t('versions.neverInForce'),
    ]
      .filter(Boolean)
      .join(' · '),
  })
  const none = { value: '', label: t('versions.choose') }
  return (
    <div className="migration-choice">
      <NativeSelect
        label={t('versions.from')}
        value={from}
        onChange={(event) => put({ tu: event.currentTarget.value })}
        data={[none, ...versions.map(option)]}
      />
      <NativeSelect
        label={t('versions.to')}
        value={to}
        onChange={(event) => put({ sang: event.currentTarget.value })}
        data={[none, ...versions.filter((one) => one.id !== from && one.wasInForce).map(option)]}
      />
    </div>
  )
}

const sum = (totals: MigrationPlan['totals']) => Object.values(totals).reduce((all, count) => all + count, 0)

const Plan = ({ from, to, start }: { from: string; to: string; start: Mapping }) => {
  const { t } = useTranslation('studio-migration')
  const { put } = useAddress()
  const cache = useQueryClient()
  const [mapping, setMapping] = useState<Mapping>(start)
  const [choice, setChoice] = useState<Chosen>(NONE)
  const asked: Asked = { fromVersionId: from, toVersionId: to, mapping }
  const query = useQuery(planOf(asked))
  const mayAct = useAbility().can('create', 'Migration')
  // Another mapping lets other dossiers move, so what was chosen says nothing any more.
  const map = (next: Mapping) => {
    setMapping(next)
    setChoice(NONE)
  }
  const again = () => {
    setChoice(NONE)
    return cache.invalidateQueries({ queryKey: ['migration'] })
  }
  const view = (plan: MigrationPlan) => {
    const total = sum(plan.totals)
    const unseen = total - sum(plan.seen)
    return (
      <>
        <Part title={t('mapping.title')}>
          <p className="migration-intro soft">{t('mapping.help')}</p>
          <MappingTable plan={plan} mapping={mapping} onChange={map} />
        </Part>
        <Part title={t('plan.title')}>
          {total === 0 ? (
            <Empty title={t('plan.none')} />
          ) : (
            <>
              <p role="status">
                {t('plan.totals', { count: total, version: plan.from.version, ...plan.totals })}{' '}
                {unseen > 0 && t('plan.unseen', { count: unseen })}
              </p>
              <p className="migration-intro soft">{t('clock.rule')}</p>
              <Button
                variant="default"
                size="xs"
                leftSection={<IconRefresh size={16} />}
                loading={query.isFetching}
                onClick={again}
              >
                {t('plan.again')}
              </Button>
              {total > unseen && (
                <DossierTable
                  plan={plan}
                  asked={asked}
                  choice={choice}
                  onChoose={setChoice}
                  mayAct={mayAct}
                />
              )}
              {mayAct ? (
                <ActBar
                  asked={asked}
                  choice={choice}
                  movable={plan.seen.can}
                  onStarted={(dot) => put({ dot })}
                />
              ) : (
                <p className="soft migration-only">{t('act.only')}</p>
              )}
            </>
          )}
        </Part>
      </>
    )
  }
  return <Loaded query={query}>{view}</Loaded>
}

const Runs = ({ runs }: { runs: MigrationRun[] }) => {
  const { t } = useTranslation('studio-migration')
  if (runs.length === 0) return <p className="soft">{t('runs.none')}</p>
  return (
    <ul className="migration-runs">
      {runs.map((run) => {
        const total = Object.values(run.counts).reduce((sum, count) => sum + count, 0)
        const left = total - run.counts.done
        return (
          <li key={run.id}>
            <Link to={`?dot=${run.id}`}>
              {t('runs.name', { from: run.from.version, to: run.to.version })}, <When at={run.startedAt} />
            </Link>
            <span className="migration-under soft">
              {run.startedBy} · {t(`run.state.${run.state}`)} ·{' '}
              {t('runs.summary', { done: run.counts.done, total })}
              {left > 0 && ` · ${t('runs.left', { count: left })}`}
            </span>
          </li>
        )
      })}
    </ul>
  )
}

/** Running dossiers of a procedure, moved to another of its versions by a named act. */
const MigrationPage = () => {
  const { t } = useTranslation('studio-migration')
  const { code = '' } = useParams()
  const { query: address } = useAddress()
  const run = address.get('dot')
  const [from, to] = [address.get('tu') ?? '', address.get('sang') ?? '']
  const versions = useQuery(versionsOf(code))
  const runs = useQuery(runsOf(code))
  const choose = (list: Version[]) => {
    if (list.length < 2) return <Empty title={t(list.length === 0 ? 'versions.none' : 'versions.one')} />
    // Most often: out of the version with the most open dossiers that is not in force, into the one that is.
    const current = list.find((one) => one.current)
    const others = list.filter((one) => !one.current).sort((a, b) => b.open - a.open)
    const chosen = { from: from || others[0]?.id || '', to: to || current?.id || '' }
    const [old, next] = [chosen.from, chosen.to].map((id) => list.find((one) => one.id === id))
    return (
      <>
        <Choice versions={list} {...chosen} />
        {old && next && old !== next && (
          <Plan key={`${old.id} ${next.id}`} {...chosen} start={startWith(old, next)} />
        )}
      </>
    )
  }
  return (
    <Page title={t('title')} wide>
      <p>
        <Link to={run ? '?' : `/thiet-ke/thu-tuc/${code}`}>
          {run ? t('run.back') : t('toProcedure', { code })}
        </Link>
      </p>
      {run ? (
        <RunView id={run} />
      ) : (
        <Stack gap="md">
          <p className="migration-intro">{t('intro')}</p>
          <Part title={t('versions.title')}>
            <Loaded query={versions}>{({ versions: list }) => choose(list)}</Loaded>
          </Part>
          <Part title={t('runs.title')}>
            <Loaded query={runs} lines={2}>
              {(list) => <Runs runs={list.runs} />}
            </Loaded>
          </Part>
        </Stack>
      )}
    </Page>
  )
}
export default MigrationPage
