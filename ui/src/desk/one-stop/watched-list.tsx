import { Button, Checkbox, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Watched, WatchedKind } from '../../app/api-types.ts'
import { useLanguage, useText } from '../../app/i18n.ts'
import { Empty, Loaded } from '../../app/states.tsx'
import { formatInstant } from '../../shared/format.ts'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { Remaining, Tag } from '../../shared/tags.tsx'
import { When } from '../../shared/when.tsx'
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
      {chosen !== null && (
        <td>
          <Checkbox
            size="xs"
            checked={chosen}
            onChange={onChoose}
            aria-label={t('team.choose1', { code: row.code })}
          />
        </td>
      )}
      <td>
        <Link to={`/ban-lam-viec/ho-so/${row.id}`} className="row-link">
          <span className="figures row-code">{row.code}</span> <strong>{row.applicant}</strong>
        </Link>
      </td>
      <td className="watched-procedure">
        <span className="figures soft">{row.procedure.code}</span> {text(row.procedure.name)}
      </td>
      <td>{text(row.step)}</td>
      <td>
        {row.person ?? t('panel.unclaimed')}
        <span className="soft">, {text(row.unit.name)}</span>
      </td>
      <td className="nowrap">
        <When at={row.dueAt} />
      </td>
      <td className="nowrap">
        {row.remaining && <Remaining minutes={row.remainingMinutes} words={text(row.remaining)} />}
      </td>
      <td className="nowrap">
        <LastUrged urged={row.lastUrged} />
      </td>
    </tr>
  )
}

/** The dossiers behind a number; those that are late are chosen and urged here. */
export const WatchedList = ({ kind, unitId }: { kind: WatchedKind; unitId: string | null }) => {
  const { t } = useTranslation('desk')
  const query = useInfiniteQuery(watched(kind, unitId))
  const [chosen, setChosen] = useState<string[]>([])
  const [sent, setSent] = useState(0)
  const rows = query.data?.pages.flatMap((page) => page.dossiers) ?? []
  const there = rows.filter(({ id }) => chosen.includes(id))
  const urges = URGED.includes(kind)
  const all = rows.length > 0 && there.length === rows.length
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
              <table className="worklist watched">
                <thead>
                  <tr>
                    {urges && (
                      <th scope="col">
                        <Checkbox
                          size="xs"
                          checked={all}
                          indeterminate={there.length > 0 && !all}
                          onChange={() => setChosen(all ? [] : rows.map(({ id }) => id))}
                          aria-label={t('team.chooseAll')}
                        />
                      </th>
                    )}
                    <th scope="col">{t('column.dossier')}</th>
                    <th scope="col">{t('column.procedure')}</th>
                    <th scope="col">{t('oneStop.step')}</th>
                    <th scope="col">{t('team.heldBy')}</th>
                    <th scope="col">{t('oneStop.limit')}</th>
                    <th scope="col">{t('oneStop.left')}</th>
                    <th scope="col">{t('urging.title')}</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <Row
                      key={`${row.id}/${row.unit.id}`}
                      row={row}
                      chosen={urges ? chosen.includes(row.id) : null}
                      onChoose={() => {
                        setSent(0)
                        setChosen((before) =>
                          before.includes(row.id)
                            ? before.filter((id) => id !== row.id)
                            : [...before, row.id],
                        )
                      }}
                    />
                  ))}
                </tbody>
              </table>
            </ScrollX>
          )}
          {query.hasNextPage && (
            <Button
              size="xs"
              variant="default"
              mt="xs"
              onClick={() => query.fetchNextPage()}
              loading={query.isFetchingNextPage}
            >
              {t('dossiers.more')}
            </Button>
          )}
          {there.length > 0 && (
            <Urge
              chosen={there}
              onSent={(count) => {
                setSent(count)
                setChosen([])
              }}
            />
          )}
        </>
      )}
    </Loaded>
  )
}
