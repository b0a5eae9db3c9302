import { Group, Text, UnstyledButton } from '@mantine/core'
import { IconDownload, IconFileText, IconPhoto } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PaperView } from '../app/api-types.ts'
import { useLanguage, useText } from '../app/i18n.ts'
import { formatSize } from './format.ts'
import { Preview } from './preview.tsx'
import { Tag } from './tags.tsx'
import { When } from './when.tsx'

type Document = PaperView['documents'][number]
const contentOf = (document: Document) => `/api/documents/${document.id}/content`

/**
 * The papers of a dossier; the one chosen is read beside the list, without leaving the page. `closed`: none at first.
 * `readable`: false for whoever may know of them only.
 */
export const Papers = ({
  papers,
  closed = false,
  readable = true,
}: {
  papers: PaperView[]
  closed?: boolean
  readable?: boolean
}) => {
  const { t } = useTranslation('shared')
  const text = useText()
  const language = useLanguage()
  const [reading, setReading] = useState<Document | null>(
    closed || !readable ? null : (papers.flatMap((paper) => paper.documents)[0] ?? null),
  )
  return (
    <div className={reading ? 'papers papers-reading' : 'papers'}>
      <ul className="paper-list">
        {papers.map((paper) => (
          <li key={paper.key} className="paper">
            <Group gap="xs" wrap="nowrap" align="flex-start">
              <Text size="sm" fw={500} flex={1}>
                {text(paper.name)}
              </Text>
              {paper.documents.length === 0 &&
                (paper.lookedUp !== null ? (
                  <Tag>{t('paper.lookedUp', { text: paper.lookedUp })}</Tag>
                ) : paper.required ? (
                  <Tag tone="late">{t('paper.missing')}</Tag>
                ) : (
                  <Tag>{t('paper.notGiven')}</Tag>
                ))}
            </Group>
            {paper.documents.map((document) => (
              <Group key={document.id} gap={4} wrap="nowrap" className="paper-file">
                <UnstyledButton
                  className="paper-open"
                  disabled={!readable}
                  aria-pressed={reading?.id === document.id}
                  onClick={() => setReading(document)}
                >
                  {document.mediaType.startsWith('image/') ? (
                    <IconPhoto size={16} />
                  ) : (
                    <IconFileText size={16} />
                  )}
                  <span className="paper-name">{document.fileName}</span>
                  <span className="soft nowrap">
                    {formatSize(document.size, language)}
                    {document.round > 1 && ` · ${t('paper.round', { round: document.round })}`}
                  </span>
                </UnstyledButton>
                {readable && (
                  <a
                    href={contentOf(document)}
                    download
                    aria-label={t('downloadNamed', { name: document.fileName })}
                  >
                    <IconDownload size={16} />
                  </a>
                )}
              </Group>
            ))}
          </li>
        ))}
      </ul>
      {reading && (
        <figure className="reading">
          <figcaption>
            <Text size="sm" fw={500}>
              {reading.fileName}
            </Text>
            <Text size="xs" className="soft">
              {t('paper.added')} <When at={reading.addedAt} />
            </Text>
          </figcaption>
          <Preview
            key={reading.id}
            url={contentOf(reading)}
            mediaType={reading.mediaType}
            name={reading.fileName}
          />
        </figure>
      )}
    </div>
  )
}
