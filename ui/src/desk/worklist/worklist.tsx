import { ActionIcon, Button, TextInput, Tooltip } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconKeyboard, IconRefresh, IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useSearchParams } from 'react-router'
import type { TaskSummary, Worklist, WorklistTab } from '../../app/api-types.ts'
import { useLegalNow } from '../../app/mode.ts'
import { Page } from '../../app/page.tsx'
import { Empty, Loaded } from '../../app/states.tsx'
import { withoutMarks } from '../../shared/format.ts'
import { useTypedQuery } from '../../shared/use-typed-query.ts'
import '../desk.css'
import { KeysHelp } from '../keys-help.tsx'
import { worklist } from '../queries.ts'
import { useKeys } from '../use-keys.ts'
import { type Group, grouped } from './grouping.ts'
import { Cards, Rows, taskPath } from './rows.tsx'
import { useSteadyRows } from './use-steady-rows.ts'

const TABS: WorklistTab[] = ['mine', 'unclaimed', 'waiting', 'done']

/** The last four digits, a whole code from a scanner, a name without marks: whatever a person types to find a row. */
const matches = (task: TaskSummary, wanted: string) =>
  withoutMarks(`${task.dossierCode} ${task.applicant} ${task.procedure.name.vi} ${task.name.vi}`).includes(
    withoutMarks(wanted),
  )

type TabsProps = { tab: WorklistTab; counts: Worklist['counts'] | undefined; wanted: string }

const Tabs = ({ tab, counts, wanted }: TabsProps) => {
  const { t } = useTranslation('desk')
  return (
    <nav aria-label={t('worklist.tabs')}>
      <ul className="tabs">
        {TABS.map((name) => (
          <li key={name}>
            <Link
              to={`/ban-lam-viec?${new URLSearchParams({ xem: name, ...(wanted && { tim: wanted }) })}`}
              aria-current={tab === name ? 'page' : undefined}
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

const moveFocus = (by: 1 | -1) => {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')]
  const at = rows.indexOf(document.activeElement as HTMLElement)
  const next = at === -1 ? rows[0] : rows[at + by]
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
}

export default function WorklistPage() {
  const { t } = useTranslation('desk')
  const [query] = useSearchParams()
  const [wanted, setWanted] = useTypedQuery('tim')
  const asked = query.get('xem') as WorklistTab | null
  const tab = asked && TABS.includes(asked) ? asked : 'mine'
  const list = useQuery(worklist(tab))
  const { rows, changes, update } = useSteadyRows(list.data?.tasks, tab)
  const now = useLegalNow()
  const phone = useMediaQuery('(max-width: 860px)')
  const navigate = useNavigate()
  const search = useRef<HTMLInputElement>(null)
  const [helping, setHelping] = useState(false)

  const found = useMemo(() => (rows ?? []).filter((row) => !wanted || matches(row, wanted)), [rows, wanted])
  const groups: [Group | 'all', TaskSummary[]][] = tab === 'done' ? [['all', found]] : grouped(found, now)

  const acts = useMemo(
    () => ({
      j: () => moveFocus(1),
      k: () => moveFocus(-1),
      u: () => update(),
      '?': () => setHelping(true),
      '/': (event: KeyboardEvent) => {
        event.preventDefault()
        search.current?.focus()
      },
      digit: () => search.current?.focus(),
    }),
    [update],
  )
  useKeys(acts)

  return (
    <Page title={t('worklist.title')} wide hideTitle>
      <div className="worklist-bar">
        <Tabs tab={tab} counts={list.data?.counts} wanted={wanted} />
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
              const first = groups[0]?.[1][0]
              void navigate(first ? taskPath(first) : `/ho-so?tim=${encodeURIComponent(wanted)}`)
            }}
          />
        </search>
        <Tooltip label={t('keys.title')}>
          <ActionIcon
            variant="default"
            size={30}
            aria-label={t('keys.title')}
            onClick={() => setHelping(true)}
          >
            <IconKeyboard size={18} />
          </ActionIcon>
        </Tooltip>
      </div>
      <div role="status" className="changes">
        {changes > 0 && (
          <Button size="compact-sm" leftSection={<IconRefresh size={16} />} onClick={update}>
            {t('worklist.changes', { count: changes })}
          </Button>
        )}
      </div>
      <Loaded query={{ ...list, data: rows }} lines={14}>
        {() =>
          found.length === 0 ? (
            <Empty title={wanted ? t('worklist.notFound') : t(`worklist.empty.${tab}`)}>
              {wanted ? (
                <Link to={`/ho-so?tim=${encodeURIComponent(wanted)}`}>{t('worklist.searchAll')}</Link>
              ) : (
                t(`worklist.emptyHelp.${tab}`)
              )}
            </Empty>
          ) : phone ? (
            <Cards groups={groups} />
          ) : (
            <Rows groups={groups} caption={t(`tab.${tab}`)} />
          )
        }
      </Loaded>
      <KeysHelp opened={helping} onClose={() => setHelping(false)} />
    </Page>
  )
}
