import { Paper, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Team } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { Empty } from '../../app/states.tsx'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { Remaining, UnverifiedTag } from '../../shared/tags.tsx'
import { When } from '../../shared/when.tsx'
import { DossierLink, Heads } from '../dossier-cells.tsx'
import { taskPath } from '../worklist/rows.tsx'

const COLUMNS = ['column.dossier', 'column.todo', 'team.heldBy', 'column.step', 'team.shownAt']

/** "Cần can thiệp": steps past their own limit for so long that this person was told. */
export const Intervention = ({ board }: { board: Team }) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const { intervention, escalation } = board
  return (
    <Paper p="md" component="section" aria-label={t('team.intervention')}>
      <h2 className="section-title">
        {t('team.intervention')} <span className="tab-count">{intervention.length}</span>
      </h2>
      <Text size="sm" className="soft" mb="xs">
        {t('team.interventionHelp', {
          head: escalation.headAfterWorkingDays,
          leader: escalation.leaderAfterWorkingDays,
        })}{' '}
        <UnverifiedTag />
      </Text>
      {intervention.length === 0 ? (
        <Empty title={t('team.nothingToMend')} />
      ) : (
        <ScrollX label={t('team.intervention')}>
          <table className="worklist stacked">
            <thead>
              <tr>
                <Heads keys={COLUMNS} />
              </tr>
            </thead>
            <tbody>
              {intervention.map((task) => (
                <tr key={task.id}>
                  <td>
                    <DossierLink to={taskPath(task)} code={task.dossierCode} applicant={task.applicant} />
                  </td>
                  <td>{text(task.name)}</td>
                  <td data-label={t('team.heldBy')}>
                    {task.assignee ? task.assignee.name : t('panel.unclaimed')}
                    <span className="soft">, {text(task.unit.name)}</span>
                  </td>
                  <td className="nowrap">
                    {task.stepRemaining && (
                      <Remaining minutes={task.stepRemainingMinutes} words={text(task.stepRemaining)} />
                    )}
                  </td>
                  <td className="nowrap" data-label={t('team.shownAt')}>
                    <When at={task.shownAt} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollX>
      )}
    </Paper>
  )
}
