import { Switch } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraftEditor } from '../../draft/draft-context.tsx'
import { DraftForm } from '../form/draft-form.tsx'
import { ChoiceAt, SeveralAt, TextAt, withStranger } from '../inputs/fields.tsx'
import { ListAt } from '../inputs/list-editor.tsx'
import { useOptions } from '../inputs/options.ts'
import { faultsOfFile, PartProvider, useParts, usePlace } from '../inputs/part-context.tsx'
import { TextPair } from '../inputs/text-pair.tsx'
import { outcomesOf } from '../model/allotments.ts'
import { isRecord, type Loose, type Path, recordAt, textAt } from '../model/loose.ts'
import { allElements, attribute, readXml } from '../model/xml.ts'

/** The ends of the diagram by id and name; none while it cannot be read. */
const endsOf = (bpmn: string) => {
  try {
    return allElements(readXml(bpmn), 'endEvent').map((each) => ({
      value: attribute(each, 'id'),
      label: attribute(each, 'name') || attribute(each, 'id'),
    }))
  } catch {
    return []
  }
}

/** What happens at each step and wait, in the order in which the dossier comes there. */
const Walk = ({ path, title }: { path: Path; title: string }) => {
  const { t } = useTranslation('studio-panels')
  const { elements, named } = useOptions()
  const { parts } = useParts()
  const nameOf = (line: unknown) =>
    elements.find(({ value }) => value === textAt(line, ['element']))?.label ?? textAt(line, ['element'])
  return (
    <ListAt
      path={path}
      title={title}
      name={nameOf}
      empty={t('examples.noWalk')}
      blank={() => ({ element: '', outcome: '' })}
      addLabel={t('examples.addStep')}
      dense
    >
      {(at, line, n) => (
        <div className="panel-row panel-row-tight">
          <ChoiceAt
            path={[...at, 'element']}
            label={t('examples.element', { number: n + 1 })}
            options={elements}
          />
          <ChoiceAt
            path={[...at, 'outcome']}
            label={t('examples.outcome')}
            options={outcomesOf(parts.definition, textAt(line, ['element'])).map(({ key, label }) => ({
              value: key,
              label: named(label) || key,
            }))}
          />
        </div>
      )}
    </ListAt>
  )
}

/** A filled form, in the procedure's own form. */
const Filled = ({ path, title }: { path: Path; title: string }) => {
  const { t } = useTranslation('studio-panels')
  const { parts, readOnly } = useParts()
  const { value, set, error } = usePlace(path)
  const [open, setOpen] = useState(false)
  return (
    <details className="panel-opens" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span className="panel-opens-name">{title}</span>
        <span className="panel-aside soft">
          {t('examples.answers', { count: Object.keys(recordAt(value)).length })}
        </span>
      </summary>
      {error && <div className="mantine-InputWrapper-error panel-error">{error}</div>}
      {open && (
        <fieldset className="panel-filled" disabled={readOnly}>
          <legend className="visually-hidden">{title}</legend>
          <DraftForm eform={parts.eform} data={recordAt(value)} onChange={set} />
        </fieldset>
      )}
    </details>
  )
}

/** An example dossier: what is filed, what happens to it, where it ends. */
export const Example = ({ index }: { index: number }) => {
  const { t } = useTranslation('studio-panels')
  const { cases, channels, papers } = useOptions()
  const { parts, apply, readOnly } = useParts()
  const { faults } = useDraftEditor()
  const file = parts.examples[index]!
  const own = faultsOfFile(faults, file.name)
  const change = (content: unknown) =>
    apply({
      examples: parts.examples.map((each, n) =>
        n === index ? { ...each, content: content as Loose } : each,
      ),
    })
  const { content } = file
  const amended = isRecord(content.amended)
  return (
    <PartProvider value={content} change={change} faults={own} readOnly={readOnly}>
      <div className="panel-stack">
        <TextPair path={['name']} label={t('name')} />
        <div className="panel-row">
          <ChoiceAt path={['case']} label={t('case')} options={cases} />
          <ChoiceAt path={['channel']} label={t('channel.label')} options={channels} />
          <TextAt path={['place']} label={t('examples.place')} mono />
          <ChoiceAt
            path={['ends']}
            label={t('examples.ends')}
            options={withStranger(endsOf(parts.bpmn), textAt(content, ['ends']))}
          />
        </div>
        <SeveralAt path={['papers']} label={t('examples.papers')} options={papers} />
        <Filled path={['formData']} title={t('examples.form')} />
        <Switch
          label={t('examples.amends')}
          checked={amended}
          disabled={readOnly}
          onChange={(event) => {
            const { amended: _gone, ...rest } = content
            change(
              event.currentTarget.checked
                ? { ...content, amended: { ...recordAt(content, ['formData']) } }
                : rest,
            )
          }}
        />
        {amended && <Filled path={['amended']} title={t('examples.amended')} />}
        <Walk path={['walk']} title={t('examples.walk')} />
        {Object.keys(recordAt(content, ['children'])).map((key) => (
          <Walk key={key} path={['children', key, 'walk']} title={t('examples.partWalk', { part: key })} />
        ))}
      </div>
    </PartProvider>
  )
}
