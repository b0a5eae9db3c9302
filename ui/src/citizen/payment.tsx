import { Alert, Button, Group, Paper, Stack, Text } from '@mantine/core'
import { IconCash, IconClockHour4, IconCreditCard } from '@tabler/icons-react'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../app/api.ts'
import type { PaymentPage } from '../app/api-types.ts'
import { useLanguage, useText } from '../app/i18n.ts'
import { Failed } from '../app/states.tsx'
import { formatMoney } from '../shared/format.ts'
import { PaymentLines } from '../shared/payments.tsx'
import { When } from '../shared/when.tsx'
import './citizen.css'

/** Under the dossier's own key: whatever makes that stale makes this stale. */
export const payment = (dossierId: string) =>
  queryOptions({
    queryKey: ['dossier', dossierId, 'payment'],
    queryFn: ({ signal }) => api.get<PaymentPage>(`/api/dossiers/${dossierId}/payment`, signal),
  })

/** Sends the browser to the bank. Coming back shows; the bank's own message pays. */
export const PayOnline = ({ dossierId }: { dossierId: string }) => {
  const { t } = useTranslation('citizen')
  const cache = useQueryClient()
  const paying = useMutation({
    mutationFn: () => api.post<{ url: string }>(`/api/dossiers/${dossierId}/payment/vnpay`),
    onSuccess: ({ url }) => location.assign(url),
    onError: () => void cache.invalidateQueries({ queryKey: ['dossier', dossierId] }),
  })
  return (
    <>
      {paying.error && <Failed problem={paying.error} />}
      <Button
        leftSection={<IconCreditCard size={18} aria-hidden="true" />}
        loading={paying.isPending || paying.isSuccess}
        onClick={() => paying.mutate()}
      >
        {t('payment.online')}
      </Button>
    </>
  )
}

const Owed = ({
  dossierId,
  page,
  fee,
}: {
  dossierId: string
  page: PaymentPage
  fee: NonNullable<PaymentPage['fee']>
}) => {
  const { t } = useTranslation('citizen')
  const language = useLanguage()
  const text = useText()
  const isPending = page.payments.some(({ state }) => state === 'pending')
  return (
    <Stack gap="sm">
      <Text>
        {t('payment.owed')}{' '}
        <strong className="figures payment-amount">{formatMoney(fee.amount, language)}</strong>,{' '}
        {t('payment.by')}{' '}
        <strong>
          <When at={fee.payBy} />
        </strong>
        . {t('payment.then')}
      </Text>
      {isPending && (
        <Alert
          color="yellow"
          variant="light"
          icon={<IconClockHour4 />}
          role="status"
          title={t('payment.waiting')}
        >
          <Text size="sm">{t('payment.waitingHelp')}</Text>
        </Alert>
      )}
      {page.can.payOnline && (
        <Group>
          <PayOnline dossierId={dossierId} />
        </Group>
      )}
      <Text size="sm" className="with-icon">
        <IconCash size={18} aria-hidden="true" />
        <span>
          {t('payment.cash', { counter: text(page.counter.name) })}
          {page.counter.address && `, ${page.counter.address}`}
        </span>
      </Text>
      <Text size="sm" className="soft">
        {t('payment.basis')} {fee.basis.text}
        {!fee.basis.verified && ` (${t('shared:unverified')})`}
      </Text>
    </Stack>
  )
}

/** What the dossier costs, what has been paid and how to pay; nothing for a dossier without a fee. */
export const PaymentCard = ({ dossierId }: { dossierId: string }) => {
  const { t } = useTranslation('citizen')
  const language = useLanguage()
  const { data: page } = useQuery(payment(dossierId))
  if (!page?.fee) return null
  const { fee } = page
  return (
    <Paper
      p="md"
      component="section"
      aria-labelledby="payment-title"
      className={fee.state === 'open' ? 'supplement' : undefined}
    >
      <h2 className="section-title" id="payment-title">
        {t('payment.title')}
      </h2>
      <Stack gap="sm">
        {fee.state === 'open' && <Owed dossierId={dossierId} page={page} fee={fee} />}
        {fee.state === 'paid' && (
          <Text>{t('payment.paid', { amount: formatMoney(fee.amount, language) })}</Text>
        )}
        {fee.state === 'expired' && (
          <Text>{t('payment.expired', { amount: formatMoney(fee.amount, language) })}</Text>
        )}
        {page.payments.some(({ state }) => state === 'to-refund') && (
          <Alert color="yellow" variant="light" title={t('payment.toRefund')}>
            <Text size="sm">{t('payment.toRefundHelp')}</Text>
          </Alert>
        )}
        <PaymentLines payments={page.payments} />
      </Stack>
    </Paper>
  )
}
