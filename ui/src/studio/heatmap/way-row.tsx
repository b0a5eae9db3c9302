import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { RealWay } from './real-way.tsx'

type Props = { one: { id: string; code: string }; open: string; setOpen: (id: string) => void }

/** Shows what a dossier really went through, under its row. */
export const WayButton = ({ one, open, setOpen }: Props) => {
  const { t } = useTranslation('studio-heatmap')
  const isOpen = open === one.id
  return (
    <Button
      size="compact-xs"
      variant="default"
      aria-expanded={isOpen}
      aria-label={t('dossiers.showWay', { code: one.code })}
      onClick={() => setOpen(isOpen ? '' : one.id)}
    >
      {t(isOpen ? 'dossiers.hide' : 'dossiers.show')}
    </Button>
  )
}

export const WayRow = ({ one, open, columns }: Omit<Props, 'setOpen'> & { columns: number }) =>
  open === one.id && (
    <tr>
      <td colSpan={columns}>
        <RealWay id={one.id} />
      </td>
    </tr>
  )
