import { useTranslation } from 'react-i18next'
import type { BulkAnswer, WorklistRow } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { useMode } from '../../app/mode.ts'
import { useSession } from '../../app/session.tsx'
import { When } from '../../shared/when.tsx'

type Result = BulkAnswer['results'][number]
type Line = NonNullable<Result['handedOver']>
type Sheet = NonNullable<Result['sheet']>

/** How wide the columns of a landscape table are, in percent. */
const Widths = ({ of }: { of: number[] }) => (
  <colgroup>
    {of.map((width, n) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: columns never move
      <col key={n} style={{ width: `${width}%` }} />
    ))}
  </colgroup>
)

/** Who prints, for which unit, and when; in a demonstration, that it is one. */
const From = ({ at }: { at: string }) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const { session } = useSession()
  const post = session?.posts[0]
  const mode = useMode()
  return (
    <p>
      {post && `${text(post.agency.name)}, ${text(post.unit.name)}. `}
      {session?.person.name}, {t('print.at')} <When at={at} />
      {mode?.demo && `. ${t('app:demo.short')}: ${t('app:demo.long')}`}
    </p>
  )
}

const Signs = ({ names }: { names: string[] }) => (
  <div className="print-signs">
    {names.map((name) => (
      <strong key={name}>{name}</strong>
    ))}
  </div>
)

/** One list that goes along when dossiers change hands: a table for each unit that takes them, and both signatures. */
export const ControlList = ({ lines, at }: { lines: Line[]; at: string }) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const units = Map.groupBy(lines, ({ unit }) => text(unit))
  const minutes = (taken: Line[]) => [...new Set(taken.flatMap((line) => line.minutes?.number ?? []))]
  return [...units].map(([unit, taken]) => (
    <section key={unit} className="print-sheet print-wide">
      <h1>{t('print.controlList')}</h1>
      <From at={at} />
      <p>
        {t('print.to')} <strong>{unit}</strong>. {t('print.count', { count: taken.length })}
        {minutes(taken).length > 0 && ` ${t('print.minutes', { numbers: minutes(taken).join(', ') })}`}
      </p>
      <table>
        <Widths of={[4, 15, 17, 24, 7, 12, 13, 8]} />
        <thead>
          <tr>
            <th scope="col">{t('print.number')}</th>
            <th scope="col">{t('dossiers.code')}</th>
            <th scope="col">{t('dossiers.applicant')}</th>
            <th scope="col">{t('column.procedure')}</th>
            <th scope="col">{t('print.papers')}</th>
            <th scope="col">{t('column.due')}</th>
            <th scope="col">{t('print.taker')}</th>
            <th scope="col">{t('print.signature')}</th>
          </tr>
        </thead>
        <tbody>
          {taken.map((line, n) => (
            <tr key={line.code}>
              <td>{n + 1}</td>
              <td>{line.code}</td>
              <td>{line.applicant}</td>
              <td>
                <span className="print-lines-2">{text(line.procedure)}</span>
              </td>
              <td>{line.papers}</td>
              <td>
                <When at={line.dueAt} />
              </td>
              <td>{line.person ?? text(line.step)}</td>
              <td />
            </tr>
          ))}
        </tbody>
      </table>
      <Signs names={[t('print.giver'), t('print.receiver')]} />
    </section>
  ))
}

/** The control sheet of each dossier: who had it from when to when. */
export const ControlSheets = ({ sheets, at }: { sheets: Sheet[]; at: string }) => {
  const { t } = useTranslation('desk')
  const text = useText()
  return sheets.map((sheet) => (
    <section key={sheet.code} className="print-sheet">
      <h1>{t('print.controlSheet')}</h1>
      <p>
        {t('dossiers.code')}: <strong>{sheet.code}</strong>. {t('dossiers.applicant')}: {sheet.applicant}
      </p>
      <p>
        {t('column.procedure')}: {text(sheet.procedure)}
      </p>
      <p>
        {t('dossiers.received')}: <When at={sheet.receivedAt} />. {t('column.due')}: <When at={sheet.dueAt} />
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('column.step')}</th>
            <th scope="col">{t('print.holder')}</th>
            <th scope="col">{t('print.from')}</th>
            <th scope="col">{t('print.until')}</th>
            <th scope="col">{t('print.signature')}</th>
          </tr>
        </thead>
        <tbody>
          {sheet.steps.map((step) => (
            <tr key={step.fromAt + text(step.step)}>
              <td>{text(step.step)}</td>
              <td>{[step.person, text(step.unit)].filter(Boolean).join(', ')}</td>
              <td>
                <When at={step.fromAt} />
              </td>
              <td>
                <When at={step.toAt} />
              </td>
              <td />
            </tr>
          ))}
        </tbody>
      </table>
      <From at={at} />
    </section>
  ))
}

/** Today's list on paper: what is overdue and what is due today, in the order of the desk. */
export const TodayList = ({ rows, at }: { rows: WorklistRow[]; at: string }) => {
  const { t } = useTranslation('desk')
  const text = useText()
  return (
    <section className="print-sheet print-wide">
      <h1>{t('print.today')}</h1>
      <From at={at} />
      <table>
        <Widths of={[4, 24, 12, 19, 17, 13, 11]} />
        <thead>
          <tr>
            <th scope="col">{t('print.number')}</th>
            <th scope="col">{t('column.dossier')}</th>
            <th scope="col">{t('column.todo')}</th>
            <th scope="col">{t('column.procedure')}</th>
            <th scope="col">{t('column.step')}</th>
            <th scope="col">{t('column.due')}</th>
            <th scope="col">{t('column.note')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, n) => (
            <tr key={row.id}>
              <td>{n + 1}</td>
              <td>
                <span className="print-lines-2">
                  {row.dossierCode} {row.applicant}
                </span>
              </td>
              <td>{text(row.name)}</td>
              <td>
                <span className="print-lines-2">{text(row.procedure.name)}</span>
              </td>
              <td>
                {text(row.stepRemaining)}
                <br />
                <When at={row.stepDueAt} />
              </td>
              <td>
                <When at={row.dossierDueAt} />
              </td>
              <td>{row.note}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 && <p>{t('worklist.empty.mine')}</p>}
    </section>
  )
}
