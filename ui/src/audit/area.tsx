import { IconEye, IconLink, IconReportSearch } from '@tabler/icons-react'
import { lazy } from 'react'
import type { Role } from '../app/api-types.ts'
import type { Area } from '../app/areas.ts'
import { hasRole } from '../app/session.tsx'

const LatePage = lazy(() => import('./late/late-page.tsx'))
const DossierAuditPage = lazy(() => import('./dossier/dossier-page.tsx'))
const IntervalPage = lazy(() => import('./interval/interval-page.tsx'))
const OpeningsPage = lazy(() => import('./openings/openings-page.tsx'))
const TrailPage = lazy(() => import('./trail/trail-page.tsx'))

const OVERSIGHT: Role[] = ['auditor', 'control']

export const area: Area = {
  nav: [
    {
      to: '/kiem-tra',
      label: 'audit:nav.late',
      icon: IconReportSearch,
      shownTo: (session) => hasRole(session, ...OVERSIGHT),
    },
    {
      to: '/nhat-ky',
      label: 'audit:nav.trail',
      icon: IconLink,
      shownTo: (session) => hasRole(session, ...OVERSIGHT),
    },
    {
      to: '/du-lieu-ca-nhan',
      label: 'audit:nav.openings',
      icon: IconEye,
      shownTo: (session) => hasRole(session, ...OVERSIGHT),
    },
  ],
  routes: [
    { path: '/kiem-tra', element: <LatePage /> },
    { path: '/kiem-tra/ho-so/:id', element: <DossierAuditPage /> },
    { path: '/kiem-tra/khoang/:id', element: <IntervalPage /> },
    { path: '/nhat-ky', element: <TrailPage /> },
    { path: '/du-lieu-ca-nhan', element: <OpeningsPage /> },
  ],
}
