import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { DossierSummary } from '../app/api-types.ts'
import { useText } from '../app/i18n.ts'
import { Page } from '../app/page.tsx'
import { Empty, Loaded } from '../app/states.tsx'
import { LateTag, StateTag } from '../shared/tags.tsx'
import { When } from '../shared/when.tsx'
import './citizen.css'
import { myDossiers } from './queries.ts'

const Row = ({ dossier }: { dossier: DossierSummary }) => {
  const { t } = useTranslation('citizen')
  const text = useText()
  const due = dossier.reappointedDueAt ?? dossier.dueAt
  return (
    <li>
      <Link to={`/ho-so-cua-toi/${dossier.id}`} className="procedure-row">
        <span className="procedure-main">
          <span className="tags">
            <StateTag dossier={dossier} />
            {dossier.late && <LateTag />}
          </span>
          <span className="procedure-name">{text(dossier.procedure.name)}</span>
          <span className="soft procedure-meta">
            <span className="figures">{dossier.code}</span> · {t('mine.filed')} <When at={dossier.filedAt} />
            {due && (
              <>
                {' '}
                · {t('mine.due')} <When at={due} />
              </>
            )}
          </span>
        </span>
      </Link>
    </li>
  )
}

export default function MyDossiersPage() {
  const { t } = useTranslation('citizen')
  const query = useQuery(myDossiers())
  return (
    <Page
      title={t('mine.title')}
      actions={
        <Button component={Link} to="/">
          {t('mine.new')}
        </Button>
      }
    >
      <Loaded query={query}>
        {(list) =>
          list.length === 0 ? (
            <Empty title={t('mine.none')}>{t('mine.noneHelp')}</Empty>
          ) : (
            <ul className="procedure-list">
              {list.map((dossier) => (
                <Row key={dossier.id} dossier={dossier} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Page>
  )
}
