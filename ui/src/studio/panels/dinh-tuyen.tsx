import { ActionIcon, Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconPlus, IconTrash } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { useDraftEditor } from '../draft/draft-context.tsx'
import { useOptions } from './inputs/options.ts'
import { Block, Panel } from './inputs/panel.tsx'
import { useFaultWords, useParts } from './inputs/part-context.tsx'
import { useReorder } from './inputs/reorder.tsx'
import { feelFault } from './model/feel.ts'
import { listAt, textAt } from './model/loose.ts'
import {
  addRule,
  type Cell,
  moveRule,
  readTable,
  removeRule,
  setCell,
  setColumnLabel,
  setDescription,
  type Table,
} from './model/table.ts'
import { tryTable } from './model/try-table.ts'
import { XmlError } from './model/xml.ts'

type Read = { table: Table } | { line: string | null }
const read = (dmn: string): Read => {
  try {
    return { table: readTable(dmn) }
  } catch (error) {
    return { line: error instanceof XmlError ? error.message : null }
  }
}

/** A cell of the table: FEEL as typed, with where it stops being FEEL. */
const FeelCell = ({ cell, value, label }: { cell: Cell; value: string; label: string }) => {
  const { t } = useTranslation('studio-panels')
  const { parts, apply, readOnly } = useParts()
  const fault = feelFault(value, cell.side === 'inputs' ? 'UnaryTests' : 'Expression')
  const wrong =
    fault === null
      ? undefined
      : value.trim() === ''
        ? t('routing.cellEmpty')
        : t('routing.cellWrong', { place: fault + 1, rest: value.slice(fault, fault + 12) || '…' })
  return (
    <Textarea
      className="panel-mono"
      aria-label={label}
      autosize
      minRows={1}
      value={value}
      error={wrong}
      readOnly={readOnly}
      placeholder={cell.side === 'inputs' ? t('routing.any') : undefined}
      spellCheck={false}
      onChange={(event) => apply({ dmn: setCell(parts.dmn, cell, event.currentTarget.value) })}
    />
  )
}

