import {
  IconAlertTriangleFilled,
  IconArchive,
  IconArrowBackUp,
  IconCheck,
  IconChecks,
  IconCircleX,
  IconClockHour4,
  IconInbox,
  IconPlayerPause,
  IconProgress,
} from '@tabler/icons-react'
import type { ComponentType, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { DossierSummary } from '../app/api-types.ts'

type Icon = ComponentType<{ size?: number; stroke?: number }>
export type Tone = 'plain' | 'late' | 'soon' | 'good' | 'accent'

/** A word in a frame with a shape before it; the tone only repeats what the word says. */
export const Tag = ({
  tone = 'plain',
  icon: Shape,
  children,
}: {
  tone?: Tone
  icon?: Icon
  children: ReactNode
}) => (
  <span className={tone === 'plain' ? 'tag' : `tag tag-${tone}`}>
    {Shape && <Shape size={14} stroke={1.8} />}
    {children}
  </span>
)

const STATES: Record<DossierSummary['state'], [Icon, Tone]> = {
  filed: [IconInbox, 'plain'],
  processing: [IconProgress, 'accent'],
  'waiting-supplement': [IconPlayerPause, 'soon'],
  done: [IconCheck, 'good'],
  returned: [IconChecks, 'good'],
  refused: [IconCircleX, 'late'],
  closed: [IconArchive, 'plain'],
  withdrawn: [IconArrowBackUp, 'plain'],
}

export const StateTag = ({ dossier }: { dossier: Pick<DossierSummary, 'state' | 'result'> }) => {
  const { t } = useTranslation('shared')
  const [icon, tone] = STATES[dossier.state]
  const denied = dossier.result === 'denied' && (dossier.state === 'done' || dossier.state === 'returned')
  const partial = dossier.result === 'partial' && (dossier.state === 'done' || dossier.state === 'returned')
  return (
    <Tag icon={icon} tone={denied ? 'late' : partial ? 'soon' : tone}>
      {t(`dossierState.${dossier.state}`)}
      {denied && `: ${t('result.denied')}`}
      {partial && `: ${t('result.partial')}`}
    </Tag>
  )
}

export const LateTag = () => {
  const { t } = useTranslation('shared')
  return (
    <Tag tone="late" icon={IconAlertTriangleFilled}>
      {t('late')}
    </Tag>
  )
}

/** "chưa kiểm chứng": the text behind a rule has not been read at its source. */
export const UnverifiedTag = () => {
  const { t } = useTranslation('shared')
  return <Tag tone="soon">{t('unverified')}</Tag>
}

/** Tone of what is left: past is late, less than a working day is soon. */
export const toneOf = (remainingMinutes: number | null): Tone =>
  remainingMinutes === null
    ? 'plain'
    : remainingMinutes < 0
      ? 'late'
      : remainingMinutes < 480
        ? 'soon'
        : 'plain'

/** Time left in words, with a triangle when it is past and a clock when it is near. */
export const Remaining = ({ minutes, words }: { minutes: number | null; words: string }) => {
  const tone = toneOf(minutes)
  return (
    <span className={tone === 'plain' ? 'remaining' : `remaining tone-${tone}`}>
      {tone === 'late' && <IconAlertTriangleFilled size={13} aria-hidden="true" />}
      {tone === 'soon' && <IconClockHour4 size={13} aria-hidden="true" />}
      {words}
    </span>
  )
}
