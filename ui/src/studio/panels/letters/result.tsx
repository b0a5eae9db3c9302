import { Checkbox, NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ChoiceAt, TextAt, withStranger } from '../inputs/fields.tsx'
import { ListAt } from '../inputs/list-editor.tsx'
import { useOptions } from '../inputs/options.ts'
import { usePlace } from '../inputs/part-context.tsx'
import { isRecord, type Path, recordAt, textAt, textsAt } from '../model/loose.ts'

const PARENT = ['name', 'born', 'ethnicity', 'nationality', 'residence']
/** Which facts of a result are written from the form, by template. */
const PLACES: Record<string, Record<string, string[]>> = {
  grant: {},
  permit: { work: ['name', 'grade', 'design', 'location', 'plot', 'landPapers'] },
  birth: {
    child: ['name', 'bornOn', 'sex', 'ethnicity', 'nationality', 'birthplace', 'hometown'],
    mother: PARENT,
    father: PARENT,
    declarant: ['name', 'identityNo', 'relation'],
  },
}
const BLANK: Record<string, object> = {
  grant: {},
  permit: { work: {}, specifications: [], validity: '', conditions: [] },
  birth: { child: {}, mother: {}, father: {}, declarant: {}, personalNumber: { exchange: '', answer: '' } },
}

/** Questions of the form that stand at one fact, written one after the other. */
const Mapped = ({ path, label }: { path: Path; label: string }) => {
  const { t } = useTranslation('studio-panels')
  const { fields } = useOptions()
  const { value, set, error, readOnly } = usePlace(path)
  const chosen = textsAt(value)
  const put = (at: number, key: string) =>
    set(
      key === '' ? chosen.filter((_, n) => n !== at) : [...chosen.slice(0, at), key, ...chosen.slice(at + 1)],
    )
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>
        <div className="panel-mapped">
          {[...chosen, ''].map((key, n) =>
            readOnly && key === '' ? null : (
              <NativeSelect
                // biome-ignore lint/suspicious/noArrayIndexKey: a place in the row of questions
                key={n}
                aria-label={t('result.source', { fact: label, number: n + 1 })}
                disabled={readOnly}
                value={key}
                data={[
                  { value: '', label: key === '' ? t('result.addField') : t('result.noField') },
                  ...withStranger(fields, key),
                ]}
                onChange={(event) => put(n, event.currentTarget.value)}
              />
            ),
          )}
        </div>
        {error && <div className="mantine-InputWrapper-error panel-error">{error}</div>}
      </td>
    </tr>
  )
}

const Holder = () => {
  const { t } = useTranslation('studio-panels')
  const { fields } = useOptions()
  const { value, set, error, readOnly } = usePlace(['result', 'holder'])
  const there = isRecord(value)
  return (
    <div className="panel-stack">
      <Checkbox
        label={t('result.holderFromForm')}
        description={t('result.holderHelp')}
        checked={there}
        disabled={readOnly}
        error={error}
        onChange={(event) => set(event.currentTarget.checked ? { name: '' } : undefined)}
      />
      {there && (
        <div className="panel-row">
          <ChoiceAt path={['result', 'holder', 'name']} label={t('result.facts.name')} options={fields} />
          <ChoiceAt
            path={['result', 'holder', 'identifier']}
            label={t('result.facts.identifier')}
            options={fields}
            none={t('result.noField')}
          />
          <ChoiceAt
            path={['result', 'holder', 'address']}
            label={t('result.facts.address')}
            options={fields}
            none={t('result.noField')}
          />
        </div>
      )}
    </div>
  )
}

