import { IconCheck, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { type Language, useLanguage } from '../../app/i18n.ts'
import { Empty } from '../../app/states.tsx'
import { formatInstant } from '../../shared/format.ts'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { Tag } from '../../shared/tags.tsx'
import { When } from '../../shared/when.tsx'
import type { AuditEntry } from '../types.ts'

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*(Z|[+-]\d{2}:\d{2})$/

/** Instants in legal time; everything else as it is kept. */
const shown = (value: unknown, language: Language): string =>
  typeof value !== 'string'
    ? JSON.stringify(value)
    : INSTANT.test(value)
      ? formatInstant(value, language)
      : value

/** Ids, field names and hashes: what an entry keeps beside the act. */
const Detail = ({ detail }: { detail: unknown }) => {
  const language = useLanguage()
  const pairs = detail && typeof detail === 'object' ? Object.entries(detail) : []
  if (pairs.length === 0) return <>–</>
  return (
    <ul className="entry-detail">
      {pairs.map(([name, value]) => (
        <li key={name}>
          <span className="soft">{name}</span> {shown(value, language)}
        </li>
      ))}
    </ul>
  )
}

/** What a search adds: which dossier, and whether the head of its day is signed. */
type Found = { dossier?: { id: string; code: string } | null; sealed?: boolean }

/** Entries of the trail, each with its place in the chain and whether it still holds. */
export const Entries = ({ entries }: { entries: (AuditEntry & Found)[] }) => {
  const { t, i18n } = useTranslation('audit')
  if (entries.length === 0) return <Empty title={t('entry.none')} />
  const words = (act: string) => (i18n.exists(`audit:act.${act}`) ? t(`act.${act}`) : act)
  return (
    <ScrollX label={t('entry.caption')} className="late-scroll">
      <table className="late-table entry-table">
        <caption className="visually-hidden">{t('entry.caption')}</caption>
        <thead>
          <tr>
            {(['index', 'at', 'act', 'actor', 'detail', 'hash'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`entry.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.index} className={entry.intact ? undefined : 'entry-broken'}>
              <th scope="row" className="nowrap figures">
                {entry.index}{' '}
                <Tag tone={entry.intact ? 'good' : 'late'} icon={entry.intact ? IconCheck : IconX}>
                  {t(entry.intact ? 'entry.intact' : 'entry.broken')}
                </Tag>
                {entry.sealed !== undefined && (
                  <span className="late-under soft">
                    {t(entry.sealed ? 'entry.sealed' : 'entry.notSealed')}
                  </span>
                )}
              </th>
              <td>
                <When at={entry.at} />
                <span className="late-under soft nowrap">
                  {t('entry.recorded')} <When at={entry.recordedAt} />
                </span>
              </td>
              <td>
                {words(entry.act)}
                <span className="late-under soft figures">{entry.act}</span>
                {entry.dossier && (
                  <Link to={`/kiem-tra/ho-so/${entry.dossier.id}`} className="late-under figures">
                    {entry.dossier.code}
                  </Link>
                )}
              </td>
              <td>{entry.actor ?? t('entry.system')}</td>
              <td>
                <Detail detail={entry.detail} />
              </td>
              <td>
                <code className="hash">{entry.hash}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollX>
  )
}
