/** What the rest of the product may know of the engine. */
export type { ElementVisit, ProjectionHooks } from './announce.ts'
export { type Engine, type EngineRole, type EngineSettings, startEngine } from './engine.ts'
export { EpochMismatch, ensureEpoch } from './epoch.ts'
export { EngineError } from './errors.ts'
export type { EngineHealth } from './health.ts'
export {
  type OpenIncident,
  openIncidents,
  retryIncident,
  type StuckCommand,
  stuckCommands,
} from './incidents.ts'
export { DoneInPart, defineWorker, type Job, JobIncident, type WorkerDefinition } from './job.ts'
export {
  enqueueCancel,
  enqueueMessage,
  enqueueMigration,
  enqueueStart,
  enqueueTaskCompletion,
  putCommand,
  retryCommand,
  type SubjectKind,
} from './outbox.ts'
export { indexPrefix } from './records.ts'
export { rebuildProjection } from './replay.ts'
export { type OpenWork, type ThrowAwayEngine, type Trace, withThrowAwayEngine } from './throw-away.ts'
export { lockSubjects } from './visits.ts'
export { settleWait } from './waits.ts'
