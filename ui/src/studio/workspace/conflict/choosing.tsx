import '../workspace.css'
import { Alert, Button, Group, SegmentedControl, Skeleton, Text } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProcedureSource } from '../../../app/api-types.ts'
import { ScrollX } from '../../../shared/scroll-x.tsx'
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

/** How the two sides are called: two people, or a draft and the version in force. */
export type SideWords = Record<Side, string> & {
  /** What has happened, and what to do. */
  intro: string
  drawing: Record<Side, string>
  by: Record<Difference['by'], string>
  all: Record<Side, string>
  go: string
}

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
  words,
  label,
  onChoose,
}: {
  value: Side | undefined
  words: SideWords
  label: string
  onChoose: (side: Side) => void
}) => {
  const { t } = useTranslation('studio-workspace')
  return (
    <SegmentedControl
      size="xs"
      aria-label={label}
      value={value ?? ''}
      onChange={(side) => onChoose(side as Side)}
      data={[
        ...(value === undefined ? [{ value: '', label: t('conflict.notChosen'), disabled: true }] : []),
        { value: 'mine', label: words.mine },
        { value: 'theirs', label: words.theirs },
      ]}
    />
  )
}

/** Two sources that come from one, and a choice for each thing in which they differ. Nothing is sent before. */
export const Choosing = ({
  base,
  mine,
  theirs,
  words,
  busy = false,
  onGo,
}: {
  base: ProcedureSource
  mine: ProcedureSource
  theirs: ProcedureSource
  words: SideWords
  busy?: boolean
  onGo: (merged: ProcedureSource) => void
}) => {
  const { t } = useTranslation('studio-workspace')
  const found = useMemo(() => differences(base, mine, theirs), [base, mine, theirs])
  const [chosen, setChosen] = useState<Choices>({})
  const choices = { ...firstChoices(found), ...chosen }
  const nameOf = useName([mine, theirs, base])
  const choose = (key: string) => (side: Side) => setChosen((now) => ({ ...now, [key]: side }))
  const all = (side: Side) => setChosen(Object.fromEntries(found.map(({ key }) => [key, side])))
  const drawing = found.find(({ key }) => key === 'bpmn')
  const left = found.filter(({ key }) => choices[key] === undefined).length
  return (
    <>
      <Alert icon={<IconUsers />} color="yellow" mb="md" role="status">
        {words.intro}
      </Alert>
      {drawing && (
        <section aria-label={t('conflict.drawings')}>
          <Group justify="space-between" mb={6}>
            <Text fw={600}>{t('source.bpmn')}</Text>
            <Chosen
              value={choices.bpmn}
              words={words}
              label={t('conflict.choose', { what: t('source.bpmn') })}
              onChoose={choose('bpmn')}
            />
          </Group>
          <Suspense fallback={<Skeleton height={300} />}>
            <div className="studio-two-views">
              {(['mine', 'theirs'] as const).map((side) => (
                <figure key={side}>
                  <figcaption>
                    {words[side]}
                    {choices.bpmn === side && <span className="tag tag-good"> ✓ {t('conflict.kept')}</span>}
                  </figcaption>
                  <StillDiagram
                    bpmn={side === 'mine' ? mine.bpmn : theirs.bpmn}
                    label={words.drawing[side]}
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
                  {column === 'mine' || column === 'theirs' ? words[column] : t(`conflict.column.${column}`)}
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
                      {t(`part.${each.part}`)} · {words.by[each.by]}
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
                      words={words}
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
            {words.all.mine}
          </Button>
          <Button variant="default" size="sm" onClick={() => all('theirs')}>
            {words.all.theirs}
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
            loading={busy}
            onClick={() => onGo(merge(mine, theirs, found, choices))}
          >
            {words.go}
          </Button>
        </Group>
      </Group>
    </>
  )
}
