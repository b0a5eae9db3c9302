import './heatmap.css'
import { Button, NativeSelect, SegmentedControl, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { HeatElement, Heatmap } from '../../app/api-types.ts'
import { useLanguage, useText } from '../../app/i18n.ts'
import { Page } from '../../app/page.tsx'
import { Loaded } from '../../app/states.tsx'
import { DayInput } from '../../shared/day-input.tsx'
import { DrawingBehind } from '../../shared/diagram/drawing-behind.tsx'
import { formatDay, workingTime } from '../../shared/format.ts'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { useAddress } from '../../shared/use-address.ts'
import { Conformance } from './conformance.tsx'
import { Dossiers } from './dossiers.tsx'
import {
  figureOf,
  LEVELS,
  levelOf,
  MEASURES,
  type Measure,
  marksOf,
  mostOf,
  percent,
  sayValue,
  shortValue,
  stepOf,
} from './measures.ts'
import { type Asked, heatmapOf } from './queries.ts'
import { RedesignButton } from './redesign-button.tsx'

const HeatView = lazy(() => import('./heat-view.tsx'))

const DAY = /^\d{4}-\d{2}-\d{2}$/
const dayIn = (value: string | null) => (value && DAY.test(value) ? value : '')

/** What the page shows, in the address: it can be sent and come back to. */
const useAsked = () => {
  const { query, put } = useAddress()
  const given = query.get('do')
  return {
    asked: {
      from: dayIn(query.get('tu')),
      to: dayIn(query.get('den')),
      version: query.get('phien-ban') ?? '',
    },
    measure: MEASURES.find((known) => known === given) ?? 'overrun',
    element: query.get('buoc') ?? '',
    put,
  }
}

const Bar = ({ map, measure }: { map: Heatmap; measure: Measure }) => {
  const { t } = useTranslation('studio-heatmap')
  const { put } = useAddress()
  const day = (name: 'tu' | 'den', value: string | null) => value && DAY.test(value) && put({ [name]: value })
  return (
    <div className="heat-bar">
      <NativeSelect
        label={t('version.label')}
        value={map.allVersions ? '' : map.shown.id}
        onChange={(event) => put({ 'phien-ban': event.currentTarget.value })}
        data={[
          { value: '', label: t('version.all') },
          ...map.versions.map(({ id, version, current, due }) => ({
            value: id,
            label: t(current ? 'version.current' : 'version.option', { version, count: due }),
          })),
        ]}
      />
      <DayInput label={t('period.from')} value={map.from} onChange={(value) => day('tu', value)} w={150} />
      <DayInput label={t('period.to')} value={map.to} onChange={(value) => day('den', value)} w={150} />
      <div>
        <div id="heat-measure" className="mantine-InputWrapper-label">
          {t('measure.label')}
        </div>
        <SegmentedControl
          aria-labelledby="heat-measure"
          value={measure}
          onChange={(value) => put({ do: value })}
          data={MEASURES.map((value) => ({ value, label: t(`measure.${value}`) }))}
        />
      </div>
    </div>
  )
}

const Legend = ({ step, measure }: { step: number; measure: Measure }) => {
  const { t } = useTranslation('studio-heatmap')
  const language = useLanguage()
  if (step <= 0) return <p className="soft">{t('legend.nothing')}</p>
  return (
    <ul className="heat-legend" aria-label={t('legend.label')}>
      {Array.from({ length: LEVELS + 1 }, (_, level) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the levels are always the same
        <li key={level}>
          <span className="heat-swatch" data-level={level} aria-hidden="true" />
          <span className="heat-marks" aria-hidden="true">
            {marksOf(level)}
          </span>
          {level === 0
            ? t('legend.none')
            : t('legend.upTo', { value: sayValue(step * level, measure, language) })}
        </li>
      ))}
    </ul>
  )
}

