import { Alert, Button, Stack, Table } from '@mantine/core'
import { IconAlertTriangle, IconArrowRight, IconCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TrialView } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { Tag } from '../../shared/tags.tsx'
import { namesIn } from './names.ts'
import { PathView } from './path-view.tsx'

type Result = NonNullable<TrialView['result']>

const Problems = ({ problems, name }: Pick<Result, 'problems'> & { name: (id: string) => string }) => {
  const { t } = useTranslation('studio-trial')
  const text = useText()
  return (
    <Alert icon={<IconAlertTriangle />} color="red" title={t('problems')} role="alert">
      <ul className="trial-list">
        {problems.map(({ elementId, message }) => (
          <li key={`${elementId} ${message.vi}`}>
            {elementId && <strong>{t('at', { element: name(elementId) })}: </strong>}
            {text(message)}
          </li>
        ))}
      </ul>
    </Alert>
  )
}

const Examples = ({
  bpmn,
  examples,
  name,
}: {
  bpmn: string
  examples: Result['examples']
  name: (id: string) => string
}) => {
  const { t } = useTranslation('studio-trial')
  const text = useText()
  const [shown, setShown] = useState(examples.find(({ deviation }) => deviation)?.file ?? examples[0]?.file)
  const example = examples.find(({ file }) => file === shown)
  const ok = examples.filter(({ deviation }) => !deviation).length
  return (
    <>
      <p role="status">{t('summary', { ok, total: examples.length })}</p>
      <ScrollX label={t('examples')}>
        <Table verticalSpacing="xs" className="trial-table">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('name')}</Table.Th>
              <Table.Th>{t('result')}</Table.Th>
              <Table.Th>{t('reached')}</Table.Th>
              <Table.Th>{t('steps')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {examples.map((each) => (
              <Table.Tr key={each.file} aria-current={each.file === shown ? 'true' : undefined}>
                <Table.Td>
                  <Button
                    variant={each.file === shown ? 'light' : 'subtle'}
                    size="compact-sm"
                    aria-pressed={each.file === shown}
                    aria-label={t('show', { name: text(each.name) })}
                    rightSection={<IconArrowRight size={14} aria-hidden="true" />}
                    onClick={() => setShown(each.file)}
                  >
                    {text(each.name)}
                  </Button>
                </Table.Td>
                <Table.Td>
                  <Tag
                    icon={each.deviation ? IconAlertTriangle : IconCheck}
                    tone={each.deviation ? 'late' : 'good'}
                  >
                    {t(each.deviation ? 'off' : 'ok')}
                  </Tag>
                  {each.deviation && <span className="trial-under">{text(each.deviation.message)}</span>}
                </Table.Td>
                <Table.Td>
                  {each.endedAt ? name(each.endedAt) : t('unended')}
                  {each.endedAt !== each.ends && (
                    <span className="trial-under soft">{t('expected', { end: name(each.ends) })}</span>
                  )}
                </Table.Td>
                <Table.Td className="figures">
                  {each.walked}/{each.steps}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollX>
      {example && (
        <section aria-label={t('path', { name: text(example.name) })}>
          <h2 className="section-title">{t('path', { name: text(example.name) })}</h2>
          {example.deviation && (
            <p className="trial-deviation">
              <strong>{t('deviation')}:</strong> {text(example.deviation.message)}
            </p>
          )}
          <PathView key={example.file} bpmn={bpmn} example={example} />
          <ol className="trial-path">
            {example.path.map((id, n) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: an element may be visited more than once, and the way never changes
              <li key={`${n} ${id}`}>{name(id)}</li>
            ))}
          </ol>
        </section>
      )}
    </>
  )
}

/** What came of a trial: problems, or where each example went. */
export const ResultView = ({ trial }: { trial: TrialView }) => {
  const { result, bpmn } = trial
  if (!result) return null
  const name = namesIn(bpmn)
  return (
    <Stack gap="md">
      {result.problems.length > 0 && <Problems problems={result.problems} name={name} />}
      {result.examples.length > 0 && <Examples bpmn={bpmn} examples={result.examples} name={name} />}
    </Stack>
  )
}
