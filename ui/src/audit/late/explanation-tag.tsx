import {
  IconAlertTriangleFilled,
  IconCheck,
  IconClockHour4,
  IconMessageReply,
  IconSearch,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Tag } from '../../shared/tags.tsx'

const LOOKS = {
  finding: { icon: IconSearch, tone: 'plain' },
  asked: { icon: IconClockHour4, tone: 'soon' },
  overdue: { icon: IconAlertTriangleFilled, tone: 'late' },
  answered: { icon: IconMessageReply, tone: 'accent' },
  concluded: { icon: IconCheck, tone: 'good' },
} as const
export type ExplanationState = keyof typeof LOOKS | 'none'

/** What has become of asking for an explanation. */
export const ExplanationTag = ({ state }: { state: ExplanationState }) => {
  const { t } = useTranslation('audit')
  if (state === 'none') return <span className="soft">{t('explanation.none')}</span>
  const { icon, tone } = LOOKS[state]
  return (
    <Tag icon={icon} tone={tone}>
      {t(`explanation.${state}`)}
    </Tag>
  )
}
