import type { ProcedureDefinition } from '../../procedures/definition.ts'
import type { Shape } from './shape.ts'

type Steps = ProcedureDefinition['steps']
type Waits = ProcedureDefinition['waits']
type Outcome = Steps[string]['outcomes'][string]

const outcome = (
  vi: string,
  en: string,
  promises: Outcome['promises'] = [],
  needsReason = false,
): Outcome => ({
  label: { vi, en },
  promises,
  needsReason,
})
const sentBack = (vi: string, en: string) => outcome(vi, en, ['send-back'], true)
const step = (
  vi: string,
  en: string,
  who: Pick<Steps[string], 'role' | 'unit' | 'form'> & { sameAs?: string },
  outcomes: Steps[string]['outcomes'],
): Steps[string] => ({ name: { vi, en }, agency: 'lead', clockOutcomes: [], ...who, outcomes })

const CLERK = { role: 'clerk', unit: 'one-stop' } as const
const OFFICER = { role: 'officer', unit: 'specialist' } as const
const HEAD = { role: 'unit-head', unit: 'specialist' } as const
const LEADER = { role: 'leader', unit: 'leadership' } as const

/** The steps of people in a generated diagram: who, on which panel, with which answers. */
export function stepsOf({ unitHead, consultation }: Shape): Steps {
  const head = unitHead ? HEAD : LEADER
  const conclusions = (promises: Outcome['promises']) => ({
    approved: outcome('Đạt, trình kết quả', 'Approved, submit the result', [...promises, 'result.draft']),
    supplement: outcome('Yêu cầu bổ sung', 'Ask for a supplement', promises),
    ...(consultation && {
      consult: outcome(
        promises.length > 0 ? 'Lấy ý kiến lần nữa' : 'Lấy ý kiến cơ quan',
        promises.length > 0 ? 'Consult again' : 'Consult other bodies',
        [...promises, 'consultation.draft'],
      ),
    }),
    denied: outcome('Không đạt', 'Not approved', promises),
  })
  const steps: Steps = {
    Receive: step(
      'Tiếp nhận hồ sơ',
      'Receive dossier',
      { ...CLERK, form: 'reception' },
      {
        received: outcome('Tiếp nhận, cấp giấy hẹn', 'Receive, issue the appointment', [
          'clock.start',
          'letter.receipt',
        ]),
        refused: outcome('Từ chối tiếp nhận', 'Refuse reception', ['letter.refusal'], true),
      },
    ),
  }
  if (unitHead)
    steps.Assign = step(
      'Phân công thụ lý',
      'Assign an officer',
      { ...HEAD, form: 'assign' },
      { assigned: outcome('Phân công', 'Assign', ['assign.person']) },
    )
  steps.Appraise = step(
    'Thẩm định hồ sơ',
    'Appraise dossier',
    { ...OFFICER, form: 'appraise' },
    conclusions([]),
  )
  if (consultation)
    steps.SummariseConsultations = step(
      'Tổng hợp ý kiến',
      'Summarise opinions',
      { ...OFFICER, form: 'consultation-summary', sameAs: 'Appraise' },
      conclusions(['consultation.summary']),
    )
  Object.assign(steps, {
    DraftSupplement: step(
      'Soạn phiếu bổ sung',
      'Draft supplement request',
      { ...OFFICER, form: 'supplement-draft', sameAs: 'Appraise' },
      { drafted: outcome('Trình duyệt phiếu', 'Submit for approval', ['supplement.draft']) },
    ),
    ApproveSupplement: step(
      'Duyệt phiếu bổ sung',
      'Approve supplement request',
      { ...head, form: 'supplement-approve' },
      {
        approved: outcome('Duyệt', 'Approve', ['supplement.approve']),
        'sent-back': sentBack('Trả lại thẩm định', 'Send back to appraisal'),
      },
    ),
    SendSupplement: step(
      'Gửi phiếu bổ sung',
      'Send supplement request',
      { ...CLERK, form: 'supplement-send' },
      { sent: outcome('Gửi người nộp', 'Send to the applicant', ['supplement.send']) },
    ),
    ReceiveSupplement: step(
      'Nhận hồ sơ bổ sung',
      'Receive supplement',
      { ...CLERK, form: 'supplement-receive' },
      {
        received: outcome('Nhận, cấp giấy hẹn mới', 'Receive, issue a new appointment', [
          'supplement.receive',
          'letter.receipt',
        ]),
      },
    ),
    DraftRefusal: step(
      'Soạn văn bản từ chối',
      'Draft refusal',
      { ...OFFICER, form: 'refusal-draft', sameAs: 'Appraise' },
      {
        drafted: outcome(
          'Trình văn bản từ chối',
          'Submit the refusal',
          [...(consultation ? (['consultation.summary'] as const) : []), 'result.draft'],
          true,
        ),
      },
    ),
  })
  if (unitHead)
    steps.ReviewResult = step(
      'Duyệt, ký nháy kết quả',
      'Review and initial result',
      { ...HEAD, form: 'result-review' },
      {
        approved: outcome('Ký nháy, trình ký', 'Initial and submit', ['result.initial']),
        'sent-back': sentBack('Trả lại', 'Send back'),
      },
    )
  return Object.assign(steps, {
    SignResult: step(
      'Ký kết quả',
      'Sign result',
      { ...LEADER, form: 'result-sign' },
      { signed: outcome('Ký', 'Sign', ['result.sign']), 'sent-back': sentBack('Trả lại', 'Send back') },
    ),
    NumberResult: step(
      'Cấp số, đóng dấu',
      'Number and seal',
      { role: 'clerical', unit: 'clerical', form: 'result-number' },
      {
        numbered: outcome('Cấp số, chuyển một cửa', 'Number, pass to the one-stop', [
          'result.number',
          'clock.finish',
        ]),
      },
    ),
    ReturnResult: step(
      'Trả kết quả',
      'Return result',
      { ...CLERK, form: 'result-return' },
      { returned: outcome('Đã trả', 'Returned', ['result.return']) },
    ),
  })
}

