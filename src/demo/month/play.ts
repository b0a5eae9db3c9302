import { setTimeout as sleep } from 'node:timers/promises'
import { formatDay } from '../../calendar/format.ts'
import { Refused } from '../client.ts'
import { actOf, actsAt } from './acts.ts'
import { answersAt, answerWait } from './applicants.ts'
import { handOver, openDrawers } from './counter.ts'
import { applicantLogin, fileDossier } from './file.ts'
import { planOfPhone } from './forms.ts'
import type { OpenTask, Wait } from './look.ts'
import type { Moment } from './moments.ts'
import type { Month } from './month.ts'
import { panelData } from './panel.ts'
import type { Plan } from './plan.ts'

/** Acts under way at once: more make the server no faster, its one thread is full. */
const AT_ONCE = 24
/** How long a moment waits when nothing moves though something should; what comes later is done at the next. */
const PATIENCE_MS = 20_000
const SETTLED_MS = 1_500
/** A refusal is somebody's moved task now and then; many are a fault of the month or the product. */
const MOST_REFUSALS = 40

/** Plays the month from where it stands. False when it was broken off. */
export async function playMonth(month: Month): Promise<boolean> {
  const { moments, progress, stop } = month
  const hands = await workOf(month)
  const begun = moments.findIndex(({ at }) => at > month.now())
  const left = begun < 0 ? moments.slice(-1) : moments.slice(begun)
  for (const [n, moment] of left.entries()) {
    if (stop.aborted) return false
    progress.show(
      hands.filed(),
      n / left.length,
      `${formatDay(moment.date, 'en')} (${moment.day + 1}/${moments.at(-1)!.day + 1})`,
    )
    if (moment.at > month.now()) {
      // Where nobody has anything to do and no alarm rings, the clock need not stand still.
      if (n < left.length - 1 && (await hands.isIdle(moment))) continue
      await month.advance(moment.at)
    }
    await hands.work(moment)
  }
  await hands.settled()
  progress.end(hands.refusals)
  return !stop.aborted
}

