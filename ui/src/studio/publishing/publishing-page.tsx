import './publishing.css'
import { Alert, Button, Group, Stack } from '@mantine/core'
import { IconCalendarEvent, IconCircleCheck } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { DraftView, Publication, PublicationCheck } from '../../app/api-types.ts'
import { useLanguage } from '../../app/i18n.ts'
import { Page } from '../../app/page.tsx'
import { Loaded } from '../../app/states.tsx'
import { formatDay } from '../../shared/format.ts'
import { checkOf, draftOf, renew } from '../review/queries.ts'
import { BaseMerge } from './base-merge.tsx'
import { Checks } from './checks.tsx'
import { DecisionForm } from './decision-form.tsx'

const Done = ({ publication }: { publication: Publication }) => {
  const { t } = useTranslation('studio-publishing')
  const language = useLanguage()
  const now = publication.state === 'in-force'
  const words = { version: publication.version.version, day: formatDay(publication.inForceFrom, language) }
  return (
    <Alert
      variant="light"
      icon={now ? <IconCircleCheck /> : <IconCalendarEvent />}
      title={t(now ? 'done.now' : 'done.planned', words)}
      role="status"
    >
      <Stack gap="xs">
        <span>{t(now ? 'done.nowHelp' : 'done.plannedHelp', words)}</span>
        <Group gap="xs">
          <Button component={Link} to={`/thiet-ke/thu-tuc/${publication.code}`} size="xs" variant="default">
            {t('toProcedure')}
          </Button>
          {now && (
            <Button
              component={Link}
              to={`/thiet-ke/thu-tuc/${publication.code}/chuyen-phien-ban`}
              size="xs"
              variant="default"
            >
              {t('toMigration')}
            </Button>
          )}
        </Group>
      </Stack>
    </Alert>
  )
}

/** What publishing will do, before it is done. */
const Consequences = ({ check, later }: { check: PublicationCheck; later: boolean }) => {
  const { t } = useTranslation('studio-publishing')
  const { current } = check
  return (
    <ul className="publishing-sure">
      <li>{t('sure.version', { version: check.nextVersion, code: check.code })}</li>
      <li>{t(later ? 'sure.later' : 'sure.now')}</li>
      {current && <li>{t('sure.running', { count: current.runningDossiers, version: current.version })}</li>}
      {later && <li>{t('sure.withdraw')}</li>}
      <li>{t('sure.immutable')}</li>
    </ul>
  )
}

const Publishing = ({ draft, check }: { draft: DraftView; check: PublicationCheck }) => {
  const { t } = useTranslation('studio-publishing')
  const cache = useQueryClient()
  const [done, setDone] = useState<Publication | null>(null)
  if (done) return <Done publication={done} />
  if (draft.state === 'published' || draft.state === 'withdrawn')
    return (
      <Alert color="gray" variant="light" title={t(`closed.${draft.state}`)}>
        <Link to={`/thiet-ke/thu-tuc/${draft.code}`}>{t('toProcedure')}</Link>
      </Alert>
    )
  return (
    <>
      <section aria-labelledby="checks" className="publishing-part">
        <h2 id="checks" className="section-title">
          {t('checks')}
        </h2>
        <Checks checks={check.checks} draftId={draft.id} />
        {!check.baseIsCurrent && check.current && <BaseMerge draft={draft} version={check.current.version} />}
      </section>
      <section aria-labelledby="decision" className="publishing-part">
        <h2 id="decision" className="section-title">
          {t('decision')}
        </h2>
        {!check.mayPublish ? (
          <p className="soft">{t('only')}</p>
        ) : !check.publishable ? (
          <p className="soft">{t('notYet')}</p>
        ) : (
          <DecisionForm
            path={`/api/studio/drafts/${draft.id}/publish`}
            body={{ revision: draft.revision, replaces: check.current?.id ?? null }}
            today={check.today}
            sure={(day) => <Consequences check={check} later={day > check.today} />}
            submit={t('publish', { version: check.nextVersion })}
            onDone={(publication) => {
              setDone(publication)
              void renew(cache, draft.id)
            }}
          />
        )}
      </section>
    </>
  )
}

/** An approved draft becomes a version in force: the checks, the decision, and what will happen. */
const PublishingPage = () => {
  const { t } = useTranslation('studio-publishing')
  const { id = '' } = useParams()
  const draft = useQuery(draftOf(id))
  const check = useQuery(checkOf(id))
  return (
    <Page
      title={draft.data ? t('titleOf', { title: draft.data.title }) : t('title')}
      actions={
        <Group gap="xs">
          <Button component={Link} to={`/thiet-ke/ban-thao/${id}`} variant="default" size="xs">
            {t('toDraft')}
          </Button>
          <Button component={Link} to={`/thiet-ke/ban-thao/${id}/tham-dinh`} variant="default" size="xs">
            {t('toReview')}
          </Button>
        </Group>
      }
    >
      <Loaded query={draft}>
        {(one) => <Loaded query={check}>{(all) => <Publishing draft={one} check={all} />}</Loaded>}
      </Loaded>
    </Page>
  )
}
export default PublishingPage
