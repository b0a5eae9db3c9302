import type { ProcedureDefinition } from '../../procedures/definition.ts'
import type { Text } from '../../text.ts'

type Named = Pick<ProcedureDefinition, 'steps' | 'waits'>

/** What an element is called. */
export const nameOf = ({ steps, waits }: Named, elementId: string): Text =>
  steps[elementId]?.name ?? waits?.[elementId]?.name ?? { vi: elementId, en: elementId }

/** A share in words, with a decimal where it is small: 18 %, 4,3 %. */
export function percent(value: number, lang: 'vi' | 'en'): string {
  const hundredth = value * 100
  const digits = hundredth > 0 && hundredth < 9.95 ? 1 : 0
  const text = hundredth.toFixed(digits).replace(/\.0$/, '')
  return lang === 'vi' ? `${text.replace('.', ',')} %` : `${text} %`
}

type Pain = {
  code: string
  lateShare: number
  worst: { name: Text; number: number | null; share: number } | null
}

/** "1.013225: trễ 18 %, 61 % thời gian vượt ở bước 4 (Thẩm định hồ sơ)" */
export function painSentence({ code, lateShare, worst }: Pain): Text {
  const sentence = (lang: 'vi' | 'en') => {
    const vi = lang === 'vi'
    const late = percent(lateShare, lang)
    const head = vi ? `${code}: trễ ${late}` : `${code}: ${late} late`
    if (!worst) return head
    const name = vi ? worst.name.vi : (worst.name.en ?? worst.name.vi)
    const step = worst.number === null ? `“${name}”` : `${vi ? 'bước' : 'step'} ${worst.number} (${name})`
    const over = percent(worst.share, lang)
    return vi ? `${head}, ${over} thời gian vượt ở ${step}` : `${head}, ${over} of the overrun in ${step}`
  }
  return { vi: sentence('vi'), en: sentence('en') }
}
