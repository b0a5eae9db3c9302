import { z } from 'zod'
import { idParams, type Route, route } from '../../http/route.ts'
import { demandOrder } from '../../reports/routes.ts'
import type { Services } from '../../services.ts'
import { cancelReplay, startReplay } from './run.ts'
import { NewReplay, ReplayPage, ReplayStarted, ReplayView } from './schemas.ts'
import { replayPage, replayView } from './view.ts'

const permission = { action: 'read', subject: 'Flow' } as const

/** A year's dossiers through a draft, beside the version in force and what really happened. */
export const replayRoutes = ({ db }: Pick<Services, 'db'>): Route[] => [
  route({
    method: 'get',
    path: '/api/studio/drafts/:id/replays',
    summary: 'What a replay of a draft has to assume, and the replays that were made of it',
    permission,
    params: idParams,
    answer: ReplayPage,
    handler: ({ tx, params }) => replayPage(tx, params.id),
  }),
  route({
    method: 'post',
    path: '/api/studio/drafts/:id/replays',
    summary: 'Replay the dossiers of a period through a draft, in the background',
    permission,
    params: idParams,
    body: NewReplay,
    answer: ReplayStarted,
    status: 201,
    async handler({ tx, params, body }) {
      demandOrder(body)
      return { id: await startReplay(tx, db, params.id, body) }
    },
  }),
  route({
    method: 'get',
    path: '/api/studio/replays/:id',
    summary: 'How far a replay is, and what came out',
    permission,
    params: idParams,
    answer: ReplayView,
    handler: ({ tx, params }) => replayView(tx, params.id),
  }),
  route({
    method: 'post',
    path: '/api/studio/replays/:id/cancel',
    summary: 'End a replay of one’s own',
    permission,
    params: idParams,
    answer: z.void(),
    handler: ({ tx, params }) => cancelReplay(tx, params.id),
  }),
]
