import type { Channel, Fee, ProcedureDefinition } from '../procedures/definition.ts'

/** What filing this way costs in this case; a row that names the case goes before one that does not. Undefined: nothing. */
export const feeOf = (
  { fees }: Pick<ProcedureDefinition, 'fees'>,
  channel: Channel,
  caseKey: string,
): Fee | undefined => {
  const rows = fees.filter((fee) => fee.channel === channel)
  return rows.find((fee) => fee.case === caseKey) ?? rows.find((fee) => fee.case === undefined)
}

/** 150000 → '150.000 đồng', '150,000 VND'. */
export const money = (amount: number) => ({
  vi: `${amount.toLocaleString('vi-VN')} đồng`,
  en: `${amount.toLocaleString('en-GB')} VND`,
})
