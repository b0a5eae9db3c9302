import { IconEye, IconGavel, IconLink, IconMessageReply, IconReportSearch } from '@tabler/icons-react'
import { lazy } from 'react'
import type { Role } from '../app/api-types.ts'
import type { Area } from '../app/areas.ts'
import { hasRole, isOverseer } from '../app/session.tsx'

const LatePage = lazy(() => import('./late/late-page.tsx'))
const DossierAuditPage = lazy(() => import('./dossier/dossier-page.tsx'))
const IntervalPage = lazy(() => import('./interval/interval-page.tsx'))
const OpeningsPage = lazy(() => import('./openings/openings-page.tsx'))
const BreachesPage = lazy(() => import('./breaches/breaches-page.tsx'))
const GamedPage = lazy(() => import('./gamed/gamed-page.tsx'))
const FindingsPage = lazy(() => import('./findings/findings-page.tsx'))
const ExplanationsPage = lazy(async () => ({
  default: (await import('./findings/findings-page.tsx')).ExplanationsPage,
}))
const FindingPage = lazy(() => import('./findings/finding-page.tsx'))
const ReportsPage = lazy(() => import('./reports/reports-page.tsx'))
const Index766Page = lazy(() => import('./index766/index-page.tsx'))
const InspectionsPage = lazy(() => import('./inspections/inspections-page.tsx'))
const TrailPage = lazy(() => import('./trail/trail-page.tsx'))

const HEADS: Role[] = ['unit-head', 'one-stop-head', 'leader']
/** Who may be asked to explain. */
const ACCOUNTABLE: Role[] = ['clerk', 'officer', 'clerical', ...HEADS]
const OVERSIGHT: Role[] = ['auditor', 'control']

export const area: Area = {
  nav: [
    {
      to: '/kiem-tra',
      label: 'audit:nav.late',
      icon: IconReportSearch,
      shownTo: (session) => isOverseer(session) || hasRole(session, ...HEADS),
    },
    {
      to: '/nhat-ky',
      label: 'audit:nav.trail',
      icon: IconLink,
      shownTo: isOverseer,
    },
    {
      to: '/du-lieu-ca-nhan',
      label: 'audit:nav.openings',
      icon: IconEye,
      shownTo: (session) => hasRole(session, ...OVERSIGHT),
    },
    {
      to: '/giai-trinh',
      label: 'audit:nav.explain',
      icon: IconMessageReply,
      shownTo: (session) => hasRole(session, ...ACCOUNTABLE),
    },
    {
      to: '/thanh-tra',
      label: 'audit:nav.inspections',
      icon: IconGavel,
      shownTo: (session) => hasRole(session, 'admin', ...OVERSIGHT),
    },
  ],
  routes: [
    { path: '/kiem-tra', element: <LatePage /> },
    { path: '/kiem-tra/ho-so/:id', element: <DossierAuditPage /> },
    { path: '/kiem-tra/khoang/:id', element: <IntervalPage /> },
    { path: '/kiem-tra/vi-pham', element: <BreachesPage /> },
    { path: '/kiem-tra/dau-hieu', element: <GamedPage /> },
    { path: '/kiem-tra/phat-hien', element: <FindingsPage /> },
    { path: '/kiem-tra/phat-hien/:id', element: <FindingPage /> },
    { path: '/kiem-tra/bao-cao', element: <ReportsPage /> },
    { path: '/kiem-tra/chi-so-766', element: <Index766Page /> },
    { path: '/giai-trinh', element: <ExplanationsPage /> },
    { path: '/giai-trinh/:id', element: <FindingPage /> },
    { path: '/thanh-tra', element: <InspectionsPage /> },
    { path: '/nhat-ky', element: <TrailPage /> },
    { path: '/du-lieu-ca-nhan', element: <OpeningsPage /> },
  ],
}
