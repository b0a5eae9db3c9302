import { createBrowserRouter } from 'react-router'
import { areas } from './areas.ts'
import { LoginPage } from './login.tsx'
import { PasswordPage } from './password.tsx'
import { NotFound, RouteProblem } from './problem-pages.tsx'
import { Shell } from './shell.tsx'

export const router = createBrowserRouter([
  {
    element: <Shell />,
    errorElement: <RouteProblem />,
    children: [
      {
        errorElement: <RouteProblem />,
        children: [
          ...areas.flatMap((area) => area.routes),
          { path: '/dang-nhap', element: <LoginPage /> },
          { path: '/dat-mat-khau', element: <PasswordPage /> },
          { path: '*', element: <NotFound /> },
        ],
      },
    ],
  },
])