const Elements = ({
  map,
  chosen,
  onChoose,
}: {
  map: Heatmap
  chosen: string
  onChoose: (id: string) => void
}) => {
  const { t } = useTranslation('studio-heatmap')
  const text = useText()
  const language = useLanguage()
  const time = (minutes: number) => (minutes > 0 ? workingTime(minutes, language) : '–')
  const nil = (figure: number) => (figure > 0 ? '' : 'heat-nil')
  return (
    <ScrollX label={t('elements.title')} className="scroll-x heat-scroll">
      <table className="heat-table stacked">
        <thead>
          <tr>
            <th scope="col">{t('elements.step')}</th>
            <th scope="col" className="number">
              {t('measure.visits')}
            </th>
            <th scope="col">{t('elements.workMean')}</th>
            <th scope="col">{t('elements.waitMean')}</th>
            <th scope="col">{t('measure.overrun')}</th>
            <th scope="col" className="number">
              {t('elements.share')}
            </th>
            <th scope="col" className="number">
              {t('elements.overran')}
            </th>
            <th scope="col">{t('elements.dossiers')}</th>
          </tr>
        </thead>
        <tbody>
          {map.elements.map((element) => (
            <tr key={element.id} aria-current={element.id === chosen ? 'true' : undefined}>
              <th scope="row">
                {element.number !== null && `${element.number}. `}
                {text(element.name)}
                {element.kind === 'wait' && <span className="soft"> · {t('elements.wait')}</span>}
                {!element.drawn && <span className="soft"> · {t('elements.notDrawn')}</span>}
              </th>
              <td className="number" data-label={t('measure.visits')}>
                {element.visits}
              </td>
              <td className={nil(element.workMean)} data-label={t('elements.workMean')}>
                {element.workMean === 0 && element.visits > 0 && element.kind === 'step'
                  ? t('dossiers.noWork')
                  : time(element.workMean)}
              </td>
              <td className={nil(element.waitMean)} data-label={t('elements.waitMean')}>
                {time(element.waitMean)}
              </td>
              <td className={nil(element.overrunMinutes)} data-label={t('measure.overrun')}>
                {time(element.overrunMinutes)}
              </td>
              <td className={`number ${nil(element.overrunShare)}`} data-label={t('elements.share')}>
                {percent(element.overrunShare, language)}
              </td>
              <td className={`number ${nil(element.overran)}`} data-label={t('elements.overran')}>
                {element.overran}
              </td>
              <td>
                {element.visits > 0 && (
                  <Button
                    size="compact-xs"
                    variant="default"
                    aria-pressed={element.id === chosen}
                    aria-label={t('elements.open', { name: text(element.name) })}
                    onClick={() => onChoose(element.id)}
                  >
                    {t('elements.show')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollX>
  )
}

const View = ({
  map,
  asked,
  measure,
  element,
}: {
  map: Heatmap
  asked: Asked
  measure: Measure
  element: string
}) => {
  const { t } = useTranslation('studio-heatmap')
  const text = useText()
  const language = useLanguage()
  const { put } = useAddress()
  const drill = useRef<HTMLHeadingElement>(null)
  /** The element that was just chosen: its dossiers are read next. One in the address is not jumped to. */
  const goesTo = useRef('')
  const step = stepOf(mostOf(map.elements, measure), measure)
  const heats = useMemo(
    () =>
      map.elements.map((one) => {
        const level = levelOf(figureOf(one, measure), step)
        return {
          id: one.id,
          level,
          marks: marksOf(level),
          words: shortValue(figureOf(one, measure), measure, language),
        }
      }),
    [map, measure, step, language],
  )
  const known = useMemo(() => new Map(map.elements.map((one): [string, HeatElement] => [one.id, one])), [map])
  const choose = useCallback(
    (id: string) => {
      if (!known.has(id)) return
      goesTo.current = id
      put({ buoc: id })
    },
    [known, put],
  )
  const chosen = known.get(element)
  useEffect(() => {
    if (goesTo.current !== element) return
    goesTo.current = ''
    drill.current?.focus()
  }, [element])
  return (
    <>
      <p className="heat-sentence">{text(map.sentence)}</p>
      <p className="soft">
        {t('counted', {
          due: map.due,
          late: map.late,
          from: formatDay(map.from, language),
          to: formatDay(map.to, language),
        })}{' '}
        {map.counted < map.due && t('countedLatest', { count: map.counted })}
      </p>
      <Bar map={map} measure={measure} />
      <Suspense fallback={<Skeleton height={420} />}>
        <DrawingBehind>
          <HeatView bpmn={map.shown.bpmn} heats={heats} chosen={element} onChoose={choose} />
        </DrawingBehind>
      </Suspense>
      <Legend step={step} measure={measure} />
      <p className="soft">{t(`measure.${measure}Help`)}</p>
      <section className="heat-section" aria-labelledby="heat-elements">
        <h2 id="heat-elements" className="section-title">
          {t('elements.title')}
        </h2>
        <Elements map={map} chosen={element} onChoose={choose} />
      </section>
      {chosen && (
        <section className="heat-section" aria-labelledby="heat-dossiers">
          <h2 id="heat-dossiers" ref={drill} tabIndex={-1} className="section-title">
            {t('dossiers.title', { name: text(chosen.name) })}
          </h2>
          <Dossiers key={element} code={map.code} asked={asked} element={chosen} />
        </section>
      )}
      <section className="heat-section" aria-labelledby="heat-conformance">
        <h2 id="heat-conformance" className="section-title">
          {t('conformance.title')}
        </h2>
        <p className="soft">{t('conformance.help')}</p>
        <Conformance code={map.code} asked={asked} />
      </section>
    </>
  )
}

/** Where a procedure's dossiers spend their time and what makes them late, on the diagram; every element opens its dossiers. */
const HeatmapPage = () => {
  const { t } = useTranslation('studio-heatmap')
  const text = useText()
  const { code = '' } = useParams()
  const { asked, measure, element } = useAsked()
  const query = useQuery(heatmapOf(code, asked))
  const map = query.data
  return (
    <Page
      title={map ? t('titleOf', { code, name: text(map.name) }) : t('title')}
      wide
      actions={map && <RedesignButton code={code} name={map.name} versionId={map.shown.id} />}
    >
      <p>
        <Link to={`/thiet-ke/thu-tuc/${code}`}>{t('toProcedure', { code })}</Link>
      </p>
      <Loaded query={query} lines={12}>
        {(found) => <View map={found} asked={asked} measure={measure} element={element} />}
      </Loaded>
    </Page>
  )
}
export default HeatmapPage
