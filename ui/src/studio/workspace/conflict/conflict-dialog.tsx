import { Alert, Button, Group, Modal, SegmentedControl, Skeleton, Text } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProcedureSource } from '../../../app/api-types.ts'
import { useLanguage } from '../../../app/i18n.ts'
import { formatInstant } from '../../../shared/format.ts'
import { ScrollX } from '../../../shared/scroll-x.tsx'
import { useDraftSnapshot, useDraftStore } from '../../draft/draft-context.tsx'
import type { Conflict } from '../../draft/draft-store.ts'
import {
  type Choices,
  type Difference,
  differences,
  firstChoices,
  isDecided,
  merge,
  type Side,
} from './merge.ts'

const StillDiagram = lazy(() => import('./still-diagram.tsx'))
const MOST_SHOWN = 1200
const FEW_LINES = 8

const linesOf = (value: unknown): string[] =>
  (typeof value === 'string' ? value : (JSON.stringify(value, null, 1) ?? '')).split('\n')

/** What one side says: of something long only the lines that the other side does not have. */
const Value = ({ value, other }: { value: unknown; other: unknown }) => {
  const { t } = useTranslation('studio-workspace')
  if (value === undefined) return <span className="soft">{t('conflict.absent')}</span>
  const lines = linesOf(value)
  const known = new Set(other === undefined ? [] : linesOf(other))
  const own = lines.length > FEW_LINES ? lines.filter((line) => !known.has(line)) : lines
  const written = (own.length > 0 ? own : lines).join('\n')
  return <pre>{written.length > MOST_SHOWN ? `${written.slice(0, MOST_SHOWN)}…` : written}</pre>
}

/** What a difference is about, in words: "Bước: Thẩm định hồ sơ". */
const useName = (versions: ProcedureSource[]) => {
  const { t } = useTranslation('studio-workspace')
  return ({ key }: Difference): string => {
    const [first, second, ...rest] = key.split('.')
    if (first === 'bpmn' || first === 'dmn') return t(`source.${first}`)
    if (first === 'definition' && rest.length > 0) {
      const id = rest.join('.')
      const named = versions
        .map(({ definition }) => (definition[second!] as Record<string, { name?: { vi?: string } }>)?.[id])
        .find((each) => each?.name?.vi)
      return t(`conflict.entry.${second}`, { name: named?.name?.vi ?? id })
    }
    if (first === 'definition') return t(`conflict.field.${second}`, t('conflict.data', { key: second }))
    if (first === 'eform') return t('conflict.form', { key: second })
    return t(`conflict.entry.${first}`, { name: [second, ...rest].join('.') })
  }
}

const Chosen = ({
  value,
  disabled,
  label,
  onChoose,
}: {
  value: Side | undefined
  disabled?: boolean
  label: string
  onChoose: (side: Side) => void
}) => {
  const { t } = useTranslation('studio-workspace')
  return (
    <SegmentedControl
      size="xs"
      aria-label={label}
      disabled={disabled}
      value={value ?? ''}
      onChange={(side) => onChoose(side as Side)}
      data={[
        ...(value === undefined ? [{ value: '', label: t('conflict.notChosen'), disabled: true }] : []),
        { value: 'mine', label: t('conflict.mine') },
        { value: 'theirs', label: t('conflict.theirs') },
      ]}
    />
  )
}

const Choosing = ({ conflict }: { conflict: Conflict }) => {
  const { t } = useTranslation('studio-workspace')
  const language = useLanguage()
  const store = useDraftStore()
  const { base, mine, theirs } = conflict
  const found = useMemo(() => differences(base, mine, theirs.source), [base, mine, theirs])
  const [chosen, setChosen] = useState<Choices>({})
  const choices = { ...firstChoices(found), ...chosen }
  const nameOf = useName([mine, theirs.source, base])
  const choose = (key: string) => (side: Side) => setChosen((now) => ({ ...now, [key]: side }))
  const all = (side: Side) => setChosen(Object.fromEntries(found.map(({ key }) => [key, side])))
  const drawing = found.find(({ key }) => key === 'bpmn')
  const left = found.filter(({ key }) => choices[key] === undefined).length
  return (
    <>
      <Alert icon={<IconUsers />} color="yellow" mb="md" role="status">
        {t('conflict.what', {
          who: theirs.by,
          at: formatInstant(theirs.at, language),
          revision: theirs.revision,
        })}
      </Alert>
      {drawing && (
        <section aria-label={t('conflict.drawings')}>
          <Group justify="space-between" mb={6}>
            <Text fw={600}>{t('source.bpmn')}</Text>
            <Chosen
              value={choices.bpmn}
              label={t('conflict.choose', { what: t('source.bpmn') })}
              onChoose={choose('bpmn')}
            />
          </Group>
          <Suspense fallback={<Skeleton height={300} />}>
            <div className="studio-two-views">
              {(['mine', 'theirs'] as const).map((side) => (
                <figure key={side}>
                  <figcaption>
                    {t(`conflict.${side}`)}
                    {choices.bpmn === side && <span className="tag tag-good"> ✓ {t('conflict.kept')}</span>}
                  </figcaption>
                  <StillDiagram
                    bpmn={side === 'mine' ? mine.bpmn : theirs.source.bpmn}
                    label={t(`conflict.drawing.${side}`)}
                  />
                </figure>
              ))}
            </div>
          </Suspense>
        </section>
      )}
      <ScrollX label={t('conflict.table')}>
        <table className="studio-choices">
          <thead>
            <tr>
              {['what', 'mine', 'theirs', 'keep'].map((column) => (
                <th key={column} scope="col">
                  {t(`conflict.column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {found
              .filter(({ key }) => key !== 'bpmn')
              .map((each) => (
                <tr key={each.key}>
                  <th scope="row">
                    {nameOf(each)}
                    <Text size="xs" c="dimmed">
                      {t(`part.${each.part}`)} · {t(`conflict.by.${each.by}`)}
                    </Text>
                  </th>
                  <td>
                    <Value value={each.mine} other={each.theirs} />
                  </td>
                  <td>
                    <Value value={each.theirs} other={each.mine} />
                  </td>
                  <td>
                    <Chosen
                      value={choices[each.key]}
                      label={t('conflict.choose', { what: nameOf(each) })}
                      onChoose={choose(each.key)}
                    />
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      </ScrollX>
      <Group justify="space-between" mt="md">
        <Group gap="xs">
          <Button variant="default" size="sm" onClick={() => all('mine')}>
            {t('conflict.allMine')}
          </Button>
          <Button variant="default" size="sm" onClick={() => all('theirs')}>
            {t('conflict.allTheirs')}
          </Button>
        </Group>
        <Group gap="sm">
          {left > 0 && (
            <Text size="sm" c="dimmed">
              {t('conflict.left', { count: left })}
            </Text>
          )}
          <Button
            disabled={!isDecided(found, choices)}
            onClick={() => store.resolve(merge(mine, theirs.source, found, choices))}
          >
            {t('conflict.go')}
          </Button>
        </Group>
      </Group>
    </>
  )
}

/** Two versions of a draft side by side, and a choice for each thing in which they differ. Nothing is sent before. */
export const ConflictDialog = ({ opened, onClose }: { opened: boolean; onClose: () => void }) => {
  const { t } = useTranslation('studio-workspace')
  const { conflict } = useDraftSnapshot()
  return (
    <Modal
      opened={opened && conflict !== null}
      onClose={onClose}
      title={t('conflict.title')}
      size="90%"
      closeButtonProps={{ 'aria-label': t('conflict.later') }}
    >
      {conflict && <Choosing conflict={conflict} />}
    </Modal>
  )
}
