import './home.css'
import { Button, Group, Skeleton } from '@mantine/core'
import { IconFileUpload, IconListSearch, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api } from '../../app/api.ts'
import type { DraftSummary } from '../../app/api-types.ts'
import { useLanguage } from '../../app/i18n.ts'
import { Page } from '../../app/page.tsx'
import { useAbility, useSession } from '../../app/session.tsx'
import { Empty, Loaded } from '../../app/states.tsx'
import { formatInstant } from '../../shared/format.ts'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { ImportDialog } from './import-dialog.tsx'
import { NewDraftDialog } from './new-draft-dialog.tsx'

/** Where it hurts: procedures by their share of late dossiers, and the worst step of each. */
const PainList = lazy(async () => ({ default: (await import('../heatmap/pain-list.tsx')).PainList }))

const Drafts = ({ drafts }: { drafts: DraftSummary[] }) => {
  const { t } = useTranslation('studio-home')
  const language = useLanguage()
  return (
    <ScrollX label={t('drafts.title')}>
      <table className="studio-home-drafts stacked">
        <thead>
          <tr>
            {['title', 'procedure', 'state', 'saved', 'authors'].map((column) => (
              <th key={column} scope="col">
                {t(`drafts.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {drafts.map((draft) => (
            <tr key={draft.id}>
              <td>
                <Link to={`/thiet-ke/ban-thao/${draft.id}`}>{draft.title}</Link>
                {draft.mayDecide && (
                  <>
                    {' '}
                    <Link to={`/thiet-ke/ban-thao/${draft.id}/tham-dinh`} className="tag tag-accent">
                      {t('drafts.decide')}
                    </Link>
                  </>
                )}
                {draft.openComments > 0 && (
                  <div className="soft">{t('drafts.comments', { count: draft.openComments })}</div>
                )}
              </td>
              <td data-label={t('drafts.column.procedure')}>
                <Link to={`/thiet-ke/thu-tuc/${draft.code}`}>{draft.code}</Link>
                <div className="soft">
                  {draft.baseVersion
                    ? t('drafts.from', { version: draft.baseVersion.version })
                    : t('drafts.fromNothing')}
                </div>
              </td>
              <td>
                <span className="tag">{t(`state.${draft.state}`)}</span>
              </td>
              <td data-label={t('drafts.column.saved')}>
                <time className="nowrap" dateTime={draft.updatedAt}>
                  {formatInstant(draft.updatedAt, language)}
                </time>
                <div className="soft">{draft.updatedBy.name}</div>
              </td>
              <td data-label={t('drafts.column.authors')}>
                {draft.authors.map(({ name }) => name).join(', ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollX>
  )
}

/** Mine first: what somebody has saved is found again at once. */
const mineFirst = (drafts: DraftSummary[], me: string | undefined) => {
  const mine = (draft: DraftSummary) => draft.authors.some(({ id }) => id === me)
  return { mine: drafts.filter(mine), others: drafts.filter((draft) => !mine(draft)) }
}

const HomePage = () => {
  const { t } = useTranslation('studio-home')
  const { session } = useSession()
  const mayDraft = useAbility().can('create', 'Draft')
  const [dialog, setDialog] = useState<'new' | 'import' | null>(null)
  const query = useQuery({
    queryKey: ['studio-drafts'],
    queryFn: ({ signal }) =>
      api.get<{ drafts: DraftSummary[] }>('/api/studio/drafts', signal).then(({ drafts }) => drafts),
  })
  return (
    <Page
      title={t('title')}
      actions={
        <Group gap="xs">
          <Button
            component={Link}
            to="/thiet-ke/danh-muc"
            variant="default"
            leftSection={<IconListSearch size={17} />}
          >
            {t('catalogue')}
          </Button>
          {mayDraft && (
            <>
              <Button
                variant="default"
                leftSection={<IconFileUpload size={17} />}
                onClick={() => setDialog('import')}
              >
                {t('import.open')}
              </Button>
              <Button leftSection={<IconPlus size={17} />} onClick={() => setDialog('new')}>
                {t('new.open')}
              </Button>
            </>
          )}
        </Group>
      }
    >
      <div className="studio-home">
        <section aria-labelledby="pain">
          <h2 className="section-title" id="pain">
            {t('pain')}
          </h2>
          <Suspense fallback={<Skeleton height={220} />}>
            <PainList />
          </Suspense>
        </section>
        <Loaded query={query}>
          {(drafts) => {
            const { mine, others } = mineFirst(drafts, session?.person.id)
            return (
              <>
                {(mayDraft || mine.length > 0) && (
                  <section aria-labelledby="mine">
                    <h2 className="section-title" id="mine">
                      {t('drafts.mine')}
                    </h2>
                    {mine.length > 0 ? (
                      <Drafts drafts={mine} />
                    ) : (
                      <Empty title={t('drafts.none')}>{t('drafts.noneHelp')}</Empty>
                    )}
                  </section>
                )}
                {!mayDraft && drafts.length === 0 && (
                  <Empty title={t('drafts.noneAtAll')}>{t('drafts.noneRead')}</Empty>
                )}
                {others.length > 0 && (
                  <section aria-labelledby="others">
                    <h2 className="section-title" id="others">
                      {t(mayDraft || mine.length > 0 ? 'drafts.others' : 'drafts.title')}
                    </h2>
                    <Drafts drafts={others} />
                  </section>
                )}
              </>
            )
          }}
        </Loaded>
      </div>
      <NewDraftDialog opened={dialog === 'new'} onClose={() => setDialog(null)} />
      <ImportDialog opened={dialog === 'import'} onClose={() => setDialog(null)} />
    </Page>
  )
}
export default HomePage
