import { ActionIcon, Button, Group, Menu, Text, Tooltip } from '@mantine/core'
import {
  IconArrowDown,
  IconArrowMerge,
  IconArrowUp,
  IconFocus2,
  IconHourglass,
  IconPlus,
  IconSettingsAutomation,
  IconTrash,
  IconUser,
} from '@tabler/icons-react'
import { memo, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage, useText } from '../../../app/i18n.ts'
import { Empty } from '../../../app/states.tsx'
import { ScrollX } from '../../../shared/scroll-x.tsx'
import { useDraftEditor } from '../../draft/draft-context.tsx'
import type { Session } from '../diagram/session.ts'
import { useSessionSnapshot } from '../session-context.tsx'
import type { Acts } from './acts.ts'
import { Choice, KindField, LimitField, NameField, RoleField, UNIT_OF } from './fields.tsx'
import { STEP_KINDS } from './kinds.ts'
import { rowsOf, type StepRow, targetsOf } from './rows.ts'

const ICONS = { step: IconUser, wait: IconHourglass, machine: IconSettingsAutomation }
type Target = { id: string; name: string }
type RowProps = {
  row: StepRow
  targets: Target[]
  caseNames: Record<string, string>
  acts: Acts
  session: Session
  readOnly: boolean
  selected: boolean
  onAdd: (after: string, form: string) => void
  onRemove: (row: StepRow) => void
}

const Next = ({ row, targets, acts, readOnly }: RowProps) => {
  const { t } = useTranslation('studio-workspace')
  const text = useText()
  const known = (id: string | null) => targets.some((target) => target.id === id)
  return (
    <div className="studio-next">
      {row.next.map(({ outcome, target }) => {
        const said = outcome && (row.step?.outcomes?.[outcome]?.label ?? null)
        const label =
          outcome === null ? t('table.then') : said ? text(said) : t(`outcome.${outcome}`, outcome)
        return (
          <Group key={outcome ?? ''} gap={6} wrap="nowrap">
            {outcome !== null && <span className="studio-next-outcome">{label}</span>}
            <Choice
              label={t('table.nextOf', { step: row.name, outcome: label })}
              hideLabel
              disabled={readOnly}
              value={target ?? ''}
              data={[
                ...(target === null ? [{ value: '', label: t('table.nowhere') }] : []),
                ...(target !== null && !known(target) ? [{ value: target, label: target }] : []),
                ...targets
                  .filter(({ id }) => id !== row.id)
                  .map(({ id, name }) => ({ value: id, label: name || id })),
              ]}
              onChoose={(id) => id && acts.setNext(row.id, outcome, id)}
            />
          </Group>
        )
      })}
    </div>
  )
}

