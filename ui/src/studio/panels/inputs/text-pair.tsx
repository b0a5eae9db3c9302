import { Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { isRecord, type Path, setIn, textAt } from '../model/loose.ts'
import { usePlace } from './part-context.tsx'
import { described } from './warning.tsx'

type Words = {
  label: string
  lines?: number
  error?: string
  warning?: string
  readOnly?: boolean
  className?: string
}

/** Vietnamese and English side by side. */
export const TextPairBox = ({
  label,
  vi,
  en,
  onVi,
  onEn,
  lines,
  error,
  warning,
  readOnly,
  className = '',
}: Words & { vi: string; en: string; onVi: (text: string) => void; onEn: (text: string) => void }) => {
  const { t } = useTranslation('studio-panels')
  const box = (lang: 'vi' | 'en', value: string, change: (text: string) => void) => {
    const props = {
      label: lang === 'vi' ? label : t('inEnglish', { label }),
      lang,
      value,
      readOnly,
      error: lang === 'vi' ? error : undefined,
      description: lang === 'vi' ? described(undefined, warning) : undefined,
      onChange: (event: { currentTarget: { value: string } }) => change(event.currentTarget.value),
    }
    return lines ? <Textarea autosize minRows={lines} {...props} /> : <TextInput {...props} />
  }
  return (
    <div className={`text-pair ${className}`}>
      {box('vi', vi, onVi)}
      {box('en', en, onEn)}
    </div>
  )
}

/** A text in two languages at a place of the data. `optional`: empty in both, it is not there at all. */
export const TextPair = ({
  path,
  optional = false,
  ...words
}: Omit<Words, 'error' | 'warning' | 'readOnly'> & { path: Path; optional?: boolean }) => {
  const { value, set, error, warning, readOnly } = usePlace(path, true)
  const put = (key: 'vi' | 'en', text: string) => {
    const base = isRecord(value) ? value : { vi: '' }
    const next = setIn(base, [key], key === 'en' && text === '' ? undefined : text)
    set(optional && textAt(next, ['vi']) === '' && textAt(next, ['en']) === '' ? undefined : next)
  }
  return (
    <TextPairBox
      {...words}
      vi={textAt(value, ['vi'])}
      en={textAt(value, ['en'])}
      onVi={(text) => put('vi', text)}
      onEn={(text) => put('en', text)}
      error={error}
      warning={warning}
      readOnly={readOnly}
    />
  )
}
