import { useTranslation } from 'react-i18next'
import { Page } from '../../app/page.tsx'

const HomePage = () => {
  const { t } = useTranslation('studio-home')
  return <Page title={t('title')}>{null}</Page>
}
export default HomePage
