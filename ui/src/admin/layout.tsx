import { useQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink, Outlet, useLocation } from 'react-router'
import { useMode } from '../app/mode.ts'
import { Page } from '../app/page.tsx'
import { hasRole, useSession } from '../app/session.tsx'
import { Loading, NoPermission } from '../app/states.tsx'
import { useIntoSight } from '../shared/use-into-sight.ts'
import './admin.css'
import { incidents } from './queries.ts'

const PAGES = [
  ['', 'status'],
  ['su-co', 'incidents'],
  ['lich', 'calendar'],
  ['nguoi-dung', 'people'],
  ['co-quan', 'agencies'],
  ['nhap', 'intake'],
  ['mau-van-ban', 'templates'],
  ['chu-ky-so', 'signing'],
  ['thu', 'mail'],
  ['dong-ho', 'clock'],
] as const

const Pages = () => {
  const { t } = useTranslation('admin')
  const demo = useMode()?.demo
  const open = useQuery(incidents()).data?.filter(({ state }) => state === 'open').length ?? 0
  const nav = useIntoSight<HTMLElement>(`${useLocation().pathname} ${demo}`)
  return (
    <nav ref={nav} aria-label={t('nav.pages')} className="admin-nav no-print">
      <ul>
        {PAGES.filter(([, name]) => name !== 'clock' || demo).map(([path, name]) => (
          <li key={name}>
            <NavLink to={`/quan-tri${path && `/${path}`}`} end className="admin-link">
              {t(`nav.${name}`)}
              {name === 'incidents' && open > 0 && (
                <span className="admin-count" title={t('nav.open', { count: open })}>
                  {open}
                </span>
              )}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** The administrator's pages, side by side. */
export default function AdminLayout() {
  const { t } = useTranslation('admin')
  const { session } = useSession()
  if (session === undefined) return <Loading />
  if (!hasRole(session, 'admin'))
    return (
      <Page title={t('nav.admin')}>
        <NoPermission />
      </Page>
    )
  return (
    <div className="admin">
      <Pages />
      <div className="admin-page">
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </div>
    </div>
  )
}
