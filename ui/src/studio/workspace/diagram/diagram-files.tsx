import { Button, FileButton, Group, Text } from '@mantine/core'
import { IconDownload, IconUpload } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../app/api.ts'
import { useText } from '../../../app/i18n.ts'
import { saveFile } from '../../../shared/save-file.ts'
import { useDraftEditor } from '../../draft/draft-context.tsx'
import { say, sayProblem, tell } from '../say.ts'
import type { Session } from './session.ts'

const MOST_REASONS = 5
const OURS = /^p\d{7}/
const processIdOf = (xml: string) => /<(?:\w+:)?process\s[^>]*?\bid="([^"]+)"/.exec(xml)?.[1]

type Checked = { harmless: boolean; harms: { line: number; message: WordsOfTwo }[] }
type WordsOfTwo = { vi: string; en: string }

/** The server says whether a file from outside is a diagram and harmless; another procedure's is not this one's. */
const check = async (xml: string, code: string): Promise<Checked> =>
  api.post<Checked>('/api/studio/check-diagram', {
    kind: 'bpmn',
    xml,
    ...(OURS.test(processIdOf(xml) ?? '') && { code }),
  })

/** A diagram as a file: taken away for another modeller, and brought back. */
export const DiagramFiles = ({ session }: { session: Session }) => {
  const { t } = useTranslation('studio-workspace')
  const text = useText()
  const reset = useRef<() => void>(null)
  const { draft, readOnly } = useDraftEditor()
  const [busy, setBusy] = useState(false)
  const bring = async (file: File | null) => {
    if (!file) return
    setBusy(true)
    try {
      const xml = await file.text()
      const { harmless, harms } = await check(xml, draft.code)
      if (!harmless) {
        const why = harms.map(({ line, message }) => t('files.line', { line, message: text(message) }))
        return tell(t('files.refused', { name: file.name }), why.slice(0, MOST_REASONS).join('\n'))
      }
      await session.bring(xml)
      say(t('files.brought', { name: file.name }))
    } catch (problem) {
      sayProblem(problem, t('files.refused', { name: file.name }))
    } finally {
      reset.current?.()
      setBusy(false)
    }
  }
  const take = async () => {
    const { xml } = await session.modeler.saveXML({ format: true })
    saveFile(`${draft.code}.bpmn`, xml ?? draft.source.bpmn, 'application/xml')
  }
  return (
    <Group gap="xs">
      <Text size="sm" c="dimmed" visibleFrom="lg">
        {t('files.label')}
      </Text>
      {!readOnly && (
        <FileButton onChange={bring} accept=".bpmn,.xml" resetRef={reset}>
          {(props) => (
            <Button
              {...props}
              variant="default"
              size="xs"
              loading={busy}
              leftSection={<IconUpload size={16} />}
            >
              {t('files.bring')}
            </Button>
          )}
        </FileButton>
      )}
      <Button
        variant="default"
        size="xs"
        leftSection={<IconDownload size={16} />}
        onClick={() => void take()}
      >
        {t('files.take')}
      </Button>
    </Group>
  )
}
