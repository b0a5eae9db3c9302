import { Alert, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { TaskPage } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { Tag } from '../../shared/tags.tsx'
import { When } from '../../shared/when.tsx'

/** The round and its limits, said before anything is asked: which one, until when, and how long the applicant has. */
export const Ahead = ({ task }: { task: TaskPage }) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const { ahead, beyondMax } = task.supplement
  if (!ahead) return null
  const words = text(ahead.words)
  return (
    <div className="supplement-ahead">
      <Text size="sm" fw={600}>
        {words.charAt(0).toLocaleUpperCase()}
        {words.slice(1)}
      </Text>
      {ahead.askBy && (
        <Text size="sm" component="div">
          {t('supplement.askBy')} <When at={ahead.askBy} />{' '}
          <span className="soft">({t('supplement.within', { limit: text(ahead.within) })})</span>{' '}
          {ahead.late && <Tag tone="late">{t('supplement.lateAsk')}</Tag>}
        </Text>
      )}
      <Text size="sm" component="div">
        {t('supplement.waitUntil')} <When at={ahead.waitUntil} />{' '}
        <span className="soft">({text(ahead.wait.limit)})</span>
      </Text>
      <details className="supplement-sources">
        <summary>{t('supplement.sources')}</summary>
        {[ahead.basis, ahead.wait.basis].map((basis) => (
          <Text key={basis.text} size="xs" className="soft">
            {basis.text} ({basis.source}){!basis.verified && `, ${t('words.unverified')}`}
          </Text>
        ))}
      </details>
      {beyondMax && (
        <Alert color="yellow" variant="light" p="xs" mt={6}>
          {t('supplement.beyondMax')}
        </Alert>
      )}
    </div>
  )
}
