import { useTranslation } from 'react-i18next'
import { Page } from '../../app/page.tsx'

const TrialPage = () => {
  const { t } = useTranslation('studio-trial')
  return <Page title={t('title')}>{null}</Page>
}
export default TrialPage
