import { useTranslation } from 'react-i18next'
import { Page } from '../../app/page.tsx'

const WorkspacePage = () => {
  const { t } = useTranslation('studio-workspace')
  return <Page title={t('title')}>{null}</Page>
}
export default WorkspacePage
