import { PREFILL_SOURCES } from '../../../procedures/prefill.ts'
import type { Law } from '../facts.ts'
import { faultOf } from '../rules.ts'

type Loose = Record<string, unknown>
const recOf = (value: unknown): Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : {}

/** Questions that have to be answered, that nobody may type, and that nothing fills in: with one, nobody can file. */
export const readOnly: Law = ({ source: { eform } }) => {
  const schema = recOf(eform.schema)
  const required = Array.isArray(schema.required) ? schema.required : []
  return Object.entries(recOf(schema.properties)).flatMap(([key, question]) => {
    const [asked, shown] = [recOf(question), recOf(recOf(eform.ui)[key])]
    const locked = asked.readOnly === true || shown['ui:readonly'] === true || shown['ui:disabled'] === true
    const filled =
      PREFILL_SOURCES.some((source) => source === asked['x-prefill']) ||
      'default' in asked ||
      'const' in asked
    if (!locked || filled || !required.includes(key)) return []
    const title = typeof asked.title === 'string' ? asked.title : key
    return [
      faultOf('read-only-filled', {
        field: key,
        message: {
          vi: `“${title}” bắt buộc mà chỉ đọc, không nguồn nào điền: không ai nộp được hồ sơ.`,
          en: `“${title}” (${key}) must be answered, is read-only and is filled in by nothing: nobody can file.`,
        },
      }),
    ]
  })
}
