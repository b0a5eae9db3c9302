import { Burger, Button, Menu, UnstyledButton } from '@mantine/core'
import {
  IconBeach,
  IconChevronDown,
  IconLogin2,
  IconLogout,
  IconShieldLock,
  IconUserCircle,
} from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, NavLink, Outlet, useLocation, useNavigate } from 'react-router'
import { Bell } from '../citizen/notifications/bell.tsx'
import { formatInstant } from '../shared/format.ts'
import type { Role } from './api-types.ts'
import { areas } from './areas.ts'
import { useLiveEvents } from './events.ts'
import { useLanguage, useText } from './i18n.ts'
import { LanguageSwitch } from './language-switch.tsx'
import { loginPath } from './login-path.ts'
import { useLegalNow, useMode } from './mode.ts'
import { hasRole, homeOf, useLogout, useRememberLanguage, useSession } from './session.tsx'
import { Failed, Loading } from './states.tsx'

const TypedCode = lazy(async () => ({ default: (await import('../desk/typed-code.tsx')).TypedCode }))

const WORKING: Role[] = ['clerk', 'one-stop-head', 'officer', 'unit-head', 'leader', 'clerical']

/** Demo mode is said on every page, with the legal clock, which may stand ahead of the reader's. */
const DemoStrip = () => {
  const { t } = useTranslation('app')
  const mode = useMode()
  const now = useLegalNow()
  const language = useLanguage()
  if (!mode?.demo) return null
  return (
    <aside className="demo-strip" aria-label={t('demo.label')}>
      <strong>{t('demo.short')}</strong>
      <span className="demo-long">{t('demo.long')}</span>
      <span className="demo-clock">
        {t('demo.clock')} <time className="figures">{formatInstant(now, language)}</time>
      </span>
    </aside>
  )
}

const Mark = () => (
  <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
    <rect width="32" height="32" rx="6" fill="currentColor" />
    <path
      d="M8 26V14a8 8 0 0 1 16 0v12M5.5 26h21"
      fill="none"
      stroke="#fff"
      strokeWidth="2.6"
      strokeLinecap="round"
    />
    <path d="M13 26v-9h6v9" fill="#fff" />
  </svg>
)

const Navigation = ({ onGo }: { onGo: () => void }) => {
  const { t } = useTranslation('app')
  const { session } = useSession()
  const items = areas.flatMap((area) => area.nav).filter((item) => item.shownTo(session))
  return (
    <ul className="nav">
      {items.map(({ to, label, icon: Icon }) => (
        <li key={to}>
          <NavLink to={to} end={to === '/'} className="nav-link" onClick={onGo}>
            <Icon size={18} stroke={1.7} />
            {t(label)}
          </NavLink>
        </li>
      ))}
    </ul>
  )
}

const Account = () => {
  const { t } = useTranslation('app')
  const { session } = useSession()
  const text = useText()
  const logout = useLogout()
  const navigate = useNavigate()
  const place = useLocation()
  if (session === undefined) return null
  if (session === null) {
    return (
      <Button
        component={Link}
        to={loginPath(place)}
        variant="default"
        size="xs"
        leftSection={<IconLogin2 size={16} />}
      >
        {t('nav.login')}
      </Button>
    )
  }
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <UnstyledButton className="account">
          <IconUserCircle className="account-icon" size={24} stroke={1.6} aria-hidden="true" />
          <span className="account-name">{session.person.name}</span>
          <IconChevronDown size={16} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label className="account-in-menu">{session.person.name}</Menu.Label>
        {session.posts.map((post) => (
          <Menu.Label key={post.id}>
            {text(post.title)}, {text(post.unit.name)}
          </Menu.Label>
        ))}
        {hasRole(session, ...WORKING) && (
          <Menu.Item component={Link} to="/vang-mat" leftSection={<IconBeach size={16} />}>
            {t('nav.absence')}
          </Menu.Item>
        )}
        <Menu.Item component={Link} to="/bao-mat" leftSection={<IconShieldLock size={16} />}>
          {t('nav.factor')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLogout size={16} />}
          onClick={async () => {
            await logout()
            await navigate('/dang-nhap')
          }}
        >
          {t('nav.logout')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

/** What stands around every page: skip link, demo strip, header with navigation, main region, footer. */
export const Shell = () => {
  const { t } = useTranslation('app')
  const [open, setOpen] = useState(false)
  const { pathname } = useLocation()
  const { session, problem } = useSession()
  const live = useLiveEvents()
  useRememberLanguage()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu closes when the page changes
  useEffect(() => setOpen(false), [pathname])

  return (
    <div className="shell">
      <a href="#content" className="skip-link">
        {t('nav.skip')}
      </a>
      <DemoStrip />
      <header className="header">
        <Link to={homeOf(session ?? null)} className="brand">
          <Mark />
          <span className="brand-name">{t('name')}</span>
        </Link>
        <nav
          aria-label={t('nav.label')}
          className={open ? 'header-nav header-nav-open' : 'header-nav'}
          id="navigation"
        >
          <Navigation onGo={() => setOpen(false)} />
        </nav>
        <div className="header-end">
          {session && !live && <span className="offline">{t('nav.notLive')}</span>}
          {session && <Bell />}
          <LanguageSwitch />
          <Account />
          <Burger
            className="burger"
            size="sm"
            opened={open}
            onClick={() => setOpen(!open)}
            aria-label={t('nav.menu')}
            aria-expanded={open}
            aria-controls="navigation"
          />
        </div>
      </header>
      <main id="content" tabIndex={-1} className="main">
        {problem && session === undefined ? (
          <Failed problem={problem} retry={() => location.reload()} />
        ) : session === undefined ? (
          <Loading />
        ) : (
          <Suspense fallback={<Loading />}>
            <Outlet />
          </Suspense>
        )}
      </main>
      {session?.kind === 'staff' && (
        <Suspense fallback={null}>
          <TypedCode />
        </Suspense>
      )}
      <footer className="footer">{t('footer')}</footer>
    </div>
  )
}
