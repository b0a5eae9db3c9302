import { useTranslation } from 'react-i18next'
import type { MigrationClock } from '../../app/api-types.ts'
import { useLanguage } from '../../app/i18n.ts'
import { formatInstant, workingTime } from '../../shared/format.ts'
import { ProofView } from '../../shared/proof.tsx'

/** What the move does to a dossier's time, in words, with its proof on demand. */
export const ClockWords = ({ clock }: { clock: MigrationClock | null }) => {
  const { t } = useTranslation('studio-migration')
  const language = useLanguage()
  if (!clock) return <span className="soft">{t('clock.later')}</span>
  const at = (instant: string | null) => (instant ? formatInstant(instant, language) : '–')
  const { before, after, countedDueAt, effect, proof } = clock
  const rest = before.allottedAfterMinutes !== after.allottedAfterMinutes
  return (
    <div>
      <span className="figures">
        {t(`clock.${effect}`, {
          before: at(before.dueAt),
          after: at(after.dueAt),
          counted: at(countedDueAt),
        })}
      </span>
      {rest && (
        <span className="migration-under soft">
          {t('clock.rest', {
            before: workingTime(before.allottedAfterMinutes, language),
            after: workingTime(after.allottedAfterMinutes, language),
          })}
        </span>
      )}
      {proof && (
        <details className="migration-proof">
          <summary>{t('clock.proof')}</summary>
          <ProofView proof={proof} />
        </details>
      )}
    </div>
  )
}
