import { IconFileSearch, IconFolders, IconListSearch } from '@tabler/icons-react'
import { lazy } from 'react'
import type { Area } from '../app/areas.ts'
import { HomePage } from './home.tsx'

const ProcedurePage = lazy(() => import('./procedure.tsx'))
const FilingPage = lazy(() => import('./filing/filing.tsx'))
const TrackPage = lazy(() => import('./track.tsx'))
const MyDossiersPage = lazy(() => import('./my-dossiers.tsx'))
const PaymentReturnPage = lazy(() => import('./payment-return.tsx'))
const MyDossierPage = lazy(() => import('./dossier.tsx'))
const WhatIfPage = lazy(() => import('./what-if/page.tsx'))
const NotificationsPage = lazy(() => import('./notifications/page.tsx'))

export const area: Area = {
  nav: [
    {
      to: '/',
      label: 'citizen:nav.procedures',
      icon: IconListSearch,
      shownTo: (session) => session?.kind !== 'staff',
    },
    {
      to: '/tra-cuu',
      label: 'citizen:nav.track',
      icon: IconFileSearch,
      shownTo: (session) => session?.kind !== 'staff',
    },
    {
      to: '/ho-so-cua-toi',
      label: 'citizen:nav.mine',
      icon: IconFolders,
      shownTo: (session) => session?.kind === 'citizen',
    },
  ],
  routes: [
    { path: '/', element: <HomePage /> },
    { path: '/thu-tuc/:code', element: <ProcedurePage /> },
    { path: '/nop-ho-so/:code', element: <FilingPage /> },
    { path: '/tra-cuu/:code?', element: <TrackPage /> },
    { path: '/thanh-toan', element: <PaymentReturnPage /> },
    { path: '/ho-so-cua-toi', element: <MyDossiersPage /> },
    { path: '/ho-so-cua-toi/:id', element: <MyDossierPage /> },
    { path: '/thu-tinh-han', element: <WhatIfPage /> },
    { path: '/thong-bao', element: <NotificationsPage /> },
  ],
}
