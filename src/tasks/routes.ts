import { z } from 'zod'
import { asSystem } from '../access/filter.ts'
import { notFound } from '../http/problem.ts'
import { idParams, type Route, route } from '../http/route.ts'
import type { Services } from '../services.ts'
import { assignTask, claim, unclaim } from './assign.ts'
import { decide, sendNow, takeBack } from './decide.ts'
import { taskRow } from './read-model.ts'
import { AssignTask, Decided, DecideTask, TaskPage } from './schemas.ts'
import { taskPage } from './task-page.ts'
import { worklistRoutes } from './worklist-routes.ts'

export const taskRoutes = (services: Services): Route[] => [
  ...worklistRoutes(services),
  route({
    method: 'get',
    path: '/api/tasks/:id',
    summary: 'A task with what its panel needs',
    permission: { action: 'read', subject: 'Task' },
    params: idParams,
    answer: TaskPage,
    async handler({ tx, params }) {
      const row = await taskRow(tx, params.id)
      if (!row) throw notFound()
      return taskPage({ ...tx, em: asSystem(tx.em, 'task panel') }, row)
    },
  }),
  route({
    method: 'post',
    path: '/api/tasks/:id/claim',
    summary: 'Take an unclaimed task',
    permission: { action: 'claim', subject: 'Task' },
    params: idParams,
    answer: z.void(),
    handler: ({ tx, params }) => claim(tx, params.id),
  }),
  route({
    method: 'post',
    path: '/api/tasks/:id/unclaim',
    summary: 'Give a task back to the unit',
    permission: { action: 'unclaim', subject: 'Task' },
    params: idParams,
    answer: z.void(),
    handler: ({ tx, params }) => unclaim(tx, params.id),
  }),
  route({
    method: 'post',
    path: '/api/tasks/:id/assign',
    summary: 'Give a task to a person of the unit',
    permission: { action: 'assign', subject: 'Task' },
    params: idParams,
    body: AssignTask,
    answer: z.void(),
    handler: ({ tx, params, body }) => assignTask(tx, params.id, body.personId, body.reason),
  }),
  route({
    method: 'post',
    path: '/api/tasks/:id/decide',
    summary: 'Decide a task',
    permission: { action: 'decide', subject: 'Task' },
    params: idParams,
    body: DecideTask,
    answer: Decided,
    handler: ({ tx, params, body }) => decide(tx, services, params.id, body),
  }),
  route({
    method: 'post',
    path: '/api/tasks/:id/send-now',
    summary: 'Let a decision of one’s own leave before the time to take it back is over',
    permission: { action: 'take-back', subject: 'Task' },
    params: idParams,
    answer: z.void(),
    handler: ({ tx, params }) => sendNow(tx, services, params.id),
  }),
  route({
    method: 'post',
    path: '/api/tasks/:id/take-back',
    summary: 'Take a decision back before it leaves',
    permission: { action: 'take-back', subject: 'Task' },
    params: idParams,
    answer: z.void(),
    handler: ({ tx, params }) => takeBack(tx, params.id),
  }),
]
