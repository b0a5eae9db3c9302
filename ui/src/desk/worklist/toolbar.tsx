import {
  ActionIcon,
  Button,
  Checkbox,
  CloseButton,
  Menu,
  Popover,
  SegmentedControl,
  Select,
  Stack,
  Tooltip,
} from '@mantine/core'
import { IconBookmark, IconColumns3, IconKeyboard, IconPrinter, IconShare2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../app/api.ts'
import type { SavedView, Text } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { COLUMNS, type Column, FLAGS, toAddress, type View } from './view-address.ts'

type Change = (change: Partial<View>) => void
const GROUPS = ['overdue', 'today', 'tomorrow', 'week', 'later'] as const

/** What narrows the list; each choice stands in the address. */
export const Filters = ({ view, onChange }: { view: View; onChange: Change }) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const procedures = useQuery({
    queryKey: ['tab-procedures', view.tab],
    staleTime: 60_000,
    queryFn: ({ signal }) =>
      api.get<{ code: string; name: Text; count: number }[]>(`/api/desk/procedures?tab=${view.tab}`, signal),
  })
  const known = (procedures.data ?? []).map(({ code, name, count }) => ({
    value: code,
    label: `${text(name)} (${count})`,
  }))
  // One that has no work left is still the filter in force, and can be taken off.
  const list =
    view.procedure && !known.some(({ value }) => value === view.procedure)
      ? [...known, { value: view.procedure, label: view.procedure }]
      : known
  const common = { size: 'xs' as const, clearable: true, comboboxProps: { width: 'max-content' as const } }
  return (
    <>
      <Select
        {...common}
        className="filter filter-wide"
        aria-label={t('filter.procedure')}
        placeholder={t('filter.procedure')}
        searchable
        data={list}
        value={view.procedure ?? null}
        onChange={(procedure) => onChange({ procedure: procedure ?? undefined })}
      />
      {view.tab !== 'done' && (
        <Select
          {...common}
          className="filter"
          aria-label={t('filter.group')}
          placeholder={t('filter.group')}
          data={GROUPS.map((value) => ({ value, label: t(`group.${value}`) }))}
          value={view.group ?? null}
          onChange={(group) => onChange({ group: (group ?? undefined) as View['group'] })}
        />
      )}
      <Select
        {...common}
        className="filter"
        aria-label={t('filter.flag')}
        placeholder={t('filter.flag')}
        data={FLAGS.map((value) => ({ value, label: t(`flag.${value}`) }))}
        value={view.flag ?? null}
        onChange={(flag) => onChange({ flag: (flag ?? undefined) as View['flag'] })}
      />
      {(view.procedure || view.group || view.flag || view.text) && (
        <CloseButton
          size="sm"
          aria-label={t('filter.clear')}
          title={t('filter.clear')}
          onClick={() =>
            onChange({ procedure: undefined, group: undefined, flag: undefined, text: undefined })
          }
        />
      )}
    </>
  )
}

/** Lists saved before, mine and the unit's; the one that is shown says so. */
export const Views = ({
  view,
  saved,
  onOpen,
  onSave,
}: {
  view: View
  saved: SavedView[]
  onOpen: (view: View) => void
  onSave: () => void
}) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const address = toAddress(view)
  const shown = saved.find(({ content }) => toAddress(content) === address)
  return (
    <Menu position="bottom-start" width={320}>
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconBookmark size={16} />}>
          {shown?.name ?? t('views.title')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {saved.length === 0 && <Menu.Label>{t('views.none')}</Menu.Label>}
        {saved.map((one) => (
          <Menu.Item
            key={one.id}
            leftSection={one.sharedWith ? <IconShare2 size={14} /> : <IconBookmark size={14} />}
            aria-current={one.id === shown?.id ? 'true' : undefined}
            onClick={() => onOpen(one.content)}
          >
            {one.name}
            {one.sharedWith && (
              <span className="soft">
                {' '}
                · {text(one.sharedWith.name)}, {one.owner}
              </span>
            )}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={onSave}>{t('views.save')}…</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

/** Columns and density: kept for the person, and in the address once chosen. */
export const Looks = ({
  columns,
  density,
  onColumns,
  onDensity,
}: {
  columns: Column[]
  density: 'compact' | 'comfortable'
  onColumns: (columns: Column[]) => void
  onDensity: (density: 'compact' | 'comfortable') => void
}) => {
  const { t } = useTranslation('desk')
  return (
    <Popover position="bottom-end" width={230} trapFocus returnFocus>
      <Popover.Target>
        <Tooltip label={t('looks.title')}>
          <ActionIcon variant="default" size={30} aria-label={t('looks.title')}>
            <IconColumns3 size={18} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap={8}>
          <Checkbox.Group
            label={t('looks.columns')}
            value={columns}
            onChange={(chosen) =>
              onColumns(COLUMNS.filter((name) => name === 'dossier' || chosen.includes(name)))
            }
          >
            <Stack gap={10} mt={4}>
              {COLUMNS.map((name) => (
                <Checkbox
                  key={name}
                  size="xs"
                  value={name}
                  label={t(`column.${name}`)}
                  disabled={name === 'dossier'}
                />
              ))}
            </Stack>
          </Checkbox.Group>
          <SegmentedControl
            size="xs"
            aria-label={t('looks.density')}
            data={[
              { value: 'compact', label: t('looks.compact') },
              { value: 'comfortable', label: t('looks.comfortable') },
            ]}
            value={density}
            onChange={(chosen) => onDensity(chosen as 'compact' | 'comfortable')}
          />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

export const Buttons = ({ onPrint, onKeys }: { onPrint: () => void; onKeys: () => void }) => {
  const { t } = useTranslation('desk')
  return (
    <>
      <Tooltip label={t('print.todayButton')}>
        <ActionIcon variant="default" size={30} aria-label={t('print.todayButton')} onClick={onPrint}>
          <IconPrinter size={18} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('keys.title')}>
        <ActionIcon variant="default" size={30} aria-label={t('keys.title')} onClick={onKeys}>
          <IconKeyboard size={18} />
        </ActionIcon>
      </Tooltip>
    </>
  )
}
