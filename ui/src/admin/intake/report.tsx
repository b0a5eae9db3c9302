import { IconAlertTriangleFilled, IconCheck, IconPencil, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { IntakeReport } from '../../app/api-types.ts'
import { useLanguage } from '../../app/i18n.ts'
import { Tag, type Tone } from '../../shared/tags.tsx'

type Line = IntakeReport['lines'][number]
type Verdict = Line['verdict']
const VERDICTS = ['refused', 'added', 'changed', 'unchanged'] as const
const LOOKS: Record<Verdict, [typeof IconCheck, Tone]> = {
  refused: [IconAlertTriangleFilled, 'late'],
  added: [IconPlus, 'good'],
  changed: [IconPencil, 'accent'],
  unchanged: [IconCheck, 'plain'],
}

const Row = ({ line, saved }: { line: Line; saved: boolean }) => {
  const { t } = useTranslation('admin')
  const [icon, tone] = LOOKS[line.verdict]
  return (
    <li className="intake-row">
      <span className="soft figures">{t('intake.row', { row: line.row })}</span>
      <span className="intake-what">
        <strong>{line.name || t('intake.noName')}</strong> <span className="soft figures">{line.code}</span>
        {line.changes.length > 0 && (
          <span className="admin-under">{t('intake.changes', { columns: line.changes.join(', ') })}</span>
        )}
        {line.faults.map(({ column, message }) => (
          <span key={column + message} className="admin-under intake-fault">
            {column && <b>{column}: </b>}
            {message}
          </span>
        ))}
      </span>
      <Tag tone={tone} icon={icon}>
        {t(`intake.${saved ? 'done' : 'verdict'}.${line.verdict}`)}
      </Tag>
    </li>
  )
}

/** The file row by row, the refused first; the other verdicts at a press. */
export const Report = ({ report }: { report: IntakeReport }) => {
  const { t } = useTranslation('admin')
  const language = useLanguage()
  const found = VERDICTS.filter((verdict) => report.counts[verdict] > 0)
  const [chosen, choose] = useState<Verdict>()
  const open = chosen && found.includes(chosen) ? chosen : found[0]
  const lines = report.lines.filter(({ verdict }) => verdict === open)
  const count = open ? report.counts[open] : 0
  return (
    <>
      <fieldset className="choices" aria-label={t('intake.filter')}>
        {found.map((verdict) => (
          <button key={verdict} type="button" aria-pressed={verdict === open} onClick={() => choose(verdict)}>
            {t(`intake.${report.saved ? 'done' : 'verdict'}.${verdict}`)}{' '}
            <strong>{report.counts[verdict].toLocaleString(language)}</strong>
          </button>
        ))}
      </fieldset>
      <ul className="admin-list">
        {lines.map((line) => (
          <Row key={line.row} line={line} saved={report.saved} />
        ))}
      </ul>
      {lines.length < count && (
        <p className="soft">
          {t('intake.more', { shown: lines.length, all: count.toLocaleString(language) })}
        </p>
      )}
    </>
  )
}
