import { Checkbox, Divider, Radio, SegmentedControl, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Applicant, AtCounter, FilingDraft, Representative } from './draft.ts'
import { KnownPeople } from './known-person.tsx'
import { StepButtons } from './step-buttons.tsx'

type Props = {
  applicant: Applicant
  counter: AtCounter
  channel: FilingDraft['channel']
  /** In which ways the procedure may be filed. */
  channels: string[]
  onChange: (change: Partial<Pick<FilingDraft, 'applicant' | 'channel' | 'counter'>>) => void
  onNext: () => void
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/
const PAPERS: Representative['paper'][] = ['authorisation', 'guardian', 'introduction', 'none']

/** Somebody stands at the counter in the applicant's place: who, and by which paper. */
const RepresentativeFields = ({
  representative,
  onChange,
  problemOf,
}: {
  representative: Representative
  onChange: (change: Partial<Representative>) => void
  problemOf: (field: 'repName' | 'repNo') => string | false
}) => {
  const { t } = useTranslation('citizen')
  return (
    <Stack gap="sm" className="counter-representative">
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label={t('filing.representative.fullName')}
          withAsterisk
          value={representative.fullName}
          onChange={(event) => onChange({ fullName: event.currentTarget.value })}
          error={problemOf('repName')}
          autoComplete="off"
        />
        <TextInput
          label={t('filing.representative.identityNo')}
          withAsterisk
          inputMode="numeric"
          value={representative.identityNo}
          onChange={(event) => onChange({ identityNo: event.currentTarget.value })}
          error={problemOf('repNo')}
          autoComplete="off"
        />
      </SimpleGrid>
      <Radio.Group
        label={t('filing.representative.paper')}
        value={representative.paper}
        onChange={(paper) => onChange({ paper: paper as Representative['paper'] })}
      >
        <Stack gap={6} mt={4}>
          {PAPERS.map((paper) => (
            <Radio key={paper} value={paper} label={t(`filing.representative.papers.${paper}`)} />
          ))}
        </Stack>
      </Radio.Group>
      {representative.paper !== 'none' && (
        <TextInput
          label={t('filing.representative.paperText')}
          description={t('filing.representative.paperHelp')}
          value={representative.paperText}
          onChange={(event) => onChange({ paperText: event.currentTarget.value })}
          autoComplete="off"
        />
      )}
    </Stack>
  )
}

/** At the counter: for whom the dossier is filed, how it came, who stands there, and whose consent was given. */
export const ApplicantStep = ({ applicant, counter, channel, channels, onChange, onNext }: Props) => {
  const { t } = useTranslation('citizen')
  const [tried, setTried] = useState(false)
  const [asked, setAsked] = useState(applicant.identityNo)
  const set = (field: keyof Applicant) => (event: { currentTarget: { value: string } }) =>
    onChange({ applicant: { ...applicant, [field]: event.currentTarget.value } })
  const at = (change: Partial<AtCounter>) => onChange({ counter: { ...counter, ...change } })
  const wrong = {
    fullName: applicant.fullName.trim() === '' && t('filing.applicant.fullNameMissing'),
    identityNo: applicant.identityNo.trim() === '' && t('filing.applicant.identityNoMissing'),
    email: !!applicant.email && !EMAIL.test(applicant.email) && t('filing.applicant.emailWrong'),
    repName:
      counter.represented && !counter.representative.fullName.trim() && t('filing.applicant.fullNameMissing'),
    repNo:
      counter.represented &&
      !counter.representative.identityNo.trim() &&
      t('filing.applicant.identityNoMissing'),
    consent: counter.how === '' && t('filing.consent.missing'),
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
          data={['DIRECT', 'POSTAL']
            .filter((value) => channels.includes(value))
            .map((value) => ({ value, label: t(`shared:channel.${value}`) }))}
        />
      </div>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label={t('filing.applicant.identityNo')}
          description={t('filing.applicant.identityNoHelp')}
          withAsterisk
          inputMode="numeric"
          value={applicant.identityNo}
          onChange={(event) =>
            onChange({
              applicant: { ...applicant, identityNo: event.currentTarget.value, anotherPerson: false },
            })
          }
          onBlur={() => setAsked(applicant.identityNo.trim())}
          error={shown('identityNo')}
          autoComplete="off"
        />
        <TextInput
          label={t('filing.applicant.fullName')}
          description={t('filing.applicant.fullNameHelp')}
          withAsterisk
          value={applicant.fullName}
          onChange={set('fullName')}
          error={shown('fullName')}
          autoComplete="off"
        />
      </SimpleGrid>
      {asked && (
        <KnownPeople
          applicant={applicant}
          asked={asked}
          onTake={(person) =>
            onChange({
              applicant: {
                ...applicant,
                fullName: person.fullName,
                anotherPerson: false,
              },
            })
          }
          onAnother={(anotherPerson) => onChange({ applicant: { ...applicant, anotherPerson } })}
        />
      )}
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
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
      <Divider />
      <Checkbox
        label={t('filing.representative.is')}
        checked={counter.represented}
        onChange={(event) =>
          at({
            represented: event.currentTarget.checked,
            by: event.currentTarget.checked ? 'representative' : 'applicant',
          })
        }
      />
      {counter.represented && (
        <RepresentativeFields
          representative={counter.representative}
          onChange={(change) => at({ representative: { ...counter.representative, ...change } })}
          problemOf={(field) => shown(field)}
        />
      )}
      <Radio.Group
        label={t('filing.consent.label')}
        description={t('filing.consent.help', {
          name:
            (counter.by === 'representative' ? counter.representative.fullName : applicant.fullName) ||
            t('filing.consent.somebody'),
        })}
        withAsterisk
        value={counter.how}
        onChange={(how) => at({ how: how as AtCounter['how'] })}
        error={shown('consent')}
      >
        <Stack gap={6} mt={6}>
          <Radio value="spoken" label={t('filing.consent.spoken')} />
          <Radio value="signed" label={t('filing.consent.signed')} />
        </Stack>
      </Radio.Group>
      <StepButtons onNext={() => (Object.values(wrong).some(Boolean) ? setTried(true) : onNext())} />
    </Stack>
  )
}
