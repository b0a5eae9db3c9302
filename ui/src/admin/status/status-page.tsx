import { Alert, Stack } from '@mantine/core'
import {
  IconAlertTriangle,
  IconCheck,
  IconFileX,
  IconFolderOff,
  IconFolderPause,
  IconPlugConnected,
  IconPlugConnectedX,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useText } from '../../app/i18n.ts'
import { Page } from '../../app/page.tsx'
import { Empty, Loaded } from '../../app/states.tsx'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { Tag } from '../../shared/tags.tsx'
import { When } from '../../shared/when.tsx'
import { engineState } from '../queries.ts'
import type { EngineHealth, EngineState, WithoutFolder } from '../types.ts'
import { Stuck } from './stuck.tsx'
import { useDuration } from './use-duration.ts'

const Verdict = ({ health }: { health: EngineHealth }) => {
  const { t } = useTranslation('admin')
  const text = useText()
  return health.ok ? (
    <Alert color="desk" icon={<IconCheck />} title={t('status.good')}>
      {t('status.goodHelp')}
    </Alert>
  ) : (
    <Alert color="red" icon={<IconAlertTriangle />} title={t('status.bad')}>
      <ul className="admin-problems">
        {health.problems.map((problem) => (
          <li key={problem.vi}>{text(problem)}</li>
        ))}
      </ul>
      {t('status.badHelp')}
    </Alert>
  )
}

const Stream = ({ health: { stream, outbox } }: { health: EngineHealth }) => {
  const { t } = useTranslation('admin')
  const duration = useDuration()
  return (
    <div className="admin-tiles">
      <section aria-labelledby="stream">
        <h2 id="stream" className="section-title">
          {t('status.stream')}
        </h2>
        <dl className="facts">
          <dt>{t('status.lag')}</dt>
          <dd>{stream.lagMs === null ? t('status.none') : duration(stream.lagMs / 1000)}</dd>
          <dt>{t('status.lastBulk')}</dt>
          <dd>
            <When at={stream.lastBulkAt} />
          </dd>
          <dt>{t('status.state')}</dt>
          <dd>
            {stream.stopped ? (
              <Tag tone="late" icon={IconPlugConnectedX}>
                {t('status.stopped')}
              </Tag>
            ) : (
              <Tag tone="good" icon={IconPlugConnected}>
                {t('status.running')}
              </Tag>
            )}
          </dd>
          {(stream.stopped ?? stream.lastError) && (
            <>
              <dt>{t('status.error')}</dt>
              <dd className="admin-error">{stream.stopped ?? stream.lastError}</dd>
            </>
          )}
        </dl>
      </section>
      <section aria-labelledby="outbox">
        <h2 id="outbox" className="section-title">
          {t('status.outbox')}
        </h2>
        <dl className="facts">
          <dt>{t('status.waiting')}</dt>
          <dd>
            {outbox.waiting}
            {outbox.waiting > 0 && ` (${t('status.oldest', { time: duration(outbox.oldestSeconds) })})`}
          </dd>
          <dt>{t('status.unsettled')}</dt>
          <dd>
            {outbox.unsettled}
            {outbox.unsettled > 0 &&
              ` (${t('status.oldest', { time: duration(outbox.oldestUnsettledSeconds) })})`}
          </dd>
          <dt>{t('status.stuck')}</dt>
          <dd>{outbox.stuck > 0 ? <Tag tone="late">{outbox.stuck}</Tag> : 0}</dd>
          {outbox.lastError && (
            <>
              <dt>{t('status.error')}</dt>
              <dd className="admin-error">{outbox.lastError}</dd>
            </>
          )}
        </dl>
      </section>
    </div>
  )
}

