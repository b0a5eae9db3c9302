import { defineEntity, type InferEntity, p } from '@mikro-orm/core'

/** Work for a person, projected from the engine's user tasks; claim, assignee and due date live here only. */
export const Task = defineEntity({
  name: 'Task',
  tableName: 'task',
  properties: {
    id: p.uuid().primary(),
    subjectId: p.uuid(),
    subjectKind: p.enum(['dossier', 'consultation', 'letter', 'stop'] as const),
    dossierId: p.uuid(),
    /** Of the dossier: nobody works on their own. */
    applicantId: p.uuid(),
    elementId: p.text(),
    visit: p.integer(),
    epoch: p.integer(),
    engineKey: p.text(),
    form: p.text(),
    name: p.json<{ vi: string; en?: string }>(),
    role: p.text(),
    agencyId: p.uuid(),
    unitId: p.uuid(),
    assigneeId: p.uuid().nullable(),
    state: p.enum(['open', 'deciding', 'moving', 'done', 'cancelled'] as const),
    openedAt: p.datetime(),
    dueAt: p.datetime().nullable(),
    doneAt: p.datetime().nullable(),
    fromPersonId: p.uuid().nullable(),
    fromAt: p.datetime().nullable(),
    note: p.text(),
    procedureCode: p.text(),
    /** For whom the assignee stands in. */
    inPlaceOf: p.uuid().nullable(),
    version: p.integer().version(),
  },
})
export type Task = InferEntity<typeof Task>

/** What a person decided on a task. Its effects happen at release, with the instant of the act. */
export const Decision = defineEntity({
  name: 'Decision',
  tableName: 'decision',
  properties: {
    id: p.uuid().primary(),
    taskId: p.uuid(),
    dossierId: p.uuid(),
    actorId: p.uuid(),
    outcome: p.text(),
    data: p.json<Record<string, unknown>>(),
    actedAt: p.datetime(),
    releaseAt: p.datetime(),
    inPlaceOf: p.uuid().nullable(),
    state: p.enum(['pending', 'released', 'withdrawn'] as const),
  },
})
export type Decision = InferEntity<typeof Decision>
