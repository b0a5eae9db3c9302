import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

/** A warning at an input: called one, with its sign, and never in the red of an error. */
export const Warning = ({ words }: { words: string | undefined }) => {
  const { t } = useTranslation('studio-panels')
  if (words === undefined) return null
  return (
    <span className="panel-warning">
      <IconAlertTriangle size={14} aria-hidden />
      <span>
        {t('warning')}: {words}
      </span>
    </span>
  )
}

/** What stands under the label of an input: its own words, and the warning. */
export const described = (description: string | undefined, warning: string | undefined) =>
  warning === undefined ? (
    description
  ) : (
    <>
      {description} <Warning words={warning} />
    </>
  )
