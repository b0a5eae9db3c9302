import { Stack, Text, Title, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useText } from '../../app/i18n.ts'
import type { StudioFault } from './protocol.ts'

const PARTS: StudioFault['part'][] = [
  'diagram',
  'form',
  'papers',
  'routing',
  'limits',
  'fees',
  'letters',
  'examples',
  'facts',
]

type Select = (fault: StudioFault) => void

const FaultLine = ({ fault, onSelect }: { fault: StudioFault; onSelect: Select | undefined }) => {
  const { t } = useTranslation('studio-lint')
  const text = useText()
  const tag = (
    <span className={fault.severity === 'error' ? 'tag tag-late' : 'tag tag-soon'}>
      {t(`severity.${fault.severity}`)}
    </span>
  )
  return (
    <li>
      {onSelect ? (
        <UnstyledButton onClick={() => onSelect(fault)}>
          {tag} {text(fault.message)}
        </UnstyledButton>
      ) : (
        <Text>
          {tag} {text(fault.message)}
        </Text>
      )}
      <Text size="sm" c="dimmed" mt={4}>
        <strong>{t('reason')}</strong> {text(fault.reason)}
      </Text>
      <Text size="sm" mt={4}>
        <strong>{t('mend')}</strong> {text(fault.mend)}
      </Text>
      {fault.needsAcknowledgement && (
        <Text size="sm" mt={4}>
          {t('needsReason')}
        </Text>
      )}
      {fault.source && (
        <Text size="xs" c="dimmed" mt={4}>
          {fault.source.text}
          {!fault.source.verified && ` (${t('unverified')})`}
        </Text>
      )}
    </li>
  )
}

/** What the rules say, by the part of the workspace in which it is mended; errors stand first in each. */
export const FaultList = ({ faults, onSelect }: { faults: StudioFault[]; onSelect?: Select }) => {
  const { t } = useTranslation('studio-lint')
  if (faults.length === 0) return <Text size="sm">{t('clean')}</Text>
  return (
    <Stack gap="lg">
      {PARTS.map((part) => {
        const own = faults.filter((fault) => fault.part === part)
        const sorted = [
          ...own.filter(({ severity }) => severity === 'error'),
          ...own.filter(({ severity }) => severity === 'warning'),
        ]
        if (own.length === 0) return null
        return (
          <section key={part} aria-labelledby={`faults-${part}`}>
            <Title order={3} size="h5" id={`faults-${part}`} mb="xs">
              {t('heading', { part: t(`part.${part}`), count: own.length })}
            </Title>
            <ul className="studio-faults">
              {sorted.map((fault, n) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two faults may be alike in every word
                <FaultLine key={`${fault.rule}-${fault.elementId}-${n}`} fault={fault} onSelect={onSelect} />
              ))}
            </ul>
          </section>
        )
      })}
    </Stack>
  )
}
