import type { Tx } from '../database/transaction.ts'
import { invalid } from '../http/invalid.ts'
import type { Eform } from '../procedures/definition.ts'
import { answersOfRecord } from '../procedures/prefill.ts'
import { clean } from '../text.ts'
import { detailsOf } from './details.ts'

type FormData = Record<string, unknown>
type Filled = { formData: FormData; fromRecord: string[] }

const textOf = (value: unknown) => clean(String(value ?? ''))

/**
 * The form of somebody who answers for himself, with name and number as their record has them. Another answer is
 * refused (422) and never replaced: nobody has signed what was put in its place. What already `stands` in the dossier
 * (read from paper, or recorded otherwise then) may stay.
 */
export async function withRecord(
  tx: Tx,
  eform: Eform,
  personId: string,
  sent: FormData,
  stands?: FormData,
): Promise<Filled> {
  const { locked } = answersOfRecord(eform, await detailsOf(tx, personId))
  const put = Object.entries(locked).filter(
    ([field]) => !stands || textOf(sent[field]) !== textOf(stands[field]),
  )
  const faults = put
    .filter(([field, known]) => !['', known].includes(textOf(sent[field])))
    .map(([field]) => ({
      field: `formData.${field}`,
      message: {
        vi: 'Mục này lấy từ thông tin định danh của bạn, không sửa ở đây được. Hãy xem lại rồi gửi; nếu thông tin ấy sai, mang giấy tờ đến bộ phận một cửa để nộp trực tiếp.',
        en: 'This is taken from your identity record and cannot be changed here. Look it over and send again; if the record is wrong, bring your papers to the one-stop and file there.',
      },
    }))
  if (faults.length > 0) throw invalid(faults)
  return { formData: { ...sent, ...Object.fromEntries(put) }, fromRecord: put.map(([field]) => field) }
}
