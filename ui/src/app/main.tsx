import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './fonts.css'
import './app.css'
import '../shared/shared.css'
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router/dom'
import './i18n.ts'
import { ApiProblem } from './api.ts'
import { router } from './router.tsx'
import { cssVariables, theme } from './theme.ts'

/** A server that is away is asked again; a refusal is an answer and is not. */
const worthRetrying = (failures: number, problem: Error) =>
  failures < 2 && problem instanceof ApiProblem && (problem.status === 0 || problem.status >= 500)

const cache = new QueryClient({
  defaultOptions: { queries: { retry: worthRetrying, staleTime: 10_000, refetchOnWindowFocus: true } },
})

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} forceColorScheme="light">
      <QueryClientProvider client={cache}>
        <Notifications position="bottom-left" />
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
