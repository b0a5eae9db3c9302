import { Button, Checkbox, Group, Text, Textarea } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { TeamPerson, TeamTasks } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { Empty, Failed, Loaded } from '../../app/states.tsx'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { LateTag, Remaining } from '../../shared/tags.tsx'
import { When } from '../../shared/when.tsx'
import { PersonSelect } from './person-select.tsx'
import { teamTasks } from './queries.ts'
import { type Given, useAssign } from './use-assign.ts'

type Task = TeamTasks['tasks'][number]

/** What became of the tasks given: how many went, and each that did not, with the reason. */
const Results = ({ given }: { given: Given[] }) => {
  const { t } = useTranslation('desk')
  const failed = given.filter(({ problem }) => problem !== null)
  return (
    <div role="status" className="team-results">
      <Text size="sm">{t('team.given', { count: given.length - failed.length })}</Text>
      {failed.length > 0 && (
        <ul>
          {failed.map(({ task, problem }) => (
            <li key={task.id}>
              <span className="figures">{task.dossierCode}</span>: {problem}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

const Row = ({
  task,
  chosen,
  onChoose,
  suggests,
}: {
  task: Task
  chosen: boolean
  onChoose: () => void
  suggests: boolean
}) => {
  const { t } = useTranslation('desk')
  const text = useText()
  return (
    <tr>
      <td>
        <Checkbox
          size="xs"
          checked={chosen}
          onChange={onChoose}
          aria-label={t('team.choose1', { code: task.dossierCode })}
        />
      </td>
      <td>
        <Link to={`/ban-lam-viec/viec/${task.id}`} className="row-link">
          <span className="figures row-code">{task.dossierCode}</span> <strong>{task.applicant}</strong>
        </Link>
      </td>
      <td>{text(task.name)}</td>
      <td className="nowrap">
        {task.stepRemaining ? (
          <Remaining minutes={task.stepRemainingMinutes} words={text(task.stepRemaining)} />
        ) : (
          <span aria-hidden="true">–</span>
        )}
      </td>
      <td className="nowrap">
        <When at={task.dossierDueAt} /> {task.flags.includes('late') && <LateTag />}
      </td>
      {suggests && <td>{task.suggested?.name ?? <span className="soft">{t('team.nobody')}</span>}</td>}
    </tr>
  )
}

/** Gives the chosen tasks away: to one person with a reason where somebody has them, or each to whom it suggests. */
const GiveBar = ({
  chosen,
  people,
  holder,
  onGiven,
}: {
  chosen: Task[]
  people: TeamPerson[]
  holder: TeamPerson | null
  onGiven: (given: Given[]) => void
}) => {
  const { t } = useTranslation('desk')
  const [person, setPerson] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const assign = useAssign()
  const suggestions = chosen.flatMap((task) =>
    task.suggested ? [{ task, personId: task.suggested.id }] : [],
  )
  const done = { onSuccess: onGiven }
  const give = () => {
    setTried(true)
    if (!person || (holder && !reason.trim())) return
    assign.mutate(
      { gifts: chosen.map((task) => ({ task, personId: person })), reason: reason.trim() },
      { onSuccess: onGiven },
    )
  }
  return (
    <div className="give-bar">
      <Group align="flex-start" gap="sm">
        <div className="give-person">
          <PersonSelect
            people={people}
            not={holder?.id}
            label={t('team.giveTo', { count: chosen.length })}
            value={person}
            onChange={setPerson}
            error={tried && !person && t('holding.toMissing')}
          />
        </div>
        {holder && (
          <Textarea
            size="xs"
            className="give-reason"
            label={t('holding.reason')}
            description={t('team.reasonHelp')}
            autosize
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={tried && !reason.trim() && t('holding.reasonMissing')}
          />
        )}
        <Group gap="xs" className="give-buttons">
          <Button size="xs" onClick={give} loading={assign.isPending}>
            {holder ? t('team.reassign') : t('team.assign')}
          </Button>
          {!holder && suggestions.length > 0 && (
            <Button
              size="xs"
              variant="default"
              loading={assign.isPending}
              onClick={() => assign.mutate({ gifts: suggestions, reason: '' }, done)}
            >
              {t('team.asSuggested', { count: suggestions.length })}
            </Button>
          )}
        </Group>
      </Group>
      {assign.error && <Failed problem={assign.error} />}
    </div>
  )
}

/** Open tasks of a person, or those that nobody has taken, to be given to somebody. */
export const TaskList = ({
  unitId,
  people,
  holder,
  label,
}: {
  unitId: string
  people: TeamPerson[]
  holder: TeamPerson | null
  label: string
}) => {
  const { t } = useTranslation('desk')
  const query = useInfiniteQuery(teamTasks(unitId, holder?.id ?? null))
  const [chosen, setChosen] = useState<string[]>([])
  const [given, setGiven] = useState<Given[]>([])
  const tasks = query.data?.pages.flatMap((page) => page.tasks) ?? []
  const there = tasks.filter(({ id }) => chosen.includes(id))
  const all = tasks.length > 0 && there.length === tasks.length
  return (
    <Loaded query={query} lines={4}>
      {(data) =>
        tasks.length === 0 ? (
          <>
            {given.length > 0 && <Results given={given} />}
            <Empty title={holder ? t('team.nothingOpen') : t('team.none')} />
          </>
        ) : (
          <>
            {given.length > 0 && <Results given={given} />}
            <ScrollX label={label}>
              <table className="worklist">
                <thead>
                  <tr>
                    <th scope="col">
                      <Checkbox
                        size="xs"
                        checked={all}
                        indeterminate={there.length > 0 && !all}
                        onChange={() => setChosen(all ? [] : tasks.map(({ id }) => id))}
                        aria-label={t('team.chooseAll')}
                      />
                    </th>
                    <th scope="col">{t('column.dossier')}</th>
                    <th scope="col">{t('column.todo')}</th>
                    <th scope="col">{t('column.step')}</th>
                    <th scope="col">{t('column.due')}</th>
                    {!holder && <th scope="col">{t('team.suggested')}</th>}
                  </tr>
                </thead>
                <tbody>
                  {tasks.map((task) => (
                    <Row
                      key={task.id}
                      task={task}
                      suggests={!holder}
                      chosen={chosen.includes(task.id)}
                      onChoose={() =>
                        setChosen((before) =>
                          before.includes(task.id)
                            ? before.filter((id) => id !== task.id)
                            : [...before, task.id],
                        )
                      }
                    />
                  ))}
                </tbody>
              </table>
            </ScrollX>
            {query.hasNextPage && (
              <Button
                size="xs"
                variant="default"
                mt="xs"
                onClick={() => query.fetchNextPage()}
                loading={query.isFetchingNextPage}
              >
                {t('team.more', { count: (data.pages[0]?.total ?? 0) - tasks.length })}
              </Button>
            )}
            {there.length > 0 && (
              <GiveBar
                chosen={there}
                people={people}
                holder={holder}
                onGiven={(results) => {
                  setGiven(results)
                  setChosen([])
                }}
              />
            )}
          </>
        )
      }
    </Loaded>
  )
}
