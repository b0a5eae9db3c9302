import { Button, Drawer, Group, Stack, Text } from '@mantine/core'
import { IconArrowBackUp, IconArrowsDiff } from '@tabler/icons-react'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api } from '../../app/api.ts'
import { useLanguage } from '../../app/i18n.ts'
import { Failed, Loading } from '../../app/states.tsx'
import { formatInstant } from '../../shared/format.ts'
import { useDraftEditor, useDraftStore } from '../draft/draft-context.tsx'
import { draftPath } from '../draft/remote.ts'
import type { DraftView } from '../draft/types.ts'
import { say, sayProblem } from './say.ts'

type Row = {
  revision: number
  at: string
  by: { id: string; name: string }
  changed: string[]
  restoredFrom: number | null
}
type Rows = { revisions: Row[]; more: boolean }

const Revision = ({ row, onRestored }: { row: Row; onRestored: () => void }) => {
  const { t } = useTranslation('studio-workspace')
  const language = useLanguage()
  const store = useDraftStore()
  const { draft, readOnly } = useDraftEditor()
  const [busy, setBusy] = useState(false)
  const restore = async () => {
    setBusy(true)
    try {
      // What is typed becomes a revision of its own first: it can be restored in its turn.
      await store.flush()
      const { revision } = store.snapshot().draft
      await api.post(`${draftPath(draft.id)}/revisions/${row.revision}/restore`, { revision })
      store.load(await api.get<DraftView>(draftPath(draft.id)))
      say(t('history.restored', { revision: row.revision }))
      onRestored()
    } catch (problem) {
      sayProblem(problem, t('history.notRestored'))
    } finally {
      setBusy(false)
    }
  }
  const current = row.revision === draft.revision
  return (
    <li>
      <Text size="sm" fw={500}>
        {t('history.revision', { revision: row.revision })}
        {current && <span className="soft"> · {t('history.current')}</span>}
      </Text>
      <Text size="sm" c="dimmed">
        <time dateTime={row.at}>{formatInstant(row.at, language)}</time> · {row.by.name}
      </Text>
      <Text size="sm">
        {row.restoredFrom !== null
          ? t('history.from', { revision: row.restoredFrom })
          : row.changed.length > 0
            ? t('history.changed', { parts: row.changed.map((part) => t(`source.${part}`)).join(', ') })
            : t('history.first')}
      </Text>
      {!current && (
        <Group gap="xs" mt={6}>
          <Button
            component={Link}
            to={`/thiet-ke/ban-thao/${draft.id}/so-sanh?voi=${row.revision}`}
            size="compact-sm"
            variant="default"
            leftSection={<IconArrowsDiff size={15} />}
          >
            {t('history.compare')}
          </Button>
          {!readOnly && (
            <Button
              size="compact-sm"
              variant="default"
              loading={busy}
              leftSection={<IconArrowBackUp size={15} />}
              onClick={() => void restore()}
            >
              {t('history.restore')}
            </Button>
          )}
        </Group>
      )}
    </li>
  )
}

const List = ({ onRestored }: { onRestored: () => void }) => {
  const { t } = useTranslation('studio-workspace')
  const { draft } = useDraftEditor()
  const cache = useQueryClient()
  const key = ['studio-revisions', draft.id, draft.revision]
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) =>
      api.get<Rows>(`${draftPath(draft.id)}/revisions${pageParam ? `?before=${pageParam}` : ''}`, signal),
    initialPageParam: 0,
    getNextPageParam: (last: Rows) => (last.more ? last.revisions.at(-1)?.revision : undefined),
  })
  if (query.error) return <Failed problem={query.error} retry={() => query.refetch()} />
  if (!query.data) return <Loading />
  return (
    <Stack>
      <ul className="studio-faults">
        {query.data.pages
          .flatMap(({ revisions }) => revisions)
          .map((row) => (
            <Revision
              key={row.revision}
              row={row}
              onRestored={() => {
                void cache.invalidateQueries({ queryKey: ['studio-revisions', draft.id] })
                onRestored()
              }}
            />
          ))}
      </ul>
      {query.hasNextPage && (
        <Button
          variant="default"
          size="xs"
          loading={query.isFetchingNextPage}
          onClick={() => query.fetchNextPage()}
        >
          {t('history.more')}
        </Button>
      )}
    </Stack>
  )
}

/** Every save of a draft: who, when, which parts; compared with now, or put back in place. */
export const HistoryDrawer = ({ opened, onClose }: { opened: boolean; onClose: () => void }) => {
  const { t } = useTranslation('studio-workspace')
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={t('history.title')}
      position="right"
      size={430}
      withOverlay={false}
      lockScroll={false}
      trapFocus={false}
      shadow="lg"
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {opened && <List onRestored={onClose} />}
    </Drawer>
  )
}
