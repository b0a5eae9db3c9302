import { Button, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldProblem } from '../../app/api.ts'
import type { LetterTemplate } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { say } from '../../app/say.ts'
import { Failed } from '../../app/states.tsx'
import { DayInput } from '../../shared/day-input.tsx'
import { writeTemplate } from '../queries.ts'
import { History } from './history.tsx'
import { Sample } from './sample.tsx'

type Words = LetterTemplate['shipped']
const braced = (fields: string[]) => fields.map((field) => `{{${field}}}`).join(', ')
/** Of a version's words those that may be changed still: an older one may lack a part, or hold one that is the law's now. */
const editable = (words: Words, shipped: Words): Words =>
  Object.fromEntries(Object.entries(shipped).map(([key, text]) => [key, words[key] ?? text]))

/** The parts of a letter on the left, the letter with made-up data on the right, its versions beneath. */
export const Editor = ({ template }: { template: LetterTemplate }) => {
  const { t } = useTranslation('admin')
  const text = useText()
  const client = useQueryClient()
  const newest = template.versions[0]
  const [parts, setParts] = useState(editable(newest?.parts ?? {}, template.shipped))
  const [validFrom, setValidFrom] = useState<string | null>(template.today)
  const [note, setNote] = useState('')
  const write = useMutation({
    mutationFn: () =>
      writeTemplate(template.kind, {
        parts,
        validFrom: validFrom ?? '',
        note,
        after: newest?.version ?? 0,
      }),
    onSuccess: async ({ version }) => {
      say(t('template.written', { version }))
      await client.invalidateQueries({ queryKey: ['letter-templates'] })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    write.mutate()
  }
  const atFields = [...template.parts.map(({ key }) => `parts.${key}`), 'validFrom', 'note']
  const known = atFields.some((field) => fieldProblem(write.error, field))
  return (
    <div className="template">
      <form className="template-editor" onSubmit={submit} noValidate>
        <h2 className="section-title">{template.title}</h2>
        {template.parts.map(({ key, label, fixed, law }) =>
          law ? (
            <div key={key} className="template-law">
              <div className="template-law-label">{text(label)}</div>
              <div className="soft">{t('template.law')}</div>
              <p>{law}</p>
            </div>
          ) : (
            <Textarea
              key={key}
              label={text(label)}
              description={fixed.length > 0 ? t('template.fixed', { fields: braced(fixed) }) : undefined}
              error={fieldProblem(write.error, `parts.${key}`)}
              autosize
              minRows={2}
              maxLength={4000}
              value={parts[key] ?? ''}
              onChange={(event) => setParts({ ...parts, [key]: event.currentTarget.value })}
            />
          ),
        )}
        <div className="template-save">
          <DayInput
            label={t('template.validFrom')}
            minDate={template.today}
            value={validFrom}
            onChange={setValidFrom}
            error={fieldProblem(write.error, 'validFrom')}
          />
          <TextInput
            className="template-note"
            label={t('template.note')}
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            error={fieldProblem(write.error, 'note')}
          />
          <Button type="submit" loading={write.isPending}>
            {t('template.write', { version: (newest?.version ?? 0) + 1 })}
          </Button>
        </div>
        {write.error && !known && <Failed problem={write.error} />}
        <History
          template={template}
          onRestore={(words, name) => {
            setParts(editable(words, template.shipped))
            setNote(t('template.restoredNote', { name }))
          }}
        />
      </form>
      <Sample kind={template.kind} parts={parts} title={template.title} />
    </div>
  )
}
