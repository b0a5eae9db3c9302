import { lazy } from 'react'

/** The form library is a chunk of its own: only somebody who fills in a form waits for it. */
export const EForm = lazy(() => import('./eform.tsx'))
