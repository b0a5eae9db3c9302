import { createBrowserRouter } from 'react-router'
import { areas } from './areas.ts'
import { LoginPage } from './login.tsx'
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
          { path: '*', element: <NotFound /> },
        ],
      },
    ],
  },
])
