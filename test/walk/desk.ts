import { type Client, type Json, open, until } from './client.ts'

/** The people of the story, each logged in once. */
export type Desk = {
  as(login: string): Promise<Client>
  /** Waits for the person's task of a form on a dossier, takes it if nobody has, and decides it. */
  decide(login: string, dossierId: string, form: string, outcome: string, data?: Json): Promise<Json>
  /** Waits for a task without deciding it. */
  task(login: string, dossierId: string, form: string): Promise<Json>
}

export function openDesk(url: string, password: string): Desk {
  const clients = new Map<string, Promise<Client>>()
  const as = (login: string): Promise<Client> => {
    const known = clients.get(login) ?? open(url, login, password)
    clients.set(login, known)
    return known
  }
  const find = async (client: Client, dossierId: string, form: string): Promise<Json> => {
    for (const tab of ['mine', 'unclaimed']) {
      const { tasks } = await client.get(`/api/tasks?tab=${tab}`)
      const found = tasks.find((task: Json) => task.dossierId === dossierId && task.form === form)
      if (found) return found
    }
    return undefined
  }
  const task = async (login: string, dossierId: string, form: string) => {
    const client = await as(login)
    return until(`the task “${form}” of ${login}`, () => find(client, dossierId, form))
  }
  return {
    as,
    task,
    decide: async (login, dossierId, form, outcome, data = {}) => {
      const client = await as(login)
      const { id } = await task(login, dossierId, form)
      const page = await client.get(`/api/tasks/${id}`)
      const decided = await client.post(`/api/tasks/${id}/decide`, { outcome, version: page.version, data })
      // Who plays a story need not wait for the time in which it could be taken back.
      if (decided.takeBackUntil) await client.post(`/api/tasks/${id}/send-now`)
      return decided
    },
  }
}
