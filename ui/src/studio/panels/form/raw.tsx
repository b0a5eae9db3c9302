import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParts } from '../inputs/part-context.tsx'
import { getIn, isRecord, type Loose, setIn } from '../model/loose.ts'

const write = (value: unknown) => JSON.stringify(value, null, 2)

/** A question as JSON Schema, for what the editor has no input for; it counts once it is JSON. */
export const Raw = ({ fieldKey }: { fieldKey: string }) => {
  const { t } = useTranslation('studio-panels')
  const { parts, apply, readOnly } = useParts()
  const path = ['schema', 'properties', fieldKey]
  const value = getIn(parts.eform, path)
  const [typed, setTyped] = useState<string | null>(null)
  const wrong = typed !== null && parse(typed) === undefined
  // What is typed stays as typed, but for a change that came from elsewhere.
  const stands = typed !== null && (wrong || write(parse(typed)) === write(value))
  const shown = stands ? typed : write(value)
  return (
    <details className="panel-opens">
      <summary>
        <span className="panel-opens-name">{t('form.raw')}</span>
      </summary>
      <Textarea
        className="panel-mono"
        aria-label={t('form.raw')}
        autosize
        minRows={4}
        maxRows={20}
        spellCheck={false}
        readOnly={readOnly}
        error={wrong && stands ? t('form.rawWrong') : undefined}
        value={shown}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          const next = parse(event.currentTarget.value)
          if (next) apply({ eform: setIn(parts.eform, path, next) as Loose })
        }}
      />
    </details>
  )
}

function parse(text: string): Loose | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}
