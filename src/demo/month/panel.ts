import { legalDay } from '../../clock.ts'
import type { Client, Json } from '../client.ts'
import type { OpenTask } from './look.ts'
import type { Month } from './month.ts'
import type { Plan } from './plan.ts'

type Panel = { client: Client; task: OpenTask; plan: Plan; outcome: string; month: Month }

/** What a person picks from the panel of the step: people, bodies, answers, papers, a new date. */
export function panelData(panel: Panel): Promise<Json> {
  const { task, outcome } = panel
  if (task.form === 'assign') return assignee(panel)
  if (outcome === 'consult') return bodies(panel)
  if (task.form === 'consultation-summary') return summary(panel)
  if (task.form === 'supplement-draft') return missing(panel)
  if (task.form === 'apology-draft') return apology(panel)
  return Promise.resolve({})
}

const pageOf = ({ client, task }: Panel): Promise<Json> => client.get(`/api/tasks/${task.id}`)

/** Whom the plan names, else whoever has least to do. */
async function assignee(panel: Panel): Promise<Json> {
  const { plan, month } = panel
  const named = plan.officer && month.cast.personId(plan.officer)
  if (named) return { personId: named }
  const { people } = await pageOf(panel)
  const [freest] = people.toSorted((a: Json, b: Json) => a.open - b.open)
  return { personId: freest.id }
}

async function bodies(panel: Panel): Promise<Json> {
  const { consultBodies } = await pageOf(panel)
  const [named] = consultBodies.filter((body: Json) => body.named)
  const asked = consultBodies.filter((body: Json) => !body.named || body === named)
  return { consult: asked.map((body: Json) => ({ agencyCode: body.agency.code, question: body.question })) }
}

async function summary({ task, outcome, month }: Panel): Promise<Json> {
  const asked = await month.look.rows<{ id: string; outcome: string }>(
    'select id, outcome from consultation where dossier_id = $1',
    [task.dossier_id],
  )
  const of = (wanted: string) => asked.filter((one) => one.outcome === wanted).map((one) => one.id)
  return {
    ...(outcome === 'denied' ? { reason: 'Cơ quan được hỏi không đồng ý' } : {}),
    confirmedSilence: of('silent'),
    answers: of('objected').map((consultationId) => ({ consultationId, text: 'Đã điều chỉnh theo ý kiến.' })),
  }
}

async function missing({ plan, month }: Panel): Promise<Json> {
  const folder = month.catalogue.procedures.get(plan.procedure)
  const papers = folder?.examples.find((one) => one.case === plan.caseKey)?.papers ?? []
  const some = papers.slice(0, month.catalogue.dice.between(1, 2, plan.n, 'items'))
  return {
    items: some.map((paperKey) => ({
      paperKey,
      text: 'Nộp lại bản rõ, đủ chữ ký và ngày tháng',
      reason: 'Bản đã nộp mờ, không đọc được số liệu để thẩm định',
    })),
  }
}

/** Late for its body when that kept silent, otherwise for the crowd; the new date leaves time. */
function apology({ task, plan, month: { calendar, now } }: Panel): Promise<Json> {
  const from = task.original_due_at && task.original_due_at > now() ? task.original_due_at : now()
  const newDueDay = calendar.addWorkingDays(legalDay(from), 9)
  const cause = plan.consult?.silent ? 'consulted-body-silent' : plan.n % 5 === 2 ? 'site-visit' : 'workload'
  return Promise.resolve({ cause, newDueDay })
}
