import { useTranslation } from 'react-i18next'
import { Page } from '../../app/page.tsx'

const CataloguePage = () => {
  const { t } = useTranslation('studio-catalogue')
  return <Page title={t('title')}>{null}</Page>
}
export default CataloguePage
