import { addDays } from '../../calendar/day.ts'
import { atLegal, legalDay, legalTime } from '../../clock.ts'
import type { Cast } from './cast.ts'
import type { Drawers } from './counter.ts'
import { applicantLogin, type Catalogue, uploadPaper } from './file.ts'
import type { Wait } from './look.ts'
import type { Plan } from './plan.ts'

/** When the applicant does what a dossier waits for; null: never. */
export function answersAt(catalogue: Catalogue, plan: Plan, wait: Wait): Date | null {
  if (wait.kind === 'fee') return plan.end === 'unpaid' ? null : wait.since
  if (wait.kind === 'confirmation') return wait.since
  const days = plan.supplement?.answerAfter ?? null
  if (days === null) return null
  const { dice } = catalogue
  const time = `${String(dice.between(8, 19, plan.n, 'hour')).padStart(2, '0')}:${legalTime(wait.since).slice(3)}`
  return atLegal(addDays(legalDay(wait.since), days), time)
}

/** The applicant pays, confirms or supplements; on paper at the counter, by the clerk. */
export async function answerWait(
  catalogue: Catalogue,
  cast: Cast,
  drawers: Drawers,
  plan: Plan,
  wait: Wait,
): Promise<void> {
  const login = applicantLogin(catalogue, plan)
  const client = await cast.as(login)
  const path = `/api/dossiers/${wait.dossier_id}`
  if (wait.kind === 'confirmation') {
    const { version } = await client.get(path)
    await client.post(`${path}/confirmation`, { outcome: 'confirmed', version })
  } else if (wait.kind === 'supplement') {
    const folder = catalogue.procedures.get(plan.procedure)
    const [paper] = folder?.examples.find((one) => one.case === plan.caseKey)?.papers ?? []
    const papers = paper ? [await uploadPaper(catalogue, client, plan, paper, 1)] : []
    await client.post(`${path}/supplement`, { papers })
  } else if (plan.channel === 'ONLINE') {
    const { url } = await client.post(`${path}/payment/vnpay`, {})
    await fetch(url, { method: 'POST', body: new URLSearchParams({ act: 'pay' }), redirect: 'manual' })
  } else {
    await drawers.open(login)
    await client.post(`${path}/payment/cash`, { amount: wait.amount })
  }
}
