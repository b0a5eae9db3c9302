import { Button, Collapse, Group, Paper, Stack, Text } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ClockView } from '../app/api-types.ts'
import { useText } from '../app/i18n.ts'
import { ProofView } from './proof.tsx'
import { Remaining, Tag } from './tags.tsx'
import { When } from './when.tsx'

/** One clock in words and dates; how its date was counted unfolds beneath it. */
export const ClockCard = ({ clock, open = false }: { clock: ClockView; open?: boolean }) => {
  const { t } = useTranslation('shared')
  const text = useText()
  const [shown, setShown] = useState(open)
  const id = useId()
  const isMain = clock.kind === 'dossier'
  const state = clock.endedAt ? 'ended' : clock.stoppedAt ? 'stopped' : 'running'
  return (
    <Paper p="md">
      <Group justify="space-between" gap="xs" mb="xs">
        <Text fw={600}>
          {t(`clock.kind.${clock.kind}`)}
          {clock.round > 1 && ` · ${t('clock.round', { round: clock.round })}`}
        </Text>
        <Group gap="xs">
          <Tag tone={state === 'running' ? 'accent' : 'plain'}>{t(`clock.${state}`)}</Tag>
          {clock.remaining && <Remaining minutes={clock.remainingMinutes} words={text(clock.remaining)} />}
        </Group>
      </Group>
      <dl className="facts">
        <dt>{t('clock.started')}</dt>
        <dd>
          <When at={clock.startedAt} />
        </dd>
        <dt>{clock.reappointedDueAt ? t('clock.originalDue') : t(isMain ? 'clock.due' : 'clock.until')}</dt>
        <dd>
          <When at={clock.dueAt} />
        </dd>
        {clock.reappointedDueAt && (
          <>
            <dt>{t('clock.newDue')}</dt>
            <dd>
              <strong>
                <When at={clock.reappointedDueAt} />
              </strong>
            </dd>
          </>
        )}
        {clock.legalDueAt !== clock.dueAt && (
          <>
            <dt>{t('clock.legalDue')}</dt>
            <dd>
              <When at={clock.legalDueAt} />
            </dd>
          </>
        )}
        {clock.apologyBy && (
          <>
            <dt>{t('clock.apologyBy')}</dt>
            <dd>
              <When at={clock.apologyBy} />
            </dd>
          </>
        )}
        {(clock.endedAt ?? clock.stoppedAt) && (
          <>
            <dt>{clock.endedAt ? t('clock.ended') : t('clock.stopped')}</dt>
            <dd>
              <When at={clock.endedAt ?? clock.stoppedAt} />
            </dd>
          </>
        )}
        {isMain && (
          <>
            <dt>{t('clock.mode')}</dt>
            <dd>{t(`clock.modes.${clock.mode}`)}</dd>
          </>
        )}
      </dl>
      <Button
        variant="subtle"
        size="compact-sm"
        mt="xs"
        px={0}
        aria-expanded={shown}
        aria-controls={id}
        onClick={() => setShown(!shown)}
        rightSection={shown ? <IconChevronUp size={16} /> : <IconChevronDown size={16} />}
      >
        {t('clock.how')}
      </Button>
      <Collapse expanded={shown} id={id}>
        <Stack mt="xs">
          <ProofView proof={clock.proof} />
        </Stack>
      </Collapse>
    </Paper>
  )
}
