import { IconMail, IconMailExclamation, IconMailOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { LateDossier } from '../../app/api-types.ts'
import { Tag } from '../../shared/tags.tsx'

const LOOKS = {
  'in-time': { icon: IconMail, tone: 'good' },
  late: { icon: IconMailExclamation, tone: 'soon' },
  none: { icon: IconMailOff, tone: 'late' },
} as const

/** Whether the apology was sent by its own deadline, with its number. */
export const LetterTag = ({ dossier }: { dossier: LateDossier }) => {
  const { t } = useTranslation('audit')
  const { icon, tone } = LOOKS[dossier.letter]
  return (
    <>
      <Tag icon={icon} tone={tone}>
        {t(`letter.${dossier.letter}`)}
      </Tag>
      {dossier.letterNumber && <span className="late-under soft nowrap">{dossier.letterNumber}</span>}
    </>
  )
}
