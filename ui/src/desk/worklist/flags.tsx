import {
  IconAlertTriangleFilled,
  IconArrowBackUp,
  IconCalendarQuestion,
  IconCalendarRepeat,
  IconFilePlus,
  IconMessageReport,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { TaskSummary } from '../../app/api-types.ts'
import { Tag, type Tone } from '../../shared/tags.tsx'

type Flag = TaskSummary['flags'][number]
const FLAGS: Record<Flag, [typeof IconFilePlus, Tone]> = {
  late: [IconAlertTriangleFilled, 'late'],
  objection: [IconMessageReport, 'late'],
  'sent-back': [IconArrowBackUp, 'soon'],
  reappointed: [IconCalendarRepeat, 'soon'],
  supplemented: [IconFilePlus, 'plain'],
  provisional: [IconCalendarQuestion, 'plain'],
}

export const Flags = ({ flags }: { flags: Flag[] }) => {
  const { t } = useTranslation('desk')
  return (
    <span className="flags">
      {flags.map((flag) => {
        const [icon, tone] = FLAGS[flag]
        return (
          <Tag key={flag} icon={icon} tone={tone}>
            {t(`flag.${flag}`)}
          </Tag>
        )
      })}
    </span>
  )
}
