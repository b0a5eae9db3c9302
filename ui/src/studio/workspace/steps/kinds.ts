import type { FormName, ProcedureStep, ProcedureWait, PromiseName, Text } from '../../../app/api-types.ts'

type Outcome = ProcedureStep['outcomes'][string]
/** What a person can be given to do: the panel they see, who does it as a rule, and what each answer promises in law. */
export type StepKind = {
  form: FormName
  name: Text
  role: ProcedureStep['role']
  unit: ProcedureStep['unit']
  outcomes: Record<string, Outcome>
}

const said = (vi: string, en: string, promises: PromiseName[] = [], needsReason = false): Outcome => ({
  label: { vi, en },
  promises,
  needsReason,
})
const sentBack = said('Trả lại', 'Send back', ['send-back'], true)
const supplement = said('Yêu cầu bổ sung', 'Ask for a supplement')

const kind = (
  form: FormName,
  [vi, en]: [string, string],
  role: StepKind['role'],
  unit: StepKind['unit'],
  outcomes: Record<string, Outcome>,
): StepKind => ({ form, name: { vi, en }, role, unit, outcomes })

/** In the order in which a dossier meets them. Forms of the shared processes (apology, consultation, stop) are not among them. */
export const STEP_KINDS: StepKind[] = [
  kind('reception', ['Tiếp nhận hồ sơ', 'Receive dossier'], 'clerk', 'one-stop', {
    received: said('Tiếp nhận, cấp giấy hẹn', 'Receive, issue the appointment', [
      'clock.start',
      'letter.receipt',
    ]),
    refused: said('Từ chối tiếp nhận', 'Refuse reception', ['letter.refusal'], true),
  }),
  kind('assign', ['Phân công thụ lý', 'Assign an officer'], 'unit-head', 'specialist', {
    assigned: said('Phân công', 'Assign', ['assign.person']),
  }),
  kind('appraise', ['Thẩm định hồ sơ', 'Appraise dossier'], 'officer', 'specialist', {
    approved: said('Đạt, trình kết quả', 'Approved, submit the result', ['result.draft']),
    supplement,
    denied: said('Không đạt', 'Not approved', ['result.draft'], true),
  }),
  kind('supplement-draft', ['Soạn phiếu bổ sung', 'Draft supplement request'], 'officer', 'specialist', {
    drafted: said('Trình duyệt phiếu', 'Submit for approval', ['supplement.draft']),
  }),
  kind(
    'supplement-approve',
    ['Duyệt phiếu bổ sung', 'Approve supplement request'],
    'unit-head',
    'specialist',
    {
      approved: said('Duyệt', 'Approve', ['supplement.approve']),
      'sent-back': sentBack,
    },
  ),
  kind('supplement-send', ['Gửi phiếu bổ sung', 'Send supplement request'], 'clerk', 'one-stop', {
    sent: said('Gửi người nộp', 'Send to the applicant', ['supplement.send']),
  }),
  kind('supplement-receive', ['Nhận hồ sơ bổ sung', 'Receive supplement'], 'clerk', 'one-stop', {
    received: said('Nhận, cấp giấy hẹn mới', 'Receive, issue a new appointment', [
      'supplement.receive',
      'letter.receipt',
    ]),
  }),
  kind('consultation-approve', ['Duyệt văn bản hỏi', 'Approve the question'], 'unit-head', 'specialist', {
    approved: said('Duyệt, gửi lấy ý kiến', 'Approve, send for opinions'),
    'sent-back': sentBack,
  }),
  kind('consultation-summary', ['Tổng hợp ý kiến', 'Summarise opinions'], 'officer', 'specialist', {
    approved: said('Đạt, trình kết quả', 'Approved, submit the result', [
      'consultation.summary',
      'result.draft',
    ]),
    supplement: said('Yêu cầu bổ sung', 'Ask for a supplement', ['consultation.summary']),
    denied: said('Không đạt', 'Not approved', ['consultation.summary']),
  }),
  kind('refusal-draft', ['Soạn văn bản từ chối', 'Draft refusal'], 'officer', 'specialist', {
    drafted: said('Trình văn bản từ chối', 'Submit the refusal', ['result.draft'], true),
  }),
  kind('register', ['Ghi sổ hộ tịch', 'Enter in the register'], 'officer', 'specialist', {
    registered: said('Ghi sổ, trình ký', 'Registered, submit for signature', [
      'register.enter',
      'result.draft',
    ]),
  }),
  kind('result-review', ['Duyệt, ký nháy kết quả', 'Review and initial result'], 'unit-head', 'specialist', {
    approved: said('Ký nháy, trình ký', 'Initial and submit', ['result.initial']),
    'sent-back': sentBack,
  }),
  kind('proposal-number', ['Cấp số tờ trình', 'Number the proposal'], 'clerical', 'clerical', {
    numbered: said('Vào sổ, trình', 'Entered, submitted'),
  }),
  kind('result-sign', ['Ký kết quả', 'Sign result'], 'leader', 'leadership', {
    signed: said('Ký', 'Sign', ['result.sign']),
    'sent-back': sentBack,
  }),
  kind('result-number', ['Cấp số, đóng dấu', 'Number and seal'], 'clerical', 'clerical', {
    numbered: said('Cấp số, chuyển một cửa', 'Number, pass to the one-stop', [
      'result.number',
      'clock.finish',
    ]),
  }),
  kind('result-return', ['Trả kết quả', 'Return result'], 'clerk', 'one-stop', {
    returned: said('Đã trả', 'Returned', ['result.return']),
  }),
  kind('group-notice', ['Thông báo kết quả nhóm', 'Tell of the group’s result'], 'clerk', 'one-stop', {
    notified: said('Phát hành thông báo', 'Issue the notice', ['group.notice']),
  }),
]

