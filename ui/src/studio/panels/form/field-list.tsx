import { ActionIcon, Button, Group } from '@mantine/core'
import { IconAlertTriangle, IconGitBranch, IconLock, IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraftEditor } from '../../draft/draft-context.tsx'
import { useOptions } from '../inputs/options.ts'
import { PartProvider } from '../inputs/part-context.tsx'
import { useReorder } from '../inputs/reorder.tsx'
import { TextPair } from '../inputs/text-pair.tsx'
import {
  addGroup,
  type Field,
  listOf,
  moveField,
  moveGroup,
  removeGroup,
  stepField,
} from '../model/form-list.ts'
import { keyFrom, type Loose } from '../model/loose.ts'
import { faultsOfField } from './field-faults.ts'

type Props = {
  eform: Loose
  chosen: string | null
  onChoose: (key: string) => void
  onAdd: (group: number) => void
  onChange: (eform: unknown) => void
  readOnly: boolean
}

/** What of a question is seen in the list: words and shapes, colour only beside them. */
const Marks = ({ field, errors, warnings }: { field: Field; errors: number; warnings: number }) => {
  const { t } = useTranslation('studio-panels')
  const personal = field.schema?.['x-personal']
  return (
    <span className="field-marks">
      {errors > 0 && (
        <span className="tag tag-late">
          <IconAlertTriangle size={13} aria-hidden /> {t('faults.count', { count: errors })}
        </span>
      )}
      {errors === 0 && warnings > 0 && (
        <span className="tag tag-soon">{t('faults.warned', { count: warnings })}</span>
      )}
      {field.condition && (
        <span title={t('form.conditional')}>
          <IconGitBranch size={14} aria-hidden />
          <span className="visually-hidden">{t('form.conditional')}</span>
        </span>
      )}
      {typeof personal === 'string' && (
        <span title={t('form.personal')}>
          <IconLock size={14} aria-hidden />
          <span className="visually-hidden">{t('form.personal')}</span>
        </span>
      )}
    </span>
  )
}

