import { Checkbox } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { type RefObject, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { TaskSummary, WorklistRow } from '../../app/api-types.ts'
import { useLanguage, useText } from '../../app/i18n.ts'
import { formatInstant } from '../../shared/format.ts'
import { Remaining } from '../../shared/tags.tsx'
import { When } from '../../shared/when.tsx'
import { Flags } from './flags.tsx'
import { inARow } from './row-words.ts'
import { useWindow } from './use-window.ts'
import type { Column } from './view-address.ts'

export const taskPath = (task: Pick<TaskSummary, 'id'>) => `/ban-lam-viec/viec/${task.id}`

/** What waits for others opens at the dossier: its step is in other hands. */
export const rowPath = (row: WorklistRow) =>
  row.waits ? `/ban-lam-viec/ho-so/${row.dossierId}` : taskPath(row)

/** Heights in px; the style sheet says the same (worklist.css). */
const HEIGHTS = { compact: { row: 30, double: 40 }, comfortable: { row: 44, double: 48 }, group: 26 }
const withoutYear = (instant: string) => instant.replace(/\/\d{4} /, ' ')
const isDouble = (row: WorklistRow) =>
  !!row.originalDueAt && !!row.dossierDueAt && row.originalDueAt !== row.dossierDueAt

/** Until when it waits, for what and for whom: where there is no room, what sorts the list stays. */
const Waits = ({ row }: { row: WorklistRow }) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const language = useLanguage()
  if (!row.waits) return null
  const { until } = row.waits
  return (
    <>
      {until && (
        <span title={formatInstant(until, language)}>
          {t('waits.until')} <time dateTime={until}>{withoutYear(formatInstant(until, language))}</time> ·{' '}
        </span>
      )}
      {t(`waits.${row.waits.for}`)}
      {row.waits.whom && <>: {text(row.waits.whom)}</>}
    </>
  )
}

/** What the step's clock says; while the work moves on, waits or is done, that instead. */
export const StepCell = ({ row }: { row: WorklistRow }) => {
  const { t } = useTranslation('desk')
  const text = useText()
  if (row.waits) return <Waits row={row} />
  if (row.state === 'deciding') return <span className="soft">{t('task.deciding')}</span>
  if (row.state === 'moving') return <span className="soft">{t('task.moving')}</span>
  if (row.doneAt) return <When at={row.doneAt} />
  if (!row.stepRemaining)
    return row.dossierDueAt ? <span className="soft">{t('task.byDossier')}</span> : <>–</>
  return <Remaining minutes={row.stepRemainingMinutes} words={inARow(text(row.stepRemaining))} />
}

export const DueCell = ({ row }: { row: WorklistRow }) => {
  const { t } = useTranslation('desk')
  return (
    <>
      <When at={row.dossierDueAt} />
      {isDouble(row) && (
        <span className="second-line soft">
          {t('task.first')} <When at={row.originalDueAt} />
        </span>
      )}
    </>
  )
}

const FromCell = ({ row }: { row: WorklistRow }) => {
  const language = useLanguage()
  if (!row.from) return <>–</>
  const when = formatInstant(row.from.at, language)
  return (
    <span title={`${row.from.name}, ${when}`}>
      {row.from.name} <span className="soft figures">{withoutYear(when)}</span>
    </span>
  )
}

const Cell = ({ column, row }: { column: Column; row: WorklistRow }) => {
  const { t } = useTranslation('desk')
  const text = useText()
  switch (column) {
    case 'dossier':
      return (
        <td title={`${row.dossierCode} ${row.applicant}`}>
          <Link to={rowPath(row)} className="row-link" data-row={row.id}>
            <span className="figures row-code">{row.dossierCode}</span> <strong>{row.applicant}</strong>
          </Link>
        </td>
      )
    case 'todo':
      return (
        <td title={text(row.name)}>
          {text(row.name)}
          {row.inPlaceOf && (
            <span className="soft"> · {t('task.inPlaceOf', { name: row.inPlaceOf.name })}</span>
          )}
        </td>
      )
    case 'procedure':
      return <td title={text(row.procedure.name)}>{text(row.procedure.name)}</td>
    case 'step':
      return (
        <td title={row.waits ? text(row.waits.whom) : text(row.stepRemaining)}>
          <StepCell row={row} />
        </td>
      )
    case 'due':
      return (
        <td className="figures">
          <DueCell row={row} />
        </td>
      )
    case 'from':
      return (
        <td>
          <FromCell row={row} />
        </td>
      )
    case 'flags':
      return (
        <td>
          {row.remindAt && (
            <span className="row-bell" title={t('remind.set')}>
              <IconBell size={14} aria-hidden="true" />
              <span className="visually-hidden">{t('remind.set')}</span>
            </span>
          )}
          <Flags flags={row.flags} groupCode={row.groupCode} short />
        </td>
      )
    case 'note':
      return <td title={row.note}>{row.note}</td>
  }
}

/** How the columns share the table's width, whichever of them are shown; whom one waits for, and until when, is long. */
const SHARES: Record<Column, number> = {
  dossier: 21,
  todo: 9.5,
  procedure: 11,
  step: 13.5,
  due: 10.5,
  from: 15,
  flags: 10,
  note: 10,
}
const WAITING_SHARES = { ...SHARES, procedure: 9, step: 20, flags: 8, note: 8 }

