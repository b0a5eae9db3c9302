import type { App } from './app.ts'
import { type Filed, file, people } from './play.ts'
import { type Stage, setStage, until } from './stage.ts'

/** A stage with the one server that plays on it now; cases kill it and start it again. */
export type Scene = Awaited<ReturnType<typeof setScene>>

export async function setScene() {
  const stage: Stage = await setStage()
  let desk: { url: string; people: ReturnType<typeof people> } | undefined
  let app: App = await stage.start().catch(async (error: unknown) => {
    await stage.strike()
    throw error
  })
  const count = async (from: string, ...params: unknown[]): Promise<number> =>
    Number((await stage.sql<{ n: string }>(`select count(*) as n from ${from}`, params))[0]!.n)

  const scene = {
    ...stage,
    count,
    url: () => app.url,
    kill: () => app.kill(),
    stop: () => app.stop(),
    start: async (more?: Record<string, string>) => {
      app = await stage.start(more)
    },
    /** What a failed case has left broken is no fault of the next. */
    mend: async () => {
      stage.gateway.renew()
      stage.records.renew()
      await stage.database.mend()
      if (app.child.exitCode !== null || app.child.signalCode !== null) await scene.start()
    },
    /** Everybody logs in once per server: many logins at once are refused. */
    desk: () => {
      if (desk?.url !== app.url) desk = { url: app.url, people: people(app.url) }
      return desk.people
    },
    login: (name: string) => scene.desk().as(name),
    /** congdan files an example of the construction permit. */
    file: async (example?: string): Promise<Filed> => file(await scene.desk().as('congdan'), example),
    /** The root instances of a dossier's own process; those that nobody owns too. */
    instances: (id: string) =>
      stage.sql<{ state: string; subject_id: string | null }>(
        `select state, subject_id from engine_instance
          where process_id like 'p1013225%' and (subject_id = $1 or subject_id is null)`,
        [id],
      ),
    /** Everything we asked of the engine for this dossier has left its record. */
    settled: (id: string) =>
      until('all commands to be settled', async () => (await count(UNSETTLED, id)) === 0),
    /** One dossier, one running instance, one task on one desk, one watch, and nothing left to send. */
    standsOnce: async (id: string, form: string) => {
      await until(`the task ${form}`, async () => (await count(OPEN_TASK, id, form)) > 0)
      await scene.settled(id)
      const running = (await scene.instances(id)).filter(({ state }) => state === 'active')
      expect(running).toEqual([{ state: 'active', subject_id: id }])
      expect(await count(OPEN_TASK, id, form)).toBe(1)
      expect(await count(`task where subject_id = $1 and state in ('open', 'deciding', 'moving')`, id)).toBe(
        1,
      )
      expect(await count('watch where stopped_at is null and dossier_id = $1', id)).toBe(1)
    },
  }
  return scene
}

const OPEN_TASK = `task where dossier_id = $1 and form = $2 and state = 'open'`
const UNSETTLED = `outbox o join subject s on s.id = o.subject_id
  where s.dossier_id = $1 and o.settled_at is null and o.withdrawn_at is null`
