import { Button, Group, Stack, Switch, Text, TextInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../app/api.ts'
import type { SavedView } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { hasRole, useSession } from '../../app/session.tsx'
import { Failed } from '../../app/states.tsx'
import { Side } from './side.tsx'
import type { View } from './view-address.ts'

const clean = (view: View): View => JSON.parse(JSON.stringify(view))

/** Saves the list as it stands: for oneself, or (whoever assigns the unit's work) for the whole unit. */
export const ViewSide = ({
  view,
  saved,
  onClose,
}: {
  view: View
  saved: SavedView[]
  onClose: () => void
}) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const cache = useQueryClient()
  const { session } = useSession()
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const [tried, setTried] = useState(false)
  const heads = session?.posts.find(({ role }) => ['unit-head', 'one-stop-head', 'leader'].includes(role))
  const mayShare = hasRole(session, 'unit-head', 'one-stop-head', 'leader') && !!heads
  const same = saved.find((one) => one.mine && one.name === name.trim())
  const stale = () => cache.invalidateQueries({ queryKey: ['saved-views'] })
  const saving = useMutation({
    mutationFn: () => {
      const body = { name: name.trim(), content: clean(view), unitId: shared && heads ? heads.unit.id : null }
      return same ? api.put(`/api/desk/views/${same.id}`, body) : api.post('/api/desk/views', body)
    },
    onSuccess: async () => {
      await stale()
      onClose()
    },
  })
  const removing = useMutation({
    mutationFn: (id: string) => api.delete(`/api/desk/views/${id}`),
    onSettled: stale,
  })
  const save = () => {
    setTried(true)
    if (name.trim() && !saving.isPending) saving.mutate()
  }
  const mine = saved.filter((one) => one.mine)
  return (
    <Side title={t('views.save')} onClose={onClose}>
      <Stack gap="sm">
        <Text size="sm" className="soft">
          {t('views.help')}
        </Text>
        <TextInput
          label={t('views.name')}
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Enter' && save()}
          error={tried && !name.trim() && t('views.nameMissing')}
        />
        {mayShare && (
          <Switch
            checked={shared}
            onChange={(event) => setShared(event.currentTarget.checked)}
            label={t('views.share', { unit: text(heads.unit.name) })}
          />
        )}
        {saving.error && <Failed problem={saving.error} />}
        <Button onClick={save} loading={saving.isPending}>
          {same ? t('views.overwrite') : t('views.save')}
        </Button>
        {mine.length > 0 && (
          <section>
            <Text size="sm" fw={600}>
              {t('views.mine')}
            </Text>
            <ul className="view-list">
              {mine.map((one) => (
                <li key={one.id}>
                  <Group justify="space-between" gap="xs" wrap="nowrap">
                    <Text size="sm">
                      {one.name}
                      {one.sharedWith && <span className="soft"> · {text(one.sharedWith.name)}</span>}
                    </Text>
                    <Button
                      size="compact-xs"
                      variant="subtle"
                      color="red"
                      leftSection={<IconTrash size={14} />}
                      aria-label={t('views.removeOne', { name: one.name })}
                      onClick={() => removing.mutate(one.id)}
                    >
                      {t('views.remove')}
                    </Button>
                  </Group>
                </li>
              ))}
            </ul>
            {removing.error && <Failed problem={removing.error} />}
          </section>
        )}
      </Stack>
    </Side>
  )
}
