import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { WorklistRow } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { Flags } from './flags.tsx'
import { DueCell, rowPath, StepCell } from './rows.tsx'

type Props = {
  rows: WorklistRow[]
  groups: Record<string, number> | null
  hasMore: boolean
  onMore: () => void
}

/** The list as cards, for a phone; what lies below the window is laid out by the browser when it comes near. */
export const Cards = ({ rows, groups, hasMore, onMore }: Props) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const runs = groups ? [...new Set(rows.map(({ group }) => group))] : [null]
  return (
    <>
      {runs.map((group) => (
        <section key={group}>
          {group && (
            <h2 className={`group-title group-${group}`}>
              {t(`group.${group}`)} <span className="group-count">{groups?.[group]}</span>
            </h2>
          )}
          <ul className="cards">
            {rows
              .filter((row) => group === null || row.group === group)
              .map((row) => (
                <li key={row.id} className="card-item">
                  <Link to={rowPath(row)} className="card" data-row={row.id}>
                    <span className="card-top">
                      <strong>{text(row.name)}</strong>
                      {!row.waits && <StepCell row={row} />}
                    </span>
                    <span>{row.applicant}</span>
                    <span className="soft">
                      <span className="figures">{row.dossierCode}</span> · {text(row.procedure.name)}
                    </span>
                    {row.waits && (
                      <span>
                        <StepCell row={row} />
                      </span>
                    )}
                    <span className="soft">
                      {t('column.due')}: <DueCell row={row} />
                    </span>
                    <Flags flags={row.flags} groupCode={row.groupCode} />
                  </Link>
                </li>
              ))}
          </ul>
        </section>
      ))}
      {hasMore && (
        <Button variant="default" fullWidth mt="sm" onClick={onMore}>
          {t('shared:more.next')}
        </Button>
      )}
    </>
  )
}
