import { Group, Stack } from '@mantine/core'
import { IconLink } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useParams } from 'react-router'
import type { DossierAudit } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { Page } from '../../app/page.tsx'
import { hasRole, isOverseer, useSession } from '../../app/session.tsx'
import { Loaded } from '../../app/states.tsx'
import { ClockCard } from '../../shared/clock.tsx'
import { ControlSlipLink } from '../../shared/control-slip.tsx'
import { Deliveries } from '../../shared/deliveries.tsx'
import { Letters } from '../../shared/letters.tsx'
import { LateTag, StateTag } from '../../shared/tags.tsx'
import '../audit.css'
import { Back } from '../back.tsx'
import { Evidence, PrintButton } from '../evidence.tsx'
import { FindOther } from '../findings/find-other.tsx'
import { FindingsList } from '../findings/findings-list.tsx'
import { OpeningsList } from '../openings/openings-list.tsx'
import { dossierAudit } from '../queries.ts'
import { rememberRow, useReturnToRow } from '../return-row.ts'
import { Section } from '../section.tsx'
import { Balance } from './balance.tsx'
import { Facts } from './facts.tsx'
import { HoldingsTable } from './holdings-table.tsx'
import { Lanes } from './lanes.tsx'
import { PrintedProof } from './printed-proof.tsx'
import { Verdicts } from './verdicts.tsx'

/** The shortest way to the third click: the interval that overran most, where any did. */
const WorstInterval = ({ audit }: { audit: DossierAudit }) => {
  const { t } = useTranslation('audit')
  const text = useText()
  const { state } = useLocation()
  const overran = audit.holdings.filter(({ varianceMinutes }) => (varianceMinutes ?? 0) > 0)
  const [worst] = overran.sort((a, b) => (b.varianceMinutes ?? 0) - (a.varianceMinutes ?? 0))
  if (!worst) return null
  return (
    <p className="no-print">
      <Link
        to={`/kiem-tra/khoang/${worst.id}`}
        state={state}
        data-row={`worst/${worst.id}`}
        onClick={() => rememberRow(`worst/${worst.id}`)}
      >
        {t('dossier.worst', { step: text(worst.stepName) })}
      </Link>
    </p>
  )
}

const View = ({ audit }: { audit: DossierAudit }) => {
  const { t } = useTranslation('audit')
  const text = useText()
  const { dossier } = audit
  const { session } = useSession()
  useReturnToRow(true)
  return (
    <Stack gap="lg">
      <div>
        <p className="audit-sentence">{text(audit.sentence)}</p>
        <WorstInterval audit={audit} />
        <Group gap="xs">
          <StateTag dossier={dossier} />
          {audit.late && <LateTag />}
          <span className="soft">
            {text(dossier.procedure.name)} ({dossier.procedure.code}) · {text(dossier.caseName)}
          </span>
        </Group>
      </div>
      <Facts dossier={dossier} />
      <Section title={t('dossier.who')} help={t('dossier.whoHelp')}>
        <Lanes audit={audit} />
        <HoldingsTable holdings={audit.holdings} />
      </Section>
      <Section title={t('balance.title')} help={t('balance.caption')}>
        <Balance audit={audit} />
      </Section>
      <Section title={t('dossier.verdicts')}>
        <Verdicts verdicts={audit.verdicts} />
      </Section>
      <Section title={t('dossier.letters')}>
        <Letters letters={audit.letters} />
        <Deliveries dossierId={dossier.id} />
      </Section>
      {isOverseer(session) && (
        <Section title={t('findings.title')}>
          <FindingsList filter={{ dossierId: dossier.id }} base="/kiem-tra/phat-hien" />
        </Section>
      )}
      {hasRole(session, 'auditor', 'control') && (
        <Section title={t('openings.title')}>
          <OpeningsList filter={{ dossierId: dossier.id }} />
        </Section>
      )}
      <Section title={t('dossier.clocks')}>
        <Stack gap="sm">
          {audit.clocks.map((clock) => (
            <div key={clock.id}>
              <ClockCard clock={clock} />
              <PrintedProof proof={clock.proof} />
            </div>
          ))}
        </Stack>
      </Section>
    </Stack>
  )
}

/** Click 2: one sentence first, then who held the dossier when. */
export default function DossierAuditPage() {
  const { t } = useTranslation('audit')
  const { id } = useParams()
  const { state } = useLocation()
  const query = useQuery(dossierAudit(id!))
  const overseer = isOverseer(useSession().session)
  const { list = '', from } = (state as { list?: string; from?: string } | null) ?? {}
  return (
    <div className="audit-print">
      <Back to={from ?? `/kiem-tra${list}`}>{t(from ? 'back.from' : 'back.list')}</Back>
      <Page
        title={query.data ? t('dossier.title', { code: query.data.dossier.code }) : t('dossier.loading')}
        wide
        actions={
          query.data && (
            <Group gap="md" className="no-print">
              {overseer && <FindOther id={id!} />}
              <Link to={`/nhat-ky?ho-so=${id}&ma=${query.data.dossier.code}`} className="with-icon">
                <IconLink size={16} aria-hidden="true" /> {t('dossier.trail')}
              </Link>
              {query.data.dossier.receivedAt && <ControlSlipLink dossierId={id!} />}
              <PrintButton />
            </Group>
          )
        }
      >
        <Loaded query={query} lines={14}>
          {(audit) => (
            <Evidence>
              <View audit={audit} />
            </Evidence>
          )}
        </Loaded>
      </Page>
    </div>
  )
}
