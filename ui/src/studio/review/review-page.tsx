import { useTranslation } from 'react-i18next'
import { Page } from '../../app/page.tsx'

const ReviewPage = () => {
  const { t } = useTranslation('studio-review')
  return <Page title={t('title')}>{null}</Page>
}
export default ReviewPage
