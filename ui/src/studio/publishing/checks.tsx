import { IconCheck, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { PublicationCheck } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { Tag } from '../../shared/tags.tsx'

type Check = PublicationCheck['checks'][number]
const SHOWN = 12

/** Where an obstacle is taken out of the way. */
const placeOf = (name: Check['name'], draftId: string): string | null => {
  const draft = `/thiet-ke/ban-thao/${draftId}`
  if (name === 'approved' || name === 'acknowledged' || name === 'comments') return `${draft}/tham-dinh`
  if (name === 'within-power' || name === 'changed' || name === 'base') return `${draft}/so-sanh`
  if (name === 'examples') return `${draft}/vi-du`
  return name === 'free' ? null : draft
}

/** Everything that must hold before publishing, and what does not hold yet. */
export const Checks = ({ checks, draftId }: { checks: Check[]; draftId: string }) => {
  const { t } = useTranslation('studio-publishing')
  const text = useText()
  return (
    <ul className="publishing-checks">
      {checks.map(({ name, ok, obstacles }) => {
        const place = placeOf(name, draftId)
        return (
          <li key={name}>
            <div className="publishing-check">
              <Tag tone={ok ? 'good' : 'late'} icon={ok ? IconCheck : IconX}>
                {t(ok ? 'check.ok' : 'check.not')}
              </Tag>
              <span>{t(`check.${name}`)}</span>
              {!ok && place && <Link to={place}>{t(`checkMend.${name}`)}</Link>}
            </div>
            {!ok && (
              <ul className="publishing-obstacles">
                {obstacles.slice(0, SHOWN).map((obstacle, n) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: two obstacles may be alike in every word
                  <li key={n}>
                    {text(obstacle.message)}
                    {obstacle.mend && <span className="soft"> {text(obstacle.mend)}</span>}
                  </li>
                ))}
                {obstacles.length > SHOWN && (
                  <li className="soft">{t('check.more', { count: obstacles.length - SHOWN })}</li>
                )}
              </ul>
            )}
          </li>
        )
      })}
    </ul>
  )
}
