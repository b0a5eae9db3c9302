import { Alert, Group, Paper, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ConsultationView } from '../app/api-types.ts'
import { useText } from '../app/i18n.ts'
import { Empty } from '../app/states.tsx'
import { Tag, type Tone, UnverifiedTag } from './tags.tsx'
import { When } from './when.tsx'

const TONES: Record<string, Tone> = { agreed: 'good', objected: 'late', silent: 'soon', open: 'accent' }

export const ConsultationCard = ({ consultation }: { consultation: ConsultationView }) => {
  const { t } = useTranslation('shared')
  const text = useText()
  const outcome = consultation.outcome ?? 'open'
  return (
    <Paper p="md">
      <Group justify="space-between" gap="xs">
        <Text fw={600}>{text(consultation.agency.name)}</Text>
        <Group gap="xs">
          <Tag tone={TONES[outcome]}>{t(`consultation.outcome.${outcome}`)}</Tag>
          {consultation.late && <Tag tone="late">{t('consultation.late')}</Tag>}
        </Group>
      </Group>
      <Text size="sm" my="xs">
        {consultation.question}
      </Text>
      <dl className="facts">
        <dt>{t('consultation.sent')}</dt>
        <dd>
          <When at={consultation.sentAt} />
        </dd>
        <dt>{t('consultation.due')}</dt>
        <dd>
          <When at={consultation.dueAt} />
        </dd>
        {consultation.answeredAt && (
          <>
            <dt>{t('consultation.answered')}</dt>
            <dd>
              <When at={consultation.answeredAt} />
            </dd>
          </>
        )}
        <dt>{t('consultation.silence')}</dt>
        <dd>
          {t(`consultation.onSilence.${consultation.onSilence}`)}
          <Text size="xs" className="soft">
            {text(consultation.silenceBasis.text)} {!consultation.silenceBasis.verified && <UnverifiedTag />}
          </Text>
        </dd>
      </dl>
      {consultation.conflictsWithDue && consultation.outcome === null && (
        <Alert color="yellow" variant="light" p="xs" mt="xs" title={t('consultation.conflict')}>
          {t('consultation.conflictHelp')}
        </Alert>
      )}
      {consultation.answer && <blockquote className="note">{consultation.answer}</blockquote>}
    </Paper>
  )
}

export const Consultations = ({ consultations }: { consultations: ConsultationView[] }) => {
  const { t } = useTranslation('shared')
  if (consultations.length === 0) return <Empty title={t('consultation.none')} />
  return (
    <Stack gap="sm">
      {consultations.map((consultation) => (
        <ConsultationCard key={consultation.id} consultation={consultation} />
      ))}
    </Stack>
  )
}
