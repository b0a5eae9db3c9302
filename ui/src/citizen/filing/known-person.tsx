import { Alert, Button, Checkbox, Group, Text } from '@mantine/core'
import { IconUserCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../app/api.ts'
import type { KnownPerson } from '../../app/api-types.ts'
import { Failed } from '../../app/states.tsx'
import type { Applicant } from './draft.ts'
import { written } from './prefill.ts'

const sameName = (one: string, other: string) =>
  written(one).toLocaleLowerCase('vi') === written(other).toLocaleLowerCase('vi')

/**
 * Looks the number on the paper up, so that nobody stands in the record twice: offers the person there is, and asks
 * when the name differs.
 */
export const KnownPeople = ({
  applicant,
  asked,
  onTake,
  onAnother,
}: {
  applicant: Applicant
  /** The number as it stood when the field was left. */
  asked: string
  onTake: (person: KnownPerson) => void
  onAnother: (another: boolean) => void
}) => {
  const { t } = useTranslation('citizen')
  const found = useQuery({
    queryKey: ['known-person', asked],
    queryFn: async () =>
      (await api.post<{ people: KnownPerson[] }>('/api/counter/people', { identityNo: asked })).people,
    enabled: asked.replace(/\s/g, '').length >= 6,
    staleTime: 60_000,
    retry: false,
  })
  if (found.error) return <Failed problem={found.error} retry={() => found.refetch()} />
  if (!found.data) return null
  if (found.data.length === 0)
    return (
      <Text size="sm" className="soft" role="status">
        {t('filing.known.none')}
      </Text>
    )
  const taken = found.data.find((person) => sameName(person.fullName, applicant.fullName))
  if (taken) {
    const contact = [taken.phone, taken.email, taken.address].filter(Boolean).join(' · ')
    return (
      <div role="status">
        <Text size="sm" className="with-icon">
          <IconUserCheck size={16} className="tone-good" aria-hidden="true" /> {t('filing.known.taken')}
        </Text>
        {contact && (
          <Text size="sm" className="soft">
            {t('filing.known.contact', { contact })}
          </Text>
        )}
      </div>
    )
  }
  return (
    <Alert color="yellow" variant="light" title={t('filing.known.title')} role="status">
      {found.data.map((person) => (
        <Group key={person.id} justify="space-between" gap="sm" mb={6}>
          <Text size="sm">
            <strong>{person.fullName}</strong>
            {person.address && <span className="soft"> · {person.address}</span>}
          </Text>
          <Button size="xs" variant="default" onClick={() => onTake(person)}>
            {t('filing.known.take', { name: person.fullName })}
          </Button>
        </Group>
      ))}
      <Checkbox
        label={t('filing.known.another')}
        checked={applicant.anotherPerson ?? false}
        onChange={(event) => onAnother(event.currentTarget.checked)}
      />
    </Alert>
  )
}
