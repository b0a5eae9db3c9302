import type { Calendar } from '../../calendar/calendar.ts'
import type { Dice } from './dice.ts'
import type { OpenTask } from './look.ts'
import type { Plan } from './plan.ts'

/** What a person decides on a task. `data` left out: the panel asks for something only its page knows. */
export type Act = { outcome: string; data?: Record<string, unknown> }

/** Working minutes that a step takes, from its opening: low and high. */
const PACE: Record<string, [low: number, high: number]> = {
  Receive: [20, 160],
  Assign: [30, 240],
  Appraise: [420, 1250],
  Check: [100, 520],
  ReviewQuestion: [30, 200],
  SignQuestion: [60, 300],
  SummariseConsultations: [120, 600],
  ReviewResult: [60, 300],
  SignProposal: [60, 300],
  NumberProposal: [20, 120],
  SignResult: [60, 300],
  SignRefusal: [30, 100],
  NumberResult: [10, 80],
  ReturnResult: [30, 900],
  DraftSupplement: [20, 120],
  ApproveSupplement: [30, 200],
  SendSupplement: [20, 100],
  ReceiveSupplement: [20, 120],
  DraftRefusal: [60, 240],
  Answer: [400, 1900],
  Draft: [30, 200],
  Initial: [30, 160],
  Sign: [30, 200],
  Number: [10, 60],
  Send: [20, 120],
  Check_stop: [60, 300],
}
/** A result of the same day: two steps a moment, and the applicant may wait. */
const SAME_DAY: Record<string, [low: number, high: number]> = {
  Receive: [0, 30],
  Appraise: [15, 45],
  ReviewForm: [5, 30],
  Register: [0, 0],
  SignResult: [15, 45],
  NumberResult: [0, 0],
  ReturnResult: [10, 300],
  SummariseConsultations: [10, 60],
}
const BIRTH = '1.001193'
/** With so many working minutes left everybody lets other work lie. */
const HURRY: Record<string, number> = { [BIRTH]: 150, '1.001612': 420, '2.000986': 420, '2.000986-BHYT': 420 }
const HURRY_ELSE = 1_080

const paceOf = (plan: Plan, task: OpenTask): [number, number] => {
  // The same clerk who typed it takes it in.
  if (task.element_id === 'Receive' && plan.channel !== 'ONLINE') return [0, 0]
  const key = task.subject_kind === 'stop' ? 'Check_stop' : task.element_id
  return (
    (task.procedure_code === BIRTH && task.subject_kind === 'dossier' && SAME_DAY[key]) ||
    PACE[key] || [30, 240]
  )
}

/** When a task is done; null: not before the month ends. */
export function actsAt(plan: Plan, task: OpenTask, calendar: Calendar, dice: Dice): Date | null {
  if (task.subject_kind === 'letter' && task.letter_kind === 'apology')
    return letterAt(plan, task, calendar, dice)
  if (task.subject_kind === 'consultation' && isSilent(plan, task)) return null
  const { late, parked } = plan
  if (task.subject_kind === 'dossier') {
    if (parked?.at === task.element_id && task.visit >= parked.visit) return null
    if (late?.at === task.element_id) return late.open ? null : afterDue(plan, task, calendar, dice)
    if (plan.gamed && task.element_id === 'Appraise' && task.visit === 1 && task.due_at)
      return calendar.addWorkingMinutes(task.due_at, -880)
  }
  const [low, high] = paceOf(plan, task)
  // What is to stand on a desk at the end comes there without delay.
  const minutes = plan.fast
    ? 0
    : parked
      ? low
      : dice.between(low, high, plan.n, task.subject_kind, task.element_id, task.visit)
  const planned = calendar.addWorkingMinutes(task.opened_at, minutes)
  const hurry = hurryFrom(plan, task, calendar)
  return hurry && hurry < planned ? hurry : planned
}

/** From when on nothing waits any more; late ones hurry once they are. */
function hurryFrom(plan: Plan, task: OpenTask, calendar: Calendar): Date | null {
  if (!task.due_at || task.finished_at || task.subject_kind !== 'dossier') return null
  if (plan.late && !plan.late.open && task.original_due_at) {
    const slow = task.element_id === plan.late.at
    return slow ? null : task.original_due_at
  }
  if (plan.late) return null
  return calendar.addWorkingMinutes(task.due_at, -(HURRY[task.procedure_code] ?? HURRY_ELSE))
}

/** Returned late by hours to some days; after the late letter, if there is one. */
function afterDue(plan: Plan, task: OpenTask, calendar: Calendar, dice: Dice): Date | null {
  if (!task.original_due_at) return null
  const least = plan.late?.letter === 'none' ? 60 : 520
  return calendar.addWorkingMinutes(task.original_due_at, dice.between(least, least + 1100, plan.n, 'late'))
}

