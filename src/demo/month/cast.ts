import { DEMO_PASSWORD } from '../../people/demo-accounts.ts'
import { type Client, openClient } from '../client.ts'
import type { Dice } from './dice.ts'
import type { Look, OpenTask } from './look.ts'

export type Cast = Awaited<ReturnType<typeof openCast>>

/** Everybody of the month, each logged in when first needed, and whose turn a task is. */
export async function openCast(url: string, look: Look, dice: Dice) {
  const posts = await look.posts()
  const loginOf = new Map(posts.map((post) => [post.person_id, post.login]))
  const personOf = new Map(posts.map((post) => [post.login, post.person_id]))
  const byPost = Map.groupBy(posts, (post) => `${post.unit_id}/${post.role}`)
  const clients = new Map<string, Promise<Client>>()
  const as = (login: string): Promise<Client> => {
    const known = clients.get(login) ?? openClient(url, login, DEMO_PASSWORD)
    clients.set(login, known)
    return known
  }
  return {
    as,
    personId: (login: string) => personOf.get(login),
    /** Whoever it is assigned to; otherwise one of the unit's people of its role, mostly the first. */
    doerOf: (task: OpenTask, plan: number): string | undefined => {
      if (task.assignee_id) return loginOf.get(task.assignee_id)
      const people = byPost.get(`${task.unit_id}/${task.role}`) ?? []
      const [first] = people
      return dice.chance(0.7, 'first', plan, task.element_id)
        ? first?.login
        : dice.pick(people, plan, task.element_id)?.login
    },
    /** Somebody of a unit's role, such as the clerk of a counter. */
    oneOf: (unitId: string, role: string) => byPost.get(`${unitId}/${role}`)?.[0]?.login,
  }
}
