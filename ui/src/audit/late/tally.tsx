import type { ReactNode } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import type { LateReport } from '../../app/api-types.ts'
import type { FilterName, Filters } from './filters.ts'

const Part = ({
  count,
  pressed,
  press,
  children,
}: {
  count: number
  pressed: boolean
  press: () => void
  children?: ReactNode
}) => (
  <button type="button" className="tally-part" aria-pressed={pressed} onClick={press}>
    {children} <strong>{count}</strong>
  </button>
)

/**
 * "Quá hạn 37 = đang trễ 16 + đã trả trễ 21; thư kịp 20, muộn 9, không 8": each part of the sum is a button that keeps
 * its dossiers alone and leads to the first of them.
 */
export const Tally = ({
  totals,
  filters,
  set,
}: {
  totals: LateReport['totals']
  filters: Filters
  set: (changes: Partial<Record<FilterName, string>>) => void
}) => {
  const { t } = useTranslation('audit')
  /** Keeps these, and goes to the first of them: the next key opens it. */
  const go = (changes: Partial<Record<FilterName, string>>) => {
    set(changes)
    setTimeout(() => document.querySelector<HTMLElement>('[data-row] a')?.focus(), 0)
  }
  const part = (name: 'state' | 'letter', value: string, count: number) => {
    const pressed = filters[name] === value
    const press = () => (pressed ? set({ [name]: '' }) : go({ [name]: value }))
    return <Part count={count} pressed={pressed} press={press} />
  }
  return (
    <p className="tally">
      <Trans
        t={t}
        i18nKey="tally"
        values={{ late: totals.late }}
        components={{
          total: (
            <button
              type="button"
              className="tally-part tally-total"
              onClick={() => go({ state: '', letter: '' })}
            />
          ),
          open: part('state', 'open', totals.openLate),
          finished: part('state', 'finished', totals.finishedLate),
          inTime: part('letter', 'in-time', totals.letterInTime),
          letterLate: part('letter', 'late', totals.letterLate),
          none: part('letter', 'none', totals.letterNone),
        }}
      />
    </p>
  )
}