type Item = { group: WorklistRow['group']; count: number } | { row: WorklistRow; at: number }

/** Rows under their groups, in the order they came in. A list without groups is one run of rows. */
const itemsOf = (rows: WorklistRow[], groups: Record<string, number> | null): Item[] => {
  const items: Item[] = []
  let group: string | undefined
  rows.forEach((row, at) => {
    if (groups && row.group !== group) {
      group = row.group
      items.push({ group: row.group, count: groups[row.group] ?? 0 })
    }
    items.push({ row, at })
  })
  return items
}

export type RowsProps = {
  rows: WorklistRow[]
  /** How many there are in each group; null for a list without groups. */
  groups: Record<string, number> | null
  columns: Column[]
  density: 'compact' | 'comfortable'
  caption: string
  selected: ReadonlySet<string>
  onSelect: (row: WorklistRow) => void
  onSelectAll: () => void
  onFocusRow: (row: WorklistRow) => void
  /** Called when the last rows come near. */
  onEnd: () => void
  /** For keys: scrolls a row that may not be drawn yet to where it can be focused. */
  reach: RefObject<((at: number) => void) | null>
  onDrawn: () => void
}

/** The worklist as a table: 25 rows at 1080p, thousands behind them, of which those near the window are drawn. */
export const Rows = (props: RowsProps) => {
  const {
    rows,
    groups,
    columns,
    density,
    caption,
    selected,
    onSelect,
    onSelectAll,
    onFocusRow,
    onEnd,
    reach,
    onDrawn,
  } = props
  const { t } = useTranslation('desk')
  const items = useMemo(() => itemsOf(rows, groups), [rows, groups])
  const heights = useMemo(
    () =>
      items.map((item) =>
        'row' in item ? HEIGHTS[density][isDouble(item.row) ? 'double' : 'row'] : HEIGHTS.group,
      ),
    [items, density],
  )
  const body = useRef<HTMLTableSectionElement>(null)
  const { first, end, before, after, starts } = useWindow(heights, body)
  const nearEnd = end >= items.length - 10
  useEffect(() => {
    if (nearEnd) onEnd()
  }, [nearEnd, onEnd])
  // After every drawing: a row that was asked for may be there now.
  useEffect(onDrawn)
  reach.current = (at) => {
    const index = items.findIndex((item) => 'row' in item && item.at === at)
    const begin = body.current?.getBoundingClientRect().top ?? 0
    const [top, bottom] = [begin + (starts[index] ?? 0), begin + (starts[index + 1] ?? 0)]
    // The head of the table covers the first line.
    if (top < 60) window.scrollBy({ top: top - 120 })
    else if (bottom > window.innerHeight - 60) window.scrollBy({ top: bottom - window.innerHeight + 120 })
  }
  const room = (height: number) => (
    <tr className="room">
      <td colSpan={columns.length + 1} style={{ height }} />
    </tr>
  )
  const all = rows.length > 0 && rows.every(({ id }) => selected.has(id))
  const shares = rows.some(({ waits }) => waits) ? WAITING_SHARES : SHARES
  const whole = columns.reduce((sum, column) => sum + shares[column], 0)
  return (
    <table className={`worklist list list-${density}`} aria-rowcount={items.length + 1}>
      <caption className="visually-hidden">{caption}</caption>
      <colgroup>
        <col className="col-select" />
        {columns.map((column) => (
          <col key={column} style={{ width: `${(100 * shares[column]) / whole}%` }} />
        ))}
      </colgroup>
      <thead>
        <tr aria-rowindex={1}>
          <td>
            <Checkbox
              size="xs"
              aria-label={t('select.all')}
              checked={all}
              indeterminate={!all && selected.size > 0}
              onChange={onSelectAll}
            />
          </td>
          {columns.map((column) => (
            <th key={column} scope="col">
              {t(`column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody ref={body}>
        {before > 0 && room(before)}
        {items.slice(first, end).map((item, n) =>
          'row' in item ? (
            <tr
              key={item.row.id}
              aria-rowindex={first + n + 2}
              className={[
                item.row.state === 'open' || item.row.waits ? '' : 'row-left',
                selected.has(item.row.id) ? 'row-selected' : '',
                isDouble(item.row) ? 'row-double' : '',
              ].join(' ')}
              onFocus={() => onFocusRow(item.row)}
            >
              <td>
                <Checkbox
                  size="xs"
                  tabIndex={-1}
                  aria-label={t('select.one', { code: item.row.dossierCode })}
                  checked={selected.has(item.row.id)}
                  onChange={() => onSelect(item.row)}
                />
              </td>
              {columns.map((column) => (
                <Cell key={column} column={column} row={item.row} />
              ))}
            </tr>
          ) : (
            <tr key={item.group} aria-rowindex={first + n + 2} className={`group group-${item.group}`}>
              <th colSpan={columns.length + 1} scope="colgroup">
                {t(`group.${item.group}`)} <span className="group-count">{item.count}</span>
              </th>
            </tr>
          ),
        )}
        {after > 0 && room(after)}
      </tbody>
    </table>
  )
}
