import { Radio, Select, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { TaskPage } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { type Uploaded, UploadField } from '../../citizen/upload-field.tsx'
import { useDraft } from '../../shared/use-draft.ts'
import type { ProblemOf } from '../decision/frame.tsx'
import { LivePreview } from './result-preview.tsx'

type Choices = NonNullable<TaskPage['result']>
type Outcome = Choices['outcomes'][number]
type Template = Outcome['templates'][number]

/** By a template of the procedure, by a PDF made elsewhere, or as the procedure has it without either. */
type Way = 'template' | 'upload' | 'standard'
type Words = { way: Way; template: string; parts: Record<string, string>; files: Uploaded[]; title: string }

const PDF_ONLY = { accept: ['application/pdf'], maxBytes: 10 * 1024 * 1024 }

/** Where the officer begins: what came back with its words, else the procedure's first template. */
function beginning(outcome: Outcome | undefined, previous: Choices['previous']): Words {
  const empty = {
    parts: {},
    files: [],
    title: outcome?.title ?? '',
    template: outcome?.templates[0]?.key ?? '',
  }
  const known =
    previous && 'template' in previous && outcome?.templates.some(({ key }) => key === previous.template)
  if (known) return { ...empty, way: 'template', template: previous.template, parts: previous.parts ?? {} }
  return { ...empty, way: outcome && outcome.templates.length > 0 ? 'template' : 'standard' }
}

const partOf = (words: Words, part: Template['parts'][number]) => words.parts[part.key] ?? part.text

const Parts = ({
  template,
  words,
  onChange,
  problemOf,
}: {
  template: Template
  words: Words
  onChange: (parts: Words['parts']) => void
  problemOf: ProblemOf
}) => {
  const { t } = useTranslation('desk')
  const text = useText()
  return (
    <>
      {template.parts.map((part) => (
        <Textarea
          key={part.key}
          label={text(part.label)}
          withAsterisk={part.required}
          autosize
          minRows={2}
          maxRows={12}
          value={partOf(words, part)}
          onChange={(event) => onChange({ ...words.parts, [part.key]: event.currentTarget.value })}
          error={problemOf(`result.parts.${part.key}`)}
        />
      ))}
      <Text size="xs" className="soft">
        {template.basis.text} ({template.basis.source})
        {!template.basis.verified && `, ${t('words.unverified')}`}
      </Text>
    </>
  )
}

const Made = ({
  words,
  onChange,
  problemOf,
}: {
  words: Words
  onChange: (change: (now: Words) => Words) => void
  problemOf: ProblemOf
}) => {
  const { t } = useTranslation('desk')
  return (
    <>
      <TextInput
        label={t('words.title')}
        description={t('words.titleHelp')}
        withAsterisk
        value={words.title}
        onChange={(event) => {
          const title = event.currentTarget.value
          onChange((now) => ({ ...now, title }))
        }}
        error={problemOf('result.title')}
      />
      <UploadField
        name={{ vi: t('words.file') }}
        hint={t('words.fileHelp')}
        rules={PDF_ONLY}
        files={words.files}
        // One file is the letter: the last one chosen takes the place of the first.
        onChange={(change) => onChange((now) => ({ ...now, files: change(now.files).slice(-1) }))}
        error={problemOf('result.uploadId')}
      />
    </>
  )
}

/** What the officer writes into the result: by template with its free parts, or a PDF made elsewhere. */
export const useResultWords = (task: TaskPage) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const choices = task.result
  const outcomeOf = (key: string) => choices?.outcomes.find((one) => one.key === key)
  const [all, setAll] = useDraft<Record<string, Words>>(`task.${task.id}.result`, {})
  const wordsOf = (outcome: Outcome): Words =>
    all[outcome.key] ?? beginning(outcome, choices?.previous ?? null)
  const change = (outcome: Outcome) => (part: (now: Words) => Words) =>
    setAll((now) => ({
      ...now,
      [outcome.key]: part(now[outcome.key] ?? beginning(outcome, choices?.previous ?? null)),
    }))

  /** What the decision carries; nothing when the procedure's own result is written. */
  const data = (key: string): { result?: object } => {
    const outcome = outcomeOf(key)
    if (!outcome) return {}
    const words = wordsOf(outcome)
    if (words.way === 'standard') return {}
    if (words.way === 'upload')
      return { result: { uploadId: words.files[0]?.id ?? '', title: words.title.trim() } }
    const template = outcome.templates.find((one) => one.key === words.template)
    const parts = Object.fromEntries(
      (template?.parts ?? []).map((part) => [part.key, partOf(words, part).trim()]),
    )
    return { result: { template: words.template, parts } }
  }

  const problems = (key: string): Record<string, string | false> => {
    const outcome = outcomeOf(key)
    if (!outcome) return {}
    const words = wordsOf(outcome)
    if (words.way === 'upload')
      return {
        'result.title': !words.title.trim() && t('words.titleMissing'),
        'result.uploadId': words.files.length === 0 && t('words.fileMissing'),
      }
    if (words.way === 'standard') return {}
    const template = outcome.templates.find((one) => one.key === words.template)
    return Object.fromEntries(
      (template?.parts ?? []).map((part) => [
        `result.parts.${part.key}`,
        part.required && !partOf(words, part).trim() && t('words.partMissing'),
      ]),
    )
  }

  /** The fields for an outcome that writes the result; `more` is what else the decision says, for the preview. */
  const fields = (key: string, problemOf: ProblemOf, more: Record<string, unknown> = {}) => {
    const outcome = outcomeOf(key)
    if (!outcome) return null
    const words = wordsOf(outcome)
    const set = change(outcome)
    const template = outcome.templates.find((one) => one.key === words.template)
    const ways: Way[] = outcome.templates.length > 0 ? ['template', 'upload'] : ['standard', 'upload']
    const incomplete = words.way === 'upload' && words.files.length === 0
    return (
      <Stack gap="sm" className="result-words">
        <Radio.Group
          label={t('words.way')}
          value={words.way}
          onChange={(way) => set((now) => ({ ...now, way: way as Way }))}
        >
          <Stack gap={6} mt={4}>
            {ways.map((way) => (
              <Radio key={way} value={way} label={t(`words.${way}`)} />
            ))}
          </Stack>
        </Radio.Group>
        {words.way === 'template' && outcome.templates.length > 1 && (
          <Select
            label={t('words.which')}
            allowDeselect={false}
            data={outcome.templates.map((one) => ({ value: one.key, label: text(one.name) }))}
            value={words.template}
            onChange={(next) => set((now) => ({ ...now, template: next ?? now.template }))}
            error={problemOf('result.template')}
          />
        )}
        {words.way === 'template' && outcome.templates.length === 1 && template && (
          <Text size="sm" fw={500}>
            {text(template.name)}
          </Text>
        )}
        {words.way === 'template' && template && (
          <Parts
            template={template}
            words={words}
            onChange={(parts) => set((now) => ({ ...now, parts }))}
            problemOf={problemOf}
          />
        )}
        {words.way === 'upload' && <Made words={words} onChange={set} problemOf={problemOf} />}
        {!incomplete && (
          <div>
            <LivePreview
              taskId={task.id}
              outcome={key}
              data={{ ...more, ...data(key) }}
              title={t('preview.result')}
            />
          </div>
        )}
      </Stack>
    )
  }
  return { fields, data, problems }
}
