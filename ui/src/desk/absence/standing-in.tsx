import { Alert } from '@mantine/core'
import { IconReplaceUser } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../app/i18n.ts'
import { useAbility } from '../../app/session.tsx'
import { formatDay } from '../../shared/format.ts'
import { absences } from '../team/queries.ts'
import './absence.css'

/** Whom the person stands in for today: their work is on the worklist too. Nothing at all on other days. */
export const StandingIn = () => {
  const { t } = useTranslation('desk')
  const language = useLanguage()
  const may = useAbility().can('read', 'Absence')
  const people = useQuery({ ...absences(), enabled: may }).data?.standsInFor ?? []
  if (people.length === 0) return null
  return (
    <Alert icon={<IconReplaceUser />} variant="light" className="stands-in" role="status">
      {people
        .map(({ person, toDay }) =>
          t('absence.youStandIn', { name: person.name, day: formatDay(toDay, language) }),
        )
        .join(' ')}{' '}
      {t('absence.youStandInHelp')}
    </Alert>
  )
}
