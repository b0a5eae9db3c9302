import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { isOverseer, useSession } from '../app/session.tsx'
import { useIntoSight } from '../shared/use-into-sight.ts'

const PAGES = [
  ['/kiem-tra', 'late'],
  ['/kiem-tra/vi-pham', 'breaches'],
  ['/kiem-tra/dau-hieu', 'gamed'],
  ['/kiem-tra/phat-hien', 'findings'],
  ['/kiem-tra/bao-cao', 'reports'],
  ['/kiem-tra/chi-so-766', 'index766'],
] as const
/** What heads of unit and leaders may read too. */
const FOR_HEADS = ['late', 'breaches', 'index766']

/** The auditor's pages, side by side. */
export const AuditNav = () => {
  const { t } = useTranslation('audit')
  const { session } = useSession()
  const nav = useIntoSight<HTMLElement>(location.pathname)
  const overseer = isOverseer(session)
  return (
    <nav ref={nav} aria-label={t('nav.pages')} className="audit-nav no-print">
      <ul>
        {PAGES.filter(([, name]) => overseer || FOR_HEADS.includes(name)).map(([path, name]) => (
          <li key={name}>
            <NavLink to={path} end className="audit-nav-link">
              {t(`nav.${name}`)}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
