import type { Locator } from 'playwright-core'
import type { Json } from '../../walk/client.ts'
import type { Person } from './hall.ts'
import type { Stage } from './stage.ts'

/** What stands beside the dossier: the step that is asked, its form and its buttons. */
export const panelOf = ({ page }: Person): Locator =>
  page.getByRole('complementary', { name: 'Việc cần quyết định' })

/** Waits for a step of a dossier to reach a person, and opens it from their worklist. */
export async function openTask(stage: Stage, who: Person, dossierId: string, form: string): Promise<Locator> {
  const { id } = await stage.desk.task(who.login, dossierId, form)
  const client = await stage.desk.as(who.login)
  const { tasks } = await client.get('/api/tasks?tab=mine')
  const mine = tasks.some((task: Json) => task.id === id)
  await who.page.goto('/ban-lam-viec')
  if (!mine) await who.page.getByRole('link', { name: /^Chưa ai nhận/ }).click()
  await who.page.locator(`[data-row][href$="${id}"]`).click()
  const panel = panelOf(who)
  await panel.getByLabel('Ghi chú cho bước sau').waitFor()
  return panel
}

/** Chooses an outcome in an open step, fills what it asks for, and presses the button that bears its name. */
export async function decide(
  panel: Locator,
  outcome: string,
  fill: (panel: Locator) => Promise<void> = async () => undefined,
): Promise<void> {
  const choice = panel.getByRole('radio', { name: outcome })
  if ((await panel.getByRole('radiogroup', { name: 'Quyết định' }).count()) > 0) await choice.check()
  await fill(panel)
  await panel.getByRole('button', { name: outcome, exact: true }).click()
  await panel.getByText('Đã quyết định').waitFor()
}