/** The apology: at once, after its limit, or never; where the result comes in time the holder says so. */
function letterAt(plan: Plan, task: OpenTask, calendar: Calendar, dice: Dice): Date | null {
  const { late } = plan
  if (!late || task.element_id !== 'Draft') return late ? task.opened_at : soon(plan, task, calendar, dice)
  if (late.letter === 'none') return null
  if (late.letter === 'in-time') return task.opened_at
  return (
    task.apology_by && calendar.addWorkingMinutes(task.apology_by, dice.between(30, 200, plan.n, 'letter'))
  )
}

const soon = (plan: Plan, task: OpenTask, calendar: Calendar, dice: Dice): Date =>
  calendar.addWorkingMinutes(task.opened_at, dice.between(20, 100, plan.n, 'in-time', task.visit))

/** Of the bodies asked, the last one is the silent one. */
const isSilent = (plan: Plan, task: OpenTask): boolean =>
  plan.consult?.silent === true && task.agency_code === 'T00.S03'

const REASONS = {
  refused: 'Không thuộc thẩm quyền giải quyết của cơ quan tiếp nhận',
  denied: 'Không đáp ứng điều kiện theo quy định của thủ tục',
  back: 'Đề nghị rà soát lại số liệu và căn cứ trước khi trình',
  inTime: 'Các bước còn lại làm xong trước hạn, không phát sinh trễ',
} as const

/** The outcome of a task by the plan, with what its panel asks for. */
export function actOf(plan: Plan, task: OpenTask): Act {
  if (task.subject_kind === 'letter') return letterAct(plan, task)
  if (task.subject_kind === 'consultation')
    return {
      outcome: plan.n % 13 === 5 ? 'objected' : 'agreed',
      data: { answer: 'Cơ quan đã xem xét; ý kiến như trên.' },
    }
  if (task.subject_kind === 'stop') return { outcome: 'stopped', data: {} }
  if (task.form === 'appraise') return appraisal(plan, task)
  if (plan.sentBack === task.element_id && task.visit === 1)
    return { outcome: 'sent-back', data: { reason: REASONS.back } }
  return STEPS[task.element_id]?.(plan) ?? { outcome: 'approved', data: {} }
}

const STEPS: Record<string, (plan: Plan) => Act> = {
  Receive: ({ end }) =>
    end === 'refused'
      ? { outcome: 'refused', data: { reason: REASONS.refused } }
      : { outcome: 'received', data: {} },
  Assign: () => ({ outcome: 'assigned' }),
  SummariseConsultations: ({ end }) => ({ outcome: end === 'denied' ? 'denied' : 'approved' }),
  SignQuestion: () => ({ outcome: 'signed', data: {} }),
  DraftSupplement: () => ({ outcome: 'drafted' }),
  ApproveSupplement: () => ({ outcome: 'approved', data: { reason: 'Thống nhất nội dung đề nghị bổ sung' } }),
  SendSupplement: () => ({ outcome: 'sent', data: {} }),
  ReceiveSupplement: () => ({ outcome: 'received', data: {} }),
  DraftRefusal: () => ({ outcome: 'drafted', data: { reason: REASONS.denied } }),
  Register: () => ({ outcome: 'registered', data: {} }),
  SignProposal: () => ({ outcome: 'signed', data: {} }),
  SignResult: () => ({ outcome: 'signed', data: {} }),
  SignRefusal: () => ({ outcome: 'signed', data: {} }),
  NumberProposal: () => ({ outcome: 'numbered', data: {} }),
  NumberResult: () => ({ outcome: 'numbered', data: {} }),
  NotifyGroup: () => ({ outcome: 'notified', data: {} }),
  ReturnResult: () => ({ outcome: 'returned', data: { identityChecked: true } }),
}

/** Appraisal, check and review of a form: supplement first, then opinions, then the verdict. */
function appraisal(plan: Plan, task: OpenTask): Act {
  if (task.element_id === 'ReviewForm') return { outcome: 'approved', data: {} }
  if (plan.supplement && task.visit === 1)
    return { outcome: 'supplement', data: { reason: 'Thành phần hồ sơ chưa đầy đủ', note: 'Thiếu bản rõ' } }
  if (plan.procedure === '1.009645')
    return plan.caseKey === 'general' ? { outcome: 'consult' } : { outcome: 'no-consultation', data: {} }
  if (plan.consult && task.visit === (plan.supplement ? 2 : 1)) return { outcome: 'consult' }
  if (plan.end === 'denied') return { outcome: 'denied', data: { reason: REASONS.denied } }
  return { outcome: 'approved', data: {} }
}

const LETTER: Record<string, string> = {
  Draft: 'drafted',
  Initial: 'initialled',
  Sign: 'signed',
  Number: 'numbered',
  Send: 'sent',
}

function letterAct(plan: Plan, task: OpenTask): Act {
  const outcome = LETTER[task.element_id] ?? 'drafted'
  if (task.letter_kind !== 'apology' || task.element_id !== 'Draft') return { outcome, data: {} }
  if (!plan.late) return { outcome: 'in-time', data: { reason: REASONS.inTime } }
  return { outcome }
}
