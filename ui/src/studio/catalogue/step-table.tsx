import { useTranslation } from 'react-i18next'
import type { CatalogueEntry } from '../../app/api-types.ts'
import { useLanguage } from '../../app/i18n.ts'
import { ScrollX } from '../../shared/scroll-x.tsx'

/** The approved table of steps, as it was imported. */
export const StepTable = ({ rows }: { rows: CatalogueEntry['table'] }) => {
  const { t } = useTranslation('studio-catalogue')
  const language = useLanguage()
  if (rows.length === 0) return <p className="soft">{t('steps.none')}</p>
  return (
    <ScrollX label={t('steps.title')}>
      <table className="catalogue-table">
        <caption>{t('steps.title')}</caption>
        <thead>
          <tr>
            {(['number', 'action', 'role', 'hours', 'forms'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`steps.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ number, action, role, hours, forms, bodies }) => (
            <tr key={number}>
              <td className="figures">{number}</td>
              <td>
                {action}
                {bodies.length > 0 && <div className="soft">{bodies.join(', ')}</div>}
              </td>
              <td>{t(`steps.of.${role}`)}</td>
              <td className="figures">{hours?.toLocaleString(language) ?? '—'}</td>
              <td>{forms}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollX>
  )
}
