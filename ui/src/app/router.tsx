import { createBrowserRouter } from 'react-router'
import { areas } from './areas.ts'
import { LoginPage } from './login.tsx'
import { PasswordPage } from './password.tsx'
import { NotFound, RouteProblem } from './problem-pages.tsx'
import { SecondFactorPage } from './second-factor.tsx'
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
          { path: '/bao-mat', element: <SecondFactorPage /> },
          { path: '*', element: <NotFound /> },
        ],
      },
    ],
  },
])
