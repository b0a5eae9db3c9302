import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

/** Rows of a list that are chosen one by one or all at once. What has left the list is chosen no more. */
export const useChosen = <Row extends { id: string }>(rows: Row[]) => {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const chosen = rows.filter(({ id }) => ids.has(id))
  const all = rows.length > 0 && chosen.length === rows.length
  return {
    chosen,
    all,
    has: ({ id }: Row) => ids.has(id),
    toggle: ({ id }: Row) =>
      setIds((before) => {
        const next = new Set(before)
        if (!next.delete(id)) next.add(id)
        return next
      }),
    toggleAll: () => setIds(new Set(all ? [] : rows.map(({ id }) => id))),
    clear: () => setIds(new Set()),
  }
}

export const ChooseAll = ({
  choice: { all, chosen, toggleAll },
}: {
  choice: { all: boolean; chosen: unknown[]; toggleAll: () => void }
}) => {
  const { t } = useTranslation('desk')
  return (
    <th scope="col">
      <Checkbox
        size="xs"
        checked={all}
        indeterminate={chosen.length > 0 && !all}
        onChange={toggleAll}
        aria-label={t('team.chooseAll')}
      />
    </th>
  )
}

export const ChooseOne = ({
  code,
  chosen,
  onChoose,
}: {
  code: string
  chosen: boolean
  onChoose: () => void
}) => {
  const { t } = useTranslation('desk')
  return (
    <td className="stacked-choice">
      <Checkbox size="xs" checked={chosen} onChange={onChoose} aria-label={t('team.choose1', { code })} />
    </td>
  )
}
