import type { ProcedurePage } from '../app/api-types.ts'

type Fee = ProcedurePage['fees'][number]

/** What filing this way costs in this case; a row that names the case goes before one that does not. */
export const feeOf = (
  { fees }: Pick<ProcedurePage, 'fees'>,
  channel: string,
  caseKey: string | undefined,
): Fee | undefined => {
  const rows = fees.filter((fee) => fee.channel === channel)
  return rows.find((fee) => fee.case === caseKey) ?? rows.find((fee) => fee.case === undefined)
}
