import { Alert, Anchor, Button, CopyButton, Group } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../app/api.ts'
import type { Text } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'

type OpenWork = {
  tasks: number
  open: { code: string; step: Text; unit: Text; state: string }[]
  reassign: { unit: Text; tasks: number; by: string[]; page: string }[]
}

/** Open work is why it was refused: then the list says so better than the sentence of the problem. */
export const readOpenWork = (problem: unknown): OpenWork | null => {
  if (!(problem instanceof ApiProblem) || problem.type !== 'urn:mot-cua:open-tasks') return null
  const { tasks, open, reassign } = problem.facts as Partial<OpenWork>
  return tasks && open && reassign ? { tasks, open, reassign } : null
}

/** Asks whoever heads the unit: the words with the page's whole address, to be sent by whatever means. */
const Ask = ({ words, page }: { words: string; page: string }) => {
  const { t } = useTranslation('admin')
  return (
    <Group gap="xs" mt={4}>
      <CopyButton value={`${words} ${location.origin}${page}`} timeout={3000}>
        {({ copied, copy }) => (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
            onClick={copy}
          >
            {t(copied ? 'person.copied' : 'person.copyRequest')}
          </Button>
        )}
      </CopyButton>
      <Anchor href={page} size="sm">
        {t('person.reassignHere')}
      </Anchor>
    </Group>
  )
}

/** What somebody still holds, by unit, with who reassigns it and the page where they do. */
export const OpenWork = ({ problem, name }: { problem: unknown; name: string }) => {
  const { t } = useTranslation('admin')
  const text = useText()
  const work = readOpenWork(problem)
  if (!work) return null
  return (
    <Alert
      color="red"
      variant="light"
      role="alert"
      mt="sm"
      icon={<IconAlertTriangle />}
      title={t('person.stillOpen', { name, count: work.tasks })}
      className="open-work"
    >
      <p>{t('person.openNext')}</p>
      {work.reassign.map(({ unit, tasks, by, page }) => (
        <div key={page}>
          <strong>{text(unit)}</strong>: {t('person.openWork', { count: tasks })}
          {by.length > 0 && `. ${t('person.reassignedBy', { names: by.join(', ') })}`}
          <Ask words={t('person.request', { count: tasks, name, unit: text(unit) })} page={page} />
          <ul>
            {work.open
              .filter((one) => one.unit.vi === unit.vi)
              .map((one) => (
                <li key={`${one.code}${one.step.vi}`}>
                  <span className="figures">{one.code}</span>: {text(one.step)}
                </li>
              ))}
          </ul>
        </div>
      ))}
      {work.tasks > work.open.length && t('person.openMore', { count: work.tasks - work.open.length })}
    </Alert>
  )
}
