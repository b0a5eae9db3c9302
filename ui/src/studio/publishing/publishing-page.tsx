import { useTranslation } from 'react-i18next'
import { Page } from '../../app/page.tsx'

const PublishingPage = () => {
  const { t } = useTranslation('studio-publishing')
  return <Page title={t('title')}>{null}</Page>
}
export default PublishingPage
