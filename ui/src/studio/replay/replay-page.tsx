import { useTranslation } from 'react-i18next'
import { Page } from '../../app/page.tsx'

const ReplayPage = () => {
  const { t } = useTranslation('studio-replay')
  return <Page title={t('title')}>{null}</Page>
}
export default ReplayPage
