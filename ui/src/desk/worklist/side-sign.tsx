import { Button, Group, Radio, Stack, Text } from '@mantine/core'
import { IconCheck, IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../app/api.ts'
import type { SignPreview } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { Failed, Loaded } from '../../app/states.tsx'
import { Preview } from '../../shared/preview.tsx'
import { task } from '../queries.ts'
import { type BulkSideProps, Side } from './side.tsx'

const Signing = ({ previews, rows, bulk }: Omit<BulkSideProps, 'onClose'> & { previews: SignPreview[] }) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const [at, setAt] = useState(0)
  const [seen, setSeen] = useState<ReadonlyMap<string, string>>(new Map())
  const about = useQuery(task(previews[0]?.taskId ?? ''))
  const capacities = about.data?.signAs ?? []
  const [post, setPost] = useState('')
  const one = previews[at]
  if (!one) return <Text size="sm">{t('sign.none')}</Text>
  const all = previews.every(({ taskId }) => seen.has(taskId))
  const read = () => {
    setSeen((now) => new Map(now).set(one.taskId, one.fingerprint))
    const next = previews.findIndex(({ taskId }, n) => n !== at && n > at && !seen.has(taskId))
    if (next !== -1) setAt(next)
  }
  const sign = () =>
    bulk.run(
      { act: 'sign', ...(capacities.length > 0 ? { postId: post || capacities[0]!.postId } : {}) },
      rows.flatMap((row) => {
        const fingerprint = seen.get(row.id)
        return fingerprint ? [{ ...row, seen: fingerprint }] : []
      }),
    )
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="xs">
        <Text size="sm">
          <strong>{t('sign.at', { at: at + 1, total: previews.length })}</strong>{' '}
          <span className="figures">{one.dossierCode}</span> {one.applicant}
        </Text>
        <Group gap={4}>
          <Button size="compact-sm" variant="default" disabled={at === 0} onClick={() => setAt(at - 1)}>
            <IconChevronLeft size={16} aria-hidden="true" /> {t('sign.before')}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            disabled={at === previews.length - 1}
            onClick={() => setAt(at + 1)}
          >
            {t('sign.after')} <IconChevronRight size={16} aria-hidden="true" />
          </Button>
        </Group>
      </Group>
      {one.letterId ? (
        <Preview
          url={`/api/letters/${one.letterId}/pdf`}
          mediaType="application/pdf"
          name={one.dossierCode}
        />
      ) : (
        <Text size="sm">{t('sign.noLetter')}</Text>
      )}
      <Group justify="space-between" gap="xs">
        <Button
          data-first
          variant={all ? 'default' : 'filled'}
          onClick={read}
          disabled={seen.has(one.taskId)}
        >
          {seen.has(one.taskId) ? (
            <>
              <IconCheck size={16} aria-hidden="true" /> {t('sign.wasRead')}
            </>
          ) : (
            t('sign.read')
          )}
        </Button>
        <Text size="sm" role="status">
          {t('sign.readCount', { count: seen.size, total: previews.length })}
        </Text>
      </Group>
      {capacities.length > 1 && (
        <Radio.Group label={t('sign.as')} value={post || capacities[0]!.postId} onChange={setPost}>
          <Stack gap={6} mt={4}>
            {capacities.map(({ postId, text: words }) => (
              <Radio key={postId} value={postId} label={text(words)} />
            ))}
          </Stack>
        </Radio.Group>
      )}
      {bulk.problem !== undefined && <Failed problem={bulk.problem} />}
      <Button disabled={!all} loading={bulk.busy} onClick={() => void sign()}>
        {t('sign.all', { count: previews.length })}
      </Button>
      {!all && (
        <Text size="sm" className="soft">
          {t('sign.allHelp')}
        </Text>
      )}
    </Stack>
  )
}

/** Signing several: each letter is read first, and what is signed is the very text that was read. */
export const SignSide = ({ rows, bulk, onClose }: BulkSideProps) => {
  const { t } = useTranslation('desk')
  const ids = rows.map(({ id }) => id).join(',')
  const previews = useQuery({
    queryKey: ['sign-previews', ids],
    queryFn: ({ signal }) => api.get<SignPreview[]>(`/api/desk/sign-previews?tasks=${ids}`, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  return (
    <Side title={t('sign.title', { count: rows.length })} wide onClose={onClose}>
      <Loaded query={previews} lines={8}>
        {(list) => <Signing previews={list} rows={rows} bulk={bulk} />}
      </Loaded>
    </Side>
  )
}
