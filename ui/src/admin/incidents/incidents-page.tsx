import { Button, Paper, Stack } from '@mantine/core'
import { IconCheck, IconExclamationCircle, IconRefresh } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { IncidentView } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { Page } from '../../app/page.tsx'
import { say } from '../../app/say.ts'
import { Empty, Failed, Loaded } from '../../app/states.tsx'
import { Tag } from '../../shared/tags.tsx'
import { When } from '../../shared/when.tsx'
import { incidents, retry } from '../queries.ts'

const Incident = ({ incident }: { incident: IncidentView }) => {
  const { t, i18n } = useTranslation('admin')
  const text = useText()
  const cache = useQueryClient()
  const again = useMutation({
    mutationFn: () => retry(incident),
    onSuccess: async () => {
      say(t('incident.asked'))
      await cache.invalidateQueries({ queryKey: ['incidents'] })
    },
  })
  const kind = i18n.exists(`admin:incident.type.${incident.errorType}.means`) ? incident.errorType : 'UNKNOWN'
  const open = incident.state === 'open'
  const step = incident.stepName ? text(incident.stepName) : incident.elementId
  return (
    <Paper p="md" component="article" aria-label={step}>
      <div className="incident-head">
        <h2 className="section-title">
          {step}
          {incident.dossierCode && (
            <span className="soft figures incident-code">
              {t('incident.dossier', { code: incident.dossierCode })}
            </span>
          )}
        </h2>
        {open ? (
          <Tag
            tone={incident.retrying ? 'soon' : 'late'}
            icon={incident.retrying ? IconRefresh : IconExclamationCircle}
          >
            {t(incident.retrying ? 'incident.retrying' : 'incident.open')}
          </Tag>
        ) : (
          <Tag tone="good" icon={IconCheck}>
            {t('incident.resolved')}
          </Tag>
        )}
      </div>
      <dl className="facts">
        <dt>{t('incident.since')}</dt>
        <dd>
          <When at={incident.createdAt} />
        </dd>
        <dt>{t('incident.means')}</dt>
        <dd>{t(`incident.type.${kind}.means`)}</dd>
        <dt>{t('incident.message')}</dt>
        <dd className="admin-error">{incident.message}</dd>
        {open && (
          <>
            <dt>{t('incident.do')}</dt>
            <dd>{t(`incident.type.${kind}.do`)}</dd>
          </>
        )}
        <dt>{t('incident.key')}</dt>
        <dd className="figures soft">
          {incident.elementId} · {incident.errorType} · {incident.epoch}/{incident.key}
        </dd>
      </dl>
      {again.error && <Failed problem={again.error} />}
      {open && (
        <Button
          mt="sm"
          size="sm"
          leftSection={<IconRefresh size={16} />}
          loading={again.isPending}
          disabled={incident.retrying}
          onClick={() => again.mutate()}
        >
          {t(incident.retrying ? 'incident.retrying' : 'incident.retry')}
        </Button>
      )}
    </Paper>
  )
}

/** What stopped in the engine, what it means, and what to do; open ones first, live. */
export default function IncidentsPage() {
  const { t } = useTranslation('admin')
  const query = useQuery(incidents())
  return (
    <Page title={t('incident.title')} wide>
      <Loaded query={query}>
        {(list) =>
          list.length === 0 ? (
            <Empty title={t('incident.none')}>{t('incident.noneHelp')}</Empty>
          ) : (
            <Stack gap="sm">
              {[...list]
                .sort((a, b) => a.state.localeCompare(b.state) || b.createdAt.localeCompare(a.createdAt))
                .map((incident) => (
                  <Incident key={`${incident.epoch}/${incident.key}`} incident={incident} />
                ))}
            </Stack>
          )
        }
      </Loaded>
    </Page>
  )
}
