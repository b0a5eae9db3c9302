import { Button, NativeSelect } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraftEditor } from '../../draft/draft-context.tsx'
import { BasisInput } from '../inputs/basis-input.tsx'
import { CheckAt, ChoiceAt, SeveralAt, TextAt } from '../inputs/fields.tsx'
import { ListAt } from '../inputs/list-editor.tsx'
import { useOptions } from '../inputs/options.ts'
import { faultsOfFile, PartProvider, useParts } from '../inputs/part-context.tsx'
import { TextPair } from '../inputs/text-pair.tsx'
import { getIn, keyFrom, type Loose, type Path, textAt } from '../model/loose.ts'
import { answersOf, mergeTemplate } from '../model/merge.ts'

const BLOCKS: Record<string, () => object> = {
  prose: () => ({ type: 'prose', text: '' }),
  heading: () => ({ type: 'heading', text: '' }),
  rows: () => ({ type: 'rows', rows: [{ label: '', value: '' }] }),
  free: () => ({ type: 'free', key: 'part', label: { vi: '' }, text: '', required: false }),
}

const BlockFields = ({ path, block }: { path: Path; block: unknown }) => {
  const { t } = useTranslation('studio-panels')
  const type = textAt(block, ['type'])
  return (
    <div className="panel-stack">
      <ChoiceAt
        path={[...path, 'type']}
        label={t('templates.kind')}
        options={Object.keys(BLOCKS).map((each) => ({ value: each, label: t(`templates.kinds.${each}`) }))}
      />
      {type === 'rows' ? (
        <ListAt
          path={[...path, 'rows']}
          title={t('templates.rows')}
          name={(row) => textAt(row, ['label'])}
          blank={() => ({ label: '', value: '' })}
          addLabel={t('templates.addRow')}
          dense
        >
          {(at) => (
            <div className="panel-row">
              <TextAt path={[...at, 'label']} label={t('templates.rowLabel')} />
              <TextAt path={[...at, 'value']} label={t('templates.rowValue')} />
            </div>
          )}
        </ListAt>
      ) : (
        <TextAt path={[...path, 'text']} label={t('templates.text')} lines={2} />
      )}
      {type === 'free' && (
        <>
          <div className="panel-row">
            <TextAt path={[...path, 'key']} label={t('key.label')} mono />
            <CheckAt path={[...path, 'required']} label={t('required')} />
          </div>
          <TextPair path={[...path, 'label']} label={t('templates.freeLabel')} />
        </>
      )}
    </div>
  )
}

/** The text as it will read with an example's answers; the paper's frame, number and seal come when it is drawn. */
const Sample = ({ template }: { template: Loose }) => {
  const { t } = useTranslation('studio-panels')
  const { parts } = useParts()
  const [chosen, setChosen] = useState(0)
  const example = parts.examples[chosen]
  const answers = answersOf({
    properties: getIn(parts.eform, ['schema', 'properties']),
    example: example?.content,
    definition: parts.definition,
  })
  const { title, blocks } = mergeTemplate(template, answers)
  return (
    <section className="panel-preview" aria-label={t('templates.preview')}>
      <div className="panel-preview-head">
        <h4 className="panel-subtitle">{t('templates.preview')}</h4>
        {parts.examples.length > 0 && (
          <NativeSelect
            size="xs"
            aria-label={t('templates.with')}
            value={String(chosen)}
            data={parts.examples.map(({ name, content }, n) => ({
              value: String(n),
              label: textAt(content, ['name', 'vi']) || name,
            }))}
            onChange={(event) => setChosen(Number(event.currentTarget.value))}
          />
        )}
      </div>
      <div className="panel-sheet" lang="vi">
        <p className="panel-sheet-title">{title || '…'}</p>
        {blocks.map((block, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs of a text that is drawn anew
          <SheetBlock key={n} block={block} />
        ))}
      </div>
      <p className="soft panel-note">{t('templates.previewNote')}</p>
    </section>
  )
}

const SheetBlock = ({ block }: { block: ReturnType<typeof mergeTemplate>['blocks'][number] }) => {
  if (block.kind === 'rows')
    return (
      <dl className="panel-sheet-rows">
        {block.rows.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}:</dt> <dd>{value}</dd>
          </div>
        ))}
      </dl>
    )
  if (block.kind === 'heading') return <p className="panel-sheet-heading">{block.text}</p>
  return <p className={block.kind === 'free' ? 'panel-sheet-free' : undefined}>{block.text}</p>
}

