import { useTranslation } from 'react-i18next'
import { Page } from '../../app/page.tsx'

const ComparePage = () => {
  const { t } = useTranslation('studio-compare')
  return <Page title={t('title')}>{null}</Page>
}
export default ComparePage