/** The waits of a generated diagram. */
export function waitsOf({ fee, consultation, exchange }: Shape): Waits {
  const applicant = 'applicant' as const
  const officer = 'officer' as const
  return {
    ...(fee && {
      AwaitPayment: {
        name: { vi: 'Chờ nộp phí', en: 'Awaiting payment' },
        type: 'await.payment',
        holder: applicant,
        outcomes: ['paid', 'expired'],
      },
    }),
    AwaitSupplement: {
      name: { vi: 'Chờ bổ sung', en: 'Awaiting supplement' },
      type: 'await.supplement',
      holder: applicant,
      outcomes: ['submitted', 'expired'],
    },
    ...(consultation && {
      AwaitConsultations: {
        name: { vi: 'Chờ ý kiến', en: 'Awaiting opinions' },
        type: 'await.consultations',
        holder: officer,
        outcomes: ['complete'],
      },
    }),
    ...(exchange && {
      [exchange.ids.wait]: {
        name: { vi: exchange.wait, en: 'Awaiting another system' },
        type: 'await.exchange',
        holder: officer,
        outcomes: ['answered', 'refused'],
      },
    }),
  }
}

/** The phases of a generated diagram, each with its steps and waits. */
export function phasesOf(shape: Shape): ProcedureDefinition['phases'] {
  const all = [...Object.keys(stepsOf(shape)), ...Object.keys(waitsOf(shape))]
  const first = ['AwaitPayment', 'Receive']
  const signing = ['ReviewResult', 'SignResult', 'NumberResult']
  const last = ['ReturnResult']
  const among = (ids: string[]) => ids.filter((id) => all.includes(id))
  return [
    { name: { vi: 'Tiếp nhận', en: 'Reception' }, elements: among(first) },
    {
      name: { vi: 'Thẩm định', en: 'Appraisal' },
      elements: all.filter((id) => ![...first, ...signing, ...last].includes(id)),
    },
    { name: { vi: 'Ký duyệt', en: 'Signature' }, elements: among(signing) },
    { name: { vi: 'Trả kết quả', en: 'Return' }, elements: last },
  ]
}
