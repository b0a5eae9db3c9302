import type { Engine } from '../engine/index.ts'
import type { Route } from '../http/route.ts'
import type { Services } from '../services.ts'
import { catalogueRoutes } from './catalogue/routes.ts'
import { compareRoutes } from './compare/routes.ts'
import { conformanceRoutes } from './conformance/routes.ts'
import { draftRoutes } from './drafts/routes.ts'
import { heatmapRoutes } from './heatmap/routes.ts'
import { knownFieldsRoutes } from './known-fields/routes.ts'
import { lintRoutes } from './lint/routes.ts'
import { migrationRoutes } from './migration/routes.ts'
import { publishingRoutes } from './publishing/routes.ts'
import { replayRoutes } from './replay/routes.ts'
import { templateRoutes } from './templates/routes.ts'
import { trialRoutes } from './trial/routes.ts'

/** Everything under /api/studio: one line for each part. */
export const studioRoutes = (
  services: Services,
  engine: Engine,
  settings: { trials: boolean; demo: boolean },
): Route[] => [
  ...draftRoutes,
  ...compareRoutes(services),
  ...publishingRoutes(services, engine),
  ...lintRoutes,
  ...knownFieldsRoutes,
  ...templateRoutes,
  ...heatmapRoutes,
  ...conformanceRoutes,
  ...replayRoutes(services),
  ...migrationRoutes,
  ...trialRoutes(settings.trials),
  ...catalogueRoutes({ sample: settings.demo }),
]
