import {
  IconAlertTriangleFilled,
  IconArrowBackUp,
  IconCalendarQuestion,
  IconCalendarRepeat,
  IconFilePlus,
  IconMessageReport,
  IconStack2,
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

/** What is special about a task; of a part of a group, which one. */
export const Flags = ({ flags, groupCode }: Pick<TaskSummary, 'flags' | 'groupCode'>) => {
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
      {groupCode && (
        <Tag icon={IconStack2}>
          <span title={t('flag.groupOf', { code: groupCode })}>{t('flag.group', { code: groupCode })}</span>
        </Tag>
      )}
    </span>
  )
}
