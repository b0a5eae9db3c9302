import type { Route } from '../http/route.ts'
import type { Services } from '../services.ts'
import { draftRoutes } from './drafts/routes.ts'
import { heatmapRoutes } from './heatmap/routes.ts'
import { templateRoutes } from './templates/routes.ts'

/** Everything under /api/studio: one line for each part. */
export const studioRoutes = (_services: Services): Route[] => [...draftRoutes, ...templateRoutes, ...heatmapRoutes]
