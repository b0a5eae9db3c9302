import { UnstyledButton } from '@mantine/core'
import { IconArrowDownRight, IconArrowUpRight, IconEqual } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { StudioSavings } from '../../app/api-types.ts'
import { useLanguage, useText } from '../../app/i18n.ts'
import { UnverifiedTag } from '../../shared/tags.tsx'

export type Figure = StudioSavings['figures'][number]
export const keyOf = ({ key, case: of }: Figure) => `${key}:${of?.vi ?? ''}`

const Trend = ({ before, after }: { before: number | null; after: number }) => {
  const { t } = useTranslation('studio-compare')
  const language = useLanguage()
  if (before === null) return null
  if (before === after)
    return (
      <span className="cmp-trend soft">
        <IconEqual size={15} aria-hidden="true" /> {t('figure.same')}
      </span>
    )
  const fewer = after < before
  const by = Math.abs(after - before).toLocaleString(language === 'vi' ? 'vi-VN' : 'en', {
    maximumFractionDigits: 2,
  })
  const Arrow = fewer ? IconArrowDownRight : IconArrowUpRight
  return (
    <span className="cmp-trend" data-better={fewer}>
      <Arrow size={15} aria-hidden="true" /> {t(fewer ? 'figure.fewer' : 'figure.more', { by })}
    </span>
  )
}

/** What the redesign saves, a card for each figure; pressed, it stands on the elements that cause it. */
export const Figures = ({
  savings,
  shown,
  onShow,
}: {
  savings: StudioSavings
  shown: string
  onShow: (key: string) => void
}) => {
  const { t } = useTranslation('studio-compare')
  const text = useText()
  const language = useLanguage()
  const { goal } = savings
  return (
    <>
      <p className="cmp-headline">{text(savings.headline)}</p>
      <ul className="cmp-cards">
        {savings.figures.map((figure) => {
          const key = keyOf(figure)
          return (
            <li key={key}>
              <UnstyledButton
                className="cmp-card"
                aria-pressed={shown === key}
                onClick={() => onShow(shown === key ? '' : key)}
              >
                <span className="cmp-card-label">
                  {text(figure.label)}
                  {figure.case && <span className="soft"> · {text(figure.case)}</span>}
                </span>
                <span className="cmp-card-value">{text(figure.words)}</span>
                <Trend before={figure.before} after={figure.after} />
              </UnstyledButton>
            </li>
          )
        })}
      </ul>
      <p className="soft">{t('figure.help')}</p>
      {goal.fewer !== null && (
        <p>
          {t(goal.met ? 'goal.met' : 'goal.missed', {
            share: (goal.fewer * 100).toLocaleString(language === 'vi' ? 'vi-VN' : 'en', {
              maximumFractionDigits: 1,
            }),
            target: goal.target * 100,
          })}{' '}
          <UnverifiedTag /> <span className="soft">{goal.source}</span>
        </p>
      )}
    </>
  )
}
