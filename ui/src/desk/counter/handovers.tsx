import { Alert, Button, Checkbox, Group, Paper, Stack, Text, TextInput } from '@mantine/core'
import { IconAlertTriangleFilled, IconSignature } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { api } from '../../app/api.ts'
import type { HandoverSummary, ReadyToHandOver } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { Page } from '../../app/page.tsx'
import { Empty, Loaded } from '../../app/states.tsx'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { LateTag, Tag, UnverifiedTag } from '../../shared/tags.tsx'
import { When } from '../../shared/when.tsx'
import '../desk.css'
import './counter.css'
import { Columns, ITEM_COLUMNS, ItemCells, Refused } from './handover-parts.tsx'
import { handovers, readyToHandOver } from './queries.ts'
import { type Found, ScanField } from './scan-field.tsx'

type Group_ = ReadyToHandOver['groups'][number]

/** Those of the batch: paper ones are chosen from the beginning, the electronic ones have arrived already. */
const chosenAtFirst = ({ dossiers }: Group_) =>
  dossiers.filter(({ medium }) => medium === 'paper').map(({ dossierId }) => dossierId)

/** The batch that goes from one unit to another: chosen by hand or by scanning covers, signed once. */
const Batch = ({
  group,
  chosen,
  onChoose,
}: {
  group: Group_
  chosen: ReadonlySet<string>
  onChoose: (dossierId: string, on: boolean) => void
}) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const navigate = useNavigate()
  const cache = useQueryClient()
  const [note, setNote] = useState('')
  // One batch per press, however often the network asks for it again.
  const key = useRef(crypto.randomUUID())
  const mine = group.dossiers.filter(({ dossierId }) => chosen.has(dossierId))
  const give = useMutation({
    mutationFn: () =>
      api.post<{ id: string }>(
        '/api/handovers',
        {
          giverUnitId: group.giver.id,
          receiverUnitId: group.receiver.id,
          dossierIds: mine.map(({ dossierId }) => dossierId),
          note: note.trim(),
        },
        key.current,
      ),
    onSuccess: async ({ id }) => {
      await cache.invalidateQueries({ queryKey: ['handovers'] })
      await navigate(`/ban-giao/${id}`)
    },
    onError: () => {
      key.current = crypto.randomUUID()
    },
  })
  const title = t('handover.to', { unit: text(group.receiver.name) })
  return (
    <Paper p="md" component="section" aria-label={title}>
      <Stack gap="sm">
        <h2 className="section-title">
          {title} <span className="tab-count">{group.dossiers.length}</span>
        </h2>
        <ScrollX label={title}>
          <table className="worklist handover-table">
            <thead>
              <tr>
                <th scope="col" className="handover-choice">
                  <span className="visually-hidden">{t('handover.choose')}</span>
                </th>
                <Columns names={[...ITEM_COLUMNS, 'received', 'due']} />
              </tr>
            </thead>
            <tbody>
              {group.dossiers.map((one) => (
                <tr key={one.dossierId}>
                  <td>
                    <Checkbox
                      size="xs"
                      aria-label={t('handover.chooseOne', { code: one.code })}
                      checked={chosen.has(one.dossierId)}
                      onChange={(event) => onChoose(one.dossierId, event.currentTarget.checked)}
                    />
                  </td>
                  <ItemCells
                    item={one}
                    remark={
                      one.refusedBefore && (
                        <Text size="sm" className="tone-late with-icon">
                          <IconAlertTriangleFilled size={14} aria-hidden="true" />
                          {t('handover.refusedBefore', { reason: one.refusedBefore })}
                        </Text>
                      )
                    }
                  />
                  <td className="nowrap figures">
                    <When at={one.receivedAt} />
                  </td>
                  <td className="nowrap figures">
                    <When at={one.dueAt} /> {one.late && <LateTag />}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollX>
        <TextInput
          label={t('handover.note')}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          maw={560}
        />
        {give.error && <Refused problem={give.error} />}
        <Group gap="sm">
          <Button
            leftSection={<IconSignature size={16} />}
            disabled={mine.length === 0}
            loading={give.isPending}
            onClick={() => give.mutate()}
          >
            {t('handover.sign', { count: mine.length })}
          </Button>
          <Text size="sm" className="soft">
            {t('handover.signHelp')}
          </Text>
        </Group>
      </Stack>
    </Paper>
  )
}

const Ready = ({ ready }: { ready: ReadyToHandOver }) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const [changed, setChanged] = useState<Record<string, boolean>>({})
  const [said, setSaid] = useState<{ good: boolean; words: string }>()
  const first = new Set(ready.groups.flatMap(chosenAtFirst))
  const chosen = new Set(
    ready.groups
      .flatMap((group) => group.dossiers.map(({ dossierId }) => dossierId))
      .filter((id) => changed[id] ?? first.has(id)),
  )
  const choose = (id: string, on: boolean) => setChanged((now) => ({ ...now, [id]: on }))
  const scan = (found: Found) => {
    const group = ready.groups.find((one) => one.dossiers.some(({ dossierId }) => dossierId === found.id))
    if (!group)
      return setSaid({
        good: false,
        words: t('handover.notReady', {
          code: found.code,
          state: found.step ? text(found.step) : t(`shared:dossierState.${found.state}`),
        }),
      })
    choose(found.id, true)
    setSaid({
      good: true,
      words: t('handover.added', { code: found.code, unit: text(group.receiver.name) }),
    })
  }
  return (
    <Stack gap="md">
      <Text size="sm">
        {text(ready.rule.text)}{' '}
        <span className="soft">
          {ready.rule.source} {!ready.rule.verified && <UnverifiedTag />}
        </span>
      </Text>
      {ready.groups.length === 0 ? (
        <Paper p="md">
          <Empty title={t('handover.none')} />
        </Paper>
      ) : (
        <>
          <Paper p="md">
            <ScanField label={t('handover.scan')} onFound={scan} />
            {said && (
              <Alert
                color={said.good ? 'green' : 'red'}
                variant="light"
                mt="xs"
                p="xs"
                role={said.good ? 'status' : 'alert'}
              >
                <Text size="sm">{said.words}</Text>
              </Alert>
            )}
          </Paper>
          {ready.groups.map((group) => (
            <Batch
              key={`${group.giver.id}${group.receiver.id}`}
              group={group}
              chosen={chosen}
              onChoose={choose}
            />
          ))}
        </>
      )}
    </Stack>
  )
}

const List = ({ list }: { list: HandoverSummary[] }) => {
  const { t } = useTranslation('desk')
  const text = useText()
  if (list.length === 0) return <Empty title={t('handover.noMinutes')} />
  return (
    <ScrollX label={t('handover.minutes')}>
      <table className="worklist handover-table">
        <thead>
          <tr>
            <Columns names={['number', 'from', 'receiver', 'given', 'count', 'state']} />
          </tr>
        </thead>
        <tbody>
          {list.map((one) => (
            <tr key={one.id}>
              <td className="nowrap">
                <Link to={`/ban-giao/${one.id}`} className="row-link figures">
                  <strong>{one.number}</strong>
                </Link>
              </td>
              <td>
                {text(one.giver.name)}, {one.givenBy}
              </td>
              <td>{text(one.receiver.name)}</td>
              <td className="nowrap figures">
                <When at={one.givenAt} />
              </td>
              <td className="figures">{one.count}</td>
              <td>
                {one.state === 'given' ? (
                  <Tag tone="soon">{t('handover.state.given')}</Tag>
                ) : (
                  <>
                    <Tag tone="good">{t('handover.state.answered')}</Tag>{' '}
                    {one.refused > 0 && (
                      <Tag tone="late">{t('handover.refusedCount', { count: one.refused })}</Tag>
                    )}
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollX>
  )
}

/** Handing over: what waits to leave my unit, and the minutes given and received. */
export default function HandoversPage() {
  const { t } = useTranslation('desk')
  const ready = useQuery(readyToHandOver())
  const list = useQuery(handovers())
  return (
    <Page title={t('handover.title')} wide>
      <Stack gap="lg">
        <Loaded query={ready} lines={6}>
          {(data) => <Ready ready={data} />}
        </Loaded>
        <Paper p="md" component="section" aria-label={t('handover.minutes')}>
          <h2 className="section-title">{t('handover.minutes')}</h2>
          <Loaded query={list} lines={4}>
            {(data) => <List list={data} />}
          </Loaded>
        </Paper>
      </Stack>
    </Page>
  )
}
