import { Button, CloseButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { BulkAct, WorklistRow } from '../../app/api-types.ts'
import { useAbility } from '../../app/session.tsx'
import { MOST } from './use-bulk.ts'

const RECEIVING = ['reception', 'supplement-receive']
type Offered = Extract<BulkAct, 'claim' | 'receive' | 'assign' | 'sign' | 'hand-over' | 'print'>

/** The acts that at least one of the chosen rows can take; the server says of each whether it did. */
const offered = (rows: WorklistRow[], mayAssign: boolean): Offered[] => {
  const some = (test: (row: WorklistRow) => boolean) => rows.some(test)
  const acts: Offered[] = []
  if (some((row) => row.state === 'open' && !row.waits && row.assignee === null)) acts.push('claim')
  if (some((row) => row.state === 'open' && RECEIVING.includes(row.form))) acts.push('receive')
  if (mayAssign && some((row) => row.state === 'open' && !row.waits)) acts.push('assign')
  if (some((row) => row.state === 'open' && row.form.endsWith('-sign'))) acts.push('sign')
  if (some((row) => row.state !== 'open')) acts.push('hand-over')
  acts.push('print')
  return acts
}

/** What can be done with the chosen rows. */
export const Tray = ({
  rows,
  busy,
  onAct,
  onClear,
}: {
  rows: WorklistRow[]
  busy: boolean
  onAct: (act: Offered) => void
  onClear: () => void
}) => {
  const { t } = useTranslation('desk')
  const ability = useAbility()
  const many = rows.length > MOST
  return (
    <section className="tray" aria-label={t('select.title')}>
      <span role="status">
        <strong>{t('select.count', { count: rows.length })}</strong>
        {many && <span className="tray-many"> {t('select.tooMany', { most: MOST })}</span>}
      </span>
      {offered(rows, ability.can('assign', 'Task')).map((act) => (
        <Button
          key={act}
          size="compact-sm"
          variant={act === 'print' ? 'default' : 'light'}
          disabled={many || busy}
          onClick={() => onAct(act)}
        >
          {t(`bulk.act.${act}`)}
          {act === 'assign' && <kbd className="tray-key">a</kbd>}
        </Button>
      ))}
      <CloseButton size="sm" aria-label={t('select.clear')} title={t('select.clear')} onClick={onClear} />
    </section>
  )
}
