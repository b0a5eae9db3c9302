import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DecisionFrame, type FormProps } from '../decision/frame.tsx'

/** The one-stop tells the applicant what came of every part; the parts stand above the papers. */
export const GroupNotice = (props: FormProps) => {
  const { t } = useTranslation('desk')
  return (
    <DecisionFrame
      {...props}
      fields={() => (
        <Text size="sm" className="soft">
          {t('groupNotice.help')}
        </Text>
      )}
      prepare={() => ({ data: {} })}
    />
  )
}
