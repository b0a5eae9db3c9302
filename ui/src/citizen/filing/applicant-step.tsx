import { SegmentedControl, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Applicant, FilingDraft } from './draft.ts'
import { StepButtons } from './step-buttons.tsx'

type Props = {
  applicant: Applicant
  channel: FilingDraft['channel']
  onChange: (change: Partial<Pick<FilingDraft, 'applicant' | 'channel'>>) => void
  onNext: () => void
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/** At the counter: for whom the dossier is filed, and how it came. */
export const ApplicantStep = ({ applicant, channel, onChange, onNext }: Props) => {
  const { t } = useTranslation('citizen')
  const [tried, setTried] = useState(false)
  const set = (field: keyof Applicant) => (event: { currentTarget: { value: string } }) =>
    onChange({ applicant: { ...applicant, [field]: event.currentTarget.value } })
  const wrong = {
    fullName: applicant.fullName.trim() === '' && t('filing.applicant.fullNameMissing'),
    identityNo: applicant.identityNo.trim() === '' && t('filing.applicant.identityNoMissing'),
    email: applicant.email !== '' && !EMAIL.test(applicant.email) && t('filing.applicant.emailWrong'),
  }
  const shown = (field: keyof typeof wrong) => tried && wrong[field]
  return (
    <Stack>
      <div>
        <Text size="sm" fw={500} id="channel-label" mb={4}>
          {t('filing.applicant.channel')}
        </Text>
        <SegmentedControl
          aria-labelledby="channel-label"
          value={channel}
          onChange={(chosen) => onChange({ channel: chosen as FilingDraft['channel'] })}
          data={['DIRECT', 'POSTAL'].map((value) => ({ value, label: t(`shared:channel.${value}`) }))}
        />
      </div>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label={t('filing.applicant.fullName')}
          withAsterisk
          value={applicant.fullName}
          onChange={set('fullName')}
          error={shown('fullName')}
          autoComplete="off"
        />
        <TextInput
          label={t('filing.applicant.identityNo')}
          withAsterisk
          inputMode="numeric"
          value={applicant.identityNo}
          onChange={set('identityNo')}
          error={shown('identityNo')}
          autoComplete="off"
        />
        <TextInput
          label={t('filing.applicant.phone')}
          inputMode="tel"
          value={applicant.phone}
          onChange={set('phone')}
          autoComplete="off"
        />
        <TextInput
          label={t('filing.applicant.email')}
          inputMode="email"
          value={applicant.email}
          onChange={set('email')}
          error={shown('email')}
          autoComplete="off"
        />
      </SimpleGrid>
      <TextInput
        label={t('filing.applicant.address')}
        value={applicant.address}
        onChange={set('address')}
        autoComplete="off"
      />
      <StepButtons onNext={() => (Object.values(wrong).some(Boolean) ? setTried(true) : onNext())} />
    </Stack>
  )
}
