import { Anchor, Group, Paper, Select, Text } from '@mantine/core'
import { IconBeach } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import type { Team } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { Page } from '../../app/page.tsx'
import { Empty, Loaded } from '../../app/states.tsx'
import '../desk.css'
import { SlipsToAnswer } from '../one-stop/slips.tsx'
import { Intervention } from './intervention.tsx'
import { PeopleTable } from './people-table.tsx'
import { team } from './queries.ts'
import { TaskList } from './task-list.tsx'
import './team.css'

const Units = ({ board, onChoose }: { board: Team; onChoose: (id: string) => void }) => {
  const { t } = useTranslation('desk')
  const text = useText()
  if (board.units.length < 2) return <Text className="soft">{text(board.unit.name)}</Text>
  return (
    <Select
      label={t('team.unit')}
      className="team-unit"
      allowDeselect={false}
      data={board.units.map((unit) => ({
        value: unit.id,
        label: `${text(unit.name)} (${t('team.has', { open: unit.open, late: unit.late })})`,
      }))}
      value={board.unit.id}
      onChange={(id) => id && onChoose(id)}
    />
  )
}

/** For whoever heads a unit: what needs them, who has how much, who is away, and the work nobody has taken yet. */
export default function TeamPage() {
  const { t } = useTranslation('desk')
  const [query, setQuery] = useSearchParams()
  const board = useQuery(team(query.get('don-vi')))
  const change = (name: string, value: string | null) =>
    setQuery(
      (now) => {
        const next = new URLSearchParams(now)
        if (name === 'don-vi') next.delete('nguoi')
        if (value) next.set(name, value)
        else next.delete(name)
        return next
      },
      { replace: true },
    )
  return (
    <Page
      title={t('team.title')}
      wide
      actions={
        <Anchor component={Link} to="/vang-mat" className="with-icon">
          <IconBeach size={18} aria-hidden="true" /> {t('absence.title')}
        </Anchor>
      }
    >
      <Loaded query={board} lines={10}>
        {(data) => (
          <div className="board team-page">
            <Group justify="space-between">
              <Units board={data} onChoose={(id) => change('don-vi', id)} />
            </Group>
            <SlipsToAnswer />
            <Intervention board={data} />
            <Paper p="md" component="section" aria-label={t('team.people')}>
              <h2 className="section-title">
                {t('team.people')} <span className="tab-count">{data.people.length}</span>
              </h2>
              {data.people.length === 0 ? (
                <Empty title={t('team.nobodyHere')} />
              ) : (
                <PeopleTable
                  unitId={data.unit.id}
                  people={data.people}
                  opened={query.get('nguoi')}
                  onOpen={(id) => change('nguoi', id)}
                />
              )}
            </Paper>
            <Paper p="md" component="section" aria-label={t('team.unassignedTitle')}>
              <h2 className="section-title">
                {t('team.unassigned', { count: data.unassigned.open })}
                {data.unassigned.late > 0 && (
                  <span className="tone-late">
                    {' '}
                    ▲ {t('team.ofThemLate', { count: data.unassigned.late })}
                  </span>
                )}
              </h2>
              <TaskList
                key={data.unit.id}
                unitId={data.unit.id}
                people={data.people}
                holder={null}
                label={t('team.unassignedTitle')}
              />
            </Paper>
          </div>
        )}
      </Loaded>
    </Page>
  )
}
