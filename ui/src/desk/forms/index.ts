import type { ComponentType } from 'react'
import type { Form } from '../../app/api-types.ts'
import type { FormProps } from '../decision/frame.tsx'
import { ApologyDraft } from './apology-draft.tsx'
import { ApologyInitial, ApologyNumber, ApologySend, ApologySign } from './apology-steps.tsx'
import { Appraise } from './appraise.tsx'
import { Assign } from './assign.tsx'
import { ConsultationAnswer } from './consultation-answer.tsx'
import { ConsultationSummary } from './consultation-summary.tsx'
import { GroupNotice } from './group-notice.tsx'
import { ConsultationApprove, ProposalNumber } from './proposal-steps.tsx'
import { Reception } from './reception.tsx'
import { RefusalDraft } from './refusal-draft.tsx'
import { Register } from './register.tsx'
import { ResultReturn } from './result-return.tsx'
import { ResultNumber, ResultReview, ResultSign } from './result-steps.tsx'
import { StopCheck } from './stop-check.tsx'
import { SupplementDraft } from './supplement-draft.tsx'
import { SupplementApprove, SupplementReceive, SupplementSend } from './supplement-steps.tsx'

/** One panel per form of the contract; a form without a panel does not compile. */
export const forms: Record<Form, ComponentType<FormProps>> = {
  reception: Reception,
  assign: Assign,
  appraise: Appraise,
  'consultation-approve': ConsultationApprove,
  'consultation-summary': ConsultationSummary,
  'supplement-draft': SupplementDraft,
  'supplement-approve': SupplementApprove,
  'supplement-send': SupplementSend,
  'supplement-receive': SupplementReceive,
  'refusal-draft': RefusalDraft,
  register: Register,
  'group-notice': GroupNotice,
  'result-review': ResultReview,
  'result-sign': ResultSign,
  'result-number': ResultNumber,
  'result-return': ResultReturn,
  'proposal-number': ProposalNumber,
  'consultation-answer': ConsultationAnswer,
  'apology-draft': ApologyDraft,
  'apology-initial': ApologyInitial,
  'apology-sign': ApologySign,
  'apology-number': ApologyNumber,
  'apology-send': ApologySend,
  'stop-check': StopCheck,
}
