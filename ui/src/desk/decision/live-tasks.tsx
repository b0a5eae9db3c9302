import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { DossierPage } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'

/** Other work that runs on the dossier at the same time: consultations, an apology, a request to stop. */
export const LiveTasks = ({ about, current }: { about: DossierPage; current: string | undefined }) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const others = about.tasks.filter(({ id, state }) => id !== current && state === 'open')
  if (others.length === 0) return null
  return (
    <section className="live-tasks">
      <Text size="sm" fw={600}>
        {t('panel.others')}
      </Text>
      <ul>
        {others.map((other) => (
          <li key={other.id}>
            {other.canOpen ? (
              <Link to={`/ban-lam-viec/viec/${other.id}`}>{text(other.name)}</Link>
            ) : (
              text(other.name)
            )}
            <span className="soft">
              {' '}
              · {other.assignee?.name ?? `${t('panel.unclaimed')}, ${text(other.unit.name)}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
