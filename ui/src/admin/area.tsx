import { IconSettings } from '@tabler/icons-react'
import { lazy } from 'react'
import type { Area } from '../app/areas.ts'
import { hasRole } from '../app/session.tsx'

const AdminLayout = lazy(() => import('./layout.tsx'))
const StatusPage = lazy(() => import('./status/status-page.tsx'))
const IncidentsPage = lazy(() => import('./incidents/incidents-page.tsx'))
const CalendarPage = lazy(() => import('./calendar/calendar-page.tsx'))
const PeoplePage = lazy(() => import('./people/people-page.tsx'))
const AgenciesPage = lazy(() => import('./agencies/agencies-page.tsx'))
const IntakePage = lazy(() => import('./intake/intake-page.tsx'))
const TemplatesPage = lazy(() => import('./templates/templates-page.tsx'))
const SigningPage = lazy(() => import('./signing/signing-page.tsx'))
const MailPage = lazy(() => import('./mail/mail-page.tsx'))
const ClockPage = lazy(() => import('./clock/clock-page.tsx'))

export const area: Area = {
  nav: [
    {
      to: '/quan-tri',
      label: 'admin:nav.admin',
      icon: IconSettings,
      shownTo: (session) => hasRole(session, 'admin'),
    },
  ],
  routes: [
    {
      path: '/quan-tri',
      element: <AdminLayout />,
      children: [
        { index: true, element: <StatusPage /> },
        { path: 'su-co', element: <IncidentsPage /> },
        { path: 'lich', element: <CalendarPage /> },
        { path: 'nguoi-dung', element: <PeoplePage /> },
        { path: 'co-quan', element: <AgenciesPage /> },
        { path: 'nhap', element: <IntakePage /> },
        { path: 'mau-van-ban', element: <TemplatesPage /> },
        { path: 'chu-ky-so', element: <SigningPage /> },
        { path: 'thu', element: <MailPage /> },
        { path: 'dong-ho', element: <ClockPage /> },
      ],
    },
  ],
}
