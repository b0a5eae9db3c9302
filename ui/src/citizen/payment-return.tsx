import { Alert, Anchor, Button, Group, Loader, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { api } from '../app/api.ts'
import { Page } from '../app/page.tsx'
import { Loaded } from '../app/states.tsx'
import './citizen.css'
import { PaymentLines } from '../shared/payments.tsx'
import { PayOnline, payment } from './payment.tsx'

type Returned = {
  dossierId: string
  dossierCode: string
  genuine: boolean
  responseCode: string
  state: 'pending' | 'paid' | 'failed' | 'to-refund' | 'refunded' | 'voided'
}

const ASK_AGAIN_MS = 2000

/** What became of the attempt, as our own record has it: it changes when the bank has told us. */
const Outcome = ({ returned }: { returned: Returned }) => {
  const { t } = useTranslation('citizen')
  if (!returned.genuine && returned.state === 'pending')
    return (
      <Alert color="red" icon={<IconAlertTriangle />} title={t('payment.strange')} role="alert">
        <Text size="sm">{t('payment.strangeHelp')}</Text>
      </Alert>
    )
  switch (returned.state) {
    case 'pending':
      return (
        <Alert
          color="yellow"
          variant="light"
          icon={<Loader size={20} />}
          title={t('payment.waiting')}
          role="status"
        >
          <Text size="sm">{t('payment.waitingHelp')}</Text>
        </Alert>
      )
    case 'paid':
      return (
        <Alert
          color="desk"
          variant="light"
          icon={<IconCircleCheck />}
          title={t('payment.done')}
          role="status"
        >
          <Text size="sm">{t('payment.doneHelp')}</Text>
        </Alert>
      )
    case 'failed':
      return (
        <Alert color="gray" icon={<IconCircleX />} title={t('payment.failed')} role="status">
          <Text size="sm">
            {t(returned.responseCode === '24' ? 'payment.cancelled' : 'payment.failedHelp')}
          </Text>
        </Alert>
      )
    default:
      return (
        <Alert color="yellow" variant="light" title={t('payment.toRefund')} role="status">
          <Text size="sm">{t('payment.toRefundHelp')}</Text>
        </Alert>
      )
  }
}

/** Where the bank sends the browser back to. It shows how things stand and makes nothing paid. */
export default function PaymentReturnPage() {
  const { t } = useTranslation('citizen')
  const { search } = useLocation()
  const query = useQuery({
    queryKey: ['dossier', 'payment-return', search],
    queryFn: ({ signal }) => api.get<Returned>(`/api/payments/vnpay/return${search}`, signal),
    // The page is told when the bank's message has come; should that be missed, it asks.
    refetchInterval: (state) => (state.state.data?.state === 'pending' ? ASK_AGAIN_MS : false),
  })
  const dossierId = query.data?.dossierId ?? ''
  const page = useQuery({ ...payment(dossierId), enabled: dossierId !== '' })
  const owes = page.data?.fee?.state === 'open' && page.data.can.payOnline
  return (
    <Page title={t('payment.return')}>
      <Loaded query={query} lines={4}>
        {(returned) => (
          <Stack gap="md">
            <Text>
              {t('payment.for')}{' '}
              <Anchor component={Link} to={`/ho-so-cua-toi/${returned.dossierId}`} className="figures">
                {returned.dossierCode}
              </Anchor>
            </Text>
            <Outcome returned={returned} />
            {page.data && returned.state !== 'pending' && <PaymentLines payments={page.data.payments} />}
            <Group>
              {owes && returned.state === 'failed' && <PayOnline dossierId={returned.dossierId} />}
              <Button component={Link} to={`/ho-so-cua-toi/${returned.dossierId}`} variant="default">
                {t('payment.toDossier')}
              </Button>
            </Group>
          </Stack>
        )}
      </Loaded>
    </Page>
  )
}
