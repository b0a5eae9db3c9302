import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useLocation, useParams } from 'react-router'
import type { IntervalAudit } from '../../app/api-types.ts'
import { useLanguage, useText } from '../../app/i18n.ts'
import { Page } from '../../app/page.tsx'
import { Loaded } from '../../app/states.tsx'
import { Deliveries } from '../../shared/deliveries.tsx'
import { formatInstant, workingTime } from '../../shared/format.ts'
import { Variance } from '../../shared/holders.tsx'
import { Letters } from '../../shared/letters.tsx'
import { usePersonName } from '../../shared/person.tsx'
import { UnverifiedTag } from '../../shared/tags.tsx'
import { When } from '../../shared/when.tsx'
import '../audit.css'
import { Back } from '../back.tsx'
import { Evidence, PrintButton } from '../evidence.tsx'
import { intervalAudit } from '../queries.ts'
import { Section } from '../section.tsx'
import { Entries } from '../trail/entries.tsx'
import { Days } from './days.tsx'

const View = ({ audit }: { audit: IntervalAudit }) => {
  const { t } = useTranslation('audit')
  const text = useText()
  const language = useLanguage()
  const nameOf = usePersonName()
  const { holding, allottedBy } = audit
  const holder =
    holding.onBehalf === 'applicant'
      ? t('lanes.applicant')
      : [
          holding.person && nameOf(holding.person.name, holding.inPlaceOf?.name),
          text(holding.unit.name),
          text(holding.agency.name),
        ]
          .filter(Boolean)
          .join(', ')
  return (
    <Stack gap="lg">
      <p className="audit-sentence">
        {t(holding.toAt ? 'interval.sentence' : 'interval.sentenceOpen', {
          holder,
          from: formatInstant(holding.fromAt, language),
          to: holding.toAt ? formatInstant(holding.toAt, language) : '',
          used: workingTime(holding.usedMinutes, language),
        })}{' '}
        {holding.varianceMinutes !== null && <Variance minutes={holding.varianceMinutes} />}
      </p>
      <dl className="facts interval-facts">
        <dt>{t('interval.holder')}</dt>
        <dd>{holder}</dd>
        <dt>{t('interval.from')}</dt>
        <dd>
          <When at={holding.fromAt} />: {text(holding.openedBy)}
        </dd>
        <dt>{t('interval.to')}</dt>
        <dd>
          {holding.toAt ? (
            <>
              <When at={holding.toAt} />
              {holding.closedBy && `: ${text(holding.closedBy)}`}
            </>
          ) : (
            <em>{t('lanes.now')}</em>
          )}
        </dd>
        <dt>{t('interval.allotted')}</dt>
        <dd>
          {holding.allottedMinutes === null ? (
            t('interval.noAllotment')
          ) : (
            <>
              <strong>{workingTime(holding.allottedMinutes, language)}</strong>
              {allottedBy && (
                <>
                  : {text(allottedBy.text)} {!allottedBy.verified && <UnverifiedTag />}
                </>
              )}
            </>
          )}
        </dd>
        <dt>{t('interval.used')}</dt>
        <dd>
          <strong>{workingTime(holding.usedMinutes, language)}</strong>
        </dd>
        {holding.track === 'side' && (
          <>
            <dt>{t('interval.track')}</dt>
            <dd>{t('interval.side')}</dd>
          </>
        )}
      </dl>
      <Section title={t('interval.days')}>
        <Days days={audit.days} />
      </Section>
      {audit.stops.length > 0 && (
        <Section title={t('interval.stops')}>
          <ul className="interval-list">
            {audit.stops.map((stop) => (
              <li key={stop.at + stop.kind}>
                <When at={stop.at} />: {t(`interval.stop.${stop.kind}`)}
                {stop.document && `, ${t('interval.document', { number: stop.document })}`}
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={t('interval.notes')}>
        {audit.notes.length === 0 ? (
          <p className="soft">{t('interval.noNotes')}</p>
        ) : (
          <ul className="interval-list">
            {audit.notes.map((note) => (
              <li key={note.id}>
                <When at={note.at} />, {note.author}: <span className="finding-words">{note.text}</span>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title={t('interval.letters')}>
        <Letters letters={audit.letters} />
        <Deliveries dossierId={audit.dossier.id} letterIds={audit.letters.map(({ id }) => id)} />
      </Section>
      <Section title={t('interval.entries')} help={t('entry.help')}>
        <Entries entries={audit.entries} />
      </Section>
    </Stack>
  )
}

/** Click 3: one interval with everything that proves it. */
export default function IntervalPage() {
  const { t } = useTranslation('audit')
  const text = useText()
  const { id } = useParams()
  const { state } = useLocation()
  const query = useQuery(intervalAudit(id!))
  const audit = query.data
  return (
    <div className="audit-print">
      <Back to={audit ? `/kiem-tra/ho-so/${audit.dossier.id}` : '/kiem-tra'} state={state}>
        {audit ? t('back.dossier', { code: audit.dossier.code }) : t('back.list')}
      </Back>
      <Page
        title={
          audit
            ? t('interval.title', { step: text(audit.holding.stepName), code: audit.dossier.code })
            : t('interval.loading')
        }
        wide
        actions={audit && <PrintButton />}
      >
        <Loaded query={query} lines={14}>
          {(loaded) => (
            <Evidence>
              <View audit={loaded} />
            </Evidence>
          )}
        </Loaded>
      </Page>
    </div>
  )
}
