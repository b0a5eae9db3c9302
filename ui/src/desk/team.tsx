import { Button, Paper, Select, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { TaskPage, TaskSummary } from '../app/api-types.ts'
import { useText } from '../app/i18n.ts'
import { Page } from '../app/page.tsx'
import { Empty, Failed, Loaded } from '../app/states.tsx'
import { Remaining } from '../shared/tags.tsx'
import { useTaskActs } from './decision/use-decide.ts'
import './desk.css'
import { ScrollX } from '../shared/scroll-x.tsx'
import { task, worklist } from './queries.ts'
import { byClock } from './worklist/grouping.ts'
import { taskPath } from './worklist/rows.tsx'

type People = TaskPage['people']

const Load = ({ people }: { people: People }) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const most = Math.max(1, ...people.map(({ open }) => open))
  return (
    <Paper p="md">
      <h2 className="section-title">{t('team.people')}</h2>
      <Table verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('team.person')}</Table.Th>
            <Table.Th>{t('team.open')}</Table.Th>
            <Table.Th>{t('team.today')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {people.map((one) => (
            <Table.Tr key={one.id}>
              <Table.Td>
                {one.name}
                <Text size="xs" className="soft">
                  {text(one.title)}
                </Text>
              </Table.Td>
              <Table.Td>
                <span className="load">
                  <span className="load-bar" style={{ width: `${(one.open / most) * 100}%` }} />
                  <span className="load-number figures">{one.open}</span>
                </span>
              </Table.Td>
              <Table.Td className="figures">{one.dueToday}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  )
}

const Unassigned = ({ work, people }: { work: TaskSummary; people: People }) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const acts = useTaskActs(work)
  const [person, setPerson] = useState<string | null>(null)
  return (
    <tr>
      <td>
        <Link to={taskPath(work)} className="row-link">
          <span className="figures row-code">{work.dossierCode}</span> <strong>{work.applicant}</strong>
        </Link>
      </td>
      <td>{text(work.name)}</td>
      <td className="nowrap">
        {work.stepRemaining && (
          <Remaining minutes={work.stepRemainingMinutes} words={text(work.stepRemaining)} />
        )}
      </td>
      <td>
        <div className="assign-row">
          <Select
            size="xs"
            aria-label={t('team.assignTo', { code: work.dossierCode })}
            placeholder={t('team.choose')}
            data={people.map(({ id, name, open }) => ({ value: id, label: `${name} (${open})` }))}
            value={person}
            onChange={setPerson}
          />
          <Button
            size="xs"
            variant="light"
            disabled={!person}
            loading={acts.assign.isPending}
            onClick={() => person && acts.assign.mutate({ personId: person, reason: '' })}
          >
            {t('team.assign')}
          </Button>
        </div>
        {acts.assign.error && <Failed problem={acts.assign.error} />}
      </td>
    </tr>
  )
}

/** For the head of a unit: who has how much, and the work nobody has taken yet. */
export default function TeamPage() {
  const { t } = useTranslation('desk')
  const unclaimed = useQuery(worklist('unclaimed'))
  const mine = useQuery(worklist('mine'))
  // Load by person comes with any task that this head may assign.
  const sample = unclaimed.data?.tasks[0] ?? mine.data?.tasks[0]
  const about = useQuery({ ...task(sample?.id ?? ''), enabled: !!sample })
  const people = about.data?.people ?? []
  return (
    <Page title={t('team.title')} wide>
      <Loaded query={unclaimed}>
        {(list) => (
          <div className="team">
            <Paper p="md">
              <h2 className="section-title">{t('team.unassigned', { count: list.tasks.length })}</h2>
              {list.tasks.length === 0 ? (
                <Empty title={t('team.none')} />
              ) : (
                <ScrollX label={t('team.title')}>
                  <table className="worklist">
                    <thead>
                      <tr>
                        <th scope="col">{t('column.dossier')}</th>
                        <th scope="col">{t('column.todo')}</th>
                        <th scope="col">{t('column.step')}</th>
                        <th scope="col">{t('team.assign')}</th>
                      </tr>
                    </thead>
                    <tbody>
                      {[...list.tasks].sort(byClock).map((work) => (
                        <Unassigned key={work.id} work={work} people={people} />
                      ))}
                    </tbody>
                  </table>
                </ScrollX>
              )}
            </Paper>
            {people.length > 0 && <Load people={people} />}
          </div>
        )}
      </Loaded>
    </Page>
  )
}
