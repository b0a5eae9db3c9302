import { Alert, Button, Checkbox, Group, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SupplementView } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { useDraft } from '../../shared/use-draft.ts'
import { DecisionFrame, type FormProps, type ProblemOf } from '../decision/frame.tsx'
import { SupplementItems } from './supplement-items.tsx'

type Item = SupplementView['items'][number]

const ItemFields = ({
  item,
  index,
  onChange,
  onRemove,
  problemOf,
}: {
  item: Item
  index: number
  onChange: (change: Partial<Item>) => void
  onRemove: () => void
  problemOf: ProblemOf
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
      <div>
        <Button size="compact-xs" variant="subtle" color="gray" onClick={onRemove}>
          {t('supplement.remove')}
        </Button>
      </div>
    </Stack>
  )
}

/** The composer: a checklist made from the papers, every missing item on one form, each with reason and basis. */
export const SupplementDraft = (props: FormProps) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const { supplement } = props.task
  const [items, setItems] = useDraft<Item[]>(`task.${props.task.id}.items`, supplement.current?.items ?? [])
  const [preview, setPreview] = useState(false)
  const add = (paperKey: string, name: string) =>
    setItems((now) => [...now, { paperKey, text: t('supplement.proposal', { name }), reason: '', basis: '' }])
  const change = (index: number) => (part: Partial<Item>) =>
    setItems((now) => now.map((item, at) => (at === index ? { ...item, ...part } : item)))
  const remove = (index: number) => setItems((now) => now.filter((_, at) => at !== index))

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
          <Text size="sm" className="soft">
            {t('supplement.round', { round: supplement.round })} ·{' '}
            {t(`supplement.stage.${supplement.stage}`, { defaultValue: supplement.stage })}
          </Text>
          {supplement.beyondMax && (
            <Alert color="yellow" variant="light" p="xs">
              {t('supplement.beyondMax')}
            </Alert>
          )}
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
                      ? add(key, text(name))
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
                  />
                ))}
                {own.length > 0 && (
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    leftSection={<IconPlus size={14} />}
                    onClick={() => add(key, text(name))}
                  >
                    {t('supplement.more')}
                  </Button>
                )}
              </div>
            )
          })}
          {problemOf('items') && (
            <Text size="sm" className="tone-late" role="alert">
              {problemOf('items')}
            </Text>
          )}
          <Group>
            <Button size="xs" variant="default" aria-expanded={preview} onClick={() => setPreview(!preview)}>
              {preview ? t('supplement.hidePreview') : t('supplement.preview')}
            </Button>
          </Group>
          {preview && <SupplementItems items={items} papers={supplement.papers} />}
        </Stack>
      )}
      prepare={() => ({
        data: {
          items: items.map((item) => ({
            paperKey: item.paperKey,
            text: item.text.trim(),
            reason: item.reason.trim(),
            basis: item.basis.trim(),
          })),
        },
        problems: problems(),
      })}
    />
  )
}
