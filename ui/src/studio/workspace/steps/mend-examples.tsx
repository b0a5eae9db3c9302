import { Alert, Button, Text } from '@mantine/core'
import { IconRoute } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraftEditor } from '../../draft/draft-context.tsx'
import { type ExampleFile, goneFrom, mendExamples } from './example-walks.ts'
import { graphOfXml } from './graph-of-xml.ts'
import { type LooseDefinition, orderWays } from './rows.ts'

/** Says which examples do not go the way that is drawn, and leads them all along it as one act. */
export const MendExamples = () => {
  const { t } = useTranslation('studio-workspace')
  const { source, change, readOnly } = useDraftEditor()
  const [done, setDone] = useState<number | null>(null)
  const examples = source.examples as ExampleFile[]
  const found = useMemo(() => {
    const definition = source.definition as LooseDefinition
    const graph = graphOfXml(source.bpmn)
    if (!graph) return null
    orderWays(graph, definition)
    return { ...mendExamples(graph, definition, examples), gone: goneFrom(graph, examples) }
  }, [source.bpmn, source.definition, examples])
  if (!found || (found.mended.length === 0 && found.left.length === 0))
    return (
      <div role="status">
        {done !== null && found && <Text size="sm">{t('mend.done', { count: done })}</Text>}
      </div>
    )
  const steps = source.definition.steps as LooseDefinition['steps']
  const nameOf = (id: string) => steps?.[id]?.name.vi ?? id
  return (
    <Alert color="yellow" icon={<IconRoute />} mb="md" title={t('mend.title')}>
      <Text size="sm">{t('mend.what', { count: found.mended.length + found.left.length })}</Text>
      {found.gone.size > 0 && (
        <Text size="sm">
          {t('mend.gone', {
            steps: [...found.gone]
              .map(([id, count]) => t('mend.goneOne', { step: nameOf(id), count }))
              .join('; '),
          })}
        </Text>
      )}
      {found.left.length > 0 && <Text size="sm">{t('mend.left', { names: found.left.join(', ') })}</Text>}
      {found.mended.length > 0 && !readOnly && (
        <Button
          size="xs"
          mt="xs"
          onClick={() => {
            setDone(found.mended.length)
            change({ examples: found.examples as typeof source.examples })
          }}
        >
          {t('mend.go')}
        </Button>
      )}
    </Alert>
  )
}
