import { useTranslation } from 'react-i18next'
import type { Proof } from '../../app/api-types.ts'
import { useLanguage, useText } from '../../app/i18n.ts'
import { formatDayOrInstant } from '../../shared/format.ts'

/** A proof as it stands on paper, where nothing can be unfolded: its sentence, and each line with its source. */
export const PrintedProof = ({ proof }: { proof: Proof }) => {
  const { t } = useTranslation('audit')
  const text = useText()
  const language = useLanguage()
  return (
    <div className="print-only printed-proof">
      <p>{text(proof.sentence)}</p>
      <table className="late-table">
        <thead>
          <tr>
            {(['day', 'counted', 'reason', 'source'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`days.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {proof.lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a proof never move
            <tr key={index}>
              <th scope="row">
                {[line.day ?? line.from, line.day ? undefined : line.to]
                  .filter((value) => value !== undefined)
                  .map((value) => formatDayOrInstant(value, language))
                  .join(' – ')}
              </th>
              <td>{t(line.counted ? 'days.yes' : 'days.no')}</td>
              <td>{text(line.reason)}</td>
              <td className="day-source">{line.source}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
