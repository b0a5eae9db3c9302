import { Alert, Text } from '@mantine/core'
import { IconCoins } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ProcedurePage } from '../app/api-types.ts'
import { useLanguage } from '../app/i18n.ts'
import { feeOf } from '../shared/fees.ts'
import { formatMoney } from '../shared/format.ts'
import { When } from '../shared/when.tsx'
import { durationWords } from './limit.ts'
import { payment } from './payment.tsx'

/** Before filing: what it will cost this way, until when it is to be paid, and that reception comes after. */
export const FeeNote = ({
  procedure,
  channel,
  caseKey,
}: {
  procedure: ProcedurePage
  channel: string
  caseKey: string | undefined
}) => {
  const { t } = useTranslation('citizen')
  const language = useLanguage()
  const fee = feeOf(procedure, channel, caseKey)
  if (!fee || !procedure.payment) return null
  return (
    <Alert
      color="desk"
      variant="light"
      icon={<IconCoins />}
      title={t('payment.note', { amount: formatMoney(fee.amount, language) })}
    >
      <Text size="sm">
        {t(channel === 'ONLINE' ? 'payment.noteOnline' : 'payment.noteCounter', {
          limit: durationWords(t, procedure.payment.limit),
        })}
      </Text>
      <Text size="sm" className="soft">
        {t('payment.basis')} {fee.basis.text}
        {!fee.basis.verified && ` (${t('shared:unverified')})`}
      </Text>
    </Alert>
  )
}

/** After filing: it is not with the one-stop yet, the fee comes first. */
export const FeeAfterFiling = ({ dossierId }: { dossierId: string }) => {
  const { t } = useTranslation('citizen')
  const language = useLanguage()
  const { data } = useQuery(payment(dossierId))
  if (data?.fee?.state !== 'open') return null
  return (
    <Alert
      color="yellow"
      variant="light"
      icon={<IconCoins />}
      title={t('payment.note', { amount: formatMoney(data.fee.amount, language) })}
    >
      <Text size="sm">
        {t('payment.afterFiling')} <When at={data.fee.payBy} />.
      </Text>
    </Alert>
  )
}
