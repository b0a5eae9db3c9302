import { IconVectorBezier2 } from '@tabler/icons-react'
import { lazy } from 'react'
import type { Area } from '../app/areas.ts'
import { hasRole } from '../app/session.tsx'

const HomePage = lazy(() => import('./home/home-page.tsx'))
const CataloguePage = lazy(() => import('./catalogue/catalogue-page.tsx'))
const ProcedureStudioPage = lazy(() => import('./procedure/procedure-page.tsx'))
const WorkspacePage = lazy(() => import('./workspace/workspace-page.tsx'))
const ComparePage = lazy(() => import('./compare/compare-page.tsx'))
const ReplayPage = lazy(() => import('./replay/replay-page.tsx'))
const HeatmapPage = lazy(() => import('./heatmap/heatmap-page.tsx'))
const ReviewPage = lazy(() => import('./review/review-page.tsx'))
const PublishingPage = lazy(() => import('./publishing/publishing-page.tsx'))
const MigrationPage = lazy(() => import('./migration/migration-page.tsx'))
const TrialPage = lazy(() => import('./trial/trial-page.tsx'))

export const area: Area = {
  nav: [
    {
      to: '/thiet-ke',
      label: 'studio:nav.studio',
      icon: IconVectorBezier2,
      shownTo: (session) => hasRole(session, 'analyst', 'control', 'leader'),
    },
  ],
  routes: [
    { path: '/thiet-ke', element: <HomePage /> },
    { path: '/thiet-ke/danh-muc', element: <CataloguePage /> },
    { path: '/thiet-ke/thu-tuc/:code', element: <ProcedureStudioPage /> },
    { path: '/thiet-ke/thu-tuc/:code/ban-do-nhiet', element: <HeatmapPage /> },
    { path: '/thiet-ke/thu-tuc/:code/chuyen-phien-ban', element: <MigrationPage /> },
    { path: '/thiet-ke/ban-thao/:id/so-sanh', element: <ComparePage /> },
    { path: '/thiet-ke/ban-thao/:id/phat-lai', element: <ReplayPage /> },
    { path: '/thiet-ke/ban-thao/:id/chay-thu', element: <TrialPage /> },
    { path: '/thiet-ke/ban-thao/:id/tham-dinh', element: <ReviewPage /> },
    { path: '/thiet-ke/ban-thao/:id/ban-hanh', element: <PublishingPage /> },
    { path: '/thiet-ke/ban-thao/:id/:section?', element: <WorkspacePage /> },
  ],
}
