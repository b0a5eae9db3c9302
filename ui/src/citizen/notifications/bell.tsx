import { IconBell } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import './notifications.css'
import { unread } from './queries.ts'

/** In the head of every page: how many messages of the one-stop wait to be read. */
export const Bell = () => {
  const { t } = useTranslation('citizen')
  const { data: count = 0 } = useQuery(unread())
  return (
    <Link to="/thong-bao" className="bell" aria-label={t('notices.bell', { count })}>
      <IconBell size={22} stroke={1.6} aria-hidden="true" />
      {count > 0 && (
        <span className="bell-count figures" aria-hidden="true">
          {count > 99 ? '99+' : count}
        </span>
      )}
    </Link>
  )
}
