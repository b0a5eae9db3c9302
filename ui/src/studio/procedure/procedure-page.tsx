import '../publishing/publishing.css'
import { Button, Group } from '@mantine/core'
import { IconArrowsRightLeft, IconCheck, IconFlame, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { api } from '../../app/api.ts'
import type { StudioProcedure, StudioVersion } from '../../app/api-types.ts'
import { useLanguage, useText } from '../../app/i18n.ts'
import { Page } from '../../app/page.tsx'
import { Empty, Loaded } from '../../app/states.tsx'
import { formatDay } from '../../shared/format.ts'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { Tag } from '../../shared/tags.tsx'
import { When } from '../../shared/when.tsx'
import { NewDraftDialog } from '../home/new-draft-dialog.tsx'
import { Publications } from '../publishing/publications.tsx'
import { PutInForce } from './put-in-force.tsx'

const Version = ({
  version,
  mayPublish,
  planned,
  onBack,
}: {
  version: StudioVersion
  mayPublish: boolean
  /** The version waits for its day. */
  planned: boolean
  onBack: () => void
}) => {
  const { t } = useTranslation('studio-procedure')
  const language = useLanguage()
  return (
    <tr>
      <th scope="row">
        {t('versions.number', { version: version.version })}{' '}
        {version.current && (
          <Tag tone="good" icon={IconCheck}>
            {t('versions.current')}
          </Tag>
        )}
        {planned && <Tag tone="soon">{t('versions.planned')}</Tag>}
        {version.folderWaits && <Tag tone="soon">{t('versions.waits')}</Tag>}
      </th>
      <td>
        {t(`versions.origin.${version.origin}`)}
        {version.draftId && (
          <Link className="publishing-under" to={`/thiet-ke/ban-thao/${version.draftId}`}>
            {t('versions.draft')}
          </Link>
        )}
      </td>
      <td>
        {version.decision.number}
        <span className="publishing-under soft">
          {formatDay(version.decision.date, language)}, {version.decision.signer}
          {!version.decision.verified && ` · ${t('versions.unverified')}`}
        </span>
      </td>
      <td>
        {version.withdrawnOn
          ? t('versions.withdrawn', { day: formatDay(version.withdrawnOn, language) })
          : version.inForceFrom
            ? formatDay(version.inForceFrom, language)
            : t('versions.withFiles')}
      </td>
      <td className="figures">{version.runningDossiers}</td>
      <td>
        {mayPublish && !version.current && !planned && !version.withdrawnOn && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={onBack}
            aria-label={t('back.openOne', { version: version.version })}
          >
            {t('back.open')}
          </Button>
        )}
      </td>
    </tr>
  )
}

const Versions = ({ procedure }: { procedure: StudioProcedure }) => {
  const { t } = useTranslation('studio-procedure')
  const [back, setBack] = useState<StudioVersion | null>(null)
  const planned = procedure.publications.find(({ state }) => state === 'planned')
  if (procedure.versions.length === 0) return <Empty title={t('versions.none')} />
  return (
    <>
      <ScrollX label={t('versions.table')}>
        <table className="publishing-table">
          <thead>
            <tr>
              {['version', 'from', 'decision', 'inForce', 'running'].map((column) => (
                <th key={column} scope="col" className={column === 'running' ? 'figures' : undefined}>
                  {t(`versions.column.${column}`)}
                </th>
              ))}
              <th scope="col">
                <span className="visually-hidden">{t('versions.column.acts')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {procedure.versions.map((version) => (
              <Version
                key={version.id}
                version={version}
                mayPublish={procedure.mayPublish && !planned}
                planned={planned?.version.id === version.id}
                onBack={() => setBack(version)}
              />
            ))}
          </tbody>
        </table>
      </ScrollX>
      {back && <PutInForce procedure={procedure} version={back} onClose={() => setBack(null)} />}
    </>
  )
}

const Drafts = ({ procedure }: { procedure: StudioProcedure }) => {
  const { t } = useTranslation('studio-procedure')
  if (procedure.drafts.length === 0)
    return <Empty title={t('drafts.none')}>{procedure.mayDraft && t('drafts.noneHelp')}</Empty>
  return (
    <ScrollX label={t('drafts.table')}>
      <table className="publishing-table">
        <thead>
          <tr>
            {['title', 'state', 'authors', 'saved'].map((column) => (
              <th key={column} scope="col">
                {t(`drafts.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {procedure.drafts.map((draft) => (
            <tr key={draft.id}>
              <th scope="row">
                <Link to={`/thiet-ke/ban-thao/${draft.id}`}>{draft.title}</Link>
                {draft.openComments > 0 && (
                  <span className="publishing-under soft">
                    {t('drafts.comments', { count: draft.openComments })}
                  </span>
                )}
              </th>
              <td>
                <span className="tag">{t(`drafts.state.${draft.state}`)}</span>
                {(draft.state === 'review' || draft.state === 'approved') && (
                  <Link
                    className="publishing-under"
                    to={`/thiet-ke/ban-thao/${draft.id}/${draft.state === 'review' ? 'tham-dinh' : 'ban-hanh'}`}
                  >
                    {t(draft.state === 'review' ? 'drafts.toReview' : 'drafts.toPublishing')}
                  </Link>
                )}
              </td>
              <td>{draft.authors.map(({ name }) => name).join(', ')}</td>
              <td>
                <When at={draft.updatedAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollX>
  )
}

/** A procedure in the Studio: its versions, the acts that put them in force, and its drafts. */
const ProcedureStudioPage = () => {
  const { t } = useTranslation('studio-procedure')
  const text = useText()
  const { code = '' } = useParams()
  const [making, setMaking] = useState(false)
  const query = useQuery({
    queryKey: ['studio-procedure', code],
    queryFn: ({ signal }) => api.get<StudioProcedure>(`/api/studio/procedures/${code}`, signal),
  })
  const name = query.data?.name
  return (
    <Page
      title={name ? `${code} · ${text(name)}` : t('title', { code })}
      wide
      actions={
        <Group gap="xs">
          <Button
            component={Link}
            to={`/thiet-ke/thu-tuc/${code}/ban-do-nhiet`}
            variant="default"
            leftSection={<IconFlame size={16} />}
          >
            {t('toHeatmap')}
          </Button>
          <Button
            component={Link}
            to={`/thiet-ke/thu-tuc/${code}/chuyen-phien-ban`}
            variant="default"
            leftSection={<IconArrowsRightLeft size={16} />}
          >
            {t('toMigration')}
          </Button>
          {query.data?.mayDraft && (
            <Button leftSection={<IconPlus size={16} />} onClick={() => setMaking(true)}>
              {t('newDraft')}
            </Button>
          )}
        </Group>
      }
    >
      <Loaded query={query}>
        {(procedure) => (
          <>
            <section aria-labelledby="versions" className="publishing-part">
              <h2 id="versions" className="section-title">
                {t('versions.title')}
              </h2>
              <Versions procedure={procedure} />
            </section>
            <section aria-labelledby="publications" className="publishing-part">
              <h2 id="publications" className="section-title">
                {t('publications')}
              </h2>
              <Publications
                publications={procedure.publications}
                mayPublish={procedure.mayPublish}
                today={procedure.today}
              />
            </section>
            <section aria-labelledby="drafts" className="publishing-part">
              <h2 id="drafts" className="section-title">
                {t('drafts.title')}
              </h2>
              <Drafts procedure={procedure} />
            </section>
          </>
        )}
      </Loaded>
      <NewDraftDialog opened={making} code={code} onClose={() => setMaking(false)} />
    </Page>
  )
}
export default ProcedureStudioPage
