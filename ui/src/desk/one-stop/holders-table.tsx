import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { OneStop, WatchedKind } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { Empty } from '../../app/states.tsx'
import { ScrollX } from '../../shared/scroll-x.tsx'

type Row = OneStop['holders'][number]
type Choose = (kind: WatchedKind, unitId: string) => void

/** A number that opens the dossiers behind it; a shape says what its colour does. */
const Figure = ({
  count,
  label,
  tone,
  onOpen,
}: {
  count: number
  label: string
  tone?: 'late' | 'soon'
  onOpen: () => void
}) => {
  if (count === 0) return <span className="soft">0</span>
  return (
    <UnstyledButton
      className={tone ? `figure-link tone-${tone}` : 'figure-link'}
      onClick={onOpen}
      aria-label={`${label}: ${count}`}
    >
      {tone === 'late' ? '▲ ' : tone === 'soon' ? '◆ ' : ''}
      {count}
    </UnstyledButton>
  )
}

/** Who holds what: one line for each unit, worst first. */
export const HoldersTable = ({ holders, onChoose }: { holders: Row[]; onChoose: Choose }) => {
  const { t } = useTranslation('desk')
  const text = useText()
  if (holders.length === 0) return <Empty title={t('oneStop.nothingOpen')} />
  const columns: [string, WatchedKind | null, (row: Row) => number, ('late' | 'soon')?][] = [
    ['open', 'open', ({ open }) => open],
    ['waiting', null, ({ waiting }) => waiting],
    ['soon', 'soon', ({ dueSoon }) => dueSoon, 'soon'],
    ['late', 'late', ({ late }) => late, 'late'],
    ['stepLate', 'step-late', ({ stepLate }) => stepLate, 'soon'],
    ['asked', null, ({ asked }) => asked],
    ['askedLate', 'asked-late', ({ askedLate }) => askedLate, 'late'],
  ]
  return (
    <ScrollX label={t('oneStop.holders')}>
      <table className="worklist holders-table stacked">
        <thead>
          <tr>
            <th scope="col">{t('oneStop.unit')}</th>
            {columns.map(([name]) => (
              <th scope="col" key={name} title={t(`oneStop.${name}Help`)}>
                {t(`oneStop.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {holders.map((row) => (
            <tr key={row.unit.id}>
              <th scope="row">
                {text(row.unit.name)}
                {row.agency.name.vi !== row.unit.name.vi && (
                  <span className="soft">, {text(row.agency.name)}</span>
                )}
              </th>
              {columns.map(([name, kind, of, tone]) => (
                <td
                  key={name}
                  className={of(row) === 0 ? 'figures figure-none' : 'figures'}
                  data-label={t(`oneStop.${name}`)}
                >
                  {kind ? (
                    <Figure
                      count={of(row)}
                      label={`${text(row.unit.name)}, ${t(`oneStop.${name}`)}`}
                      {...(tone ? { tone } : {})}
                      onOpen={() => onChoose(kind, row.unit.id)}
                    />
                  ) : (
                    <span className={of(row) === 0 ? 'soft' : undefined}>{of(row)}</span>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollX>
  )
}
