import { Button, Checkbox, Group, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { SupplementView } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { useDraft } from '../../shared/use-draft.ts'
import { DecisionFrame, type FormProps, type ProblemOf } from '../decision/frame.tsx'
import { LivePreview } from './result-preview.tsx'
import { Ahead } from './supplement-ahead.tsx'
import { KeepPhrase, type Phrase, PhraseMenu, phrasesOf } from './supplement-phrases.tsx'

type Item = SupplementView['items'][number]

const ItemFields = ({
  item,
  index,
  onChange,
  onRemove,
  problemOf,
  children,
}: {
  item: Item
  index: number
  onChange: (change: Partial<Item>) => void
  onRemove: () => void
  problemOf: ProblemOf
  children: ReactNode
}) => {
  const { t } = useTranslation('desk')
  return (
    <Stack gap={6} className="supplement-item">
      <Textarea
        size="sm"
        label={t('supplement.text')}
        autosize
        withAsterisk
        value={item.text}
        onChange={(event) => onChange({ text: event.currentTarget.value })}
        error={problemOf(`items.${index}.text`)}
      />
      <Textarea
        size="sm"
        label={t('supplement.reason')}
        autosize
        withAsterisk
        value={item.reason}
        onChange={(event) => onChange({ reason: event.currentTarget.value })}
        error={problemOf(`items.${index}.reason`)}
      />
      <TextInput
        size="sm"
        label={t('supplement.basis')}
        value={item.basis}
        onChange={(event) => onChange({ basis: event.currentTarget.value })}
        error={problemOf(`items.${index}.basis`)}
      />
      <Group gap={8}>
        <Button size="compact-sm" variant="subtle" color="gray" onClick={onRemove}>
          {t('supplement.remove')}
        </Button>
        {children}
      </Group>
    </Stack>
  )
}

/** The composer: a checklist made from the papers, every missing item on one form, each with reason and basis. */
export const SupplementDraft = (props: FormProps) => {
  const { t, i18n } = useTranslation('desk')
  const text = useText()
  const { supplement } = props.task
  const [items, setItems] = useDraft<Item[]>(`task.${props.task.id}.items`, supplement.current?.items ?? [])
  // Form 02 is written in Vietnamese, whatever language its author reads.
  const inVietnamese = i18n.getFixedT('vi', 'desk')
  const add = (paperKey: string, name: string) =>
    setItems((now) => [
      ...now,
      { paperKey, text: inVietnamese('supplement.proposal', { name }), reason: '', basis: '' },
    ])
  const change = (index: number) => (part: Partial<Item>) =>
    setItems((now) => now.map((item, at) => (at === index ? { ...item, ...part } : item)))
  const remove = (index: number) => setItems((now) => now.filter((_, at) => at !== index))

  /** Words used before fill an item of the paper that has no reason yet, or make a new one. */
  const use = (paperKey: string) => (phrase: Phrase) =>
    setItems((now) => {
      const { text: said, reason, basis } = phrase
      const empty = now.findIndex((item) => item.paperKey === paperKey && !item.reason.trim())
      const filled = { paperKey, text: said, reason, basis }
      return empty < 0 ? [...now, filled] : now.map((item, at) => (at === empty ? filled : item))
    })
  const trimmed = () =>
    items.map((item) => ({
      paperKey: item.paperKey,
      text: item.text.trim(),
      reason: item.reason.trim(),
      basis: item.basis.trim(),
    }))

  const problems = () => ({
    items: items.length === 0 && t('supplement.nothing'),
    ...Object.fromEntries(
      items.flatMap((item, index) => [
        [`items.${index}.text`, !item.text.trim() && t('supplement.textMissing')],
        [`items.${index}.reason`, !item.reason.trim() && t('supplement.reasonMissing')],
      ]),
    ),
  })

  return (
    <DecisionFrame
      {...props}
      fields={(_outcome, problemOf) => (
        <Stack gap="xs">
          <Ahead task={props.task} />
          {supplement.papers.map(({ key, name }) => {
            const own = items
              .map((item, index) => ({ item, index }))
              .filter(({ item }) => item.paperKey === key)
            return (
              <div key={key} className="supplement-paper">
                <Checkbox
                  label={text(name)}
                  checked={own.length > 0}
                  onChange={(event) =>
                    event.currentTarget.checked
                      ? add(key, name.vi)
                      : setItems((now) => now.filter((item) => item.paperKey !== key))
                  }
                />
                {own.map(({ item, index }) => (
                  <ItemFields
                    key={index}
                    item={item}
                    index={index}
                    onChange={change(index)}
                    onRemove={() => remove(index)}
                    problemOf={problemOf}
                  >
                    <KeepPhrase item={item} task={props.task} about={props.about} />
                  </ItemFields>
                ))}
                <Group gap={8} mt={8}>
                  {own.length > 0 && (
                    <Button
                      size="compact-sm"
                      variant="subtle"
                      leftSection={<IconPlus size={14} />}
                      onClick={() => add(key, name.vi)}
                    >
                      {t('supplement.more')}
                    </Button>
                  )}
                  <PhraseMenu phrases={phrasesOf(supplement.phrases, key)} onUse={use(key)} />
                </Group>
              </div>
            )
          })}
          {problemOf('items') && (
            <Text size="sm" className="tone-late" role="alert">
              {problemOf('items')}
            </Text>
          )}
          {items.length > 0 && (
            <div>
              <LivePreview
                taskId={props.task.id}
                outcome="drafted"
                data={{ items: trimmed() }}
                title={t('supplement.form')}
              />
            </div>
          )}
        </Stack>
      )}
      prepare={() => ({
        data: {
          items: trimmed(),
        },
        problems: problems(),
      })}
    />
  )
}
