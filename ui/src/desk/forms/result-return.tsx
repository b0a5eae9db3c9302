import { Alert, Anchor, Checkbox, Radio, Select, Stack, Text, TextInput } from '@mantine/core'
import { IconFileCertificate } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem, upload } from '../../app/api.ts'
import type { Upload } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { letterPdf } from '../../shared/letters.tsx'
import { useDraft } from '../../shared/use-draft.ts'
import { CompareCard } from '../counter/compare-card.tsx'
import { PrintLink } from '../counter/print-link.tsx'
import { SignaturePad } from '../counter/signature-pad.tsx'
import { DecisionFrame, type FormProps } from '../decision/frame.tsx'
import '../counter/counter.css'

type Draft = {
  checked: boolean
  collector: 'applicant' | 'authorised'
  receivedBy: string
  identityPaper: string
  identityNo: string
  authorisation: string
  signed: 'paper' | 'screen'
  scanned: string
}

/** The papers by which somebody at the counter is known, as they are written down. */
const IDENTITY_PAPERS = ['Căn cước', 'VNeID', 'Hộ chiếu', 'Giấy tờ khác']

/** What changes hands: the result's own letter, to be looked at before it is given. */
const Results = ({ about }: Pick<FormProps, 'about'>) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const results = about.letters.filter(({ kind, state }) => kind === 'result' && state !== 'void')
  if (results.length === 0) return null
  return (
    <div>
      <Text size="sm" fw={500}>
        {t('return.results')}
      </Text>
      <ul className="check-list">
        {results.map((letter) => (
          <li key={letter.id}>
            <IconFileCertificate size={16} aria-hidden="true" />
            <Anchor href={letterPdf(letter)} target="_blank" rel="noopener" size="sm">
              {text(letter.title)} {letter.numberText}
            </Anchor>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** At the counter: the right dossier, the right person, a signature; then the result changes hands. */
export const ResultReturn = (props: FormProps) => {
  const { t } = useTranslation('desk')
  const { about, task } = props
  const [draft, setDraft] = useDraft<Draft>(`task.${task.id}.return`, {
    checked: false,
    collector: 'applicant',
    receivedBy: '',
    identityPaper: 'Căn cước',
    identityNo: '',
    authorisation: '',
    signed: 'paper',
    scanned: '',
  })
  const [picture, setPicture] = useState<{ id?: string; problem?: string }>({})
  const set = (change: Partial<Draft>) => setDraft((now) => ({ ...now, ...change }))
  const authorised = draft.collector === 'authorised'

  const signed = async (drawn: Blob | null) => {
    if (!drawn) return setPicture({})
    try {
      const file = new File([drawn], 'chu-ky.png', { type: 'image/png' })
      setPicture({ id: (await upload<Upload>('/api/uploads', file, () => undefined)).id })
    } catch (problem) {
      setPicture({ problem: problem instanceof ApiProblem ? problem.message : String(problem) })
    }
  }
  return (
    <DecisionFrame
      {...props}
      fields={(_outcome, problemOf) => (
        <Stack gap="sm">
          <Results about={about} />
          <TextInput
            label={t('return.scan')}
            description={t('return.scanHelp')}
            value={draft.scanned}
            onChange={(event) => set({ scanned: event.currentTarget.value })}
            onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
            error={problemOf('scanned')}
            autoComplete="off"
            classNames={{ input: 'figures' }}
          />
          <Radio.Group
            label={t('return.collector')}
            value={draft.collector}
            onChange={(collector) => set({ collector: collector as Draft['collector'] })}
          >
            <Stack gap={6} mt={4}>
              <Radio value="applicant" label={t('return.applicant', { name: about.person.name })} />
              <Radio value="authorised" label={t('return.authorised')} />
            </Stack>
          </Radio.Group>
          {authorised && (
            <>
              <TextInput
                label={t('return.by')}
                withAsterisk
                value={draft.receivedBy}
                onChange={(event) => set({ receivedBy: event.currentTarget.value })}
                error={problemOf('receivedBy')}
                autoComplete="off"
              />
              <TextInput
                label={t('return.authorisation')}
                description={t('return.authorisationHelp')}
                withAsterisk
                value={draft.authorisation}
                onChange={(event) => set({ authorisation: event.currentTarget.value })}
                error={problemOf('authorisation')}
                autoComplete="off"
              />
            </>
          )}
          <Select
            label={t('return.identityPaper')}
            data={IDENTITY_PAPERS}
            value={draft.identityPaper}
            onChange={(paper) => set({ identityPaper: paper ?? '' })}
            allowDeselect={false}
          />
          {authorised ? (
            <TextInput
              label={t('return.identityNo')}
              withAsterisk
              inputMode="numeric"
              value={draft.identityNo}
              onChange={(event) => set({ identityNo: event.currentTarget.value })}
              error={problemOf('identityNo')}
              autoComplete="off"
            />
          ) : (
            about.person.identityNo && (
              <CompareCard dossierId={about.id} onMatch={() => set({ checked: true })} />
            )
          )}
          <Checkbox
            label={
              authorised
                ? t('return.checkedAuthorised')
                : t('return.checkedApplicant', { number: about.person.identityNo || '–' })
            }
            checked={draft.checked}
            onChange={(event) => set({ checked: event.currentTarget.checked })}
            error={problemOf('identityChecked')}
          />
          <Radio.Group
            label={t('return.signed')}
            value={draft.signed}
            onChange={(where) => set({ signed: where as Draft['signed'] })}
            error={problemOf('signatureUploadId')}
          >
            <Stack gap={6} mt={4}>
              <Radio value="paper" label={t('return.onPaper')} />
              <Radio value="screen" label={t('return.onScreen')} />
            </Stack>
          </Radio.Group>
          {draft.signed === 'paper' && (
            <PrintLink
              href={`/api/dossiers/${about.id}/collection-slip?collector=${draft.collector}`}
              label={t('return.slip')}
            />
          )}
          {draft.signed === 'screen' && <SignaturePad label={t('return.pad')} onSigned={signed} />}
          {picture.problem && (
            <Alert color="red" variant="light" role="alert" p="xs">
              <Text size="sm">{picture.problem}</Text>
            </Alert>
          )}
        </Stack>
      )}
      prepare={() => ({
        data: {
          identityChecked: draft.checked,
          collector: draft.collector,
          receivedBy: authorised ? draft.receivedBy.trim() : '',
          identityPaper: draft.identityPaper,
          identityNo: authorised ? draft.identityNo.trim() : '',
          authorisation: authorised ? draft.authorisation.trim() : '',
          signed: draft.signed,
          scanned: draft.scanned.trim(),
          ...(draft.signed === 'screen' && picture.id ? { signatureUploadId: picture.id } : {}),
        },
        problems: {
          identityChecked: !draft.checked && t('return.notChecked'),
          receivedBy: authorised && !draft.receivedBy.trim() && t('return.byMissing'),
          identityNo: authorised && !draft.identityNo.trim() && t('return.identityNoMissing'),
          authorisation: authorised && !draft.authorisation.trim() && t('return.authorisationMissing'),
          signatureUploadId: draft.signed === 'screen' && !picture.id && t('return.notSigned'),
        },
      })}
    />
  )
}
