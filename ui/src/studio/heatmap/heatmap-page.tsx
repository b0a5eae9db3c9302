import { useTranslation } from 'react-i18next'
import { Page } from '../../app/page.tsx'

const HeatmapPage = () => {
  const { t } = useTranslation('studio-heatmap')
  return <Page title={t('title')}>{null}</Page>
}
export default HeatmapPage
