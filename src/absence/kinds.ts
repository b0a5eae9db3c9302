import type { Tx } from '../database/transaction.ts'
import { invalidField } from '../http/invalid.ts'
import type { Text } from '../text.ts'

type Kinds = { procedures: string[]; forms: string[] }
export type KindsOfWork = {
  procedures: { code: string; name: Text }[]
  forms: { form: string; name: Text }[]
}

/** What can be left to a substitute: the procedures in force, and the forms on which their steps and letters are decided. */
export async function kindsOfWork(tx: Tx): Promise<KindsOfWork> {
  const procedures = await tx.sql<{ code: string; name: Text }>(
    `select code, definition->'name' as name from procedure_version where current order by code`,
  )
  const forms = await tx.sql<{ form: string; name: Text }>(
    `select distinct on (step->>'form') step->>'form' as form, step->'name' as name
       from (select definition from procedure_version where current
             union all select definition from shared_process where current) one,
            json_each(one.definition->'steps') as steps(element, step)
      order by step->>'form', length(step->'name'->>'vi'), step->'name'->>'vi'`,
  )
  return { procedures, forms }
}

/** Refuses a kind of work that there is not, naming what there is. */
export async function checkKinds(tx: Tx, { procedures, forms }: Kinds): Promise<void> {
  if (procedures.length + forms.length === 0) return
  const known = await kindsOfWork(tx)
  const strange = (field: string, given: string[], there: string[]) => {
    const wrong = given.find((one) => !there.includes(one))
    if (wrong !== undefined)
      throw invalidField(
        field,
        `Không có loại việc “${wrong}”; chọn trong: ${there.join(', ')}.`,
        `There is no kind of work “${wrong}”; choose among: ${there.join(', ')}.`,
      )
  }
  strange(
    'procedures',
    procedures,
    known.procedures.map(({ code }) => code),
  )
  strange(
    'forms',
    forms,
    known.forms.map(({ form }) => form),
  )
}
