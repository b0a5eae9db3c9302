import { confirmationRequest } from './confirmations/worker.ts'
import { consultationRequest } from './consultations/worker.ts'
import { deadlineAlarm } from './deadlines/worker.ts'
import { dossierValidate, resultPublish } from './dossiers/worker.ts'
import type { ProjectionHooks, WorkerDefinition } from './engine/index.ts'
import { exchangeRequest } from './exchange/worker.ts'
import { childrenOpen } from './groups/open.ts'
import { letterIssue } from './letters/worker.ts'
import { notifySend } from './notifications/worker.ts'
import { feeCalculate } from './payments/worker.ts'
import { dossierRoute, type Evaluate } from './routing/worker.ts'
import type { Services } from './services.ts'
import { dossierMigrated } from './studio/migration/moved.ts'
import { userTaskCreated, userTaskEnded, waitOpened } from './tasks/project.ts'

/** Every job type that an analyst can draw and a worker does. `await.*` has none: an act or an alarm ends it. */
export const workers = (services: Services, evaluate: Evaluate): WorkerDefinition[] => [
  dossierValidate,
  dossierRoute(evaluate),
  consultationRequest,
  confirmationRequest,
  exchangeRequest,
  childrenOpen,
  feeCalculate,
  letterIssue,
  notifySend,
  resultPublish,
  deadlineAlarm(services),
]

/** What the record stream means to the product. */
export const projections: ProjectionHooks = {
  userTaskCreated,
  userTaskEnded,
  waitOpened,
  instanceMigrated: dossierMigrated,
  // A dossier's end is an act of ours, written before the engine knows; there is nothing to add.
  instanceEnded: async () => undefined,
}
