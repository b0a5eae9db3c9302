import { Button, Group, TextInput } from '@mantine/core'
import { IconCash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../app/api.ts'
import { useLanguage } from '../../app/i18n.ts'
import { say } from '../../app/say.ts'
import { Failed } from '../../app/states.tsx'
import { formatMoney } from '../../shared/format.ts'
import './cash.css'

type Taken = { id: string; receipt: string }

/** Takes the whole fee of one dossier in cash; who hands it over may be somebody else than the applicant. */
export const TakeCash = ({
  dossierId,
  amount,
  applicant,
  onTaken,
}: {
  dossierId: string
  amount: number
  applicant: string
  onTaken?: () => void
}) => {
  const { t } = useTranslation('desk')
  const language = useLanguage()
  const cache = useQueryClient()
  const [payer, setPayer] = useState('')
  // One press of the button is one payment, however often the network makes it be sent.
  const key = useRef(crypto.randomUUID())
  const taking = useMutation({
    mutationFn: () =>
      api.post<Taken>(`/api/dossiers/${dossierId}/payment/cash`, { amount, payer }, key.current),
    onSuccess: ({ receipt }) => {
      say(t('cash.taken', { amount: formatMoney(amount, language), receipt }))
      for (const stale of ['dossier', 'cash-shifts', 'owed', 'tasks'])
        void cache.invalidateQueries({ queryKey: [stale] })
      onTaken?.()
    },
    onError: () => {
      key.current = crypto.randomUUID()
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        taking.mutate()
      }}
    >
      {taking.error && <Failed problem={taking.error} />}
      <Group align="flex-end" gap="sm">
        <TextInput
          label={t('cash.payer')}
          placeholder={applicant}
          value={payer}
          onChange={(event) => setPayer(event.currentTarget.value)}
          maxLength={200}
          className="cash-payer"
        />
        <Button
          type="submit"
          loading={taking.isPending}
          leftSection={<IconCash size={18} aria-hidden="true" />}
        >
          {t('cash.take', { amount: formatMoney(amount, language) })}
        </Button>
      </Group>
    </form>
  )
}
