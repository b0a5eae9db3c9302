import { Group, NativeSelect } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useText } from '../../app/i18n.ts'
import { Page } from '../../app/page.tsx'
import { isOverseer, useSession } from '../../app/session.tsx'
import { Loading } from '../../app/states.tsx'
import { useAddress } from '../../shared/use-address.ts'
import { AuditPage } from '../audit-page.tsx'
import { findingList } from '../queries.ts'
import { FindingsList } from './findings-list.tsx'

const STATES = ['none', 'asked', 'overdue', 'answered', 'concluded'] as const

/** Every finding within reach: the clock's own and the auditors', with what has become of each. */
const All = () => {
  const { t } = useTranslation('audit')
  const text = useText()
  const { query, put } = useAddress()
  const [kind, state, dossierId] = [
    query.get('loai') ?? '',
    query.get('tinh-trang') ?? '',
    query.get('ho-so') ?? '',
  ]
  const filter = { kind, state, dossierId }
  // The kinds come with any page of the list.
  const kinds = useInfiniteQuery(findingList(filter)).data?.pages[0]?.kinds ?? []
  return (
    <>
      <Group gap="sm" align="flex-end" className="period-bar no-print">
        <NativeSelect
          size="sm"
          label={t('findings.column.kind')}
          value={kind}
          onChange={(event) => put({ loai: event.currentTarget.value })}
          data={[
            { value: '', label: t('findings.all') },
            ...kinds.map((one) => ({ value: one.key, label: text(one.name) })),
          ]}
        />
        <NativeSelect
          size="sm"
          label={t('findings.column.state')}
          value={state}
          onChange={(event) => put({ 'tinh-trang': event.currentTarget.value })}
          data={[
            { value: '', label: t('findings.all') },
            ...STATES.map((value) => ({
              value,
              label: t(`explanation.${value === 'none' ? 'finding' : value}`),
            })),
          ]}
        />
        {dossierId && (
          <button type="button" className="tally-part" onClick={() => put({ 'ho-so': '' })}>
            {t('findings.ofOne')}
          </button>
        )}
      </Group>
      <FindingsList filter={filter} base="/kiem-tra/phat-hien" />
    </>
  )
}

export default function FindingsPage() {
  const { t } = useTranslation('audit')
  const { session } = useSession()
  return (
    <AuditPage title={t('findings.title')}>
      {session === undefined ? (
        <Loading />
      ) : isOverseer(session) ? (
        <All />
      ) : (
        <FindingsList filter={{}} base="/kiem-tra/phat-hien" />
      )}
    </AuditPage>
  )
}

/** What I, or the unit I answer for, am asked to explain. */
export function ExplanationsPage() {
  const { t } = useTranslation('audit')
  return (
    <Page title={t('explain.title')} wide>
      <p className="soft">{t('explain.help')}</p>
      <FindingsList filter={{ mine: 'true' }} base="/giai-trinh" />
    </Page>
  )
}
