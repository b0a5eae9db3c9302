import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SupplementView, TaskPage } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'

/** The items as the applicant will read them on form 02. */
export const SupplementItems = ({
  items,
  papers,
}: {
  items: SupplementView['items']
  papers: TaskPage['supplement']['papers']
}) => {
  const { t } = useTranslation('desk')
  const text = useText()
  return (
    <ol className="supplement-items">
      {items.map((item) => (
        <li key={`${item.paperKey}${item.text}${item.reason}`}>
          <Text size="sm" fw={500}>
            {item.text}
          </Text>
          <Text size="sm" className="soft">
            {text(papers.find(({ key }) => key === item.paperKey)?.name)}
          </Text>
          <Text size="sm">
            {t('supplement.reason')}: {item.reason}
          </Text>
          {item.basis && (
            <Text size="sm">
              {t('supplement.basis')}: {item.basis}
            </Text>
          )}
        </li>
      ))}
    </ol>
  )
}
