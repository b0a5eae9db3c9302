import { Alert, Anchor, Paper, Stack, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import type { DossierPage } from '../app/api-types.ts'
import { useText } from '../app/i18n.ts'
import { Page } from '../app/page.tsx'
import { Loaded } from '../app/states.tsx'
import { ClockCard } from '../shared/clock.tsx'
import { Answers } from '../shared/eform/answers.tsx'
import { GroupParts } from '../shared/group.tsx'
import { History } from '../shared/history.tsx'
import { Letters, letterPdf } from '../shared/letters.tsx'
import { Papers } from '../shared/papers.tsx'
import { LateTag, StateTag } from '../shared/tags.tsx'
import { When } from '../shared/when.tsx'
import './citizen.css'
import { ConfirmForm } from './confirmation.tsx'
import { Notices } from './notifications/list.tsx'
import { Openings } from './openings.tsx'
import { PaymentCard } from './payment.tsx'
import { dossier } from './queries.ts'
import { SupplementAnswer } from './supplement-answer.tsx'
import { Withdraw } from './withdraw.tsx'

/** Filed, and not with the one-stop before its fee is paid. */
const isUnpaid = ({ state, clock }: DossierPage) =>
  state === 'filed' && clock?.kind === 'payment' && clock.endedAt === null

/** Where the dossier stands, in one sentence that a person would say. */
const Standing = ({ about }: { about: DossierPage }) => {
  const { t } = useTranslation('citizen')
  const text = useText()
  const due = about.reappointedDueAt ?? about.dueAt
  return (
    <Paper p="md" className="standing">
      <div className="tags">
        <StateTag dossier={about} />
        {about.late && <LateTag />}
      </div>
      <Text fw={500} mt="xs">
        {about.can.confirm
          ? t('standing.confirm')
          : t(`standing.${isUnpaid(about) ? 'unpaid' : about.state}`)}
      </Text>
      {about.state === 'processing' && about.currentStep && (
        <Text size="sm">{t('standing.now', { step: text(about.currentStep) })}</Text>
      )}
      <dl className="facts">
        <dt>{t('dossier.code')}</dt>
        <dd className="figures">{about.code}</dd>
        <dt>{t('dossier.filed')}</dt>
        <dd>
          <When at={about.filedAt} />
        </dd>
        <dt>{t('dossier.received')}</dt>
        <dd>{about.receivedAt ? <When at={about.receivedAt} /> : t('dossier.notReceived')}</dd>
        {due && (
          <>
            <dt>{about.reappointedDueAt ? t('dossier.newDue') : t('dossier.due')}</dt>
            <dd>
              <strong>
                <When at={due} />
              </strong>
            </dd>
          </>
        )}
        <dt>{t('dossier.agency')}</dt>
        <dd>{text(about.agency.name)}</dd>
      </dl>
    </Paper>
  )
}

const ResultDownload = ({ about }: { about: DossierPage }) => {
  const { t } = useTranslation('citizen')
  const letter = about.letters.find(
    ({ kind, state }) => kind === 'result' && (state === 'delivered' || state === 'issued'),
  )
  if (!letter) return null
  return (
    <Alert color="desk" variant="light" title={t('dossier.result')}>
      <Anchor href={letterPdf(letter)} download className="with-icon">
        <IconDownload size={18} aria-hidden="true" /> {t('dossier.resultDownload')}
      </Anchor>
    </Alert>
  )
}

export default function MyDossierPage() {
  const { t } = useTranslation('citizen')
  const text = useText()
  const { id = '' } = useParams()
  const query = useQuery(dossier(id))
  return (
    <Page title={query.data ? text(query.data.procedure.name) : t('dossier.title')}>
      <Loaded query={query}>
        {(about) => (
          <Stack gap="md">
            <Standing about={about} />
            <ResultDownload about={about} />
            <GroupParts group={about.group} to={(part) => `/ho-so-cua-toi/${part}`} />
            <PaymentCard dossierId={about.id} />
            {about.can.confirm && <ConfirmForm about={about} />}
            {about.can.supplement && <SupplementAnswer about={about} />}
            {about.clock && <ClockCard clock={about.clock} />}
            <section>
              <h2 className="section-title">{t('dossier.letters')}</h2>
              <Letters letters={about.letters} steps={false} />
            </section>
            <section>
              <h2 className="section-title">{t('notices.ofDossier')}</h2>
              <Notices dossierId={about.id} />
            </section>
            <section>
              <h2 className="section-title">{t('dossier.history')}</h2>
              <Paper p="md">
                <History entries={about.history} />
              </Paper>
            </section>
            <section>
              <h2 className="section-title">{t('dossier.papers')}</h2>
              <Paper p="md">
                <Papers papers={about.papers} closed />
              </Paper>
            </section>
            {/* Where it is to be confirmed it stands above, to be answered. */}
            {!about.can.confirm && (
              <section>
                <h2 className="section-title">{t('dossier.form')}</h2>
                <Paper p="md">
                  <Answers schema={about.form.schema} ui={about.form.ui} data={about.form.data} />
                </Paper>
              </section>
            )}
            <Openings about={about} />
            {about.can.withdraw && <Withdraw dossierId={about.id} />}
          </Stack>
        )}
      </Loaded>
    </Page>
  )
}
