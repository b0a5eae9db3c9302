import { Kbd, Modal, Switch, Table } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useSingleKeys } from './use-keys.ts'

const KEYS: [string[], string][] = [
  [['j', 'k'], 'move'],
  [['Enter'], 'open'],
  [['Space'], 'select'],
  [['/'], 'search'],
  [['0–9'], 'digits'],
  [['n'], 'note'],
  [['o'], 'openPersonal'],
  [['a'], 'assign'],
  [['r'], 'remind'],
  [['u'], 'update'],
  [['1–4'], 'choose'],
  [['Ctrl', 'Enter'], 'decide'],
  [['z'], 'takeBack'],
  [['?'], 'help'],
]

/** The shortcuts, and the switch that turns single keys off. */
export const KeysHelp = ({ opened, onClose }: { opened: boolean; onClose: () => void }) => {
  const { t } = useTranslation('desk')
  const [on, setOn] = useSingleKeys()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('keys.title')}
      closeButtonProps={{ 'aria-label': t('keys.close') }}
    >
      <Table verticalSpacing={6}>
        <Table.Tbody>
          {KEYS.map(([keys, act]) => (
            <Table.Tr key={act}>
              <Table.Td>
                {keys.map((key) => (
                  <Kbd key={key} mr={4}>
                    {key}
                  </Kbd>
                ))}
              </Table.Td>
              <Table.Td>{t(`keys.${act}`)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Switch
        mt="md"
        checked={on}
        onChange={(event) => setOn(event.currentTarget.checked)}
        label={t('keys.single')}
        description={t('keys.singleHelp')}
      />
    </Modal>
  )
}
