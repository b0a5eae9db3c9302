import { Alert, Button, Code, CopyButton, Group, Text } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../app/i18n.ts'
import { Failed } from '../../app/states.tsx'
import { formatInstant } from '../../shared/format.ts'
import { passwordLinks } from '../queries.ts'

/** A link with which somebody sets their password, made when it is asked for: mailed to them, or shown once where they have no address. */
export const PasswordLink = ({
  person,
  isNew = false,
  done,
}: {
  person: { id: string; name: string }
  /** They have no password yet. */
  isNew?: boolean
  done: () => void
}) => {
  const { t } = useTranslation('admin')
  const language = useLanguage()
  const making = useMutation({ mutationFn: passwordLinks })
  const link = making.data?.links[0]
  return (
    <Alert color="gray" variant="light" title={t('person.link')} className="password-link-frame">
      {link?.sentTo && (
        <Text size="sm">
          {t('person.linkMailed', {
            name: person.name,
            address: link.sentTo,
            until: formatInstant(Date.parse(link.expiresAt), language),
          })}
        </Text>
      )}
      {link?.url && (
        <>
          <Text size="sm">
            {t('person.linkMade', {
              name: person.name,
              until: formatInstant(Date.parse(link.expiresAt), language),
            })}
          </Text>
          <Code block className="password-link">
            {link.url}
          </Code>
        </>
      )}
      {!link && (
        <Text size="sm">{t(isNew ? 'person.linkFirst' : 'person.linkHelp', { name: person.name })}</Text>
      )}
      {making.error && <Failed problem={making.error} />}
      <Group gap="xs" mt="sm">
        {link?.url && (
          <CopyButton value={link.url}>
            {({ copied, copy }) => (
              <Button
                size="sm"
                variant="default"
                leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
                onClick={copy}
              >
                {t(copied ? 'person.copied' : 'person.copy')}
              </Button>
            )}
          </CopyButton>
        )}
        {!link && (
          <Button size="sm" loading={making.isPending} onClick={() => making.mutate([person.id])}>
            {t('person.linkYes')}
          </Button>
        )}
        <Button size="sm" variant="default" onClick={done}>
          {t(link ? 'person.close' : isNew ? 'person.later' : 'person.cancel')}
        </Button>
      </Group>
    </Alert>
  )
}