const AddMenu = ({ row, onAdd }: Pick<RowProps, 'row' | 'onAdd'>) => {
  const { t } = useTranslation('studio-workspace')
  const language = useLanguage()
  return (
    <Menu position="bottom-end" width={260} shadow="md">
      <Menu.Target>
        <Tooltip label={t('table.addAfter')}>
          <ActionIcon variant="subtle" color="gray" aria-label={t('table.addAfterNamed', { step: row.name })}>
            <IconPlus size={16} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        <Menu.Label>{t('table.addWhat')}</Menu.Label>
        {STEP_KINDS.map(({ form, name }) => (
          <Menu.Item key={form} onClick={() => onAdd(row.id, form)}>
            {(language === 'en' ? name.en : undefined) ?? name.vi}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** What a step can be merged with, looked for when the menu is opened; else why with nothing. */
const MergeItems = ({ row, acts, session }: Pick<RowProps, 'row' | 'acts' | 'session'>) => {
  const { t } = useTranslation('studio-workspace')
  const sides = ([-1, 1] as const).flatMap((by) => {
    const other = acts.mergeable(row.id, by)
    return other ? [{ by, name: session.graph().nodes.get(other)?.name ?? other }] : []
  })
  if (sides.length === 0) return <Menu.Label>{t('merge.none')}</Menu.Label>
  return sides.map(({ by, name }) => (
    <Menu.Item key={by} onClick={() => acts.askMerge(row.id, by)}>
      {t(by < 0 ? 'merge.before' : 'merge.after', { step: name })}
    </Menu.Item>
  ))
}

const MergeMenu = (props: Pick<RowProps, 'row' | 'acts' | 'session'>) => {
  const { t } = useTranslation('studio-workspace')
  return (
    <Menu position="bottom-end" width={320} shadow="md">
      <Menu.Target>
        <Tooltip label={t('table.merge')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('table.mergeNamed', { step: props.row.name })}
          >
            <IconArrowMerge size={16} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <MergeItems {...props} />
      </Menu.Dropdown>
    </Menu>
  )
}

const RowActs = (props: RowProps) => {
  const { row, acts, session, readOnly, onAdd, onRemove } = props
  const { t } = useTranslation('studio-workspace')
  const act = (name: string, icon: React.ReactNode, run: () => void, disabled = false) => (
    <Tooltip label={t(`table.${name}`)}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t(`table.${name}Named`, { step: row.name })}
        disabled={disabled}
        onClick={run}
      >
        {icon}
      </ActionIcon>
    </Tooltip>
  )
  return (
    <Group gap={0} wrap="nowrap">
      {act('show', <IconFocus2 size={16} />, () => session.select(row.id))}
      {!readOnly && (
        <>
          {act('up', <IconArrowUp size={16} />, () => acts.move(row.id, -1), !acts.neighbour(row.id, -1))}
          {act('down', <IconArrowDown size={16} />, () => acts.move(row.id, 1), !acts.neighbour(row.id, 1))}
          {row.step && <MergeMenu row={row} acts={acts} session={session} />}
          <AddMenu row={row} onAdd={onAdd} />
          {act('remove', <IconTrash size={16} />, () => onRemove(row))}
        </>
      )}
    </Group>
  )
}

const Who = ({ row, acts, readOnly }: RowProps) => {
  const { t } = useTranslation('studio-workspace')
  if (row.kind === 'machine') return <span className="soft">{t('table.machine')}</span>
  if (row.kind === 'wait')
    return <span className="soft">{row.wait ? t(`holder.${row.wait.holder}`) : t('table.noData')}</span>
  if (!row.step) return <span className="tone-late">{t('table.noData')}</span>
  return (
    <RoleField
      label={t('table.whoOf', { step: row.name })}
      hideLabel
      disabled={readOnly}
      step={row.step}
      onChoose={(role) => acts.setWho(row.id, { role, unit: UNIT_OF[role] })}
    />
  )
}

const alike = (a: RowProps, b: RowProps) =>
  a.readOnly === b.readOnly &&
  a.selected === b.selected &&
  a.targets === b.targets &&
  a.onAdd === b.onAdd &&
  a.onRemove === b.onRemove &&
  JSON.stringify(a.row) === JSON.stringify(b.row)

const Row = memo((props: RowProps) => {
  const { row, acts, readOnly, caseNames, selected } = props
  const { t } = useTranslation('studio-workspace')
  const Icon = ICONS[row.kind]
  return (
    <tr id={`buoc-${row.id}`} aria-selected={selected} className={`studio-row studio-row-${row.branch}`}>
      <td className="studio-row-number">{row.number}</td>
      <td>
        <Group gap={6} wrap="nowrap">
          <Icon
            size={16}
            stroke={1.6}
            role="img"
            aria-label={t(`kind.${row.kind}`)}
            className="studio-row-icon"
          />
          <NameField
            label={
              row.number === null
                ? t('table.nameOfOther', { name: row.name })
                : t('table.nameOf', { number: row.number })
            }
            hideLabel
            disabled={readOnly}
            value={row.name}
            onCommit={(name) => name && acts.rename(row.id, name)}
          />
        </Group>
      </td>
      <td>
        <Who {...props} />
      </td>
      <td>
        {row.step ? (
          <KindField
            label={t('table.formOf', { step: row.name })}
            hideLabel
            disabled={readOnly}
            form={row.step.form}
            onChoose={(form) => acts.setKind(row.id, form)}
          />
        ) : (
          <span className="soft">{t(row.kind === 'wait' ? 'table.waits' : 'table.automatic')}</span>
        )}
      </td>
      <td>
        {row.kind === 'machine' ? (
          <span className="soft">–</span>
        ) : (
          row.limits.map(({ case: key, limit }) => (
            <div key={key} className="studio-row-limit">
              {row.limits.length > 1 && <span className="studio-row-case">{caseNames[key]}</span>}
              <LimitField
                label={t('table.limitOf', { step: row.name, case: caseNames[key] })}
                hideLabel
                disabled={readOnly}
                limit={limit}
                onCommit={(next) => acts.setLimit(key, row.id, next)}
              />
            </div>
          ))
        )}
      </td>
      <td>
        <Next {...props} />
      </td>
      <td>
        <RowActs {...props} />
      </td>
    </tr>
  )
}, alike)
Row.displayName = 'Row'

/** Ends a drawn branch: rows that no flow reaches, or that stand beside the straight way, are told apart by a line of words. */
const useRows = (session: Session) => {
  const { version, state } = useSessionSnapshot(session)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version stands for the drawing and the data
  return useMemo(() => {
    const graph = session.graph()
    return { rows: rowsOf(graph, session.definition()), targets: targetsOf(graph) }
  }, [session, version, state])
}

/** The same model as the drawing, in words: for whoever works by keyboard or cannot see it. */
export const StepTable = ({ session, acts }: { session: Session; acts: Acts }) => {
  const { t } = useTranslation('studio-workspace')
  const text = useText()
  const { readOnly } = useDraftEditor()
  const { selected } = useSessionSnapshot(session)
  const { rows, targets: found } = useRows(session)
  const [told, setTold] = useState('')
  const wanted = useRef<string | null>(null)
  const targetsKey = JSON.stringify(found)
  const targets = useMemo(() => JSON.parse(targetsKey) as Target[], [targetsKey])
  const cases = session.definition().cases
  const caseNames = useMemo(
    () => Object.fromEntries((cases ?? []).map(({ key, name }) => [key, text(name)])),
    [cases, text],
  )

  // A step that was just added takes the focus, ready to be named.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the row is there after the table was drawn again
  useEffect(() => {
    if (!wanted.current) return
    const field = document.getElementById(`buoc-${wanted.current}`)?.querySelector('input')
    if (!field) return
    wanted.current = null
    field.focus()
    field.select()
  }, [rows])

  const { onAdd, onRemove } = useMemo(
    () => ({
      onAdd: (after: string, form: string) => {
        const kind = STEP_KINDS.find((each) => each.form === form)
        const added = kind && acts.addAfter(after, kind)
        if (!added) return
        wanted.current = added
        setTold(t('table.added', { step: kind.name.vi }))
      },
      onRemove: (row: StepRow) => {
        acts.remove(row.id)
        setTold(t('table.removed', { step: row.name }))
      },
    }),
    [acts, t],
  )
  if (rows.length === 0)
    return (
      <Empty title={t('table.empty')}>
        <Button mt="sm" size="xs" disabled={readOnly} onClick={() => acts.begin()}>
          {t('table.begin')}
        </Button>
      </Empty>
    )
  const sides = rows.findIndex(({ branch }) => branch === 'side')
  const loose = rows.findIndex(({ branch }) => branch === 'loose')
  const heading = (at: number) => (at === sides ? t('table.sides') : at === loose ? t('table.loose') : null)
  return (
    <ScrollX label={t('table.label')} className="studio-table">
      <div role="status" className="visually-hidden">
        {told}
      </div>
      <table>
        <thead>
          <tr>
            {['number', 'name', 'who', 'form', 'limit', 'next', 'acts'].map((column) => (
              <th key={column} scope="col">
                {t(`table.columns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.flatMap((row, at) => [
            ...(heading(at)
              ? [
                  <tr key={`heading-${row.id}`} className="studio-row-heading">
                    <th colSpan={7} scope="rowgroup">
                      {heading(at)}
                    </th>
                  </tr>,
                ]
              : []),
            <Row
              key={row.id}
              row={row}
              targets={targets}
              caseNames={caseNames}
              acts={acts}
              session={session}
              readOnly={readOnly}
              selected={selected === row.id}
              onAdd={onAdd}
              onRemove={onRemove}
            />,
          ])}
        </tbody>
      </table>
      <Text size="xs" c="dimmed" mt={6}>
        {t('table.help')}
      </Text>
    </ScrollX>
  )
}
