import { z } from 'zod'
import { idParams, type Route, route } from '../../http/route.ts'
import { pauseMigration, resumeMigration, retryMigration, startMigration } from './act.ts'
import { plan, planDossiers } from './plan.ts'
import { runItems, runPage, runs, versionsWithOpen } from './read-model.ts'
import {
  MigrationDossiers,
  MigrationItems,
  MigrationItemsQuery,
  MigrationPlan,
  MigrationQuery,
  MigrationRunPage,
  MigrationRuns,
  MigrationVersions,
  PlanDossiers,
  PlanMigration,
  RetryMigration,
  StartMigration,
} from './schemas.ts'

const read = { action: 'read', subject: 'Migration' } as const
const create = { action: 'create', subject: 'Migration' } as const
const update = { action: 'update', subject: 'Migration' } as const

/** Moving open dossiers to another version of their procedure, by a named act. */
export const migrationRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/studio/migrations',
    summary: 'Acts that moved open dossiers of a procedure to another version, the newest first',
    permission: read,
    query: MigrationQuery,
    answer: MigrationRuns,
    handler: ({ tx, query }) => runs(tx, query.code),
  }),
  route({
    method: 'get',
    path: '/api/studio/migration-versions',
    summary: 'Versions of a procedure and how many open dossiers run under each',
    permission: read,
    query: MigrationQuery,
    answer: MigrationVersions,
    handler: ({ tx, query }) => versionsWithOpen(tx, query.code),
  }),
  route({
    method: 'post',
    path: '/api/studio/migration-plans',
    summary:
      'What moving would do to the open dossiers of a version, in numbers, and where they stand. Changes nothing',
    permission: read,
    body: PlanMigration,
    answer: MigrationPlan,
    handler: ({ tx, body }) => plan(tx, body),
  }),
  route({
    method: 'post',
    path: '/api/studio/migration-plans/dossiers',
    summary:
      'What moving would do to each open dossier, page by page: stays, can, cannot and why, and its clock. Changes nothing',
    permission: read,
    body: PlanDossiers,
    answer: MigrationDossiers,
    handler: ({ tx, body }) => planDossiers(tx, body),
  }),
  route({
    method: 'post',
    path: '/api/studio/migrations',
    summary: 'Move open dossiers to another version: who, why, by which decision',
    permission: create,
    body: StartMigration,
    answer: z.object({ id: z.uuid() }),
    status: 201,
    handler: async ({ tx, body }) => ({ id: await startMigration(tx, body) }),
  }),
  route({
    method: 'get',
    path: '/api/studio/migrations/:id',
    summary: 'An act of moving: who, why, and how many dossiers came to what',
    permission: read,
    params: idParams,
    answer: MigrationRunPage,
    handler: ({ tx, params }) => runPage(tx, params.id),
  }),
  route({
    method: 'get',
    path: '/api/studio/migrations/:id/dossiers',
    summary: 'What became of each dossier of an act of moving, page by page',
    permission: read,
    params: idParams,
    query: MigrationItemsQuery,
    answer: MigrationItems,
    handler: ({ tx, params, query }) => runItems(tx, params.id, query),
  }),
  route({
    method: 'post',
    path: '/api/studio/migrations/:id/pause',
    summary: 'Move no further dossier for now; those under way are finished',
    permission: update,
    params: idParams,
    answer: z.void(),
    handler: ({ tx, params }) => pauseMigration(tx, params.id),
  }),
  route({
    method: 'post',
    path: '/api/studio/migrations/:id/resume',
    summary: 'Go on where it was paused',
    permission: update,
    params: idParams,
    answer: z.void(),
    handler: ({ tx, params }) => resumeMigration(tx, params.id),
  }),
  route({
    method: 'post',
    path: '/api/studio/migrations/:id/retry',
    summary: 'Try again the dossiers that could not be moved, or those named',
    permission: update,
    params: idParams,
    body: RetryMigration,
    answer: z.object({ dossiers: z.int() }),
    handler: async ({ tx, params, body }) => ({
      dossiers: await retryMigration(tx, params.id, body.dossierIds),
    }),
  }),
]
