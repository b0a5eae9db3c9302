import { useTranslation } from 'react-i18next'
import { Page } from '../../app/page.tsx'

const MigrationPage = () => {
  const { t } = useTranslation('studio-migration')
  return <Page title={t('title')}>{null}</Page>
}
export default MigrationPage
