import { Alert, Button, Group } from '@mantine/core'
import { IconDownload, IconKey } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Failed } from '../../app/states.tsx'
import { saveFile } from '../../shared/save-file.ts'
import { passwordLinks } from '../queries.ts'

/** People who were added have no password: links for them, by mail where there is an address; the list of the others is shown to nobody again. */
export const FirstPasswords = ({ people }: { people: string[] }) => {
  const { t } = useTranslation('admin')
  const making = useMutation({ mutationFn: passwordLinks })
  if (making.data) {
    const { links, csv } = making.data
    const mailed = links.filter(({ sentTo }) => sentTo !== null).length
    return (
      <Alert
        color="gray"
        variant="light"
        icon={<IconKey />}
        title={t('intake.linksMade', { count: links.length })}
        mb="md"
      >
        {mailed > 0 && <p>{t('intake.linksMailed', { count: mailed })}</p>}
        {mailed < links.length && t('intake.linksHelp')}
        <Group mt="sm">
          <Button
            size="sm"
            leftSection={<IconDownload size={16} />}
            onClick={() => saveFile(t('intake.linksFile'), csv)}
          >
            {t('intake.linksSave')}
          </Button>
        </Group>
      </Alert>
    )
  }
  return (
    <Alert
      color="gray"
      variant="light"
      icon={<IconKey />}
      title={t('intake.noPasswords', { count: people.length })}
      mb="md"
    >
      {t('intake.noPasswordsHelp')}
      {making.error && <Failed problem={making.error} />}
      <Group mt="sm">
        <Button
          size="sm"
          variant="default"
          loading={making.isPending}
          onClick={() => making.mutate(people.slice(0, 1000))}
        >
          {t('intake.makeLinks')}
        </Button>
      </Group>
    </Alert>
  )
}