/** How the granted result is written where no template of the folder is chosen. */
export const Result = () => {
  const { t } = useTranslation('studio-panels')
  const { fields } = useOptions()
  const { value, set, readOnly } = usePlace(['result'])
  const template = textAt(value, ['template']) || 'grant'
  const exchanges = Object.keys(recordAt(usePlace(['exchanges']).value))
  const places = PLACES[template] ?? {}
  return (
    <div className="panel-stack">
      <NativeSelect
        label={t('result.template')}
        disabled={readOnly}
        value={template}
        data={withStranger(
          Object.keys(PLACES).map((each) => ({ value: each, label: t(`result.templates.${each}`) })),
          template,
        )}
        onChange={(event) => {
          const next = event.currentTarget.value
          const { holder } = recordAt(value)
          set({ template: next, ...(holder && next !== 'birth' ? { holder } : {}), ...BLANK[next] })
        }}
      />
      {template !== 'birth' && <Holder />}
      {Object.keys(places).length > 0 && (
        <table className="panel-table">
          <thead>
            <tr>
              <th scope="col">{t('result.fact')}</th>
              <th scope="col">{t('result.fromForm')}</th>
            </tr>
          </thead>
          {Object.entries(places).map(([part, facts]) => (
            <tbody key={part}>
              <tr>
                <th scope="rowgroup" colSpan={2} className="panel-group-row">
                  {t(`result.parts.${part}`)}
                </th>
              </tr>
              {facts.map((fact) => (
                <Mapped key={fact} path={['result', part, fact]} label={t(`result.facts.${fact}`)} />
              ))}
            </tbody>
          ))}
        </table>
      )}
      {template === 'permit' && (
        <>
          <ListAt
            path={['result', 'specifications']}
            title={t('result.specifications')}
            name={(each) => fields.find(({ value: key }) => key === each)?.label ?? textAt(each)}
            blank={() => ''}
            addLabel={t('result.addSpecification')}
            dense
          >
            {(path, _each, n) => (
              <ChoiceAt path={path} label={t('result.specification', { number: n + 1 })} options={fields} />
            )}
          </ListAt>
          <TextAt path={['result', 'validity']} label={t('result.validity')} lines={2} />
          <ListAt
            path={['result', 'conditions']}
            title={t('result.conditions')}
            name={(each) => textAt(each)}
            blank={() => ''}
            addLabel={t('result.addCondition')}
            dense
          >
            {(path, _each, n) => (
              <TextAt path={path} label={t('result.condition', { number: n + 1 })} lines={1} />
            )}
          </ListAt>
        </>
      )}
      {template === 'birth' && (
        <div className="panel-row">
          <ChoiceAt
            path={['result', 'personalNumber', 'exchange']}
            label={t('result.numberExchange')}
            options={exchanges.map((each) => ({ value: each, label: each }))}
          />
          <TextAt path={['result', 'personalNumber', 'answer']} label={t('result.numberAnswer')} mono />
        </div>
      )}
    </div>
  )
}

/** Words for form 02 that come with the procedure. */
export const Phrases = () => {
  const { t } = useTranslation('studio-panels')
  const { papers } = useOptions()
  return (
    <ListAt
      path={['phrases']}
      title={t('phrases.list')}
      empty={t('phrases.none')}
      name={(each) => textAt(each, ['text'])}
      blank={() => ({ text: '', reason: '', basis: '' })}
      addLabel={t('phrases.add')}
    >
      {(path) => (
        <div className="panel-stack">
          <ChoiceAt
            path={[...path, 'paperKey']}
            label={t('phrases.paper')}
            none={t('phrases.anyPaper')}
            options={[{ value: 'eform', label: t('phrases.eform') }, ...papers]}
          />
          <div className="panel-row">
            <TextAt path={[...path, 'text']} label={t('phrases.text')} lines={1} />
            <TextAt path={[...path, 'reason']} label={t('phrases.reason')} lines={1} />
            <TextAt path={[...path, 'basis']} label={t('phrases.basis')} lines={1} />
          </div>
        </div>
      )}
    </ListAt>
  )
}

export const Signers = () => {
  const { t } = useTranslation('studio-panels')
  const value = usePlace(['signer']).value
  return (
    <div className="panel-row">
      <ChoiceAt
        path={['signer', 'role']}
        label={t('letters.signer')}
        options={withStranger([{ value: 'leader', label: t('role.leader') }], textAt(value, ['role']))}
      />
      <ChoiceAt
        path={['apology', 'signer']}
        label={t('letters.apologySigner')}
        options={['leader', 'unit-head'].map((each) => ({ value: each, label: t(`role.${each}`) }))}
      />
    </div>
  )
}