/** One template of the folder: its words in blocks, with a preview beside them. */
const Template = ({ index }: { index: number }) => {
  const { t } = useTranslation('studio-panels')
  const { cases } = useOptions()
  const { parts, apply, readOnly } = useParts()
  const { faults } = useDraftEditor()
  const file = parts.results[index]!
  const own = faultsOfFile(faults, file.name)
  const change = (content: unknown) =>
    apply({
      results: parts.results.map((each, n) => (n === index ? { ...each, content: content as Loose } : each)),
    })
  return (
    <PartProvider value={file.content} change={change} faults={own} readOnly={readOnly}>
      <div className="panel-split">
        <div className="panel-stack">
          <TextPair path={['name']} label={t('name')} />
          <div className="panel-row">
            <TextAt path={['key']} label={t('key.label')} mono />
            <ChoiceAt
              path={['outcome']}
              label={t('templates.outcome')}
              options={['granted', 'denied'].map((each) => ({
                value: each,
                label: t(`templates.outcomes.${each}`),
              }))}
            />
            <ChoiceAt
              path={['book']}
              label={t('templates.book')}
              options={['permit', 'grant', 'refusalToGrant'].map((each) => ({
                value: each,
                label: t(`templates.books.${each}`),
              }))}
            />
          </div>
          <SeveralAt
            path={['cases']}
            label={t('templates.cases')}
            description={t('templates.casesHelp')}
            options={cases}
          />
          <TextAt path={['title']} label={t('templates.title')} />
          <p className="soft panel-note">
            {t('templates.fields', {
              field: '{{form.landArea}}, {{dossier.code}}, {{applicant.name}}, {{decision.agency}}',
            })}
          </p>
          <ListAt
            path={['blocks']}
            title={t('templates.blocks')}
            name={(block) =>
              textAt(block, ['text']).slice(0, 40) || t(`templates.kinds.${textAt(block, ['type'])}`)
            }
            blank={() => BLOCKS.prose?.()}
            addLabel={t('templates.addBlock')}
          >
            {(path, block) => <BlockFields path={path} block={block} />}
          </ListAt>
          <BasisInput path={['basis']} />
        </div>
        <Sample template={file.content} />
      </div>
    </PartProvider>
  )
}

/** Templates that an officer chooses among when writing a result. */
export const Templates = () => {
  const { t } = useTranslation('studio-panels')
  const { parts, apply, readOnly } = useParts()
  const { named } = useOptions()
  const [open, setOpen] = useState<number | null>(null)
  const { results } = parts
  const add = () => {
    const key = keyFrom(
      '',
      results.map(({ content }) => textAt(content, ['key'])),
      'result',
    )
    const names = results.map(({ name }) => name)
    let file = `${key}.json`
    for (let n = 2; names.includes(file); n += 1) file = `${key}-${n}.json`
    const content = {
      key,
      name: { vi: '' },
      outcome: 'granted',
      book: 'grant',
      title: '',
      basis: { text: '', source: '', verified: false },
      blocks: [{ type: 'prose', text: '' }],
    }
    apply({ results: [...results, { name: file, content }] })
    setOpen(results.length)
  }
  return (
    <div className="panel-stack">
      {results.length === 0 && <p className="soft panel-note">{t('templates.none')}</p>}
      <ul className="panel-picks">
        {results.map(({ name, content }, n) => (
          <li key={name}>
            <button type="button" aria-expanded={open === n} onClick={() => setOpen(open === n ? null : n)}>
              <span>{named(content.name) || name}</span>
              <span className="soft">
                {t(`templates.outcomes.${textAt(content, ['outcome']) || 'granted'}`)}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {open !== null && results[open] && (
        <div className="panel-open-file">
          <Template key={results[open].name} index={open} />
          {!readOnly && (
            <Button
              variant="subtle"
              color="red"
              size="compact-sm"
              leftSection={<IconTrash size={15} />}
              onClick={() => {
                apply({ results: results.filter((_, n) => n !== open) })
                setOpen(null)
              }}
            >
              {t('removeNamed', { name: named(results[open].content.name) || results[open].name })}
            </Button>
          )}
        </div>
      )}
      {!readOnly && (
        <Button
          className="panel-start"
          variant="default"
          size="compact-sm"
          leftSection={<IconPlus size={15} />}
          onClick={add}
        >
          {t('templates.add')}
        </Button>
      )}
    </div>
  )
}
