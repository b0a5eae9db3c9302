import { ActionIcon } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconGripVertical } from '@tabler/icons-react'
import { type DragEvent, type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

const FOCUSABLE = 'summary, button, input, select, textarea, [tabindex="0"]'
const focusables = (row: Element | null | undefined) => [
  ...(row?.querySelectorAll<HTMLElement>(FOCUSABLE) ?? []),
]

/** What a row of an ordered list needs: its own attributes, and the handle with its two buttons. */
export type RowProps = {
  'data-row': string
  'data-over'?: true
  onKeyDown(event: KeyboardEvent): void
  onDragOver(event: DragEvent): void
  onDragLeave(): void
  onDrop(event: DragEvent): void
}
export type Controls = { row: RowProps; buttons: ReactNode }

/**
 * Order changed by dragging the handle, by the buttons, or by Alt with the arrows from anywhere in a row. Each move is said
 * aloud, and the focus goes with what was moved. `canMove` where the ends of this list are not the end of the way.
 */
export const useReorder = ({
  name,
  count,
  onMove,
  readOnly,
  canMove = (index, by) => index + by >= 0 && index + by < count,
  land = (index, by) => index + by,
}: {
  name: (index: number) => string
  count: number
  /** `by` where it went one step, undefined where it was dropped. */
  onMove: (from: number, to: number, by?: 1 | -1) => void
  readOnly: boolean
  canMove?: (index: number, by: 1 | -1) => boolean
  land?: (index: number, by: 1 | -1) => number
}) => {
  const { t } = useTranslation('studio-panels')
  const list = useRef<HTMLDivElement>(null)
  // Lists stand within lists: each knows its own rows.
  const prefix = useId()
  const rowAt = (index: number) => list.current?.querySelector(`[data-row="${prefix}${index}"]`)
  const [said, setSaid] = useState('')
  const [over, setOver] = useState<number | null>(null)
  const dragged = useRef<number | null>(null)
  const refocus = useRef<{ row: number; at: number } | null>(null)

  useEffect(() => {
    const wanted = refocus.current
    if (!wanted) return
    refocus.current = null
    const inRow = focusables(rowAt(wanted.row))
    const target = inRow[wanted.at]
    // The button at the end of the list is disabled: its twin beside it takes the focus.
    const usable =
      target && !target.hasAttribute('disabled')
        ? target
        : inRow.find((each) => !each.hasAttribute('disabled') && each.dataset.move)
    usable?.focus()
  })

  const move = (from: number, to: number, active: Element | null, by?: 1 | -1) => {
    const row = rowAt(from)
    const at = active && row?.contains(active) ? focusables(row).indexOf(active as HTMLElement) : -1
    if (at >= 0) refocus.current = { row: to, at }
    setSaid(t('reorder.moved', { name: name(from), place: to + 1, count }))
    onMove(from, to, by)
  }
  const step = (index: number, by: 1 | -1) => {
    if (readOnly || !canMove(index, by)) return
    move(index, land(index, by), document.activeElement, by)
  }
  const controls = (index: number): Controls => ({
    row: {
      'data-row': `${prefix}${index}`,
      ...(over === index ? { 'data-over': true as const } : {}),
      onKeyDown: (event) => {
        if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
        event.preventDefault()
        event.stopPropagation()
        step(index, event.key === 'ArrowUp' ? -1 : 1)
      },
      onDragOver: (event) => {
        if (dragged.current === null) return
        event.preventDefault()
        setOver(index)
      },
      onDragLeave: () => setOver(null),
      onDrop: (event) => {
        event.preventDefault()
        setOver(null)
        if (dragged.current !== null && dragged.current !== index) move(dragged.current, index, null)
        dragged.current = null
      },
    },
    buttons: readOnly ? null : (
      <span className="reorder">
        <span
          className="reorder-handle"
          draggable
          title={t('reorder.drag')}
          aria-hidden
          onDragStart={(event) => {
            dragged.current = index
            event.dataTransfer.effectAllowed = 'move'
            event.dataTransfer.setData('text/plain', String(index))
          }}
          onDragEnd={() => {
            dragged.current = null
            setOver(null)
          }}
        >
          <IconGripVertical size={16} />
        </span>
        {([-1, 1] as const).map((by) => (
          <ActionIcon
            key={by}
            variant="subtle"
            color="gray"
            size={24}
            data-move={by}
            aria-label={t(by < 0 ? 'reorder.up' : 'reorder.down', { name: name(index) })}
            title={t(by < 0 ? 'reorder.upKeys' : 'reorder.downKeys')}
            disabled={!canMove(index, by)}
            onClick={() => step(index, by)}
          >
            {by < 0 ? <IconArrowUp size={15} /> : <IconArrowDown size={15} />}
          </ActionIcon>
        ))}
      </span>
    ),
  })
  const live = (
    <span className="visually-hidden" role="status">
      {said}
    </span>
  )
  return { list, controls, live, rowAt }
}
