import { ActionIcon, Button } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listAt, moved, type Path, without } from '../model/loose.ts'
import { FaultCounts } from './fault-counts.tsx'
import { usePlace } from './part-context.tsx'
import { useReorder } from './reorder.tsx'
import { Warning } from './warning.tsx'

/** What is wrong with a thing as a whole, and how much within it, so that a closed one shows it too. */
const ItemFaults = ({ path }: { path: Path }) => {
  const { error, warning, errors, warnings } = usePlace(path)
  if (errors + warnings === 0) return null
  return (
    <div className="panel-item-faults">
      <FaultCounts errors={errors} warnings={warning ? 0 : warnings} />
      {error && <span className="mantine-InputWrapper-error panel-error">{error}</span>}
      <Warning words={warning} />
    </div>
  )
}

let nextId = 0

/** Things of a list one under another: added at the end, taken away, put in another order. */
export const ListAt = ({
  path,
  title,
  name,
  blank,
  addLabel,
  empty,
  children,
  onRemove,
  beforeLast = false,
  dense = false,
}: {
  path: Path
  title: string
  /** In place of taking it away at once. */
  onRemove?: (index: number) => void
  /** A new thing stands before the last one, which is for the rest. */
  beforeLast?: boolean
  /** Things of one line each: a number in place of the labels, which only those hear who cannot see the order. */
  dense?: boolean
  /** What a thing is called when it is moved or taken away. */
  name: (item: unknown, index: number) => string
  blank: () => unknown
  addLabel: string
  empty?: string
  children: (path: Path, item: unknown, index: number) => ReactNode
}) => {
  const { t } = useTranslation('studio-panels')
  const { value, set, error, warning, readOnly } = usePlace(path)
  const items = listAt(value)
  // A name for each thing that goes with it when it moves, so that what is open stays open and the focus stays.
  const ids = useRef<number[]>([])
  while (ids.current.length < items.length) ids.current.push(nextId++)
  ids.current.length = items.length
  const called = (index: number) => name(items[index], index) || t('unnamed', { number: index + 1 })
  const { list, controls, live, rowAt } = useReorder({
    name: called,
    count: items.length,
    onMove: (from, to) => {
      ids.current = moved(ids.current, from, to)
      set(moved(items, from, to))
    },
    readOnly,
  })
  const [fresh, setFresh] = useState<number | null>(null)
  const adder = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (fresh === null) return
    rowAt(fresh)?.querySelector<HTMLElement>('input, textarea, select')?.focus()
    setFresh(null)
  })
  return (
    <section className={dense ? 'panel-list panel-dense' : 'panel-list'} aria-label={title}>
      <h3 className="panel-subtitle">{title}</h3>
      {error && <div className="mantine-InputWrapper-error panel-error">{error}</div>}
      <Warning words={warning} />
      {items.length === 0 && empty && <p className="soft panel-empty">{empty}</p>}
      <div ref={list}>
        {items.map((item, index) => {
          const { row, buttons } = controls(index)
          return (
            <div key={ids.current[index]} className="panel-item" {...row}>
              <div className="panel-item-body">
                <ItemFaults path={[...path, index]} />
                {children([...path, index], item, index)}
              </div>
              <div className="panel-item-tools">
                {buttons}
                {!readOnly && (
                  <ActionIcon
                    variant="subtle"
                    color="red"
                    size={24}
                    aria-label={t('removeNamed', { name: called(index) })}
                    title={t('remove')}
                    onClick={() => {
                      if (onRemove) return onRemove(index)
                      ids.current = without(ids.current, index)
                      set(without(items, index))
                      adder.current?.focus()
                    }}
                  >
                    <IconTrash size={15} />
                  </ActionIcon>
                )}
              </div>
            </div>
          )
        })}
      </div>
      {live}
      {!readOnly && (
        <Button
          ref={adder}
          variant="default"
          size="compact-sm"
          leftSection={<IconPlus size={15} />}
          onClick={() => {
            const at = beforeLast ? Math.max(items.length - 1, 0) : items.length
            ids.current.splice(at, 0, nextId++)
            set([...items.slice(0, at), blank(), ...items.slice(at)])
            setFresh(at)
          }}
        >
          {addLabel}
        </Button>
      )}
    </section>
  )
}

/** A thing of a list that shows its name and opens to be changed; open from the beginning while it has no name. */
export const Opens = ({
  name,
  aside,
  children,
}: {
  name: string
  aside?: ReactNode
  children: ReactNode
}) => {
  const { t } = useTranslation('studio-panels')
  const [open, setOpen] = useState(name === '')
  return (
    <details className="panel-opens" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span className="panel-opens-name">{name || t('noName')}</span>
        {aside}
      </summary>
      {open && <div className="panel-opens-body">{children}</div>}
    </details>
  )
}
