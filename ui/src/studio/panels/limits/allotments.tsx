import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../../app/i18n.ts'
import { writeNumber } from '../../../shared/eform/number-text.ts'
import { ScrollX } from '../../../shared/scroll-x.tsx'
import { LimitBox } from '../inputs/limit-input.tsx'
import { useOptions } from '../inputs/options.ts'
import { usePart, usePlace } from '../inputs/part-context.tsx'
import { ShowAll } from '../inputs/show-all.tsx'
import { type Sum, setAllotment, sumOf, withoutTime, workingHours } from '../model/allotments.ts'
import { getIn, recordAt, textAt } from '../model/loose.ts'

/** Working hours as people count them: days and hours. */
const useHours = () => {
  const { t } = useTranslation('studio-panels')
  const language = useLanguage()
  return (hours: number) => {
    const days = Math.trunc(Math.abs(hours) / 8)
    const rest = Math.abs(hours) - days * 8
    const parts = [
      days > 0 && t('hours.days', { count: days }),
      (rest > 0 || days === 0) &&
        t('hours.hours', { number: writeNumber(Math.round(rest * 100) / 100, language) }),
    ]
    return parts.filter(Boolean).join(' ')
  }
}

/** The time given to the steps beside the limit: full where it is used up, past its end in red where it is too much. */
const Bar = ({ caseKey, name, sum }: { caseKey: string; name: string; sum: Sum }) => {
  const { t } = useTranslation('studio-panels')
  const { value } = usePart()
  const { elements } = useOptions()
  const hours = useHours()
  const parts = Object.entries(recordAt(value, ['allotments', caseKey])).map(([id, each]) => ({
    id,
    hours: workingHours(each) ?? 0,
  }))
  const whole = Math.max(sum.used, sum.limit ?? 0, 1)
  const words =
    sum.limit === null
      ? t('allot.cannotCompare', { used: hours(sum.used) })
      : sum.over
        ? t('allot.over', { used: hours(sum.used), limit: hours(sum.limit), by: hours(sum.used - sum.limit) })
        : t('allot.within', {
            used: hours(sum.used),
            limit: hours(sum.limit),
            reserve: hours(sum.reserve ?? 0),
          })
  return (
    <div className="allot-bar">
      <div className="allot-words">
        <strong>{name}</strong>
        <span className={sum.over ? 'tag tag-late' : sum.limit === null ? 'tag' : 'tag tag-good'}>
          {sum.over ? (
            <IconAlertTriangle size={14} aria-hidden />
          ) : (
            sum.limit !== null && <IconCheck size={14} aria-hidden />
          )}
          {words}
        </span>
        {sum.unknown.length > 0 && (
          <span className="tag tag-soon">{t('allot.unknown', { count: sum.unknown.length })}</span>
        )}
      </div>
      <div className="allot-track" aria-hidden>
        {parts.map((each, n) => (
          <span
            key={each.id}
            className={`allot-part ${n % 2 ? 'allot-odd' : ''} ${sum.over ? 'allot-over' : ''}`}
            style={{ width: `${(each.hours / whole) * 100}%` }}
            title={`${elements.find(({ value: id }) => id === each.id)?.label ?? each.id}: ${hours(each.hours)}`}
          />
        ))}
        {sum.limit !== null && !sum.over && sum.reserve !== null && sum.reserve > 0 && (
          <span className="allot-reserve" style={{ width: `${(sum.reserve / whole) * 100}%` }}>
            {sum.reserve / whole > 0.08 ? t('allot.reserve') : ''}
          </span>
        )}
        {sum.limit !== null && (
          <span className="allot-limit" style={{ left: `${(sum.limit / whole) * 100}%` }} />
        )}
      </div>
    </div>
  )
}

const Cell = ({ caseKey, element, label }: { caseKey: string; element: string; label: string }) => {
  const { value: definition, change, readOnly } = usePart()
  const { value, error, warning } = usePlace(['allotments', caseKey, element], true)
  return (
    <LimitBox
      label={label}
      inTable
      value={value}
      error={error}
      warning={warning}
      readOnly={readOnly}
      onChange={(next) => change(setAllotment(definition, caseKey, element, next))}
    />
  )
}

/** The time allotted to each step and wait, by case, summed against the committed limit. */
export const Allotments = () => {
  const { t } = useTranslation('studio-panels')
  const { value, faults } = usePart()
  const { cases, allottable, elements } = useOptions()
  const hours = useHours()
  const [all, setAll] = useState(false)
  // Whoever empties a row goes on seeing it.
  const [folded] = useState(() =>
    withoutTime(
      value,
      allottable.map((row) => row.value),
    ),
  )
  const allotted = cases.flatMap((each) => Object.keys(recordAt(value, ['allotments', each.value])))
  const strangers = [...new Set(allotted)].filter((id) => !allottable.some((row) => row.value === id))
  const rows = [
    ...allottable,
    ...strangers.map((id) => ({
      value: id,
      label: elements.find((each) => each.value === id)?.label ?? `${id} (?)`,
    })),
  ]
  const faulty = (id: string) =>
    faults.some(({ field }) => /^allotments\.[^.]+\.(.+)$/.exec(field ?? '')?.[1] === id)
  const idle = new Set(withoutTime(value, folded).filter((id) => !faulty(id)))
  const sums = new Map(cases.map((each) => [each.value, sumOf(value, each.value)]))
  if (cases.length === 0 || rows.length === 0) return <p className="soft">{t('allot.nothing')}</p>
  return (
    <>
      {cases.map((each) => (
        <Bar key={each.value} caseKey={each.value} name={each.label} sum={sums.get(each.value)!} />
      ))}
      <ScrollX label={t('allot.title')}>
        <table className="panel-table allot-table">
          <thead>
            <tr>
              <th scope="col">{t('step')}</th>
              <th scope="col">{t('allot.who')}</th>
              {cases.map((each) => (
                <th key={each.value} scope="col">
                  {each.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows
              .filter((row) => all || !idle.has(row.value))
              .map((row) => {
                const role = textAt(value, ['steps', row.value, 'role'])
                const waits = getIn(value, ['waits', row.value]) !== undefined
                return (
                  <tr key={row.value}>
                    <th scope="row">{row.label}</th>
                    <td className="soft">{waits ? t('allot.wait') : role && t(`role.${role}`)}</td>
                    {cases.map((each) => (
                      <td key={each.value}>
                        <Cell
                          caseKey={each.value}
                          element={row.value}
                          label={`${row.label}, ${each.label}`}
                        />
                      </td>
                    ))}
                  </tr>
                )
              })}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={2}>
                {t('allot.sum')}
              </th>
              {cases.map((each) => {
                const sum = sums.get(each.value)!
                return (
                  <td key={each.value} className={sum.over ? 'tone-late' : undefined}>
                    {hours(sum.used)}
                  </td>
                )
              })}
            </tr>
            <tr>
              <th scope="row" colSpan={2}>
                {t('allot.reserveRow')}
              </th>
              {cases.map((each) => {
                const { reserve, over } = sums.get(each.value)!
                return (
                  <td key={each.value} className={over ? 'tone-late' : undefined}>
                    {reserve === null
                      ? '—'
                      : over
                        ? t('allot.tooMuch', { by: hours(reserve) })
                        : hours(reserve)}
                  </td>
                )
              })}
            </tr>
          </tfoot>
        </table>
      </ScrollX>
      {idle.size > 0 && (
        <ShowAll
          all={all}
          words={t(all ? 'allot.fewer' : 'allot.all', { count: idle.size })}
          onChange={setAll}
        />
      )}
    </>
  )
}
