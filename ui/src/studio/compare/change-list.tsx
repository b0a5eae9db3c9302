import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useText } from '../../app/i18n.ts'
import { Empty } from '../../app/states.tsx'
import { type Change, numbered } from './marks.ts'

type Props = { changes: readonly Change[]; chosen: number | null; onChoose: (number: number) => void }

const Line = ({
  change,
  number,
  chosen,
  onChoose,
}: { change: Change; number: number } & Omit<Props, 'changes'>) => {
  const { t } = useTranslation('studio-compare')
  const text = useText()
  const button = useRef<HTMLButtonElement>(null)
  const isChosen = chosen === number
  useEffect(() => {
    if (isChosen) button.current?.scrollIntoView({ block: 'nearest' })
  }, [isChosen])
  return (
    <li>
      <button
        ref={button}
        type="button"
        className="cmp-change"
        aria-pressed={isChosen}
        onClick={() => onChoose(number)}
      >
        <span className={`cmp-sign cmp-sign-${change.kind}`} aria-hidden="true">
          {number}
        </span>
        <span>
          <span className="visually-hidden">
            {t('change.number', { number })} {t(`change.kind.${change.kind}`)}{' '}
          </span>
          {text(change.words)}
          <span className="cmp-part soft"> · {t(`part.${change.part}`)}</span>
        </span>
      </button>
    </li>
  )
}

/** The changes in words, those that publish apart from those that can only be proposed; each leads to its elements. */
export const ChangeList = ({ changes, chosen, onChoose }: Props) => {
  const { t } = useTranslation('studio-compare')
  const text = useText()
  if (changes.length === 0) return <Empty title={t('change.none')}>{t('change.noneHelp')}</Empty>
  const all = numbered(changes)
  return (
    <>
      {(['within', 'proposal'] as const).map((power) => {
        const own = all.filter(({ change }) => change.power === power)
        if (own.length === 0) return null
        const reasons = [...new Set(own.map(({ change }) => text(change.reason)))]
        return (
          <section key={power} aria-label={t(`power.${power}`, { count: own.length })}>
            <h3 className="cmp-power" data-power={power}>
              {t(`power.${power}`, { count: own.length })}
            </h3>
            <p className="soft cmp-power-help">{t(`power.${power}Help`)}</p>
            <ol className="cmp-changes">
              {own.map((line) => (
                <Line key={line.number} {...line} chosen={chosen} onChoose={onChoose} />
              ))}
            </ol>
            <details className="cmp-reasons">
              <summary>{t('power.why')}</summary>
              <ul>
                {reasons.map((reason) => (
                  <li key={reason}>{reason}</li>
                ))}
              </ul>
            </details>
          </section>
        )
      })}
    </>
  )
}
