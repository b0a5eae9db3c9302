import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

/** A list as a file, marked with who takes it. `href` without the kind of file. */
export const TakeAway = ({ href }: { href: string }) => {
  const { t } = useTranslation('audit')
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" size="sm" leftSection={<IconDownload size={16} />}>
          {t('takeAway.label')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={`${href}&format=xlsx`} download>
          {t('takeAway.xlsx')}
        </Menu.Item>
        <Menu.Item component="a" href={`${href}&format=csv`} download>
          {t('takeAway.csv')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
