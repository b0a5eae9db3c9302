import type { Engine } from '../engine/index.ts'
import type { Route } from '../http/route.ts'
import type { Services } from '../services.ts'
import { draftRoutes } from './drafts/routes.ts'
import { heatmapRoutes } from './heatmap/routes.ts'
import { lintRoutes } from './lint/routes.ts'
import { migrationRoutes } from './migration/routes.ts'
import { publishingRoutes } from './publishing/routes.ts'
import { templateRoutes } from './templates/routes.ts'

/** Everything under /api/studio: one line for each part. */
export const studioRoutes = (services: Services, engine: Engine): Route[] => [
  ...draftRoutes,
  ...publishingRoutes(services, engine),
  ...lintRoutes,
  ...templateRoutes,
  ...heatmapRoutes,
  ...migrationRoutes,
]
