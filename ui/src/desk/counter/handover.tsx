import { Button, Group, Paper, Radio, Stack, Text, Textarea } from '@mantine/core'
import { IconArrowLeft, IconSignature } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { api } from '../../app/api.ts'
import type { HandoverPage as Minutes } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { Page } from '../../app/page.tsx'
import { Loaded } from '../../app/states.tsx'
import { FileButton } from '../../shared/file-button.tsx'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { Tag } from '../../shared/tags.tsx'
import { useDraft } from '../../shared/use-draft.ts'
import { When } from '../../shared/when.tsx'
import '../desk.css'
import './counter.css'
import { Columns, ITEM_COLUMNS, ItemCells, Refused } from './handover-parts.tsx'
import { handover } from './queries.ts'

type Item = Minutes['items'][number]
type Answer = { taken: boolean; reason: string }

const TONES = { given: 'soon', received: 'good', refused: 'late' } as const

/** Receive or refuse one dossier; a refusal has its reason. */
const AnswerCell = ({
  item,
  answer,
  wrong,
  onAnswer,
}: {
  item: Item
  answer: Answer
  wrong: boolean
  onAnswer: (answer: Answer) => void
}) => {
  const { t } = useTranslation('desk')
  return (
    <Stack gap={6} className="handover-reason">
      <Radio.Group
        aria-label={t('handover.answerOf', { code: item.code })}
        value={answer.taken ? 'received' : 'refused'}
        onChange={(value) => onAnswer({ ...answer, taken: value === 'received' })}
      >
        <Group gap="md">
          <Radio size="xs" value="received" label={t('handover.receive')} />
          <Radio size="xs" value="refused" label={t('handover.refuse')} />
        </Group>
      </Radio.Group>
      {!answer.taken && (
        <Textarea
          size="xs"
          autosize
          minRows={1}
          label={t('handover.reason')}
          withAsterisk
          value={answer.reason}
          onChange={(event) => onAnswer({ ...answer, reason: event.currentTarget.value })}
          error={wrong && t('handover.reasonMissing')}
        />
      )}
    </Stack>
  )
}

const Sheet = ({ minutes }: { minutes: Minutes }) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const cache = useQueryClient()
  const [answers, setAnswers, discard] = useDraft<Record<string, Answer>>(`handover.${minutes.id}`, {})
  const [tried, setTried] = useState(false)
  const answerOf = (id: string): Answer => answers[id] ?? { taken: true, reason: '' }
  const refused = minutes.items.filter(({ dossierId }) => !answerOf(dossierId).taken)
  const unreasoned = refused.filter(({ dossierId }) => !answerOf(dossierId).reason.trim())
  const sign = useMutation({
    mutationFn: () =>
      api.post(`/api/handovers/${minutes.id}/answer`, {
        received: minutes.items.map(({ dossierId }) => dossierId).filter((id) => answerOf(id).taken),
        refused: refused.map(({ dossierId }) => ({
          dossierId,
          reason: answerOf(dossierId).reason.trim(),
        })),
      }),
    onSuccess: async () => {
      discard()
      await cache.invalidateQueries({ queryKey: ['handovers'] })
    },
  })
  return (
    <Stack gap="md">
      <Paper p="md">
        <Group justify="space-between" align="flex-start" gap="md">
          <dl className="facts">
            <dt>{t('handover.from')}</dt>
            <dd>
              {text(minutes.giver.name)}, {minutes.givenBy}, <When at={minutes.givenAt} />
            </dd>
            <dt>{t('handover.toUnit')}</dt>
            <dd>
              {text(minutes.receiver.name)}
              {minutes.answeredBy && (
                <>
                  , {minutes.answeredBy}, <When at={minutes.answeredAt} />
                </>
              )}
            </dd>
            {minutes.note && (
              <>
                <dt>{t('handover.note')}</dt>
                <dd>{minutes.note}</dd>
              </>
            )}
          </dl>
          <Group gap="sm">
            <Tag tone={minutes.state === 'given' ? 'soon' : 'good'}>
              {t(`handover.state.${minutes.state}`)}
            </Tag>
            <FileButton href={`/api/handovers/${minutes.id}/pdf`}>{t('handover.print')}</FileButton>
          </Group>
        </Group>
      </Paper>
      <Paper p="md">
        <ScrollX label={t('handover.items')}>
          <table className="worklist handover-table">
            <thead>
              <tr>
                <Columns names={[...ITEM_COLUMNS, 'due', 'answer']} />
              </tr>
            </thead>
            <tbody>
              {minutes.items.map((item) => (
                <tr key={item.dossierId}>
                  <ItemCells item={item} />
                  <td className="nowrap figures">
                    <When at={item.dueAt} />
                  </td>
                  <td>
                    {minutes.canAnswer ? (
                      <AnswerCell
                        item={item}
                        answer={answerOf(item.dossierId)}
                        wrong={tried && !answerOf(item.dossierId).reason.trim()}
                        onAnswer={(answer) => setAnswers((now) => ({ ...now, [item.dossierId]: answer }))}
                      />
                    ) : (
                      <>
                        <Tag tone={TONES[item.state]}>{t(`handover.item.${item.state}`)}</Tag>
                        {item.reason && <Text size="sm">{item.reason}</Text>}
                      </>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollX>
        {sign.error && <Refused problem={sign.error} />}
        {minutes.canAnswer && (
          <Group gap="sm" mt="md">
            <Button
              leftSection={<IconSignature size={16} />}
              loading={sign.isPending}
              onClick={() => (unreasoned.length > 0 ? setTried(true) : sign.mutate())}
            >
              {refused.length === 0
                ? t('handover.signReceive', { count: minutes.items.length })
                : t('handover.signMixed', {
                    count: minutes.items.length - refused.length,
                    refused: refused.length,
                  })}
            </Button>
            <Text size="sm" className="soft">
              {t('handover.receiveHelp')}
            </Text>
          </Group>
        )}
      </Paper>
    </Stack>
  )
}

/** One sheet of minutes: who gave what to whom, signed by the receiver line by line. */
export default function HandoverPage() {
  const { t } = useTranslation('desk')
  const { id = '' } = useParams()
  const query = useQuery(handover(id))
  return (
    <Page
      title={query.data ? t('handover.pageTitle', { number: query.data.number }) : t('handover.minutesTitle')}
      wide
      actions={
        <Button
          component={Link}
          to="/ban-giao"
          variant="subtle"
          size="xs"
          leftSection={<IconArrowLeft size={16} />}
        >
          {t('handover.back')}
        </Button>
      }
    >
      <Loaded query={query} lines={8}>
        {(minutes) => <Sheet key={minutes.id} minutes={minutes} />}
      </Loaded>
    </Page>
  )
}