async function workOf(month: Month) {
  const { plans, catalogue, calendar, look, cast } = month
  const { dice } = catalogue
  const filed = new Set((await look.filed()).map(({ phone }) => planOfPhone(phone)))
  const byNumber = new Map(plans.map((plan) => [plan.n, plan]))
  const planOf = (phone: string): Plan | undefined => byNumber.get(planOfPhone(phone) ?? -1)
  const drawers = openDrawers(cast)
  const refusals: string[] = []
  const times = new Map<string, Date | null>()
  /** Asked to withdraw already: the task stays open until the clerk has looked. */
  const withdrawn = new Set<string>()

  /** Computed once as long as the dates that it hangs on are the same. */
  function isDue(key: string, at: Date, compute: () => Date | null): boolean {
    const known = times.has(key) ? times.get(key) : compute()
    times.set(key, known ?? null)
    return known != null && known <= at
  }
  const taskIsDue = (task: OpenTask, plan: Plan, at: Date) =>
    isDue([task.id, +(task.due_at ?? 0), +(task.apology_by ?? 0)].join(), at, () =>
      actsAt(plan, task, calendar, dice),
    )
  const waitIsDue = (wait: Wait, plan: Plan, at: Date) =>
    isDue([wait.dossier_id, wait.kind, +wait.since].join(), at, () => answersAt(catalogue, plan, wait))

  async function attempt(
    failed: Set<string>,
    id: string,
    what: string,
    act: () => Promise<void>,
  ): Promise<void> {
    try {
      await act()
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      // A busy machine takes it a moment later; whoever sits before it presses again.
      if (error.status === 503) return sleep(1_000)
      failed.add(id)
      if (error.status === 409) return
      refusals.push(`${what}: ${error.message}`)
      if (refusals.length > MOST_REFUSALS)
        throw new Error(`the month is refused too often:\n${refusals.slice(0, 8).join('\n')}`)
    }
  }

  async function decide(task: OpenTask, plan: Plan): Promise<void> {
    if (
      plan.end === 'withdrawn' &&
      task.subject_kind === 'dossier' &&
      ['Appraise', 'Check'].includes(task.element_id)
    ) {
      withdrawn.add(task.id)
      const client = await cast.as(applicantLogin(catalogue, plan))
      await client.post(`/api/dossiers/${task.dossier_id}/withdrawal`, {
        reason: 'Gia đình thay đổi kế hoạch',
      })
      return
    }
    const login = cast.doerOf(task, plan.n)
    if (!login) throw new Error(`nobody can do ${task.element_id} of unit ${task.unit_id}`)
    const client = await cast.as(login)
    const { outcome, data } = actOf(plan, task)
    await client.post(`/api/tasks/${task.id}/decide`, {
      outcome,
      version: task.version,
      data: data ?? (await panelData({ client, task, plan, outcome, month })),
    })
  }

  /** What somebody has to do by then, each as a piece of work. */
  async function dueAt(
    moment: Moment,
    failed: Set<string>,
    at = month.now(),
  ): Promise<(() => Promise<void>)[]> {
    const tasks = moment.evening ? [] : await look.openTasks()
    const waits = await look.waits()
    return [
      ...tasks.flatMap((task) => {
        const plan = planOf(task.phone)
        if (!plan || failed.has(task.id) || withdrawn.has(task.id) || !taskIsDue(task, plan, at)) return []
        return [
          () => attempt(failed, task.id, `${task.element_id} of plan ${plan.n}`, () => decide(task, plan)),
        ]
      }),
      ...waits.flatMap((wait) => {
        const plan = planOf(wait.phone)
        const id = `${wait.dossier_id}/${wait.kind}/${+wait.since}`
        if (
          !plan ||
          failed.has(id) ||
          (moment.evening && plan.channel !== 'ONLINE') ||
          !waitIsDue(wait, plan, at)
        )
          return []
        // Answered once: the payment is only on its way when the page of the bank has been left.
        failed.add(id)
        return [
          () =>
            attempt(failed, id, `${wait.kind} of plan ${plan.n}`, () =>
              answerWait(catalogue, cast, drawers, plan, wait),
            ),
        ]
      }),
    ]
  }

  const toFile = (moment: Moment): Plan[] =>
    plans.filter(
      ({ n, day, slot, channel }) =>
        !filed.has(n) &&
        (day < moment.day || (day === moment.day && slot <= moment.slot)) &&
        !(moment.evening && channel !== 'ONLINE'),
    )

  /** Nobody would do anything at that moment. */
  async function isIdle(moment: Moment): Promise<boolean> {
    if (toFile(moment).length > 0 || (await look.nextAlarm()) <= moment.at) return false
    return (await dueAt(moment, new Set(), moment.at)).length === 0
  }

  async function work(moment: Moment): Promise<void> {
    const failed = new Set<string>()
    await inParallel(toFile(moment), async (plan) => {
      if (month.stop.aborted) return
      await attempt(failed, `plan ${plan.n}`, `filing plan ${plan.n}`, async () => {
        await fileDossier(catalogue, cast, plan, moment.date)
        filed.add(plan.n)
      })
    })
    for (let [idleSince, before] = [performance.now(), 0]; !month.stop.aborted; ) {
      const due = await dueAt(moment, failed)
      await inParallel(due, (piece) => piece())
      const moving = await look.moving()
      if (due.length > 0 || moving !== before) [idleSince, before] = [performance.now(), moving]
      else if (moving === 0 || performance.now() - idleSince > PATIENCE_MS) break
      if (due.length === 0) await sleep(100)
    }
    if (moment.handOver) await handOver(cast, await giversOf(month))
    if (moment.closing) await drawers.closeAll()
  }
  /** The engine's records come in batches, the last one up to a second late: what is quiet for longer than that is done. */
  async function settled(): Promise<void> {
    const begun = performance.now()
    for (let quietSince = begun; performance.now() - quietSince < SETTLED_MS; await sleep(100))
      if ((await look.moving()) > 0) {
        quietSince = performance.now()
        if (quietSince - begun > PATIENCE_MS) return
      }
  }
  return { work, isIdle, settled, refusals, filed: () => filed.size }
}

/** Clerks and officers in whose hands papers lie. */
async function giversOf({ look, cast }: Month): Promise<Set<string>> {
  const rows = await look.rows<{ one_stop_unit_id: string; unit_id: string }>(
    `select distinct one_stop_unit_id, unit_id from dossier where state in ('processing', 'done') and channel <> 'ONLINE' and lies_on_paper(id)`,
  )
  return new Set(
    rows.flatMap((row) =>
      [cast.oneOf(row.one_stop_unit_id, 'clerk') ?? [], cast.oneOf(row.unit_id, 'officer') ?? []].flat(),
    ),
  )
}

async function inParallel<T>(list: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = list.values()
  await Promise.all(
    Array.from({ length: Math.min(AT_ONCE, list.length) }, async () => {
      for (const item of queue) await work(item)
    }),
  )
}
