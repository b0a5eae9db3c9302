import { Anchor, Button, Group, Paper, Stack, Text } from '@mantine/core'
import { IconDownload, IconEye, IconEyeOff } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LetterView } from '../app/api-types.ts'
import { useText } from '../app/i18n.ts'
import { Empty } from '../app/states.tsx'
import { Preview } from './preview.tsx'
import { Tag } from './tags.tsx'
import { When } from './when.tsx'

export const letterPdf = (letter: LetterView) => `/api/letters/${letter.id}/pdf`

/** What happened to a letter, each step with its instant; steps that lie ahead are left out. */
const Steps = ({ letter }: { letter: LetterView }) => {
  const { t } = useTranslation('shared')
  const steps: [string, string | null][] = [
    ['drafted', letter.draftedAt],
    ['initialled', letter.initialledAt],
    ['signed', letter.signedAt],
    ['issued', letter.issuedAt],
    ['delivered', letter.deliveredAt],
  ]
  return (
    <ul className="letter-steps">
      {steps.map(([step, at]) =>
        at ? (
          <li key={step}>
            {t(`letter.steps.${step}`)} <When at={at} />
            {step === 'signed' && letter.signedBy && ` (${letter.signedBy})`}
          </li>
        ) : null,
      )}
    </ul>
  )
}

/** One letter. `open` shows its PDF at once, a draft's too; others show it when it has been made, to whom may read it. */
export const LetterCard = ({
  letter,
  steps = true,
  open = false,
  readable = true,
}: {
  letter: LetterView
  steps?: boolean
  open?: boolean
  readable?: boolean
}) => {
  const { t } = useTranslation('shared')
  const text = useText()
  const [shown, setShown] = useState(open)
  return (
    <Paper p="md">
      <Group justify="space-between" align="flex-start" gap="xs">
        <div>
          <Text fw={600}>{text(letter.title)}</Text>
          <Text size="sm" className="soft">
            {letter.numberText ? t('letter.number', { number: letter.numberText }) : t('letter.noNumber')}
          </Text>
        </div>
        <Tag tone={letter.state === 'void' ? 'late' : letter.state === 'delivered' ? 'good' : 'plain'}>
          {t(`letter.state.${letter.state}`)}
        </Tag>
      </Group>
      {letter.reason && (
        <Text size="sm" mt="xs">
          {letter.reason}
        </Text>
      )}
      {letter.newDueAt && (
        <Text size="sm" mt="xs">
          {t('letter.newDue')}{' '}
          <strong>
            <When at={letter.newDueAt} />
          </strong>
        </Text>
      )}
      {steps && <Steps letter={letter} />}
      {(letter.hasFile || open) && readable && (
        <Group gap="xs" mt="sm">
          <Button
            size="xs"
            variant="default"
            leftSection={shown ? <IconEyeOff size={16} /> : <IconEye size={16} />}
            aria-expanded={shown}
            onClick={() => setShown(!shown)}
          >
            {shown ? t('hide') : t('show')}
          </Button>
          <Anchor href={letterPdf(letter)} download size="sm" className="with-icon">
            <IconDownload size={16} aria-hidden="true" /> {t('download')}
          </Anchor>
        </Group>
      )}
      {shown && readable && (
        <Preview url={letterPdf(letter)} mediaType="application/pdf" name={text(letter.title)} />
      )}
    </Paper>
  )
}

export const Letters = ({
  letters,
  steps,
  readable,
}: {
  letters: LetterView[]
  steps?: boolean
  readable?: boolean
}) => {
  const { t } = useTranslation('shared')
  if (letters.length === 0) return <Empty title={t('letter.none')} />
  return (
    <Stack gap="sm">
      {letters.map((letter) => (
        <LetterCard key={letter.id} letter={letter} steps={steps} readable={readable} />
      ))}
    </Stack>
  )
}
