import { absenceRoutes } from './absence/routes.ts'
import { agencyRoutes } from './agencies/routes.ts'
import { auditRoutes } from './audit/routes.ts'
import { hoursRoutes } from './calendar/hours-routes.ts'
import { calendarRoutes } from './calendar/routes.ts'
import type { ClockControl } from './clock-control.ts'
import { clockRoutes } from './clock-routes.ts'
import type { Config } from './config.ts'
import { confirmationRoutes } from './confirmations/routes.ts'
import { controlSlipRoutes } from './control-slip/routes.ts'
import { counterRoutes } from './counter/routes.ts'
import { explainRoutes } from './deadlines/explain-routes.ts'
import { documentRoutes } from './documents/routes.ts'
import { phraseRoutes } from './dossiers/phrases.ts'
import { dossierRoutes } from './dossiers/routes.ts'
import type { Engine } from './engine/index.ts'
import { engineRoutes } from './engine/routes.ts'
import type { Hub } from './events/hub.ts'
import { eventRoutes } from './events/routes.ts'
import { exchangeRoutes } from './exchange/routes.ts'
import { findingRoutes } from './findings/routes.ts'
import { handoverRoutes } from './handover/routes.ts'
import { modeRoute } from './http/mode.ts'
import type { Route } from './http/route.ts'
import { index766Routes } from './index766/routes.ts'
import { inspectionRoutes } from './inspections/routes.ts'
import { intakeRoutes } from './intake/routes.ts'
import { letterRoutes } from './letters/routes.ts'
import { signingRoutes } from './letters/signing-routes.ts'
import { templateRoutes } from './letters/template-routes.ts'
import { notificationRoutes } from './notifications/routes.ts'
import type { BrokerPart } from './parts.ts'
import { paymentRoutes } from './payments/routes.ts'
import type { Vnpay } from './payments/vnpay.ts'
import { adminPeopleRoutes } from './people/admin-routes.ts'
import { draftKeyRoute } from './people/draft-key.ts'
import { passwordRoutes } from './people/password-routes.ts'
import { secondFactorRoutes } from './people/second-factor-routes.ts'
import { personalRoutes } from './personal/routes.ts'
import { procedureRoutes } from './procedures/routes.ts'
import { registerRoutes } from './registers/routes.ts'
import { reportRoutes } from './reports/routes.ts'
import { routingRoutes } from './routing/routes.ts'
import type { Services } from './services.ts'
import { loginRoutes } from './sso/routes.ts'
import { studioRoutes } from './studio/routes.ts'
import { taskRoutes } from './tasks/routes.ts'
import { teamRoutes } from './team/routes.ts'
import { urgingRoutes } from './urging/routes.ts'

/** The largest file anybody may upload; a paper may allow less. */
const MAX_UPLOAD_BYTES = 25 * 1024 * 1024

type Parts = {
  services: Services
  /** Null: fees are paid at the counter only. */
  vnpay: Vnpay | null
  config: Config
  engine: Engine
  control: ClockControl
  broker: BrokerPart
  hub: Hub
  version: string
}

/** The whole API, feature by feature. */
export const routes = ({
  services,
  vnpay,
  config,
  engine,
  control,
  broker,
  hub,
  version,
}: Parts): Route[] => [
  modeRoute({ mode: config.mode, demo: config.demo, version, ...(config.sso && { sso: config.sso.name }) }),
  ...loginRoutes(services, config),
  draftKeyRoute(config.sessionSecret),
  ...agencyRoutes,
  ...procedureRoutes,
  ...studioRoutes(services, engine, config),
  ...documentRoutes(services.files, MAX_UPLOAD_BYTES),
  ...dossierRoutes(services),
  ...phraseRoutes,
  ...personalRoutes,
  ...controlSlipRoutes(services),
  ...counterRoutes(services),
  ...handoverRoutes(services),
  ...confirmationRoutes(services),
  ...taskRoutes(services),
  ...absenceRoutes(),
  ...teamRoutes(),
  ...urgingRoutes(services),
  ...paymentRoutes(services, vnpay),
  ...exchangeRoutes,
  ...letterRoutes(services),
  ...signingRoutes(services),
  ...templateRoutes(services),
  ...routingRoutes,
  ...notificationRoutes(config.smtpUrl !== undefined),
  ...registerRoutes(services),
  ...reportRoutes(),
  ...findingRoutes(services),
  ...inspectionRoutes,
  ...index766Routes(),
  ...secondFactorRoutes(services.db),
  ...auditRoutes(services.db, config.dataDir),
  ...adminPeopleRoutes(),
  ...passwordRoutes(services.settings, config.smtpUrl === undefined ? null : config.sessionSecret),
  ...intakeRoutes({ sample: config.demo }),
  ...calendarRoutes(),
  ...hoursRoutes(),
  ...explainRoutes(services.db),
  ...engineRoutes(engine),
  ...clockRoutes(control, engine, config.demo ? broker.managementAddress : undefined),
  ...eventRoutes(hub),
]
