import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { HistoryEntry } from '../app/api-types.ts'
import { useText } from '../app/i18n.ts'
import { Empty } from '../app/states.tsx'
import { usePersonName } from './person.tsx'
import { When } from './when.tsx'

/** What happened, newest first: when, what, who. */
export const History = ({ entries }: { entries: HistoryEntry[] }) => {
  const { t } = useTranslation('shared')
  const text = useText()
  const nameOf = usePersonName()
  if (entries.length === 0) return <Empty title={t('history.none')} />
  const newestFirst = [...entries].sort((a, b) => b.at.localeCompare(a.at))
  return (
    <ol className="history">
      {newestFirst.map((entry) => (
        <li key={`${entry.at}${entry.act}${entry.text.vi}`}>
          <span className="history-at">
            <When at={entry.at} />
          </span>
          <div>
            <Text size="sm" fw={500}>
              {text(entry.text)}
            </Text>
            {(entry.by || entry.unit) && (
              <Text size="sm" className="soft">
                {[entry.by && nameOf(entry.by, entry.inPlaceOf), entry.unit && text(entry.unit)]
                  .filter(Boolean)
                  .join(', ')}
              </Text>
            )}
            {entry.note && <blockquote className="note">{entry.note}</blockquote>}
          </div>
        </li>
      ))}
    </ol>
  )
}
