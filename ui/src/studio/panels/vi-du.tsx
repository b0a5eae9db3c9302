import { Button, Group } from '@mantine/core'
import { IconCopy, IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MendExamples } from '../workspace/steps/mend-examples.tsx'
import { Example } from './examples/example.tsx'
import { useOptions } from './inputs/options.ts'
import { Panel } from './inputs/panel.tsx'
import { useParts } from './inputs/part-context.tsx'
import { type Loose, listAt, textAt, textsAt } from './model/loose.ts'

/** A name for a file of its own, behind the others: `07-example.json`. */
const fileName = (taken: string[]): string => {
  const numbers = taken.map((name) => Number(name.match(/^\d+/)?.[0] ?? 0))
  return `${String(Math.max(0, ...numbers) + 1).padStart(2, '0')}-example.json`
}

/** Example dossiers: they run as tests of the draft and show where it sends them. */
const ExamplesPanel = () => {
  const { t } = useTranslation('studio-panels')
  const { parts, apply, readOnly } = useParts()
  const { named, cases, channels } = useOptions()
  const [chosen, setChosen] = useState(0)
  const { examples, definition } = parts
  const add = (content: Loose) => {
    const file = { name: fileName(examples.map(({ name }) => name)), content }
    apply({ examples: [...examples, file] })
    setChosen(examples.length)
  }
  const blank = (): Loose => ({
    name: { vi: t('examples.newName') },
    case: textAt(listAt(definition, ['cases']).at(-1), ['key']),
    channel: textsAt(definition, ['channels'])[0] ?? '',
    place: 'T00.X01',
    formData: {},
    papers: [],
    walk: [],
    ends: '',
  })
  const open = examples[chosen]
  const label = (options: typeof cases, value: string) =>
    options.find((each) => each.value === value)?.label ?? value
  return (
    <Panel part="examples" title={t('examples.title')} intro={t('examples.intro')}>
      <MendExamples />
      <div className="panel-side">
        <div>
          <ul className="panel-picks panel-picks-column">
            {examples.map(({ name, content }, n) => (
              <li key={name}>
                <button type="button" aria-pressed={n === chosen} onClick={() => setChosen(n)}>
                  <span>{named(content.name) || name}</span>
                  <span className="soft">
                    {label(cases, textAt(content, ['case']))} ·{' '}
                    {label(channels, textAt(content, ['channel']))} ·{' '}
                    {t('examples.steps', { count: listAt(content, ['walk']).length })}
                  </span>
                </button>
              </li>
            ))}
          </ul>
          {examples.length === 0 && <p className="soft panel-note">{t('examples.none')}</p>}
          {!readOnly && (
            <Group gap="xs">
              <Button
                variant="default"
                size="compact-sm"
                leftSection={<IconPlus size={15} />}
                onClick={() => add(blank())}
              >
                {t('examples.add')}
              </Button>
              {open && (
                <Button
                  variant="default"
                  size="compact-sm"
                  leftSection={<IconCopy size={15} />}
                  onClick={() =>
                    add({
                      ...structuredClone(open.content),
                      name: { vi: t('examples.copyOf', { name: textAt(open.content, ['name', 'vi']) }) },
                    })
                  }
                >
                  {t('examples.copy')}
                </Button>
              )}
            </Group>
          )}
        </div>
        {open && (
          <div className="panel-open-file">
            <Example key={open.name} index={chosen} />
            {!readOnly && (
              <Button
                variant="subtle"
                color="red"
                size="compact-sm"
                leftSection={<IconTrash size={15} />}
                onClick={() => {
                  apply({ examples: examples.filter((_, n) => n !== chosen) })
                  setChosen(Math.max(0, chosen - 1))
                }}
              >
                {t('removeNamed', { name: named(open.content.name) || open.name })}
              </Button>
            )}
          </div>
        )}
      </div>
    </Panel>
  )
}
export default ExamplesPanel
