import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import type { DossierAudit, HoldingView } from '../../app/api-types.ts'
import { useLanguage, useText } from '../../app/i18n.ts'
import { useLegalNow } from '../../app/mode.ts'
import { formatDay, formatInstant, formatShortDay, weekday, workingTime } from '../../shared/format.ts'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { rememberRow } from '../return-row.ts'
import { type Axis, axisOf } from './axis.ts'
import { lanesOf } from './lanes-of.ts'

/** Words of a part narrower than this (in percent) stand in its title only. */
const ROOM_FOR_WORDS = 7
const MANY_DAYS = 30
/** Beyond this (in percent) a mark's word stands on its left. */
const RIGHT_EDGE = 97
/** What a finger or an unsteady hand can hit: 24 pixels (WCAG 2.5.8). */
const TARGET_REM = 1.5

const lookOf = (holding: HoldingView) => {
  if (holding.onBehalf === 'applicant') return 'applicant'
  const variance = holding.varianceMinutes ?? 0
  return variance > 0 ? 'over' : holding.track === 'side' ? 'side' : 'within'
}

/** Whether an interval is too small to be hit and its surroundings of `smallest` percent reach into another's. */
const isCrowded = (holding: HoldingView, lane: HoldingView[], axis: Axis, now: number, smallest: number) => {
  const middleOf = ({ fromAt, toAt }: HoldingView) => (axis.at(fromAt) + axis.at(toAt ?? now)) / 2
  const reachOf = ({ fromAt, toAt }: HoldingView) =>
    Math.max(smallest, axis.at(toAt ?? now) - axis.at(fromAt)) / 2
  return (
    reachOf(holding) === smallest / 2 &&
    lane.some(
      (other) =>
        other.id !== holding.id &&
        Math.abs(middleOf(other) - middleOf(holding)) < reachOf(other) + reachOf(holding),
    )
  )
}

/** One interval: where it lies in time, what it was, and whether it used more than its allotment; leads to click 3. */
const Part = ({
  holding,
  axis,
  now,
  crowded,
}: {
  holding: HoldingView
  axis: Axis
  now: number
  crowded: boolean
}) => {
  const { t } = useTranslation('audit')
  const text = useText()
  const language = useLanguage()
  const { state } = useLocation()
  const left = axis.at(holding.fromAt)
  const width = axis.at(holding.toAt ?? now) - left
  const variance = holding.varianceMinutes
  const difference =
    variance === null || variance === 0
      ? ''
      : t(variance > 0 ? 'lanes.over' : 'lanes.saved', { time: workingTime(variance, language) })
  const name = [
    text(holding.stepName),
    t('lanes.fromTo', {
      from: formatInstant(holding.fromAt, language),
      to: holding.toAt ? formatInstant(holding.toAt, language) : t('lanes.now'),
    }),
    t('lanes.used', { time: workingTime(holding.usedMinutes, language) }),
    difference,
  ]
    .filter(Boolean)
    .join('. ')
  const look = {
    className: `part part-${lookOf(holding)}`,
    style: { left: `${left}%`, width: `max(10px, ${width}%)` },
  }
  // Too small and too near to another to be hit: the table has the link.
  if (crowded) return <span {...look} title={name} aria-hidden="true" />
  return (
    <Link
      to={`/kiem-tra/khoang/${holding.id}`}
      state={state}
      {...look}
      title={name}
      aria-label={name}
      onClick={() => rememberRow(holding.id)}
    >
      <span className="part-words" aria-hidden="true">
        {lookOf(holding) === 'over' && '▲ '}
        {width > ROOM_FOR_WORDS && text(holding.stepName)}
      </span>
    </Link>
  )
}

