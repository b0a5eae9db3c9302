import { Button, Menu, Text } from '@mantine/core'
import { IconBookmark, IconBookmarkOff, IconChevronDown } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../app/api.ts'
import type { DossierPage, SupplementView, TaskPage } from '../../app/api-types.ts'
import { Failed } from '../../app/states.tsx'

type Item = SupplementView['items'][number]
export type Phrase = TaskPage['supplement']['phrases'][number]

/** Words kept for this paper, or for any. */
export const phrasesOf = (phrases: Phrase[], paperKey: string) =>
  phrases.filter((phrase) => phrase.paperKey === null || phrase.paperKey === paperKey)

/** Choose among words that were used before; they are put down and can be changed. */
export const PhraseMenu = ({ phrases, onUse }: { phrases: Phrase[]; onUse: (phrase: Phrase) => void }) => {
  const { t } = useTranslation('desk')
  if (phrases.length === 0) return null
  return (
    <Menu position="bottom-start" width={380}>
      <Menu.Target>
        <Button size="compact-sm" variant="subtle" rightSection={<IconChevronDown size={14} />}>
          {t('phrase.use', { count: phrases.length })}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className="phrase-menu">
        {phrases.map((phrase) => (
          <Menu.Item key={`${phrase.text}${phrase.reason}`} onClick={() => onUse(phrase)}>
            <Text size="sm" fw={500}>
              {phrase.text}
            </Text>
            <Text size="xs" className="soft">
              {phrase.reason}
            </Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** Keeps an item's words for the agency, or retires words it keeps. */
export const KeepPhrase = ({ item, task, about }: { item: Item; task: TaskPage; about: DossierPage }) => {
  const { t } = useTranslation('desk')
  const cache = useQueryClient()
  const known = task.supplement.phrases.find(
    ({ text, reason }) => text === item.text.trim() && reason === item.reason.trim(),
  )
  const refresh = () => cache.invalidateQueries({ queryKey: ['task', task.id] })
  const keep = useMutation({
    mutationFn: () =>
      api.post('/api/phrases', {
        agencyId: about.agency.id,
        procedureCode: about.procedure.code,
        paperKey: item.paperKey,
        text: item.text.trim(),
        reason: item.reason.trim(),
        basis: item.basis.trim(),
      }),
    onSuccess: refresh,
  })
  const retire = useMutation({
    mutationFn: (id: string) => api.delete(`/api/phrases/${id}`),
    onSuccess: refresh,
  })
  const problem = keep.error ?? retire.error
  if (!item.text.trim() || !item.reason.trim() || known?.id === null) return null
  return (
    <>
      {known?.id ? (
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          leftSection={<IconBookmarkOff size={14} />}
          loading={retire.isPending}
          onClick={() => retire.mutate(known.id as string)}
        >
          {t('phrase.retire')}
        </Button>
      ) : (
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          leftSection={<IconBookmark size={14} />}
          loading={keep.isPending}
          onClick={() => keep.mutate()}
        >
          {t('phrase.keep')}
        </Button>
      )}
      {problem && <Failed problem={problem} />}
    </>
  )
}
