import { useTranslation } from 'react-i18next'
import { Tag, type Tone } from '../../shared/tags.tsx'
import type { DayRow } from '../types.ts'
import { type DayLook, lookOf } from './days.ts'

const TONES: Partial<Record<DayLook, Tone>> = {
  holiday: 'accent',
  substitute: 'accent',
  'swapped-off': 'accent',
  'swapped-working-day': 'good',
  undecided: 'soon',
}

export const KindTag = ({ day, row }: { day: string; row: DayRow | undefined }) => {
  const { t } = useTranslation('admin')
  const look = lookOf(day, row)
  return (
    <>
      <Tag tone={TONES[look]}>{t(`calendar.kind.${look}`)}</Tag>
      {row?.test && (
        <>
          {' '}
          <Tag tone="soon">{t('calendar.test')}</Tag>
        </>
      )}
    </>
  )
}
