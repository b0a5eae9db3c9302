import { Alert, Button, Paper, Stack, Text, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ApiProblem, api } from '../../app/api.ts'
import type { PaymentPage, PaymentView } from '../../app/api-types.ts'
import { useLanguage } from '../../app/i18n.ts'
import { Failed } from '../../app/states.tsx'
import { payment } from '../../citizen/payment.tsx'
import { formatMoney } from '../../shared/format.ts'
import { PaymentLines } from '../../shared/payments.tsx'
import { When } from '../../shared/when.tsx'
import './cash.css'
import { openShift } from './cash-queries.ts'
import { TakeCash } from './cash-take.tsx'

/** Money that nothing was owed for: whoever heads the one-stop says how it went back. */
const RefundForm = ({ one, dossierId }: { one: PaymentView; dossierId: string }) => {
  const { t } = useTranslation('desk')
  const cache = useQueryClient()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const refunding = useMutation({
    mutationFn: () => api.post(`/api/payments/${one.id}/refund`, { reason }),
    onSuccess: () => void cache.invalidateQueries({ queryKey: ['dossier', dossierId] }),
  })
  return (
    <Stack gap="xs">
      {refunding.error instanceof ApiProblem && <Failed problem={refunding.error} />}
      <Textarea
        label={t('cash.refundReason')}
        description={t('cash.refundHelp')}
        withAsterisk
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={tried && reason.trim() === '' && t('cash.refundReasonMissing')}
        maxLength={1000}
        autosize
        minRows={2}
      />
      <Button
        variant="default"
        loading={refunding.isPending}
        onClick={() => {
          setTried(true)
          if (reason.trim() !== '') refunding.mutate()
        }}
      >
        {t('cash.refund')}
      </Button>
    </Stack>
  )
}

const OpenFee = ({
  page,
  dossierId,
  applicant,
}: {
  page: PaymentPage
  dossierId: string
  applicant: string
}) => {
  const { t } = useTranslation('desk')
  const language = useLanguage()
  const shift = useQuery({ ...openShift(), enabled: page.can.takeCash })
  const { fee } = page
  if (!fee) return null
  return (
    <Stack gap="sm">
      <Text>
        {t('cash.owed', { amount: formatMoney(fee.amount, language) })} <When at={fee.payBy} />.{' '}
        {t('cash.notYet')}
      </Text>
      {page.can.takeCash &&
        shift.isSuccess &&
        (shift.data ? (
          <TakeCash dossierId={dossierId} amount={fee.amount} applicant={applicant} />
        ) : (
          <Text size="sm">
            {t('cash.noShift')} <Link to="/mot-cua/thu-tien">{t('cash.toShift')}</Link>
          </Text>
        ))}
    </Stack>
  )
}

/**
 * The fee of a dossier as staff see it; nothing for a dossier without one. `acting` is the place beside the decision: it
 * shows the fee while something is to be done about it, the other place when it is only read.
 */
export const CashPanel = ({
  dossierId,
  applicant,
  acting = false,
}: {
  dossierId: string
  applicant: string
  acting?: boolean
}) => {
  const { t } = useTranslation('desk')
  const language = useLanguage()
  const { data: page } = useQuery(payment(dossierId))
  if (!page?.fee) return null
  const { fee } = page
  const isToDo = fee.state === 'open' || page.payments.some(({ state }) => state === 'to-refund')
  if (isToDo !== acting) return null
  return (
    <Paper p="md" component="section" aria-labelledby="fee-title" className="cash-panel">
      <h2 className="section-title" id="fee-title">
        {t('cash.fee')}
      </h2>
      <Stack gap="sm">
        {fee.state === 'open' ? (
          <OpenFee page={page} dossierId={dossierId} applicant={applicant} />
        ) : (
          <Text>
            {t(`cash.state.${fee.state}`, { amount: formatMoney(fee.amount, language) })}{' '}
            <When at={fee.settledAt} />
          </Text>
        )}
        <PaymentLines payments={page.payments} />
        {page.payments
          .filter(({ state }) => state === 'to-refund')
          .map((one) => (
            <Alert key={one.id} color="yellow" variant="light" title={t('cash.toRefund')}>
              {page.can.refund ? (
                <RefundForm one={one} dossierId={dossierId} />
              ) : (
                <Text size="sm">{t('cash.toRefundHelp')}</Text>
              )}
            </Alert>
          ))}
      </Stack>
    </Paper>
  )
}