/** Groups and their questions in reading order; a question goes up and down through the borders of the groups. */
export const FieldList = ({ eform, chosen, onChoose, onAdd, onChange, readOnly }: Props) => {
  const { t } = useTranslation('studio-panels')
  const { faults } = useDraftEditor()
  const { named } = useOptions()
  const [renaming, setRenaming] = useState<number | null>(null)
  const { groups, loose } = listOf(eform)
  const rows = [
    ...groups.flatMap((group, n) => group.fields.map((field, index) => ({ field, group: n, index }))),
    ...loose.map((field) => ({ field, group: -1, index: 0 })),
  ]
  const titleOf = (field: Field) => named({ vi: field.title || field.key, en: field.titleEn })
  const place = (row: number, by: 1 | -1) => {
    const key = rows[row]?.field.key
    return key === undefined ? undefined : stepField(eform, key, by)
  }
  const fields = useReorder({
    name: (row) => (rows[row] ? titleOf(rows[row].field) : ''),
    count: rows.length,
    canMove: (row, by) => place(row, by) !== undefined,
    // Through the border of a group the row keeps its place among all rows; from outside it comes behind all groups.
    land: (row, by) => {
      if (rows[row]?.group === -1) return rows.length - loose.length
      return place(row, by)?.group === rows[row]?.group ? row + by : row
    },
    onMove: (from, to, by) => {
      const key = rows[from]?.field.key
      const target = by === undefined ? rows[to] : place(from, by)
      if (key !== undefined && target && target.group >= 0)
        onChange(moveField(eform, key, target.group, target.index))
    },
    readOnly,
  })
  const order = useReorder({
    name: (n) => named({ vi: groups[n]?.title || groups[n]?.key, en: groups[n]?.titleEn }),
    count: groups.length,
    onMove: (from, to) => onChange(moveGroup(eform, from, to)),
    readOnly,
  })
  const fieldRow = (field: Field) => {
    const row = rows.findIndex((each) => each.field === field)
    const { row: attributes, buttons } = fields.controls(row)
    const missing = field.schema === null
    const own = faultsOfField(faults, field.key)
    const errors = own.filter(({ severity }) => severity === 'error').length
    return (
      <li
        key={field.key}
        className="field-row"
        data-chosen={field.key === chosen || undefined}
        {...attributes}
      >
        <button
          type="button"
          className="field-name"
          aria-pressed={field.key === chosen}
          data-field={field.key}
          onClick={() => onChoose(field.key)}
        >
          <span>
            {titleOf(field)}
            {field.required && (
              <span className="field-required">
                <span aria-hidden> *</span>
                <span className="visually-hidden"> {t('required')}</span>
              </span>
            )}
          </span>
          <span className="soft field-kind">{missing ? t('form.missing') : t(`kind.${field.kind}`)}</span>
        </button>
        <Marks field={field} errors={errors} warnings={own.length - errors} />
        {buttons}
      </li>
    )
  }
  return (
    <div ref={fields.list} className="field-list">
      <div ref={order.list}>
        {groups.map((group, n) => {
          const { row, buttons } = order.controls(n)
          const title =
            named({ vi: group.title || group.key, en: group.titleEn }) || t('unnamed', { number: n + 1 })
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: keys of groups may be the same while they are made
            <section key={n} className="field-group" aria-label={title}>
              <div className="field-group-head" {...row}>
                <h3 className="panel-subtitle">
                  <button
                    type="button"
                    className="field-group-name"
                    aria-expanded={renaming === n}
                    onClick={() => setRenaming(renaming === n ? null : n)}
                  >
                    {title}
                  </button>
                </h3>
                <span className="soft">{t('form.count', { count: group.fields.length })}</span>
                {buttons}
                {!readOnly && groups.length > 1 && (
                  <ActionIcon
                    variant="subtle"
                    color="red"
                    size={24}
                    aria-label={t('form.removeGroup', { name: title })}
                    title={t('form.removeGroupHelp')}
                    onClick={() => {
                      setRenaming(null)
                      onChange(removeGroup(eform, n))
                    }}
                  >
                    <IconTrash size={15} />
                  </ActionIcon>
                )}
              </div>
              {renaming === n && (
                <PartProvider value={eform} change={onChange} faults={faults} readOnly={readOnly}>
                  <TextPair path={['groups', n, 'title']} label={t('form.groupTitle')} />
                </PartProvider>
              )}
              <ul className="field-rows">{group.fields.map(fieldRow)}</ul>
              {group.fields.length === 0 && <p className="soft panel-note">{t('form.emptyGroup')}</p>}
              {!readOnly && (
                <Button
                  variant="subtle"
                  size="compact-xs"
                  leftSection={<IconPlus size={14} />}
                  onClick={() => onAdd(n)}
                  aria-label={t('form.addTo', { name: title })}
                >
                  {t('form.add')}
                </Button>
              )}
            </section>
          )
        })}
      </div>
      {loose.length > 0 && (
        <section className="field-group" aria-label={t('form.loose')}>
          <h3 className="panel-subtitle">{t('form.loose')}</h3>
          <p className="soft panel-note">{t('form.looseHelp')}</p>
          <ul className="field-rows">{loose.map(fieldRow)}</ul>
        </section>
      )}
      {fields.live}
      {order.live}
      {!readOnly && (
        <Group gap="xs">
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconPlus size={15} />}
            onClick={() => {
              const key = keyFrom(
                '',
                groups.map((each) => each.key),
                'group',
              )
              onChange(addGroup(eform, { key, title: t('form.newGroup') }))
              setRenaming(groups.length)
            }}
          >
            {t('form.addGroup')}
          </Button>
          {groups.length === 0 && (
            <Button
              variant="default"
              size="compact-sm"
              leftSection={<IconPlus size={15} />}
              onClick={() => onAdd(0)}
            >
              {t('form.add')}
            </Button>
          )}
        </Group>
      )}
    </div>
  )
}
