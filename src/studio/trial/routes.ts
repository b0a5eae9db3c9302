import { z } from 'zod'
import { idParams, type Route, route } from '../../http/route.ts'
import { startTrial, trials, trialView } from './act.ts'
import { StartTrial, TrialList, TrialView, trialParams } from './schemas.ts'

const read = { action: 'read', subject: 'Draft' } as const

/** A draft's examples on an engine of their own. `allowed`: whether this server may start one. */
export const trialRoutes = (allowed: boolean): Route[] => [
  route({
    method: 'get',
    path: '/api/studio/drafts/:id/trials',
    summary: 'Trials of a draft, the newest first, and whether one can be started here',
    permission: read,
    params: idParams,
    answer: TrialList,
    handler: ({ tx, params }) => trials(tx, params.id, allowed),
  }),
  route({
    method: 'post',
    path: '/api/studio/drafts/:id/trials',
    summary: 'Run the examples of a draft on a throw-away engine',
    permission: { action: 'create', subject: 'Draft' },
    params: idParams,
    body: StartTrial,
    answer: z.object({ id: z.uuid() }),
    status: 201,
    handler: async ({ tx, params, body }) => ({
      id: await startTrial(tx, params.id, { revision: body.revision, allowed }),
    }),
  }),
  route({
    method: 'get',
    path: '/api/studio/drafts/:id/trials/:trial',
    summary: 'Where each example of a trial went',
    permission: read,
    params: trialParams,
    answer: TrialView,
    handler: ({ tx, params }) => trialView(tx, params.id, params.trial),
  }),
]
