import type { Express } from 'express'
import pg from 'pg'
import { personId } from '../../../src/agencies/load.ts'
import { loadDemoAccounts } from '../../../src/people/demo-accounts.ts'
import { taskRoutes } from '../../../src/tasks/routes.ts'
import { loggedIn, testApp } from '../../support/http.ts'
import type { Scene } from '../dossiers/scene.ts'

type Agent = Awaited<ReturnType<typeof loggedIn>>
// biome-ignore lint/suspicious/noExplicitAny: answers are read as a browser would, by name
export type Json = any

/** Browsers of demo accounts on a scene's database, each logged in once. */
export async function peopleOf(scene: Scene) {
  await scene.act(loadDemoAccounts)
  const app: Express = testApp(scene.db, taskRoutes(scene.services))
  const known = new Map<string, Promise<Agent>>()
  const as = (login: string): Promise<Agent> => {
    const agent = known.get(login) ?? loggedIn(app, login)
    known.set(login, agent)
    return agent
  }
  return {
    as,
    get: async (login: string, path: string): Promise<Json> => (await (await as(login)).get(path)).body,
    status: async (login: string, path: string): Promise<number> =>
      (await (await as(login)).get(path)).status,
    send: async (
      login: string,
      method: 'post' | 'put' | 'delete',
      path: string,
      body: Json = {},
      key?: string,
    ) => {
      const agent = await as(login)
      const request = agent[method](path)
      if (key) request.set('Idempotency-Key', key)
      const { status, body: answer } = await request.send(body)
      return { status, body: answer as Json }
    },
  }
}
export type People = Awaited<ReturnType<typeof peopleOf>>

/** Every desk is empty again, and it is Monday, 09:00: as the owner of the database would do, for no act can. */
export async function clearDesks(scene: Scene): Promise<void> {
  const client = new pg.Client(scene.test.superUrl)
  await client.connect()
  await client.query('truncate dossier, subject, saved_view, desk_setting cascade')
  await client.end()
  scene.goTo('2026-11-02 09:00')
}

/** A dossier at the counter, not received yet; its code and its task. */
export async function filed(scene: Scene) {
  const { id, code } = await scene.file()
  await scene.opens(id, 'Receive')
  const task = await scene.task(id, 'Receive')
  return { id, code, task: task.id, version: task.version }
}

/** A dossier on the desk of an officer, by name or by nobody's. */
export async function appraisal(scene: Scene, officer: string | null = 'chuyenvien.x01') {
  const { id, code } = await scene.file()
  await scene.does('motcua.x01', id, 'Receive', 'received')
  await scene.does(
    'truongphong.x01',
    id,
    'Assign',
    'assigned',
    officer ? { personId: personId(officer) } : {},
  )
  await scene.opens(id, 'Appraise')
  const task = await scene.task(id, 'Appraise')
  return { id, code, task: task.id, version: task.version }
}
