import { isLocked, isPlainText } from '../../../procedures/prefill.ts'
import { recOf } from '../../diff/keyed.ts'
import type { Law } from '../facts.ts'
import { faultOf } from '../rules.ts'

/**
 * Questions that nobody may type though somebody has to: required and filled in by nothing that every filing has (a
 * record may be silent, and on paper it is not asked), or a detail that is the applicant's to correct. And sources on
 * questions that words cannot answer.
 */
export const readOnly: Law = ({ source: { eform } }) => {
  const schema = recOf(eform.schema)
  const required = Array.isArray(schema.required) ? schema.required : []
  return Object.entries(recOf(schema.properties)).flatMap(([key, question]) => {
    const [asked, shown] = [recOf(question), recOf(recOf(eform.ui)[key])]
    const title = typeof asked.title === 'string' ? asked.title : key
    const source = asked['x-prefill']
    if (source !== undefined && !isPlainText(asked))
      return [
        faultOf('prefill-text', {
          field: key,
          message: {
            vi: `“${title}” điền sẵn từ thông tin người nộp mà không phải ô chữ thường.`,
            en: `“${title}” (${key}) is filled in from the applicant’s record and is no plain text question.`,
          },
        }),
      ]
    const locked = asked.readOnly === true || shown['ui:readonly'] === true || shown['ui:disabled'] === true
    const filled = 'default' in asked || 'const' in asked
    const stuck = required.includes(key) && !filled
    const uncorrectable = source !== undefined && !isLocked(source)
    if (!locked || !(stuck || uncorrectable)) return []
    return [
      faultOf('read-only-filled', {
        field: key,
        message: stuck
          ? {
              vi: `“${title}” bắt buộc mà chỉ đọc, không có gì luôn điền được: có người không nộp được hồ sơ.`,
              en: `“${title}” (${key}) must be answered, is read-only and is not always filled in: somebody cannot file.`,
            }
          : {
              vi: `“${title}” điền sẵn mà chỉ đọc: người nộp không sửa được khi thông tin đã cũ.`,
              en: `“${title}” (${key}) is filled in and read-only: whoever has moved since cannot correct it.`,
            },
      }),
    ]
  })
}
