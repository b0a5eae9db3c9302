import { Anchor } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

/** Opens the control slip of a received dossier, made from the ledger as it stands now, from where it is printed. */
export const ControlSlipLink = ({ dossierId }: { dossierId: string }) => {
  const { t } = useTranslation('shared')
  return (
    <Anchor
      href={`/api/dossiers/${dossierId}/control-slip`}
      target="_blank"
      rel="noopener"
      size="sm"
      className="with-icon"
    >
      <IconPrinter size={16} aria-hidden="true" /> {t('controlSlip')}
    </Anchor>
  )
}
