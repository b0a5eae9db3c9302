import { Checkbox } from '@mantine/core'
import { IconCircleCheck, IconCircleDashed, IconMoonStars, IconPencil } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import type { CatalogueItem } from '../../app/api-types.ts'
import { useLanguage, useText } from '../../app/i18n.ts'
import { formatDay } from '../../shared/format.ts'
import { Tag } from '../../shared/tags.tsx'

const Standing = ({ entry: { version, draft, code } }: { entry: CatalogueItem }) => {
  const { t } = useTranslation('studio-catalogue')
  if (!version && !draft) return <Tag icon={IconCircleDashed}>{t('bare')}</Tag>
  return (
    <>
      {version && <Link to={`/thiet-ke/thu-tuc/${code}`}>{t('inForce', { version: version.version })}</Link>}
      {draft && (
        <div>
          <Link to={`/thiet-ke/ban-thao/${draft.id}`} className="catalogue-draft">
            <IconPencil size={14} aria-hidden="true" /> {t(`draft.${draft.state}`)}
          </Link>
        </div>
      )}
    </>
  )
}

/** One procedure of the catalogue; its name opens it above the list. */
export const Row = ({
  entry,
  chosen,
  onChoose,
}: {
  entry: CatalogueItem
  chosen: boolean | undefined
  onChoose: () => void
}) => {
  const { t } = useTranslation('studio-catalogue')
  const text = useText()
  const language = useLanguage()
  const [query] = useSearchParams()
  const open = new URLSearchParams(query)
  open.set('ma', entry.code)
  return (
    <tr>
      {chosen !== undefined && (
        <td className="catalogue-choice stacked-choice">
          <Checkbox
            size="xs"
            aria-label={t('choose.one', { code: entry.code })}
            checked={chosen}
            onChange={onChoose}
          />
        </td>
      )}
      <td className="catalogue-name">
        <Link to={{ search: `?${open}` }}>{text(entry.name)}</Link>
        <div className="soft figures">
          {entry.code}
          {entry.sample && <> · {t('sample')}</>}
        </div>
      </td>
      <td>
        {entry.field}
        <div className="soft">{t(`level.${entry.level}`)}</div>
      </td>
      <td data-label={t('column.online')}>
        {entry.onlineLevel ? t(`online.${entry.onlineLevel}`) : <span className="soft">{t('unknown')}</span>}
        <div className="soft">
          {entry.eligible === null
            ? t('eligible.unknown')
            : t(entry.eligible ? 'eligible.yes' : 'eligible.no')}
        </div>
      </td>
      <td data-label={t('column.dossiers')}>
        {entry.lastDossierOn ? formatDay(entry.lastDossierOn, language) : t('noDossier')}
        {entry.dormant && (
          <div>
            <Tag icon={IconMoonStars}>{t('dormant')}</Tag>
          </div>
        )}
      </td>
      <td>
        <Standing entry={entry} />
      </td>
      <td>
        {entry.planned ? (
          <Tag tone="accent" icon={IconCircleCheck}>
            {t('planned')}
          </Tag>
        ) : (
          <span className="soft">—</span>
        )}
      </td>
    </tr>
  )
}
