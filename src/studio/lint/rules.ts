import type { FaultPart, Rule, StudioFault, Words } from './fault.ts'
import { dataRules } from './rules/data.ts'
import { drawingRules } from './rules/drawing.ts'
import { lawRules } from './rules/law.ts'
import { packageRules } from './rules/packages.ts'

/** Every rule of the Studio, by the id that faults carry. */
export const RULES: Record<string, Rule> = { ...packageRules, ...drawingRules, ...dataRules, ...lawRules }

const UNKNOWN: Rule = {
  severity: 'error',
  part: 'diagram',
  reason: {
    vi: 'Quy tắc của trình kiểm tra BPMN.',
    en: 'A rule of the BPMN linter.',
  },
  mend: { vi: 'Sửa phần tử được nêu.', en: 'Mend the element that is named.' },
}

type Found = {
  message: Words
  elementId?: string | null
  field?: string | null
  part?: FaultPart
  severity?: 'error' | 'warning'
  /** What it rests on, where its message does not say all of it or says more. */
  facts?: unknown
}

/** A fault of a rule, with the rule's reason and mend. */
export function faultOf(
  id: string,
  { message, elementId, field, part, severity, facts }: Found,
): StudioFault {
  const rule = RULES[id] ?? UNKNOWN
  return {
    rule: id,
    severity: severity ?? rule.severity,
    part: part ?? rule.part,
    elementId: elementId || null,
    field: field || null,
    message,
    reason: rule.reason,
    mend: rule.mend,
    source: rule.source ?? null,
    needsAcknowledgement: rule.needsAcknowledgement ?? false,
    facts: JSON.stringify(facts ?? [field ?? null, message.vi]),
  }
}
