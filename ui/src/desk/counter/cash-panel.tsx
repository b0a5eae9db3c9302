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

const WORDS = {
  refund: {
    act: 'cash.refund',
    reason: 'cash.refundReason',
    help: 'cash.refundHelp',
    missing: 'cash.refundReasonMissing',
  },
  void: {
    act: 'cash.void',
    reason: 'cash.voidReason',
    help: 'cash.voidHelp',
    missing: 'cash.voidReasonMissing',
  },
} as const

/** What a person says of a payment, with its reason: that it went back, or that its receipt is void. */
const ReasonForm = ({
  one,
  dossierId,
  act,
}: {
  one: PaymentView
  dossierId: string
  act: keyof typeof WORDS
}) => {
  const { t } = useTranslation('desk')
  const cache = useQueryClient()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const words = WORDS[act]
  const saying = useMutation({
    mutationFn: () => api.post(`/api/payments/${one.id}/${act}`, { reason }),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: ['dossier', dossierId] })
      void cache.invalidateQueries({ queryKey: ['cash-shifts'] })
    },
  })
  return (
    <Stack gap="xs" className="cash-narrow">
      {saying.error instanceof ApiProblem && <Failed problem={saying.error} />}
      <Textarea
        label={t(words.reason)}
        description={t(words.help)}
        withAsterisk
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={tried && reason.trim() === '' && t(words.missing)}
        maxLength={1000}
        autosize
        minRows={2}
      />
      <Button
        variant="default"
        loading={saying.isPending}
        onClick={() => {
          setTried(true)
          if (reason.trim() !== '') saying.mutate()
        }}
      >
        {t(words.act)}
      </Button>
    </Stack>
  )
}

/** A wrong receipt: folded away, because it is seldom. */
const VoidReceipt = ({ one, dossierId }: { one: PaymentView; dossierId: string }) => {
  const { t } = useTranslation('desk')
  const [open, setOpen] = useState(false)
  if (open) return <ReasonForm one={one} dossierId={dossierId} act="void" />
  return (
    <Button size="xs" variant="subtle" onClick={() => setOpen(true)}>
      {t('cash.voidReceipt', { number: one.receipt })}
    </Button>
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
          .filter(({ canVoid }) => canVoid)
          .map((one) => (
            <VoidReceipt key={one.id} one={one} dossierId={dossierId} />
          ))}
        {page.payments
          .filter(({ state }) => state === 'to-refund')
          .map((one) => (
            <Alert key={one.id} color="yellow" variant="light" title={t('cash.toRefund')}>
              {page.can.refund ? (
                <ReasonForm one={one} dossierId={dossierId} act="refund" />
              ) : (
                <Text size="sm">{t('cash.toRefundHelp')}</Text>
              )}
            </Alert>
          ))}
      </Stack>
    </Paper>
  )
}