const Workers = ({ health: { workers, alerts } }: { health: EngineHealth }) => {
  const { t, i18n } = useTranslation('admin')
  const alertOf = (type: string) => alerts.find((alert) => alert.type === type)
  // A job of a type that has no worker at all is the worst alert: it gets a row too.
  const types = [...new Set([...workers.map(({ type }) => type), ...alerts.map(({ type }) => type)])]
  if (types.length === 0) return <Empty title={t('status.noWorkers')} />
  return (
    <ScrollX label={t('status.workers')} className="admin-table-frame scroll-x">
      <table className="admin-table stacked">
        <caption className="visually-hidden">{t('status.workers')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('status.worker')}</th>
            <th scope="col">{t('status.connection')}</th>
            <th scope="col">{t('status.inHand')}</th>
            <th scope="col">{t('status.alert')}</th>
          </tr>
        </thead>
        <tbody>
          {types.map((type) => {
            const worker = workers.find((candidate) => candidate.type === type)
            const alert = alertOf(type)
            return (
              <tr key={type}>
                <th scope="row">
                  {i18n.exists(`admin:job.${type}`) && t(`job.${type}`)} <span className="soft">{type}</span>
                </th>
                <td>
                  {worker?.streaming ? (
                    <Tag tone="good" icon={IconPlugConnected}>
                      {t('status.connected')}
                    </Tag>
                  ) : (
                    <Tag tone="soon" icon={IconPlugConnectedX}>
                      {t(worker ? 'status.reconnecting' : 'status.absent')}
                    </Tag>
                  )}
                </td>
                <td className="figures" data-label={t('status.inHand')}>
                  {worker?.inHand ?? 0}
                </td>
                <td className={alert ? undefined : 'admin-none'}>
                  {alert ? (
                    <>
                      <Tag tone="late" icon={IconAlertTriangle}>
                        {t('status.untaken', { key: alert.jobKey })}
                      </Tag>{' '}
                      <When at={alert.since} />
                    </>
                  ) : (
                    '–'
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </ScrollX>
  )
}

/** Versions in force that the engine does not take: nothing of what is filed under them begins, and nothing of it is lost. */
const Refused = ({ versions }: { versions: EngineState['refusedInForce'] }) => {
  const { t } = useTranslation('admin')
  const text = useText()
  return (
    <Alert color="red" variant="light" icon={<IconFileX />} title={t('status.refused')}>
      <ul className="admin-problems">
        {versions.map(({ processId, code, version, name, refusal, waiting }) => (
          <li key={processId}>
            {code && <span className="figures">{code}</span>} {text(name)},{' '}
            {t('status.refusedVersion', { version, waiting })}
            <div className="admin-error">{refusal}</div>
          </li>
        ))}
      </ul>
      {t('status.refusedHelp')}
    </Alert>
  )
}

/** Procedures in force that nobody can change, because their folder is gone. */
const Gone = ({ procedures }: { procedures: WithoutFolder[] }) => {
  const { t } = useTranslation('admin')
  const text = useText()
  return (
    <Alert color="yellow" variant="light" icon={<IconFolderOff />} title={t('status.gone')}>
      <ul className="admin-problems">
        {procedures.map(({ code, name, version, folder }) => (
          <li key={code}>
            <span className="figures">{code}</span> {text(name)},{' '}
            {t('status.goneVersion', { version, folder })}
          </li>
        ))}
      </ul>
      {t('status.goneHelp')}
    </Alert>
  )
}

/** Newer files of procedures whose version in force was put there by a decision: they change nothing by themselves. */
const Waiting = ({ procedures }: { procedures: EngineState['waitingFolders'] }) => {
  const { t } = useTranslation('admin')
  const text = useText()
  return (
    <Alert color="yellow" variant="light" icon={<IconFolderPause />} title={t('status.folderWaits')}>
      <ul className="admin-problems">
        {procedures.map(({ code, name, version, folder, inForce }) => (
          <li key={code}>
            <span className="figures">{code}</span> {text(name)},{' '}
            {t('status.folderWaitsVersion', { version, folder, inForce })}
          </li>
        ))}
      </ul>
      {t('status.folderWaitsHelp')}
    </Alert>
  )
}

/** How the connection to the engine is doing. */
export default function StatusPage() {
  const { t } = useTranslation('admin')
  const query = useQuery(engineState())
  return (
    <Page title={t('status.title')} wide>
      <Loaded query={query} lines={10}>
        {({ health, stuck, refusedInForce, withoutFolder, waitingFolders }) => (
          <Stack gap="lg">
            <Verdict health={health} />
            <Stream health={health} />
            {stuck.length > 0 && <Stuck commands={stuck} />}
            {refusedInForce.length > 0 && <Refused versions={refusedInForce} />}
            {withoutFolder.length > 0 && <Gone procedures={withoutFolder} />}
            {waitingFolders.length > 0 && <Waiting procedures={waitingFolders} />}
            <section aria-labelledby="workers">
              <h2 id="workers" className="section-title">
                {t('status.workers')}
              </h2>
              <Workers health={health} />
            </section>
          </Stack>
        )}
      </Loaded>
    </Page>
  )
}
