import { UnstyledButton } from '@mantine/core'
import { IconBeach, IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import type { TeamPerson } from '../../app/api-types.ts'
import { useLanguage, useText } from '../../app/i18n.ts'
import { formatShortDay } from '../../shared/format.ts'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { Tag } from '../../shared/tags.tsx'
import { TaskList } from './task-list.tsx'

/** The first absence that runs or comes, with who stands in. */
const OnLeave = ({ absences }: Pick<TeamPerson, 'absences'>) => {
  const { t } = useTranslation('desk')
  const language = useLanguage()
  const [next] = absences
  if (!next) return <span aria-hidden="true">–</span>
  const days = { from: formatShortDay(next.fromDay, language), to: formatShortDay(next.toDay, language) }
  return (
    <>
      <Tag tone={next.running ? 'soon' : 'plain'} icon={IconBeach}>
        {next.running ? t('team.awayUntil', { day: days.to }) : t('team.awayFrom', days)}
      </Tag>{' '}
      <span className="soft">
        {next.substitute ? t('team.standsIn', { name: next.substitute.name }) : t('team.noSubstitute')}
        {next.partly && `, ${t('team.partly')}`}
      </span>
    </>
  )
}

/** People of the unit: what each has, who is away; opening one shows their tasks, to be given to others. */
export const PeopleTable = ({
  unitId,
  people,
  opened,
  onOpen,
}: {
  unitId: string
  people: TeamPerson[]
  opened: string | null
  onOpen: (id: string | null) => void
}) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const most = Math.max(1, ...people.map(({ open }) => open))
  return (
    <ScrollX label={t('team.people')}>
      <table className="worklist team-people stacked">
        <thead>
          <tr>
            <th scope="col">{t('team.person')}</th>
            <th scope="col">{t('team.open')}</th>
            <th scope="col">{t('team.today')}</th>
            <th scope="col">{t('team.late')}</th>
            <th scope="col">{t('team.leave')}</th>
          </tr>
        </thead>
        <tbody>
          {people.map((one) => {
            const isOpen = one.id === opened
            const Chevron = isOpen ? IconChevronDown : IconChevronRight
            return (
              <Fragment key={one.id}>
                <tr className={isOpen ? 'team-open' : undefined}>
                  <th scope="row">
                    <UnstyledButton
                      className="team-name"
                      aria-expanded={isOpen}
                      onClick={() => onOpen(isOpen ? null : one.id)}
                    >
                      <Chevron size={16} aria-hidden="true" />
                      <span>
                        {one.name}
                        <span className="soft team-title">{one.gone ? t('team.gone') : text(one.title)}</span>
                      </span>
                    </UnstyledButton>
                  </th>
                  <td data-label={t('team.open')}>
                    <span className="load">
                      <span className="load-bar" style={{ width: `${(one.open / most) * 100}%` }} />
                      <span className="load-number figures">{one.open}</span>
                    </span>
                  </td>
                  <td className="figures" data-label={t('team.today')}>
                    {one.dueToday}
                  </td>
                  <td className={one.late > 0 ? 'figures tone-late' : 'figures'} data-label={t('team.late')}>
                    {one.late > 0 ? `▲ ${one.late}` : 0}
                  </td>
                  <td data-label={t('team.leave')}>
                    <OnLeave absences={one.absences} />
                  </td>
                </tr>
                {isOpen && (
                  <tr className="team-tasks">
                    <td colSpan={5}>
                      <TaskList
                        key={one.id}
                        unitId={unitId}
                        people={people}
                        holder={one}
                        label={t('team.tasksOf', { name: one.name })}
                      />
                    </td>
                  </tr>
                )}
              </Fragment>
            )
          })}
        </tbody>
      </table>
    </ScrollX>
  )
}
