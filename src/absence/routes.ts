import { z } from 'zod'
import { idParams, type Route, route } from '../http/route.ts'
import { endAbsence } from './end.ts'
import { enterAbsence } from './enter.ts'
import { kindsOfWork } from './kinds.ts'
import { absences, peopleToEnter, standsInFor, substitutesFor } from './read-model.ts'
import { AbsenceChoices, Absences, EndAbsence, EnterAbsence } from './schemas.ts'

const Day = z.iso.date()

export const absenceRoutes = (): Route[] => [
  route({
    method: 'get',
    path: '/api/absences',
    summary: 'Who is away: myself, whom I stand in for, the people of the units I head',
    permission: { action: 'read', subject: 'Absence' },
    answer: Absences,
    handler: async ({ tx }) => ({
      absences: await absences(tx),
      standsInFor: await standsInFor(tx),
      people: await peopleToEnter(tx),
    }),
  }),
  route({
    method: 'get',
    path: '/api/absences/choices',
    summary: 'Who may stand in for a person on these days, and for which kinds of work',
    permission: { action: 'create', subject: 'Absence' },
    query: z.strictObject({ personId: z.uuid(), fromDay: Day, toDay: Day }),
    answer: AbsenceChoices,
    async handler({ tx, query, actor }) {
      const mine =
        query.personId === actor.personId || (await peopleToEnter(tx)).some(({ id }) => id === query.personId)
      return {
        substitutes: mine && query.fromDay <= query.toDay ? await substitutesFor(tx, query) : [],
        ...(await kindsOfWork(tx)),
      }
    },
  }),
  route({
    method: 'post',
    path: '/api/absences',
    summary: 'Enter an absence and who stands in',
    permission: { action: 'create', subject: 'Absence' },
    body: EnterAbsence,
    answer: z.object({ id: z.uuid() }),
    status: 201,
    handler: async ({ tx, body }) => ({ id: await enterAbsence(tx, body) }),
  }),
  route({
    method: 'post',
    path: '/api/absences/:id/end',
    summary: 'End an absence early, or cancel one that has not begun',
    permission: { action: 'update', subject: 'Absence' },
    params: idParams,
    body: EndAbsence,
    answer: z.void(),
    handler: ({ tx, params, body }) => endAbsence(tx, params.id, body.lastDay),
  }),
]
