import { useTranslation } from 'react-i18next'
import { Page } from '../../app/page.tsx'
import { Notices } from './list.tsx'

/** Everything the one-stop has written to the person who is logged in. */
export default function NotificationsPage() {
  const { t } = useTranslation('citizen')
  return (
    <Page title={t('notices.title')}>
      <Notices />
    </Page>
  )
}
