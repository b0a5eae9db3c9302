import { Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Watched, WatchedKind } from '../../app/api-types.ts'
import { useLanguage, useText } from '../../app/i18n.ts'
import { Empty, Loaded } from '../../app/states.tsx'
import { formatInstant } from '../../shared/format.ts'
import { More } from '../../shared/more.tsx'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { Remaining, Tag } from '../../shared/tags.tsx'
import { When } from '../../shared/when.tsx'
import { ChooseAll, ChooseOne, useChosen } from '../choosing.tsx'
import { DossierLink, dossierPath, Heads, ProcedureCell } from '../dossier-cells.tsx'
import { watched } from './queries.ts'
import { Urge } from './urge.tsx'

/** Only what is late can be urged. */
const URGED: WatchedKind[] = ['late', 'step-late', 'asked-late', 'reception']

const LastUrged = ({ urged }: { urged: Watched['lastUrged'] }) => {
  const { t } = useTranslation('desk')
  const language = useLanguage()
  if (!urged) return <span aria-hidden="true">–</span>
  return (
    <>
      <span className="figures" title={formatInstant(urged.at, language)}>
        {urged.number}
      </span>{' '}
      <Tag tone={urged.answered ? 'good' : 'soon'}>
        {t(urged.answered ? 'urging.answered' : 'urging.unanswered')}
      </Tag>
    </>
  )
}

const Row = ({ row, chosen, onChoose }: { row: Watched; chosen: boolean | null; onChoose: () => void }) => {
  const { t } = useTranslation('desk')
  const text = useText()
  return (
    <tr>
      {chosen !== null && <ChooseOne code={row.code} chosen={chosen} onChoose={onChoose} />}
      <td>
        <DossierLink to={dossierPath(row.id)} code={row.code} applicant={row.applicant} />
      </td>
      <ProcedureCell procedure={row.procedure} />
      <td data-label={t('oneStop.step')}>{text(row.step)}</td>
      <td data-label={t('team.heldBy')}>
        {row.person ?? t('panel.unclaimed')}
        <span className="soft">, {text(row.unit.name)}</span>
      </td>
      <td className="nowrap" data-label={t('oneStop.limit')}>
        <When at={row.dueAt} />
      </td>
      <td className="nowrap" data-label={t('oneStop.left')}>
        {row.remaining && <Remaining minutes={row.remainingMinutes} words={text(row.remaining)} />}
      </td>
      <td className="nowrap" data-label={t('urging.title')}>
        <LastUrged urged={row.lastUrged} />
      </td>
    </tr>
  )
}

const COLUMNS = [
  'column.dossier',
  'column.procedure',
  'oneStop.step',
  'team.heldBy',
  'oneStop.limit',
  'oneStop.left',
  'urging.title',
]

/** The dossiers behind a number; those that are late are chosen and urged here. */
export const WatchedList = ({ kind, unitId }: { kind: WatchedKind; unitId: string | null }) => {
  const { t } = useTranslation('desk')
  const query = useInfiniteQuery(watched(kind, unitId))
  const [sent, setSent] = useState(0)
  const rows = query.data?.pages.flatMap((page) => page.dossiers) ?? []
  const choice = useChosen(rows)
  const urges = URGED.includes(kind)
  return (
    <Loaded query={query}>
      {() => (
        <>
          {sent > 0 && (
            <Text role="status" size="sm" className="with-icon" mb="xs">
              <Tag tone="good">{t('urging.sent', { count: sent })}</Tag>
            </Text>
          )}
          {rows.length === 0 ? (
            <Empty title={t(`oneStop.none.${kind}`)} />
          ) : (
            <ScrollX label={t('oneStop.list')}>
              <table className="worklist watched stacked">
                <thead>
                  <tr>
                    {urges && <ChooseAll choice={choice} />}
                    <Heads keys={COLUMNS} />
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <Row
                      key={`${row.id}/${row.unit.id}`}
                      row={row}
                      chosen={urges ? choice.has(row) : null}
                      onChoose={() => {
                        setSent(0)
                        choice.toggle(row)
                      }}
                    />
                  ))}
                </tbody>
              </table>
            </ScrollX>
          )}
          <More pages={query} />
          {choice.chosen.length > 0 && (
            <Urge
              chosen={choice.chosen}
              onSent={(count) => {
                setSent(count)
                choice.clear()
              }}
            />
          )}
        </>
      )}
    </Loaded>
  )
}
