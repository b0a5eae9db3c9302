import { Alert, Checkbox, Group, NumberInput, Radio, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProcedurePage } from '../../app/api-types.ts'
import { useLanguage, useText } from '../../app/i18n.ts'
import { formatSize } from '../../shared/format.ts'
import { UploadField } from '../upload-field.tsx'
import { type Check, caseOf, checkOf, type FilingDraft, isRequired, type PapersStepProps } from './draft.ts'
import { StepButtons } from './step-buttons.tsx'

type PaperOf = ProcedurePage['papers'][number]
export type CheckLine = Omit<Check, 'paperKey'>
type Line = CheckLine

const STATES = ['scanned', 'original', 'presented', 'missing'] as const
const NEW_LINE: Line = { state: 'scanned', pages: 1, kept: false, note: '' }

/** Why a line cannot go as it is, or undefined. */
export const lineFault = (line: Line | undefined, files: number, required: boolean) => {
  if (!line) return required ? ('state' as const) : undefined
  if (line.state === 'scanned' && files === 0) return 'file' as const
  if (line.state === 'missing' && files > 0) return 'notMissing' as const
  if (line.state !== 'missing' && !(Number(line.pages) >= 1)) return 'pages' as const
  return undefined
}

/** One paper at the counter: scanned, shown, taken as the original, or missing; how many sheets; who keeps it. */
export const PaperLine = ({
  paper,
  required,
  states = STATES,
  line,
  files,
  problem,
  onLine,
  onFiles,
}: {
  paper: PaperOf
  required: boolean
  states?: readonly Line['state'][]
  line: Line | undefined
  files: FilingDraft['papers'][string]
  problem: string | undefined
  onLine: (line: Line | undefined) => void
  onFiles: (change: (files: FilingDraft['papers'][string]) => FilingDraft['papers'][string]) => void
}) => {
  const { t } = useTranslation('citizen')
  const text = useText()
  const language = useLanguage()
  const change = (part: Partial<Line>) => onLine({ ...(line ?? NEW_LINE), ...part })
  return (
    <fieldset className={problem ? 'check-line upload-wrong' : 'check-line'}>
      <legend>
        <strong>{text(paper.name)}</strong>{' '}
        <span className="soft">
          {required ? t('procedure.required') : t('procedure.optional')}
          {paper.note && ` · ${text(paper.note)}`}
        </span>
      </legend>
      <Radio.Group
        aria-label={t('filing.checklist.stateOf', { name: text(paper.name) })}
        value={line?.state ?? ''}
        onChange={(state) => change({ state: state as Line['state'], kept: state === 'original' })}
        error={problem}
      >
        <Group gap="md">
          {states.map((state) => (
            <Radio key={state} value={state} label={t(`filing.checklist.state.${state}`)} />
          ))}
        </Group>
      </Radio.Group>
      {line && line.state !== 'missing' && (
        <Group gap="md" align="flex-end" mt="xs">
          <NumberInput
            label={t('filing.checklist.pages')}
            min={1}
            max={9999}
            allowDecimal={false}
            w={110}
            value={line.pages}
            onChange={(pages) => change({ pages: Number(pages) || 0 })}
          />
          {line.state === 'scanned' && (
            <Checkbox
              label={t('filing.checklist.kept')}
              checked={line.kept}
              onChange={(event) => change({ kept: event.currentTarget.checked })}
              mb={8}
            />
          )}
          <TextInput
            label={t('filing.checklist.note')}
            value={line.note}
            onChange={(event) => change({ note: event.currentTarget.value })}
            className="check-note"
          />
        </Group>
      )}
      {(line?.state === 'scanned' || files.length > 0) && (
        <UploadField
          name={paper.name}
          plain
          hint={t('filing.checklist.scanHelp', { size: formatSize(paper.maxBytes, language) })}
          rules={paper}
          files={files}
          onChange={onFiles}
        />
      )}
    </fieldset>
  )
}

/** The scan checklist: a line a paper. What is missing is said now, and leads to form 02 or form 03 at once. */
export const ChecklistStep = ({ procedure, draft, setDraft, onNext, onBack }: PapersStepProps) => {
  const { t } = useTranslation('citizen')
  const text = useText()
  const [tried, setTried] = useState(false)
  const caseKey = caseOf(procedure, draft.formData)
  const filesOf = (key: string) => draft.papers[key] ?? []
  const faultOf = (paper: PaperOf) =>
    lineFault(checkOf(draft, paper.key), filesOf(paper.key).length, isRequired(paper, caseKey, draft.channel))
  const setLine = (key: string, line: Line | undefined) =>
    setDraft((now) => {
      if (!now.counter) return now
      const { [key]: _old, ...others } = now.counter.checks
      return { ...now, counter: { ...now.counter, checks: line ? { ...others, [key]: line } : others } }
    })
  const missing = procedure.papers.filter(
    (paper) => checkOf(draft, paper.key)?.state === 'missing' && isRequired(paper, caseKey, draft.channel),
  )
  return (
    <Stack gap="sm">
      <Text size="sm" className="soft">
        {t('filing.checklist.help')}
      </Text>
      {procedure.papers
        .filter(({ lookUp }) => lookUp)
        .map((paper) => (
          <Text key={paper.key} size="sm">
            {text(paper.name)}: {t('procedure.lookedUp', { text: paper.lookUp?.basis.text })}
          </Text>
        ))}
      {procedure.papers.map((paper) => {
        if (paper.lookUp) return null
        const fault = faultOf(paper)
        return (
          <PaperLine
            key={paper.key}
            paper={paper}
            required={isRequired(paper, caseKey, draft.channel)}
            line={checkOf(draft, paper.key)}
            files={filesOf(paper.key)}
            problem={tried && fault ? t(`filing.checklist.fault.${fault}`) : undefined}
            onLine={(line) => setLine(paper.key, line)}
            onFiles={(change) =>
              setDraft((now) => ({
                ...now,
                papers: { ...now.papers, [paper.key]: change(now.papers[paper.key] ?? []) },
              }))
            }
          />
        )
      })}
      {missing.length > 0 && (
        <Alert color="yellow" role="status" title={t('filing.checklist.missingTitle')}>
          <Text size="sm">
            {t('filing.checklist.missingHelp', {
              papers: missing.map((paper) => text(paper.name)).join('; '),
            })}
          </Text>
        </Alert>
      )}
      <StepButtons
        onBack={onBack}
        onNext={() =>
          procedure.papers.some((paper) => !paper.lookUp && faultOf(paper)) ? setTried(true) : onNext()
        }
      />
    </Stack>
  )
}
