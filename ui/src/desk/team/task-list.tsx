import { Button, Group, Text, Textarea } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TeamPerson, TeamTasks } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { Empty, Failed, Loaded } from '../../app/states.tsx'
import { More } from '../../shared/more.tsx'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { LateTag, Remaining } from '../../shared/tags.tsx'
import { When } from '../../shared/when.tsx'
import { ChooseAll, ChooseOne, useChosen } from '../choosing.tsx'
import { DossierLink, Heads } from '../dossier-cells.tsx'
import { taskPath } from '../worklist/rows.tsx'
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
      <ChooseOne code={task.dossierCode} chosen={chosen} onChoose={onChoose} />
      <td>
        <DossierLink to={taskPath(task)} code={task.dossierCode} applicant={task.applicant} />
      </td>
      <td>{text(task.name)}</td>
      <td className="nowrap">
        {task.stepRemaining ? (
          <Remaining minutes={task.stepRemainingMinutes} words={text(task.stepRemaining)} />
        ) : (
          <span aria-hidden="true">–</span>
        )}
      </td>
      <td className="nowrap" data-label={t('column.due')}>
        <When at={task.dossierDueAt} /> {task.flags.includes('late') && <LateTag />}
      </td>
      {suggests && (
        <td data-label={t('team.suggested')}>
          {task.suggested?.name ?? <span className="soft">{t('team.nobody')}</span>}
        </td>
      )}
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

const COLUMNS = ['column.dossier', 'column.todo', 'column.step', 'column.due']

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
  const [given, setGiven] = useState<Given[]>([])
  const tasks = query.data?.pages.flatMap((page) => page.tasks) ?? []
  const choice = useChosen(tasks)
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
              <table className="worklist stacked">
                <thead>
                  <tr>
                    <ChooseAll choice={choice} />
                    <Heads keys={holder ? COLUMNS : [...COLUMNS, 'team.suggested']} />
                  </tr>
                </thead>
                <tbody>
                  {tasks.map((task) => (
                    <Row
                      key={task.id}
                      task={task}
                      suggests={!holder}
                      chosen={choice.has(task)}
                      onChoose={() => choice.toggle(task)}
                    />
                  ))}
                </tbody>
              </table>
            </ScrollX>
            <More pages={query} left={(data.pages[0]?.total ?? 0) - tasks.length} />
            {choice.chosen.length > 0 && (
              <GiveBar
                chosen={choice.chosen}
                people={people}
                holder={holder}
                onGiven={(results) => {
                  setGiven(results)
                  choice.clear()
                }}
              />
            )}
          </>
        )
      }
    </Loaded>
  )
}