export const kindOf = (form: string | undefined): StepKind | undefined =>
  STEP_KINDS.find((each) => each.form === form)

/** A step as it is drawn first. */
export const newStep = ({ form, role, unit, outcomes }: StepKind, name: string): ProcedureStep => ({
  name: { vi: name },
  role,
  unit,
  agency: 'lead',
  form,
  outcomes,
  clockOutcomes: [],
})

type WaitKind = Pick<ProcedureWait, 'holder' | 'outcomes'>
/** Who holds the dossier while it waits, and how a wait can end. */
export const WAIT_KINDS: Record<string, WaitKind> = {
  'await.supplement': { holder: 'applicant', outcomes: ['submitted', 'expired'] },
  'await.consultations': { holder: 'officer', outcomes: ['complete'] },
  'await.confirmation': { holder: 'applicant', outcomes: ['confirmed', 'amended', 'silent'] },
  'await.exchange': { holder: 'officer', outcomes: ['answered', 'refused'] },
  'await.payment': { holder: 'applicant', outcomes: ['paid', 'expired'] },
  'await.children': { holder: 'agency', outcomes: ['all-finished'] },
}

export const isWaitType = (type: string): boolean => type.startsWith('await.')

export const newWait = (type: string, name: string): ProcedureWait => ({
  name: { vi: name },
  type,
  ...(WAIT_KINDS[type] ?? { holder: 'agency', outcomes: ['done'] }),
})

/** Machines' work that a question asks about. */
export { MACHINE_OUTCOMES } from '../../draft/reading.ts'

export const formReference = (form: string): string => `="${form}:" + subjectId`
export const formOfReference = (reference: string | undefined): string | undefined =>
  /^="([a-z-]+):" \+ subjectId$/.exec(reference ?? '')?.[1]
export const outcomeCondition = (outcome: string): string => `=outcome = "${outcome}"`
export const outcomeOfCondition = (condition: string | undefined): string | null =>
  /^=outcome = "([\w-]+)"$/.exec(condition ?? '')?.[1] ?? null
