import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { MyNotification } from '../../app/api-types.ts'
import { useSession } from '../../app/session.tsx'
import { Empty, Loaded } from '../../app/states.tsx'
import { More } from '../../shared/more.tsx'
import { Tag } from '../../shared/tags.tsx'
import { When } from '../../shared/when.tsx'
import './notifications.css'
import { notifications, useRead } from './queries.ts'

const Notice = ({ item, withDossier }: { item: MyNotification; withDossier: boolean }) => {
  const { t } = useTranslation('citizen')
  const { session } = useSession()
  const read = useRead()
  const place = session?.kind === 'staff' ? '/ban-lam-viec/ho-so' : '/ho-so-cua-toi'
  return (
    <li>
      <details
        className={item.readAt ? 'notice' : 'notice notice-new'}
        onToggle={(event) => event.currentTarget.open && !item.readAt && read.mutate([item.id])}
      >
        <summary>
          <span className="notice-subject">{item.subject}</span>
          {!item.readAt && <Tag tone="accent">{t('notices.new')}</Tag>}
          <span className="soft notice-at">
            <When at={item.createdAt} />
          </span>
        </summary>
        <p className="notice-text">{item.body}</p>
        {withDossier && item.dossierId && (
          <Link to={`${place}/${item.dossierId}`}>{t('notices.open', { code: item.dossierCode })}</Link>
        )}
      </details>
    </li>
  )
}

/** What the one-stop has written; a message counts as read when it is opened. */
export const Notices = ({ dossierId }: { dossierId?: string }) => {
  const { t } = useTranslation('citizen')
  const pages = useInfiniteQuery(notifications(dossierId))
  const items = pages.data?.pages.flatMap((page) => page.items)
  return (
    <Loaded query={{ ...pages, data: items }} lines={4}>
      {(all) =>
        all.length === 0 ? (
          <Empty title={t('notices.none')}>{!dossierId && t('notices.noneHelp')}</Empty>
        ) : (
          <>
            <ul className="notices">
              {all.map((item) => (
                <Notice key={item.id} item={item} withDossier={!dossierId} />
              ))}
            </ul>
            <More pages={pages} />
          </>
        )
      }
    </Loaded>
  )
}
