import { useTranslation } from 'react-i18next'
import { Page } from '../../app/page.tsx'
import { useSession } from '../../app/session.tsx'
import { Channels } from './channels.tsx'
import { Notices } from './list.tsx'

/** Everything the one-stop has written to the person who is logged in. */
export default function NotificationsPage() {
  const { t } = useTranslation('citizen')
  const { session } = useSession()
  return (
    <Page title={t('notices.title')}>
      {session?.kind === 'citizen' && <Channels />}
      <Notices />
    </Page>
  )
}
