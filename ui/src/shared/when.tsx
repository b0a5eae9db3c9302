import { useLanguage } from '../app/i18n.ts'
import { formatInstant } from './format.ts'

/** An instant as `T3 24/11/2026 17:00`, Asia/Ho_Chi_Minh; a dash where there is none. */
export const When = ({ at }: { at: string | null | undefined }) => {
  const language = useLanguage()
  if (!at) return <span aria-hidden="true">–</span>
  return (
    <time dateTime={at} className="when">
      {formatInstant(at, language)}
    </time>
  )
}
