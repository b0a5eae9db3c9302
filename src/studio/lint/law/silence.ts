import type { ProcedureDefinition } from '../../../procedures/definition.ts'
import { type Facts, type Law, needed, promisesAny } from '../facts.ts'
import { faultOf } from '../rules.ts'
import { hoursOf, type Limit, limitWords } from './limits.ts'

const HOURS_A_DAY = 8

type Needed = Pick<ProcedureDefinition, 'steps' | 'waits' | 'limits' | 'allotments'>
type Shares = { before: number; after: number }

const sum = (limits: Limit[]) => limits.reduce((total, each) => total + hoursOf(each).most, 0)

/**
 * Hours that a case allots to what comes before the question is sent and after silence counts: what stands in the
 * allotments before and after the wait, or, where nothing is allotted to the wait, the step that asks.
 */
function sharesOf(allotted: Record<string, Limit>, { steps, waits }: Needed): Shares {
  const entries = Object.entries(allotted)
  const indexOf = (is: (id: string) => boolean) => entries.findIndex(([id]) => is(id))
  const waited = indexOf((id) => waits[id]?.type === 'await.consultations')
  const asked = indexOf((id) => {
    const step = steps[id]
    return step !== undefined && promisesAny(step, 'consultation.draft')
  })
  const at = waited === -1 ? asked : waited
  const limits = entries.map(([, limit]) => limit)
  return at === -1
    ? { before: 0, after: 0 }
    : { before: sum(limits.slice(0, at)), after: sum(limits.slice(at + 1)) }
}

const days = (hours: number, language: 'vi' | 'en') =>
  (hours / HOURS_A_DAY).toLocaleString(language, { maximumFractionDigits: 1 })

/**
 * A consultation that can only end, when the body asked keeps silent, after the day promised: the time allotted before
 * the question, the whole limit at its longest, and the time allotted after it, against the committed limit.
 */
export const silence: Law = (facts: Facts) => {
  const definition = needed(facts, 'steps', 'waits', 'limits', 'allotments', 'consultation', 'cases')
  const consultation = definition?.consultation
  if (!definition || !consultation) return []
  const wait = Object.entries(definition.waits).find(([, { type }]) => type === 'await.consultations')?.[0]
  if (!wait) return []
  const silent = hoursOf(consultation.limit).most
  const late = definition.limits.flatMap(({ case: key, committed }) => {
    const { before, after } = sharesOf(definition.allotments[key] ?? {}, definition)
    const { fewest: due } = hoursOf(committed)
    if (before + silent + after <= due) return []
    const name = definition.cases.find((each) => each.key === key)?.name
    return [{ key, name: name?.vi ?? key, english: name?.en ?? key, due, all: before + silent + after }]
  })
  if (late.length === 0) return []
  const limit = limitWords(consultation.limit)
  const converted = consultation.limit.unit === 'calendar-day'
  const atMost = {
    vi: converted ? `, tới ${days(silent, 'vi')} ngày làm việc` : '',
    en: converted ? `, up to ${days(silent, 'en')} working days` : '',
  }
  const each = (language: 'vi' | 'en') =>
    late
      .map(({ name, english, due, all }) =>
        language === 'vi'
          ? `${name}: cần tới ${days(all, 'vi')} ngày làm việc, hẹn ${days(due, 'vi')}`
          : `${english}: needs up to ${days(all, 'en')} working days, promised ${days(due, 'en')}`,
      )
      .join('; ')
  return [
    faultOf('silence-after-due', {
      elementId: wait,
      field: 'consultation.limit',
      // The names of cases may change without touching the conflict.
      facts: [consultation.limit, late.map((one) => [one.key, one.due, one.all])],
      message: {
        vi: `Im lặng chỉ có hiệu lực sau ${limit.vi}${atMost.vi}; cộng các bước trước và sau thì quá ngày hẹn. ${each('vi')}.`,
        en: `Silence counts after ${limit.en}${atMost.en}; with the steps before and after it ends past the day promised. ${each('en')}.`,
      },
    }),
  ]
}
