import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ConformanceList, DossierConformance } from '../../app/api-types.ts'
import { useLanguage, useText } from '../../app/i18n.ts'
import { Loaded } from '../../app/states.tsx'
import { workingTime } from '../../shared/format.ts'
import { dossierConformanceOf } from './queries.ts'

type Deviation = ConformanceList['dossiers'][number]['deviations'][number]

/** A deviation in words. */
export const DeviationWords = ({ deviation }: { deviation: Deviation }) => {
  const { t } = useTranslation('studio-heatmap')
  const text = useText()
  const steps = deviation.elements.map(({ name }) => text(name)).join(', ')
  const role = (name: string) => t(`role.${name}`, { defaultValue: name })
  return (
    <>
      <strong>{t(`deviation.${deviation.kind}`)}</strong>: {steps}
      {deviation.kind === 'wrong-role' &&
        ` (${t('deviation.roles', {
          expected: role(deviation.expected ?? ''),
          actual: deviation.actual.map(role).join(', ') || t('deviation.noRole'),
        })})`}
    </>
  )
}

const Way = ({ way, deviations, version }: Pick<DossierConformance, 'way' | 'deviations' | 'version'>) => {
  const { t } = useTranslation('studio-heatmap')
  const text = useText()
  const language = useLanguage()
  return (
    <ol className="way-list">
      {way.map((step, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a way is in order and may come by a step twice
        <li key={n}>
          {step.number !== null && `${step.number}. `}
          {text(step.name)}{' '}
          <span className="soft">
            {t(
              step.kind === 'wait'
                ? 'way.timesOfWait'
                : step.workMinutes > 0
                  ? 'way.times'
                  : 'way.timesNoWork',
              {
                work: workingTime(step.workMinutes, language),
                wait: workingTime(step.waitMinutes, language),
              },
            )}
            {step.version !== version && ` · ${t('version.name', { version: step.version })}`}
          </span>
          {deviations
            .filter(({ at }) => at === n)
            .map((deviation) => (
              <div
                key={`${deviation.kind} ${deviation.elements.map(({ id }) => id).join()}`}
                className="late-words"
              >
                <DeviationWords deviation={deviation} />
              </div>
            ))}
        </li>
      ))}
      {deviations
        .filter(({ at }) => at >= way.length)
        .map((deviation) => (
          <li
            key={`${deviation.kind} ${deviation.elements.map(({ id }) => id).join()}`}
            className="late-words"
          >
            <DeviationWords deviation={deviation} />
          </li>
        ))}
    </ol>
  )
}

/** A dossier's real way, step by step, with what differs from its diagram. */
export const RealWay = ({ id }: { id: string }) => {
  const { t } = useTranslation('studio-heatmap')
  const query = useQuery(dossierConformanceOf(id))
  return (
    <Loaded query={query} lines={3}>
      {({ way, deviations, version }) => (
        <>
          <span>
            {deviations.length === 0
              ? t('way.asDrawn', { version })
              : t('way.differs', { count: deviations.length, version })}
          </span>
          <Way way={way} deviations={deviations} version={version} />
        </>
      )}
    </Loaded>
  )
}
