import {
  IconArrowsExchange,
  IconBook2,
  IconBuildingCommunity,
  IconEyeCheck,
  IconFiles,
  IconInbox,
  IconUsersGroup,
} from '@tabler/icons-react'
import { lazy } from 'react'
import type { Role } from '../app/api-types.ts'
import type { Area } from '../app/areas.ts'
import { hasRole } from '../app/session.tsx'

const WorklistPage = lazy(() => import('./worklist/worklist.tsx'))
const TaskPage = lazy(() => import('./dossier/by-task.tsx'))
const DossierPage = lazy(() => import('./dossier/by-dossier.tsx'))
const DossiersPage = lazy(() => import('./dossiers.tsx'))
const TeamPage = lazy(() => import('./team/team-page.tsx'))
const OneStopPage = lazy(() => import('./one-stop/one-stop-page.tsx'))
const AbsencePage = lazy(() => import('./absence/absence-page.tsx'))
const CounterPage = lazy(() => import('./counter/counter.tsx'))
const CashPage = lazy(() => import('./counter/cash.tsx'))
const CounterFilingPage = lazy(() => import('./counter/counter-filing.tsx'))
const HandoversPage = lazy(() => import('./counter/handovers.tsx'))
const HandoverPage = lazy(() => import('./counter/handover.tsx'))
const LetterBookPage = lazy(() => import('./register/letters.tsx'))
const DossierBookPage = lazy(() => import('./register/dossiers.tsx'))

const WORKING: Role[] = ['clerk', 'one-stop-head', 'officer', 'unit-head', 'leader', 'clerical']
const COUNTER: Role[] = ['clerk', 'one-stop-head']
const HANDING: Role[] = [...COUNTER, 'officer', 'unit-head']
const HEADS: Role[] = ['one-stop-head', 'unit-head', 'leader']
const READING: Role[] = [...WORKING, 'control', 'auditor']

export const area: Area = {
  nav: [
    {
      to: '/ban-lam-viec',
      label: 'desk:nav.worklist',
      icon: IconInbox,
      shownTo: (session) => hasRole(session, ...WORKING),
    },
    {
      to: '/mot-cua',
      label: 'desk:nav.counter',
      icon: IconBuildingCommunity,
      shownTo: (session) => hasRole(session, ...COUNTER),
    },
    {
      to: '/ban-giao',
      label: 'desk:nav.handover',
      icon: IconArrowsExchange,
      shownTo: (session) => hasRole(session, ...HANDING),
    },
    {
      to: '/dieu-hanh',
      label: 'desk:nav.oneStop',
      icon: IconEyeCheck,
      shownTo: (session) => hasRole(session, 'one-stop-head'),
    },
    {
      to: '/nhom',
      label: 'desk:nav.team',
      icon: IconUsersGroup,
      shownTo: (session) => hasRole(session, ...HEADS),
    },
    {
      to: '/ho-so',
      label: 'desk:nav.dossiers',
      icon: IconFiles,
      shownTo: (session) => hasRole(session, ...READING),
    },
    {
      to: '/so/van-ban',
      label: 'desk:nav.registers',
      icon: IconBook2,
      shownTo: (session) => hasRole(session, ...READING),
    },
  ],
  routes: [
    { path: '/ban-lam-viec', element: <WorklistPage /> },
    { path: '/ban-lam-viec/viec/:taskId', element: <TaskPage /> },
    { path: '/ban-lam-viec/ho-so/:id', element: <DossierPage /> },
    { path: '/ho-so', element: <DossiersPage /> },
    { path: '/so/van-ban', element: <LetterBookPage /> },
    { path: '/so/ho-so', element: <DossierBookPage /> },
    { path: '/nhom', element: <TeamPage /> },
    { path: '/vang-mat', element: <AbsencePage /> },
    { path: '/dieu-hanh', element: <OneStopPage /> },
    { path: '/mot-cua', element: <CounterPage /> },
    { path: '/mot-cua/thu-tien', element: <CashPage /> },
    { path: '/mot-cua/nop-ho-so/:code', element: <CounterFilingPage /> },
    { path: '/ban-giao', element: <HandoversPage /> },
    { path: '/ban-giao/:id', element: <HandoverPage /> },
  ],
}