const Marks = ({
  axis,
  dossier,
  labels,
}: {
  axis: Axis
  dossier: DossierAudit['dossier']
  labels: boolean
}) => {
  const { t } = useTranslation('audit')
  const marks = [
    { name: 'due', at: dossier.originalDueAt ?? dossier.dueAt },
    { name: 'newDue', at: dossier.reappointedDueAt },
    { name: 'finished', at: dossier.finishedAt },
  ]
  return marks.map(({ name, at }) =>
    at ? (
      <span
        key={name}
        className={`mark mark-${name}${axis.at(at) > RIGHT_EDGE ? ' mark-turned' : ''}`}
        style={{ left: `${axis.at(at)}%` }}
      >
        {labels && <span className="mark-word">{t(`lanes.mark.${name}`)}</span>}
      </span>
    ) : null,
  )
}

/** The lanes by holder over the dossier's days; the table beneath says the same. */
export const Lanes = ({ audit }: { audit: DossierAudit }) => {
  const { t } = useTranslation('audit')
  const text = useText()
  const language = useLanguage()
  const now = useLegalNow()
  const axis = axisOf(audit.holdings, audit.clocks, now)
  const everyDay = axis.days.length <= MANY_DAYS
  const dayRem = everyDay ? 2.4 : 1.2
  const smallest = (TARGET_REM / (axis.days.length * dayRem)) * 100
  const lead = audit.dossier.agency.id
  return (
    <figure className="chart">
      <ScrollX label={t('lanes.label')} className="chart-scroll">
        <div
          className="chart-body"
          style={{ '--chart-width': `${13 + axis.days.length * dayRem}rem` } as CSSProperties}
        >
          <div className="chart-row chart-head" aria-hidden="true">
            <span />
            <span className="chart-line">
              {axis.days.map(({ day, off, left, width }) => (
                <span
                  key={day}
                  className={off ? 'chart-day chart-off' : 'chart-day'}
                  style={{ left: `${left}%`, width: `${width}%` }}
                  title={formatDay(day, language)}
                >
                  {!off && (everyDay || weekday(day) === 1) && (
                    <>
                      <span>{formatShortDay(day, language).split(' ')[0]}</span>
                      <span>{formatShortDay(day, language).split(' ')[1]}</span>
                    </>
                  )}
                </span>
              ))}
            </span>
          </div>
          <div className="chart-row chart-marks" aria-hidden="true">
            <span />
            <span className="chart-line">
              <Marks axis={axis} dossier={audit.dossier} labels />
            </span>
          </div>
          {lanesOf(audit.holdings).map(({ key, track, holdings }) => {
            const first = holdings[0]!
            const applicant = first.onBehalf === 'applicant'
            const place = first.agency.id === lead ? first.unit.name : first.agency.name
            return (
              <div key={key} className="chart-row">
                <span className="chart-name">
                  {applicant ? t('lanes.applicant') : (first.person?.name ?? t('lanes.unclaimed'))}
                  {!applicant && (
                    <span className="soft">
                      {text(place)}
                      {track === 'side' && ` · ${t('lanes.side')}`}
                    </span>
                  )}
                </span>
                <ul className="chart-line">
                  {axis.days
                    .filter(({ off }) => off)
                    .map(({ day, left, width }) => (
                      <li
                        key={day}
                        aria-hidden="true"
                        className="chart-day chart-off"
                        style={{ left: `${left}%`, width: `${width}%` }}
                      />
                    ))}
                  <li aria-hidden="true">
                    <Marks axis={axis} dossier={audit.dossier} labels={false} />
                  </li>
                  {holdings.map((holding) => (
                    <li key={holding.id}>
                      <Part
                        holding={holding}
                        axis={axis}
                        now={now}
                        crowded={isCrowded(holding, holdings, axis, now, smallest)}
                      />
                    </li>
                  ))}
                </ul>
              </div>
            )
          })}
        </div>
      </ScrollX>
      <figcaption className="chart-legend">
        {(['within', 'over', 'side', 'applicant'] as const).map((look) => (
          <span key={look}>
            <span className={`swatch part-${look}`} aria-hidden="true" /> {t(`lanes.legend.${look}`)}
          </span>
        ))}
        <span>
          <span className="swatch chart-off" aria-hidden="true" /> {t('lanes.legend.off')}
        </span>
        <span className="soft">{t('lanes.legend.scale')}</span>
      </figcaption>
    </figure>
  )
}
