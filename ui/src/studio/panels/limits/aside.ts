import { useTranslation } from 'react-i18next'
import { useLimitWords } from '../inputs/limit-input.tsx'
import { useOptions } from '../inputs/options.ts'
import { usePart } from '../inputs/part-context.tsx'
import { getIn, isRecord, listAt, textAt } from '../model/loose.ts'

/** What each of the folded blocks comes to, in a line. */
export const useAsides = () => {
  const { t } = useTranslation('studio-panels')
  const { named } = useOptions()
  const { value } = usePart()
  const words = useLimitWords()
  const mode = textAt(value, ['clockMode', 'mode'])
  const rounds = listAt(value, ['supplement', 'rounds'])
  const consultation = getIn(value, ['consultation'])
  const confirmation = getIn(value, ['confirmation'])
  return {
    clock: mode && t(`limits.modes.${mode}`),
    reception: words(getIn(value, ['reception', 'limit'])),
    supplement: t('supplement.aside', {
      rounds: rounds.length,
      wait: words(getIn(value, ['supplement', 'wait', 'limit'])),
    }),
    consultation: isRecord(consultation)
      ? t('consultation.aside', {
          bodies: listAt(consultation, ['bodies']).length,
          limit: words(getIn(consultation, ['limit'])),
        })
      : t('no'),
    confirmation: isRecord(confirmation) ? words(getIn(confirmation, ['limit'])) : t('no'),
    phases: listAt(value, ['phases'])
      .map((phase) => named(getIn(phase, ['name'])))
      .join(' · '),
  }
}