const Rules = ({ table }: { table: Table }) => {
  const { t } = useTranslation('studio-panels')
  const { parts, apply, readOnly } = useParts()
  const columns = [
    ...table.inputs.map((column, n) => ({ ...column, side: 'inputs' as const, n })),
    ...table.outputs.map((column, n) => ({ ...column, side: 'outputs' as const, n })),
  ]
  const ruleName = (n: number) =>
    table.rules[n]?.description.slice(0, 50) || t('routing.rule', { number: n + 1 })
  const { list, controls, live } = useReorder({
    name: ruleName,
    count: table.rules.length,
    onMove: (from, to) => apply({ dmn: moveRule(parts.dmn, from, to) }),
    readOnly,
  })
  const add = () => {
    const inputs = table.inputs.map(({ expression }) =>
      expression.trim() === 'procedure' ? `"${textAt(parts.definition, ['code'])}"` : '-',
    )
    apply({ dmn: addRule(parts.dmn, { inputs, outputs: table.outputs.map(() => '') }) })
  }
  return (
    <div ref={list}>
      <ScrollX label={t('routing.table')}>
        <table className="panel-table routing-table">
          <thead>
            <tr>
              <th scope="col">{t('routing.number')}</th>
              {columns.map(({ side, n, label, expression, id }) => (
                <th
                  key={id || `${side}${n}`}
                  scope="col"
                  className={side === 'outputs' ? 'routing-output' : undefined}
                >
                  <span className="soft routing-side">
                    {t(side === 'inputs' ? 'routing.input' : 'routing.output')} <code>{expression}</code>
                  </span>
                  <TextInput
                    size="xs"
                    aria-label={t('routing.columnLabel', { column: expression })}
                    value={label}
                    readOnly={readOnly}
                    onChange={(event) =>
                      apply({ dmn: setColumnLabel(parts.dmn, side, n, event.currentTarget.value) })
                    }
                  />
                </th>
              ))}
              <th scope="col">{t('note')}</th>
              <th scope="col">
                <span className="visually-hidden">{t('order')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {table.rules.map((rule, n) => {
              const { row, buttons } = controls(n)
              return (
                <tr key={rule.id || n} {...row}>
                  <th scope="row">{n + 1}</th>
                  {columns.map(({ side, n: column, label, expression, id }) => (
                    <td
                      key={id || `${side}${column}`}
                      className={side === 'outputs' ? 'routing-output' : undefined}
                    >
                      <FeelCell
                        cell={{ rule: n, side, column }}
                        value={rule[side][column] ?? ''}
                        label={t('routing.cell', { number: n + 1, column: label || expression })}
                      />
                    </td>
                  ))}
                  <td className="routing-note">
                    <Textarea
                      aria-label={t('routing.cell', { number: n + 1, column: t('note') })}
                      autosize
                      minRows={1}
                      maxRows={6}
                      value={rule.description}
                      readOnly={readOnly}
                      onChange={(event) =>
                        apply({ dmn: setDescription(parts.dmn, n, event.currentTarget.value) })
                      }
                    />
                  </td>
                  <td className="routing-tools">
                    {buttons}
                    {!readOnly && (
                      <ActionIcon
                        variant="subtle"
                        color="red"
                        size={24}
                        aria-label={t('removeNamed', { name: t('routing.rule', { number: n + 1 }) })}
                        onClick={() => apply({ dmn: removeRule(parts.dmn, n) })}
                      >
                        <IconTrash size={15} />
                      </ActionIcon>
                    )}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </ScrollX>
      {table.rules.length === 0 && <p className="tone-late panel-note">{t('routing.noRules')}</p>}
      {live}
      {!readOnly && (
        <Button variant="default" size="compact-sm" leftSection={<IconPlus size={15} />} onClick={add}>
          {t('routing.add')}
        </Button>
      )}
    </div>
  )
}

/** Facts of a dossier put to the table: which rule answers, and what. */
const TryIt = ({ table }: { table: Table }) => {
  const { t } = useTranslation('studio-panels')
  const { parts } = useParts()
  const { cases } = useOptions()
  const [place, setPlace] = useState('T00.X01')
  const [kind, setKind] = useState(textAt(listAt(parts.definition, ['cases'])[0], ['key']))
  const [code, setCode] = useState(textAt(parts.definition, ['code']))
  const tried = tryTable(table, { procedure: code, place, case: kind })
  return (
    <div className="panel-stack">
      <div className="panel-row panel-row-tight">
        <TextInput
          className="panel-mono"
          label={t('routing.procedure')}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <TextInput
          className="panel-mono"
          label={t('routing.place')}
          value={place}
          onChange={(event) => setPlace(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('case')}
          value={kind}
          data={cases}
          onChange={(event) => setKind(event.currentTarget.value)}
        />
      </div>
      <div role="status" className="routing-answer">
        {tried.state === 'matched' && (
          <span className="tag tag-good">
            <IconCheck size={14} aria-hidden />
            {t('routing.matched', {
              number: tried.rule + 1,
              answer: Object.entries(tried.outputs)
                .map(
                  ([name, value]) =>
                    `${table.outputs.find(({ expression }) => expression === name)?.label || name}: ${value || '—'}`,
                )
                .join(' · '),
            })}
          </span>
        )}
        {tried.state === 'none' && (
          <span className="tag tag-late">
            <IconAlertTriangle size={14} aria-hidden /> {t('routing.noMatch')}
          </span>
        )}
        {tried.state === 'beyond' && (
          <span className="tag tag-soon">
            <IconAlertTriangle size={14} aria-hidden />
            {t('routing.beyond', { number: tried.rule + 1, words: tried.words })}
          </span>
        )}
      </div>
    </div>
  )
}

/** Which agency and unit work on a dossier. */
const RoutingPanel = () => {
  const { t } = useTranslation('studio-panels')
  const { parts, apply, readOnly } = useParts()
  const { faults } = useDraftEditor()
  const words = useFaultWords()
  const known = useMemo(() => read(parts.dmn), [parts.dmn])
  const routing = faults.filter(({ part }) => part === 'routing')
  return (
    <Panel part="routing" title={t('routing.title')} intro={t('routing.intro')}>
      {'table' in known ? (
        <>
          <Block title={t('routing.table')} note={t('routing.note')}>
            {known.table.hitPolicy !== 'FIRST' && (
              <p className="tone-late panel-note">{t('routing.policy', { policy: known.table.hitPolicy })}</p>
            )}
            <Rules table={known.table} />
          </Block>
          <Block title={t('routing.try')} note={t('routing.tryNote')}>
            <TryIt table={known.table} />
          </Block>
        </>
      ) : (
        <Block title={t('routing.broken')}>
          <Textarea
            className="panel-mono"
            label={t('routing.raw')}
            description={
              known.line === null ? t('routing.noTable') : t('routing.brokenLine', { line: known.line })
            }
            error={words(routing)}
            autosize
            minRows={10}
            maxRows={30}
            readOnly={readOnly}
            spellCheck={false}
            value={parts.dmn}
            onChange={(event) => apply({ dmn: event.currentTarget.value })}
          />
        </Block>
      )}
    </Panel>
  )
}
export default RoutingPanel
