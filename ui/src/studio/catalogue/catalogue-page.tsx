import './catalogue.css'
import { useTranslation } from 'react-i18next'
import { Page } from '../../app/page.tsx'
import { useAbility } from '../../app/session.tsx'
import { useAddress } from '../../shared/use-address.ts'
import { ImportView } from './import-view.tsx'
import { ListView } from './list-view.tsx'
import { PlanView } from './plan-view.tsx'

const VIEWS = { list: '', plan: 'ke-hoach', import: 'nhap' } as const
type View = keyof typeof VIEWS
const SHOWN: Record<View, () => React.ReactNode> = {
  list: () => <ListView />,
  plan: () => <PlanView />,
  import: () => <ImportView />,
}

/** The catalogue of procedures: what there is, what is planned, and how it comes in. */
const CataloguePage = () => {
  const { t } = useTranslation('studio-catalogue')
  const ability = useAbility()
  const { query, put } = useAddress()
  const offered = (Object.keys(VIEWS) as View[]).filter(
    (view) => view !== 'import' || ability.can('create', 'Catalogue'),
  )
  const view = offered.find((one) => VIEWS[one] === (query.get('xem') ?? '')) ?? 'list'
  return (
    <Page title={t('title')} wide>
      <fieldset className="choices" aria-label={t('views')}>
        {offered.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === view}
            onClick={() => put({ xem: VIEWS[one], ma: '' })}
          >
            {t(`view.${one}`)}
          </button>
        ))}
      </fieldset>
      {SHOWN[view]()}
    </Page>
  )
}
export default CataloguePage
