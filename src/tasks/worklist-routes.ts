import { z } from 'zod'
import { idParams, type Route, route } from '../http/route.ts'
import type { Services } from '../services.ts'
import { bulk } from './bulk.ts'
import { signPreviews } from './bulk-sign.ts'
import {
  Bulk,
  BulkAnswer,
  Found,
  MOST,
  NewReminder,
  NewView,
  Procedures,
  ReminderView,
  Settings,
  SignPreview,
  ViewAnswer,
} from './desk-schemas.ts'
import { findByCode } from './find.ts'
import { Worklist, WorklistTab } from './schemas.ts'
import { addView, changeView, deskSettings, keepSettings, removeView, savedViews } from './views.ts'
import { groupCounts, tabProcedures, worklistCounts, worklistPage } from './worklist.ts'
import { Filter } from './worklist-filter.ts'
import { endReminder, reminders, setReminder } from './worklist-reminders.ts'

const PAGE = 200
const read = { action: 'read', subject: 'Task' } as const

/** The worklist, what is done to many of its rows at once, and what a person keeps on their desk. */
export const worklistRoutes = (services: Services): Route[] => [
  route({
    method: 'get',
    path: '/api/tasks',
    summary: 'A page of one tab of my worklist, and how much stands in each',
    permission: read,
    query: z.strictObject({
      tab: WorklistTab.default('mine'),
      ...Filter.shape,
      after: z.string().max(300).optional(),
      limit: z.coerce.number().int().min(1).max(PAGE).default(PAGE),
    }),
    answer: Worklist,
    async handler({ tx, query: { tab, after, limit, ...filter } }) {
      return {
        ...(await worklistPage(tx, tab, filter, { limit, after })),
        counts: await worklistCounts(tx),
        groups: after ? null : await groupCounts(tx, tab, filter),
      }
    },
  }),
  route({
    method: 'post',
    path: '/api/tasks/bulk',
    summary: 'One act on up to 50 tasks, with a result for each',
    permission: read,
    body: Bulk,
    answer: BulkAnswer,
    serve: ({ actor, body, req }) => bulk(services, actor, body, req.get('idempotency-key')),
  }),
  route({
    method: 'get',
    path: '/api/desk/procedures',
    summary: 'The procedures that a tab has work of',
    permission: read,
    query: z.strictObject({ tab: WorklistTab.default('mine') }),
    answer: Procedures,
    handler: ({ tx, query }) => tabProcedures(tx, query.tab),
  }),
  route({
    method: 'get',
    path: '/api/desk/find',
    summary: 'The dossier of a barcode or of the last four digits of a code',
    permission: read,
    query: z.strictObject({ code: z.string().min(1).max(100) }),
    answer: z.array(Found),
    handler: ({ tx, query }) => findByCode(tx, query.code),
  }),
  route({
    method: 'get',
    path: '/api/desk/sign-previews',
    summary: 'What several tasks of signing would sign',
    permission: read,
    query: z.strictObject({
      tasks: z
        .string()
        .max(40 * MOST)
        .transform((text) => text.split(','))
        .pipe(z.array(z.uuid()).max(MOST)),
    }),
    answer: z.array(SignPreview),
    handler: ({ tx, query }) => signPreviews(tx, query.tasks),
  }),
  route({
    method: 'get',
    path: '/api/desk/views',
    summary: 'My saved lists and those shared with my units',
    permission: { action: 'read', subject: 'SavedView' },
    answer: z.array(ViewAnswer),
    handler: ({ tx }) => savedViews(tx),
  }),
  route({
    method: 'post',
    path: '/api/desk/views',
    summary: 'Save a list, for me or for a unit',
    permission: { action: 'create', subject: 'SavedView' },
    body: NewView,
    answer: ViewAnswer,
    status: 201,
    handler: ({ tx, body }) => addView(tx, body),
  }),
  route({
    method: 'put',
    path: '/api/desk/views/:id',
    summary: 'Save over a list',
    permission: { action: 'update', subject: 'SavedView' },
    params: idParams,
    body: NewView,
    answer: ViewAnswer,
    handler: ({ tx, params, body }) => changeView(tx, params.id, body),
  }),
  route({
    method: 'delete',
    path: '/api/desk/views/:id',
    summary: 'Remove a saved list',
    permission: { action: 'update', subject: 'SavedView' },
    params: idParams,
    answer: z.void(),
    handler: ({ tx, params }) => removeView(tx, params.id),
  }),
  route({
    method: 'get',
    path: '/api/desk/settings',
    summary: 'Columns, density and keys as I chose them',
    permission: read,
    answer: Settings,
    handler: ({ tx }) => deskSettings(tx),
  }),
  route({
    method: 'put',
    path: '/api/desk/settings',
    summary: 'Choose columns, density and keys',
    permission: read,
    body: Settings,
    answer: z.void(),
    handler: ({ tx, body }) => keepSettings(tx, body),
  }),
  route({
    method: 'get',
    path: '/api/desk/reminders',
    summary: 'My reminders that are not done',
    permission: { action: 'read', subject: 'Reminder' },
    answer: z.array(ReminderView),
    handler: ({ tx }) => reminders(tx),
  }),
  route({
    method: 'post',
    path: '/api/desk/reminders',
    summary: 'Remind me of a dossier; no clock changes',
    permission: { action: 'create', subject: 'Reminder' },
    body: NewReminder,
    answer: z.object({ id: z.uuid() }),
    status: 201,
    handler: ({ tx, body }) => setReminder(tx, body),
  }),
  route({
    method: 'post',
    path: '/api/desk/reminders/:id/done',
    summary: 'Done with a reminder',
    permission: { action: 'update', subject: 'Reminder' },
    params: idParams,
    answer: z.void(),
    handler: ({ tx, params }) => endReminder(tx, params.id),
  }),
]
