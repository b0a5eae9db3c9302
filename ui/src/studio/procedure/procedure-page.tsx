import { useTranslation } from 'react-i18next'
import { Page } from '../../app/page.tsx'

const ProcedureStudioPage = () => {
  const { t } = useTranslation('studio-procedure')
  return <Page title={t('title')}>{null}</Page>
}
export default ProcedureStudioPage
