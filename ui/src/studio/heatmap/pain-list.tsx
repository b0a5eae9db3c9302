import './heatmap.css'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { PainList as Pain } from '../../app/api-types.ts'
import { useLanguage, useText } from '../../app/i18n.ts'
import { Empty, Loaded } from '../../app/states.tsx'
import { formatDay } from '../../shared/format.ts'
import { percent } from './measures.ts'
import { painOf } from './queries.ts'
import { RedesignButton } from './redesign-button.tsx'

type Line = Pain['procedures'][number]

const heatmapPath = (code: string, element?: string) =>
  `/thiet-ke/thu-tuc/${code}/ban-do-nhiet${element ? `?buoc=${encodeURIComponent(element)}` : ''}`

const PainLine = ({ line }: { line: Line }) => {
  const { t } = useTranslation('studio-heatmap')
  const text = useText()
  const language = useLanguage()
  return (
    <li className="pain-line">
      <div className="pain-words">
        <Link to={heatmapPath(line.code, line.worst?.elementId)}>{text(line.sentence)}</Link>
        <br />
        <span className="soft">
          {text(line.name)} · {t('pain.count', { late: line.late, due: line.due })}
          {line.booked > 0 && line.booked < line.late && ` · ${t('pain.booked', { count: line.booked })}`}
          {line.booked === 0 && line.late > 0 && ` · ${t('pain.notLooked')}`}
        </span>
      </div>
      <div className="pain-share" aria-hidden="true" title={percent(line.lateShare, language)}>
        <span style={{ width: `${Math.min(100, line.lateShare * 100)}%` }} />
      </div>
      <RedesignButton code={line.code} name={line.name} versionId={line.versionId} quiet />
    </li>
  )
}

/** So many lines are looked through at a glance. */
const SHOWN = 10

/** Where it hurts: procedures by the share of late dossiers; each line opens its heat map, and a redesign begins here. */
export const PainList = () => {
  const { t } = useTranslation('studio-heatmap')
  const language = useLanguage()
  const [all, setAll] = useState(false)
  const query = useQuery(painOf())
  return (
    <Loaded query={query} lines={4}>
      {({ procedures, from, to }) =>
        procedures.length === 0 ? (
          <Empty title={t('pain.none')}>
            {t('pain.noneHelp', { from: formatDay(from, language), to: formatDay(to, language) })}
          </Empty>
        ) : (
          <>
            <p className="soft">
              {t('pain.period', { from: formatDay(from, language), to: formatDay(to, language) })}
            </p>
            <ol className="pain-list">
              {procedures.slice(0, all ? undefined : SHOWN).map((line) => (
                <PainLine key={line.code} line={line} />
              ))}
            </ol>
            {!all && procedures.length > SHOWN && (
              <Button variant="default" size="xs" onClick={() => setAll(true)}>
                {t('pain.all', { count: procedures.length - SHOWN })}
              </Button>
            )}
          </>
        )
      }
    </Loaded>
  )
}
