import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue, useMediaQuery } from '@mantine/hooks'
import { IconRefresh, IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { api } from '../../app/api.ts'
import type { BulkAct, SavedView, Worklist, WorklistRow } from '../../app/api-types.ts'
import { useLegalNow } from '../../app/mode.ts'
import { Page } from '../../app/page.tsx'
import { Empty, Failed, Loaded } from '../../app/states.tsx'
import { useIntoSight } from '../../shared/use-into-sight.ts'
import { useTypedQuery } from '../../shared/use-typed-query.ts'
import '../desk.css'
import { StandingIn } from '../absence/standing-in.tsx'
import { KeysHelp } from '../keys-help.tsx'
import { useKeys } from '../use-keys.ts'
import { useDeskSettings } from '../use-settings.ts'
import { Cards } from './cards.tsx'
import { Printed } from './print.tsx'
import { TodayList } from './print-paper.tsx'
import { Reminders } from './reminders.tsx'
import { Rows, rowPath } from './rows.tsx'
import { Side } from './side.tsx'
import { AssignSide } from './side-assign.tsx'
import { NoteSide } from './side-note.tsx'
import { RemindSide } from './side-remind.tsx'
import { ResultSide } from './side-result.tsx'
import { SignSide } from './side-sign.tsx'
import { ViewSide } from './side-view.tsx'
import { Buttons, Filters, Looks, Views } from './toolbar.tsx'
import { Tray } from './tray.tsx'
import { useBulk } from './use-bulk.ts'
import { type List, useList } from './use-list.ts'
import {
  COLUMNS,
  type Column,
  fromAddress,
  rememberList,
  TABS,
  toAddress,
  type View,
} from './view-address.ts'
import './worklist.css'

const Tabs = ({ view, counts }: { view: View; counts: Worklist['counts'] | undefined }) => {
  const { t } = useTranslation('desk')
  const row = useIntoSight<HTMLElement>(view.tab)
  return (
    <nav aria-label={t('worklist.tabs')} ref={row}>
      <ul className="tabs">
        {TABS.map((name) => (
          <li key={name}>
            <Link
              to={`/ban-lam-viec?${toAddress({ ...view, tab: name, ...(name === 'done' && { group: undefined }) })}`}
              aria-current={view.tab === name ? 'page' : undefined}
              replace
            >
              {t(`tab.${name}`)} <span className="tab-count">{counts?.[name] ?? '…'}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** Overdue and due today, however many pages that takes. */
const todayRows = async (): Promise<WorklistRow[]> => {
  const rows: WorklistRow[] = []
  for (const group of ['overdue', 'today'])
    for (let after: string | null = ''; after !== null; ) {
      const page: Worklist = await api.get(`/api/tasks?tab=mine&group=${group}${after && `&after=${after}`}`)
      rows.push(...page.tasks)
      after = page.next
    }
  return rows
}

/** What gives way on a laptop, where eight columns would all end in dots, until somebody chooses columns of their own. */
const GIVES_WAY: Column[] = ['procedure', 'note']
const BESIDE_A_PANEL: Column[] = ['procedure', 'from']
const BESIDE_A_LETTER: Column[] = [...BESIDE_A_PANEL, 'flags', 'note']

type Panel = 'note' | 'assign' | 'remind' | 'sign' | 'view' | 'result' | null

/** Where the keys begin: the first row that stands wholly in the window. */
const firstInSight = (rows: WorklistRow[]): number => {
  const link = [...document.querySelectorAll<HTMLElement>('[data-row]')].find(
    (one) => one.getBoundingClientRect().top > 40,
  )
  return Math.max(
    rows.findIndex(({ id }) => id === link?.dataset.row),
    0,
  )
}

/** The list itself with the row that has the focus, the rows that are chosen, and the keys for both. */
const useRowKeys = (list: List) => {
  const rows = list.rows ?? []
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [cursor, setCursor] = useState<string>()
  const pending = useRef<string>(undefined)
  const reach = useRef<((at: number) => void) | null>(null)
  const at = rows.findIndex(({ id }) => id === cursor)
  // A row that was out of sight takes the focus once it is drawn: the table asks after each drawing.
  const focusPending = useCallback(() => {
    const link = pending.current && document.querySelector<HTMLElement>(`[data-row="${pending.current}"]`)
    if (!link) return
    pending.current = undefined
    link.focus({ preventScroll: true })
    // The row, not the link: a cell too narrow for its link would scroll sideways.
    link.closest('tr, li')?.scrollIntoView({ block: 'nearest' })
  }, [])
  const go = (id: string) => {
    pending.current = id
    focusPending()
    requestAnimationFrame(focusPending)
  }
  const move = (by: 1 | -1) => {
    const next = at === -1 ? firstInSight(rows) : Math.min(Math.max(at + by, 0), rows.length - 1)
    const row = rows[next]
    if (!row) return
    reach.current?.(next)
    setCursor(row.id)
    go(row.id)
  }
  const select = useCallback(
    (row: WorklistRow) =>
      setSelected((now) => {
        const next = new Set(now)
        if (!next.delete(row.id)) next.add(row.id)
        return next
      }),
    [],
  )
  return {
    row: rows[at],
    chosen: rows.filter(({ id }) => selected.has(id)),
    selected,
    select,
    clear: () => setSelected(new Set()),
    selectAll: () =>
      setSelected(rows.every(({ id }) => selected.has(id)) ? new Set() : new Set(rows.map(({ id }) => id))),
    setCursor,
    move,
    reach,
    focusPending,
    back: () => cursor && go(cursor),
  }
}

export default function WorklistPage() {
  const { t } = useTranslation('desk')
  const [query, setQuery] = useSearchParams()
  const [wanted, setWanted] = useTypedQuery('tim')
  const address = query.toString()
  const view = useMemo(() => fromAddress(new URLSearchParams(address)), [address])
  const [text] = useDebouncedValue(view.text, 250)
  const list = useList({ ...view, text })
  const { settings, choose } = useDeskSettings()
  const saved = useQuery({
    queryKey: ['saved-views'],
    queryFn: ({ signal }) => api.get<SavedView[]>('/api/desk/views', signal),
  })
  const keys = useRowKeys(list)
  const [panel, setPanel] = useState<Panel>(null)
  const [helping, setHelping] = useState(false)
  const [today, setToday] = useState<WorklistRow[]>()
  const [printProblem, setPrintProblem] = useState<unknown>()
  const bulk = useBulk(list.adopt)
  const now = useLegalNow()
  const phone = useMediaQuery('screen and (max-width: 860px)')
  const laptop = useMediaQuery('screen and (max-width: 1650px)')
  const navigate = useNavigate()
  const search = useRef<HTMLInputElement>(null)
  useEffect(() => rememberList(view), [view])

  const change = (part: Partial<View>) => {
    if ('text' in part) setWanted(part.text ?? '')
    setQuery(toAddress({ ...view, ...part }), { replace: true })
  }
  const open = (content: View) => {
    setWanted(content.text ?? '')
    keys.clear()
    void navigate(`/ban-lam-viec?${toAddress(content)}`)
  }
  const close = () => {
    setPanel(null)
    bulk.close()
    keys.back()
  }
  // The rows an act is for: those chosen, else the one with the focus.
  const targets = keys.chosen.length > 0 ? keys.chosen : keys.row ? [keys.row] : []
  const act = async (chosen: BulkAct) => {
    if (chosen === 'assign' || chosen === 'sign') return setPanel(chosen)
    await bulk.run({ act: chosen }, targets)
    setPanel('result')
  }
  const print = () =>
    todayRows()
      .then(setToday)
      .catch((problem: unknown) => setPrintProblem(problem))

  const acts = {
    j: () => keys.move(1),
    k: () => keys.move(-1),
    u: () => list.update(),
    n: (event: KeyboardEvent) => {
      event.preventDefault()
      if (keys.row) setPanel('note')
    },
    r: (event: KeyboardEvent) => {
      event.preventDefault()
      if (keys.row) setPanel('remind')
    },
    a: (event: KeyboardEvent) => {
      event.preventDefault()
      if (targets.length > 0) setPanel('assign')
    },
    ' ': (event: KeyboardEvent) => {
      const onRow = event.target instanceof HTMLElement && event.target.dataset.row
      if (!onRow || !keys.row) return
      event.preventDefault()
      keys.select(keys.row)
    },
    '?': () => setHelping(true),
    '/': (event: KeyboardEvent) => {
      event.preventDefault()
      search.current?.focus()
    },
  }
  const latest = useRef(acts)
  latest.current = acts
  const steady = useMemo(
    () =>
      Object.fromEntries(
        Object.keys(latest.current).map((key) => [
          key,
          (event: KeyboardEvent) => latest.current[key as keyof typeof acts](event),
        ]),
      ),
    [],
  )
  useKeys(steady)

  const chosen = view.columns ?? settings.columns
  const columns =
    laptop && chosen.length === COLUMNS.length ? chosen.filter((name) => !GIVES_WAY.includes(name)) : chosen
  // Beside a panel there is room for what one acts by; the rest is a click away.
  const hidden = panel === 'sign' ? BESIDE_A_LETTER : panel ? BESIDE_A_PANEL : []
  const shown = columns.filter((name) => !hidden.includes(name))
  const density = view.density ?? settings.density
  const groups = view.tab === 'done' ? null : list.groups
  const narrowed = !!(view.procedure || view.group || view.flag || view.text)
  const result = bulk.batch
  return (
    <Page title={t('worklist.title')} wide hideTitle>
      <Reminders />
      <StandingIn />
      <div className="worklist-bar">
        <Tabs view={view} counts={list.counts} />
        <search className="worklist-search">
          <TextInput
            ref={search}
            size="xs"
            aria-label={t('worklist.search')}
            placeholder={t('worklist.searchHint')}
            leftSection={<IconSearch size={16} aria-hidden="true" />}
            value={wanted}
            onChange={(event) => setWanted(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') {
                setWanted('')
                event.currentTarget.blur()
              }
              if (event.key !== 'Enter' || !wanted) return
              const first = view.text === text && list.rows?.[0]
              void navigate(first ? rowPath(first) : `/ho-so?tim=${encodeURIComponent(wanted)}`)
            }}
          />
        </search>
        <Buttons onPrint={print} onKeys={() => setHelping(true)} />
      </div>
      <div className="worklist-filters">
        <Views view={view} saved={saved.data ?? []} onOpen={open} onSave={() => setPanel('view')} />
        <Filters view={view} onChange={change} />
        {!phone && (
          <span className="filters-end">
            <Looks
              columns={columns}
              density={density}
              onColumns={(next) => {
                void choose({ columns: next })
                change({ columns: next.length === COLUMNS.length ? undefined : next })
              }}
              onDensity={(next) => {
                void choose({ density: next })
                change({ density: next === 'compact' ? undefined : next })
              }}
            />
          </span>
        )}
      </div>
      {printProblem !== undefined && <Failed problem={printProblem} retry={print} />}
      <div role="status" className="changes">
        {list.changes > 0 && (
          <Button size="compact-sm" leftSection={<IconRefresh size={16} />} onClick={list.update}>
            {t('worklist.changes', { count: list.changes })}
          </Button>
        )}
      </div>
      <div className={panel ? 'list-and-side' : undefined}>
        <div className="list-here">
          <Loaded query={{ ...list.query, data: list.rows }} lines={14}>
            {(rows) =>
              rows.length === 0 ? (
                <Empty title={narrowed ? t('worklist.notFound') : t(`worklist.empty.${view.tab}`)}>
                  {view.text ? (
                    <Link to={`/ho-so?tim=${encodeURIComponent(view.text)}`}>{t('worklist.searchAll')}</Link>
                  ) : narrowed ? (
                    t('filter.help')
                  ) : (
                    t(`worklist.emptyHelp.${view.tab}`)
                  )}
                </Empty>
              ) : phone ? (
                <Cards rows={rows} groups={groups} hasMore={list.hasMore} onMore={list.more} />
              ) : (
                <Rows
                  rows={rows}
                  groups={groups}
                  columns={shown}
                  density={density}
                  caption={t(`tab.${view.tab}`)}
                  selected={keys.selected}
                  onSelect={keys.select}
                  onSelectAll={keys.selectAll}
                  onFocusRow={(row) => keys.setCursor(row.id)}
                  onEnd={list.more}
                  reach={keys.reach}
                  onDrawn={keys.focusPending}
                />
              )
            }
          </Loaded>
          {list.problem !== undefined && <Failed problem={list.problem} retry={list.more} />}
        </div>
        {panel === 'note' && keys.row && <NoteSide key={keys.row.id} row={keys.row} onClose={close} />}
        {panel === 'remind' && keys.row && <RemindSide key={keys.row.id} row={keys.row} onClose={close} />}
        {panel === 'view' && <ViewSide view={view} saved={saved.data ?? []} onClose={close} />}
        {panel === 'assign' && !result && <AssignSide rows={targets} bulk={bulk} onClose={close} />}
        {panel === 'sign' && !result && <SignSide rows={targets} bulk={bulk} onClose={close} />}
        {panel && result && <ResultSide batch={result} bulk={bulk} onChanged={list.adopt} onClose={close} />}
        {panel === 'result' && !result && bulk.problem !== undefined && (
          <Side title={t('bulk.notOk')} onClose={close}>
            <Failed problem={bulk.problem} />
          </Side>
        )}
      </div>
      {keys.chosen.length > 0 && !panel && (
        <Tray rows={keys.chosen} busy={bulk.busy} onAct={(chosen) => void act(chosen)} onClear={keys.clear} />
      )}
      <KeysHelp opened={helping} onClose={() => setHelping(false)} />
      {today && (
        <Printed onDone={() => setToday(undefined)}>
          <TodayList rows={today} at={new Date(now).toISOString()} />
        </Printed>
      )}
    </Page>
  )
}
