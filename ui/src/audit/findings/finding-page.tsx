import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useParams } from 'react-router'
import type { FindingPage as Finding } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { Page } from '../../app/page.tsx'
import { Loaded } from '../../app/states.tsx'
import { UnverifiedTag } from '../../shared/tags.tsx'
import { When } from '../../shared/when.tsx'
import '../audit.css'
import { Back } from '../back.tsx'
import { Evidence, PrintButton } from '../evidence.tsx'
import { ExplanationTag } from '../late/explanation-tag.tsx'
import { findingPage } from '../queries.ts'
import { Section } from '../section.tsx'
import { AnswerForm } from './answer-form.tsx'
import { AskForm } from './ask-form.tsx'
import { ConcludeForm } from './conclude-form.tsx'

const Asked = ({
  finding,
  explanation,
}: {
  finding: Finding
  explanation: NonNullable<Finding['explanation']>
}) => {
  const { t } = useTranslation('audit')
  const text = useText()
  const { owner } = finding
  return (
    <dl className="facts interval-facts">
      <dt>{t('finding.asked')}</dt>
      <dd>
        <When at={explanation.askedAt} />, {explanation.askedBy.name}
      </dd>
      <dt>{t('finding.accountable')}</dt>
      <dd>
        {owner &&
          [owner.person?.name, text(owner.unit.name), text(owner.agency.name)].filter(Boolean).join(', ')}
      </dd>
      <dt>{t('finding.due')}</dt>
      <dd>
        <When at={explanation.dueAt} /> ({t('finding.workingDays', { count: explanation.limitDays })})
      </dd>
      <dt>{t('finding.question')}</dt>
      <dd className="finding-words">{explanation.question}</dd>
      {explanation.answers.map((one) => (
        <Fragment key={one.id}>
          <dt>{t('finding.answer')}</dt>
          <dd className="finding-words">
            <strong>{t(`answer.${one.cause}`)}</strong>
            {'\n'}
            {one.answer}
            <span className="late-under soft">
              <When at={one.at} />, {one.by.name}
            </span>
            {one.documents.map((paper) => (
              <a
                key={paper.id}
                href={`/api/explanation-documents/${paper.id}/content`}
                target="_blank"
                rel="noopener"
                className="finding-paper"
              >
                {paper.fileName}
              </a>
            ))}
          </dd>
        </Fragment>
      ))}
      {explanation.concludedAt && (
        <>
          <dt>{t('finding.conclusion')}</dt>
          <dd className="finding-words">
            <strong>{t(explanation.upheld ? 'conclude.upheld' : 'conclude.dismissed')}</strong>
            {'\n'}
            {explanation.conclusion}
            <span className="late-under soft">
              <When at={explanation.concludedAt} />, {explanation.concludedBy?.name}
            </span>
          </dd>
        </>
      )}
    </dl>
  )
}

const View = ({ finding }: { finding: Finding }) => {
  const { t } = useTranslation('audit')
  const text = useText()
  const { explanation, may } = finding
  return (
    <Stack gap="lg">
      <div>
        <p className="audit-sentence">
          {text(finding.kind.reason)}
          {finding.why && ` ${t('findings.why', { reason: text(finding.why) })}`}
        </p>
        <p>
          <ExplanationTag state={finding.state === 'none' ? 'finding' : finding.state} />{' '}
          <span className="soft">
            <When at={finding.at} /> ·{' '}
            {finding.addedBy ? t('findings.by', { name: finding.addedBy.name }) : t('findings.byClock')}
            {finding.kind.source && ` · ${finding.kind.source}`}
          </span>{' '}
          {!finding.kind.verified && <UnverifiedTag />}
        </p>
        <p>
          {text(finding.procedure.name)} ({finding.procedure.code}){' '}
          {may.openDossier && (
            <Link to={`/kiem-tra/ho-so/${finding.dossier.id}`} className="no-print">
              {t('finding.toDossier')}
            </Link>
          )}
        </p>
      </div>
      {explanation && (
        <Section title={t('finding.case')}>
          <Asked finding={finding} explanation={explanation} />
        </Section>
      )}
      {may.ask && (
        <Section title={t('ask.title')} help={t('ask.help')}>
          <AskForm finding={finding} />
        </Section>
      )}
      {may.answer && explanation && (
        <Section title={t('answer.title')}>
          <AnswerForm explanation={explanation} />
        </Section>
      )}
      {may.conclude && explanation && (
        <Section title={t('conclude.title')}>
          <ConcludeForm key={explanation.version} explanation={explanation} />
        </Section>
      )}
    </Stack>
  )
}

/** A finding from what was found to what was concluded, for the auditor and for whoever is asked. */
export default function FindingPage() {
  const { t } = useTranslation('audit')
  const text = useText()
  const { id } = useParams()
  const { state, pathname } = useLocation()
  const query = useQuery(findingPage(id!))
  const mine = pathname.startsWith('/giai-trinh')
  const list = (state as { list?: string } | null)?.list ?? ''
  return (
    <div className="audit-print">
      <Back to={`${mine ? '/giai-trinh' : '/kiem-tra/phat-hien'}${list}`}>
        {t(mine ? 'explain.title' : 'findings.title')}
      </Back>
      <Page
        title={
          query.data
            ? t('finding.title', { kind: text(query.data.kind.name), code: query.data.dossier.code })
            : t('finding.loading')
        }
        actions={query.data && <PrintButton />}
        wide
      >
        <Loaded query={query} lines={10}>
          {(finding) => (
            <Evidence>
              <View finding={finding} />
            </Evidence>
          )}
        </Loaded>
      </Page>
    </div>
  )
}
