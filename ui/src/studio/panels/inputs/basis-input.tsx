import { useTranslation } from 'react-i18next'
import type { Path } from '../model/loose.ts'
import { CheckAt, TextAt } from './fields.tsx'
import { usePlace } from './part-context.tsx'
import { Warning } from './warning.tsx'

/** What a figure rests on: the words of the text, where they stand, and whether somebody has read them there. */
export const BasisInput = ({ path, label }: { path: Path; label?: string }) => {
  const { t } = useTranslation('studio-panels')
  const { error, warning } = usePlace(path)
  return (
    <fieldset className="basis-input">
      <legend>{label ?? t('basis.title')}</legend>
      {error && <div className="mantine-InputWrapper-error panel-error">{error}</div>}
      <Warning words={warning} />
      <TextAt path={[...path, 'text']} label={t('basis.text')} lines={1} />
      <TextAt path={[...path, 'source']} label={t('basis.source')} lines={1} />
      <CheckAt path={[...path, 'verified']} label={t('basis.verified')} />
    </fieldset>
  )
}
