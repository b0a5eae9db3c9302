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

/** What is special about a task; of a part of a group, which one (in a row of a table by the last digits of its code). */
export const Flags = ({
  flags,
  groupCode,
  short = false,
}: Pick<TaskSummary, 'flags' | 'groupCode'> & { short?: boolean }) => {
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
          {short ? (
            <span title={t('flag.groupOf', { code: groupCode })}>
              <span aria-hidden="true">…{groupCode.slice(-4)}</span>
              <span className="visually-hidden">{t('flag.groupOf', { code: groupCode })}</span>
            </span>
          ) : (
            t('flag.groupOf', { code: groupCode })
          )}
        </Tag>
      )}
    </span>
  )
}
