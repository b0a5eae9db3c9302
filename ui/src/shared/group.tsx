import { Anchor, Paper, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { DossierPage } from '../app/api-types.ts'
import { useText } from '../app/i18n.ts'
import { LateTag, StateTag, Tag } from './tags.tsx'
import { When } from './when.tsx'
import './group.css'

type Part = NonNullable<DossierPage['group']>['parts'][number]

const PartRow = ({ part, to }: { part: Part; to: (id: string) => string }) => {
  const { t } = useTranslation('shared')
  const text = useText()
  return (
    <li className="group-part">
      <div className="group-what">
        <Text fw={600} component="div">
          {text(part.name)}
        </Text>
        <span className="soft">{text(part.agency)}</span>
        {part.code && (
          <span className="figures">
            {part.id ? (
              <Anchor component={Link} to={to(part.id)}>
                {part.code}
              </Anchor>
            ) : (
              part.code
            )}
          </span>
        )}
      </div>
      <div className="group-when">
        <span className="soft">
          {t('group.limit')} {text(part.limit)}
        </span>
        {part.dueAt && (
          <span>
            {part.dueAt === part.originalDueAt ? t('group.due') : t('group.newDue')} <When at={part.dueAt} />
          </span>
        )}
        {part.finishedAt && (
          <span>
            {t('group.finished')} <When at={part.finishedAt} />
          </span>
        )}
      </div>
      <div className="group-state">
        {part.state ? (
          <StateTag dossier={{ state: part.state, result: part.result }} />
        ) : (
          <Tag>{t('group.notOpened')}</Tag>
        )}
        {part.late && <LateTag />}
        {part.letterId && (
          <Anchor href={`/api/letters/${part.letterId}/pdf`} download className="with-icon">
            <IconDownload size={16} aria-hidden="true" />
            {t('group.result')}
            <span className="visually-hidden">: {text(part.name)}</span>
          </Anchor>
        )}
      </div>
    </li>
  )
}

const Parts = ({ parts, to }: { parts: Part[]; to: (id: string) => string }) => (
  <ol className="group-parts">
    {parts.map((part) => (
      <PartRow key={part.key} part={part} to={to} />
    ))}
  </ol>
)

/**
 * The procedures of a group, each with its own code, agency, state, date and result; of a part, the group it belongs to
 * and the others that the reader may see. `to` is where a dossier's page lies for this reader.
 */
export const GroupParts = ({ group, to }: { group: DossierPage['group']; to: (id: string) => string }) => {
  const { t } = useTranslation('shared')
  if (!group) return null
  const { parent, parts } = group
  return (
    <Paper
      px="md"
      py={parent ? 'xs' : 'md'}
      component="section"
      className="group"
      aria-label={t('group.title')}
    >
      {parent ? (
        <Text size="sm">
          {t('group.partOf')}{' '}
          {parent.id ? (
            <Anchor component={Link} to={to(parent.id)} className="figures" underline="always" inherit>
              {parent.code}
            </Anchor>
          ) : (
            <strong className="figures">{parent.code}</strong>
          )}
        </Text>
      ) : (
        <h2 className="section-title">{t('group.title')}</h2>
      )}
      {!parent && <Parts parts={parts} to={to} />}
      {parent && parts.length > 0 && (
        <details className="group-others">
          <summary>{t('group.others')}</summary>
          <Parts parts={parts} to={to} />
        </details>
      )}
    </Paper>
  )
}
