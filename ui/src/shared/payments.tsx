import { Anchor, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PaymentView } from '../app/api-types.ts'
import { useLanguage } from '../app/i18n.ts'
import { formatMoney } from './format.ts'
import { Tag } from './tags.tsx'
import { When } from './when.tsx'

const TONES = {
  pending: 'soon',
  paid: 'good',
  failed: 'plain',
  'to-refund': 'late',
  refunded: 'plain',
  voided: 'plain',
} as const

/** Attempts and payments of a dossier, oldest first: how, how much, when, and the receipt. */
export const PaymentLines = ({ payments }: { payments: PaymentView[] }) => {
  const { t } = useTranslation('shared')
  const language = useLanguage()
  return (
    <ul className="payment-lines">
      {payments.map((one) => (
        <li key={one.id}>
          <span>
            <Tag tone={TONES[one.state]}>{t(`payment.state.${one.state}`)}</Tag>{' '}
            {t(`payment.method.${one.method}`)},{' '}
            <span className="figures">{formatMoney(one.amount, language)}</span>
          </span>
          <Text size="sm" className="soft">
            <When at={one.paidAt ?? one.begunAt} />
            {one.cashier && ` · ${t('payment.cashier', { name: one.cashier })}`}
            {one.payer && ` · ${t('payment.payer', { name: one.payer })}`}
            {one.refundReason && ` · ${one.refundReason}`}
            {one.voided && (
              <>
                {' · '}
                {t('payment.voidedAt')} <When at={one.voided.at} />
                {one.voided.reason && `: ${one.voided.reason}`}
              </>
            )}
          </Text>
          {one.receipt && (
            <Anchor href={`/api/payments/${one.id}/receipt`} target="_blank" rel="noopener" size="sm">
              {t('payment.receipt', { number: one.receipt })}
            </Anchor>
          )}
        </li>
      ))}
    </ul>
  )
}
