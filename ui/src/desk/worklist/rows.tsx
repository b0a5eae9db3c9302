import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { TaskSummary } from '../../app/api-types.ts'
import { useLanguage, useText } from '../../app/i18n.ts'
import { formatInstant } from '../../shared/format.ts'
import { Remaining } from '../../shared/tags.tsx'
import { When } from '../../shared/when.tsx'
import { Flags } from './flags.tsx'
import type { Group } from './grouping.ts'

export const taskPath = (task: Pick<TaskSummary, 'id'>) => `/ban-lam-viec/viec/${task.id}`
const COLUMNS = ['dossier', 'todo', 'procedure', 'step', 'due', 'from', 'flags', 'note'] as const

/** What the step's clock says; while the work moves on or is done, that instead. */
const StepCell = ({ task }: { task: TaskSummary }) => {
  const { t } = useTranslation('desk')
  const text = useText()
  if (task.state === 'moving' || task.state === 'deciding')
    return <span className="soft">{t('task.moving')}</span>
  if (task.doneAt) return <When at={task.doneAt} />
  if (!task.stepRemaining) return <>–</>
  return <Remaining minutes={task.stepRemainingMinutes} words={text(task.stepRemaining)} />
}

const DueCell = ({ task }: { task: TaskSummary }) => {
  const { t } = useTranslation('desk')
  const again = task.originalDueAt && task.dossierDueAt && task.originalDueAt !== task.dossierDueAt
  return (
    <>
      <When at={task.dossierDueAt} />
      {again && (
        <span className="second-line soft">
          {t('task.first')} <When at={task.originalDueAt} />
        </span>
      )}
    </>
  )
}

/** Who had it before, and since which day: the instant without its year and time (`/2026 09:10`). */
const FromCell = ({ task }: { task: TaskSummary }) => {
  const language = useLanguage()
  if (!task.from) return <>–</>
  return (
    <span title={`${task.from.name}, ${formatInstant(task.from.at, language)}`}>
      {task.from.name}{' '}
      <span className="soft figures">{formatInstant(task.from.at, language).slice(0, -11)}</span>
    </span>
  )
}

const Row = ({ task }: { task: TaskSummary }) => {
  const text = useText()
  return (
    <tr className={task.state === 'open' ? undefined : 'row-left'}>
      <td className="row-dossier" title={task.applicant}>
        <Link to={taskPath(task)} className="row-link" data-row>
          <span className="figures row-code">{task.dossierCode}</span> <strong>{task.applicant}</strong>
        </Link>
      </td>
      <td>{text(task.name)}</td>
      <td className="row-procedure" title={text(task.procedure.name)}>
        {text(task.procedure.name)}
      </td>
      <td className="nowrap">
        <StepCell task={task} />
      </td>
      <td className="nowrap figures">
        <DueCell task={task} />
      </td>
      <td className="row-from">
        <FromCell task={task} />
      </td>
      <td>
        <Flags flags={task.flags} />
      </td>
      <td className="row-note" title={task.note}>
        {task.note}
      </td>
    </tr>
  )
}

/** The worklist as a table: 25 rows at 1080p. Each row's link carries the focus, so j, k and Enter are the browser's own. */
export const Rows = ({ groups, caption }: { groups: [Group | 'all', TaskSummary[]][]; caption: string }) => {
  const { t } = useTranslation('desk')
  return (
    <table className="worklist">
      <caption className="visually-hidden">{caption}</caption>
      <colgroup>
        {COLUMNS.map((column) => (
          <col key={column} className={`col-${column}`} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <th key={column} scope="col">
              {t(`column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      {groups.map(([group, tasks]) => (
        <tbody key={group}>
          {group !== 'all' && (
            <tr className={`group group-${group}`}>
              <th colSpan={COLUMNS.length} scope="rowgroup">
                {t(`group.${group}`)} <span className="group-count">{tasks.length}</span>
              </th>
            </tr>
          )}
          {tasks.map((task) => (
            <Row key={task.id} task={task} />
          ))}
        </tbody>
      ))}
    </table>
  )
}

/** The same as cards, for a phone. */
export const Cards = ({ groups }: { groups: [Group | 'all', TaskSummary[]][] }) => {
  const { t } = useTranslation('desk')
  const text = useText()
  return (
    <>
      {groups.map(([group, tasks]) => (
        <section key={group}>
          {group !== 'all' && (
            <h2 className={`group-title group-${group}`}>
              {t(`group.${group}`)} <span className="group-count">{tasks.length}</span>
            </h2>
          )}
          <ul className="cards">
            {tasks.map((task) => (
              <li key={task.id}>
                <Link to={taskPath(task)} className="card" data-row>
                  <span className="card-top">
                    <strong>{text(task.name)}</strong>
                    <StepCell task={task} />
                  </span>
                  <span>{task.applicant}</span>
                  <span className="soft">
                    <span className="figures">{task.dossierCode}</span> · {text(task.procedure.name)}
                  </span>
                  <span className="soft">
                    {t('column.due')}: <DueCell task={task} />
                  </span>
                  <Flags flags={task.flags} />
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}
