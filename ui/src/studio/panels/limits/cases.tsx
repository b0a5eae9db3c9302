import { Button, Group, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BasisInput } from '../inputs/basis-input.tsx'
import { RemoveBox, RenameBox } from '../inputs/carry.tsx'
import { ChoiceAt, TextAt, withStranger } from '../inputs/fields.tsx'
import { LimitInput, useLimitWords } from '../inputs/limit-input.tsx'
import { ListAt, Opens } from '../inputs/list-editor.tsx'
import { useOptions } from '../inputs/options.ts'
import { useParts, usePlace } from '../inputs/part-context.tsx'
import { TextPair } from '../inputs/text-pair.tsx'
import { fieldOf } from '../model/form-list.ts'
import { choicesOf } from '../model/kinds.ts'
import { getIn, isRecord, keyFrom, listAt, type Path, setIn, textAt } from '../model/loose.ts'
import { caseReferences, removeCase, renameCase } from '../model/references.ts'

/** Which answer of the form makes this case; the last case is every other. */
const When = ({ path }: { path: Path }) => {
  const { t } = useTranslation('studio-panels')
  const { fields } = useOptions()
  const { parts } = useParts()
  const { value, set, error, readOnly } = usePlace([...path, 'when'])
  const field = textAt(value, ['field'])
  const question = fieldOf(parts.eform, field)
  const answers =
    question.kind === 'yesNo' || question.kind === 'undertaking'
      ? [
          { value: 'true', label: t('yes') },
          { value: 'false', label: t('no') },
        ]
      : choicesOf(question.schema).map((each) => ({ value: each.value, label: each.vi || each.value }))
  const equals = getIn(value, ['equals'])
  const shown = equals === undefined ? '' : String(equals)
  return (
    <div className="panel-row">
      <NativeSelect
        label={t('cases.when')}
        disabled={readOnly}
        error={error}
        value={field}
        data={[{ value: '', label: t('cases.everyOther') }, ...withStranger(fields, field)]}
        onChange={(event) =>
          set(event.currentTarget.value === '' ? null : { field: event.currentTarget.value, equals: '' })
        }
      />
      {isRecord(value) && (
        <NativeSelect
          label={t('cases.equals')}
          disabled={readOnly}
          value={shown}
          data={[...(shown === '' ? [{ value: '', label: '…' }] : []), ...withStranger(answers, shown)]}
          onChange={(event) => {
            const typed = event.currentTarget.value
            const answer = question.schema?.type === 'boolean' ? typed === 'true' : typed
            set(setIn(value, ['equals'], answer))
          }}
        />
      )}
    </div>
  )
}

/** The limits of a case, wherever they stand in the list of limits. */
const LimitsOf = ({ caseKey }: { caseKey: string }) => {
  const { t } = useTranslation('studio-panels')
  const { value, set, readOnly } = usePlace(['limits'])
  const list = listAt(value)
  const at = list.findIndex((each) => getIn(each, ['case']) === caseKey)
  const path = ['limits', at]
  const verification = usePlace([...path, 'withVerification'])
  if (at < 0)
    return (
      <div>
        <p className="tone-late panel-note">{t('limits.missing')}</p>
        <Button
          size="compact-sm"
          variant="default"
          disabled={readOnly}
          onClick={() =>
            set([
              ...list,
              {
                case: caseKey,
                legal: { value: '', unit: 'working-day' },
                committed: { value: '', unit: 'working-day', decision: null },
                basis: { text: '', source: '', verified: false },
              },
            ])
          }
        >
          {t('limits.add')}
        </Button>
      </div>
    )
  return (
    <div className="panel-pair">
      <div className="panel-stack">
        <div className="panel-row">
          {(['legal', 'committed'] as const).map((which) => (
            <div key={which} className="panel-stack">
              <LimitInput path={[...path, which]} label={t(`limits.${which}`)} />
              <Cutoff path={[...path, which]} of={t(`limits.${which}`)} />
            </div>
          ))}
        </div>
        <Decision path={[...path, 'committed', 'decision']} />
        {verification.value === undefined ? (
          !readOnly && (
            <Button
              className="panel-start"
              variant="subtle"
              size="compact-sm"
              onClick={() => verification.set({ value: '', unit: 'working-day' })}
            >
              {t('limits.addVerification')}
            </Button>
          )
        ) : (
          <Group align="end" gap="xs">
            <LimitInput path={[...path, 'withVerification']} label={t('limits.verification')} />
            {!readOnly && (
              <Button
                variant="subtle"
                color="red"
                size="compact-sm"
                onClick={() => verification.set(undefined)}
              >
                {t('removeNamed', { name: t('limits.verification') })}
              </Button>
            )}
          </Group>
        )}
      </div>
      <BasisInput path={[...path, 'basis']} />
    </div>
  )
}

/** After which time of day what is received counts as received on the next working day, and which text says so. */
const Cutoff = ({ path, of }: { path: Path; of: string }) => {
  const { t } = useTranslation('studio-panels')
  const { value, set, error, readOnly } = usePlace([...path, 'cutoff'])
  if (value === undefined)
    return readOnly ? null : (
      <Button
        className="panel-start"
        variant="subtle"
        size="compact-xs"
        aria-label={`${t('limits.addCutoff')}: ${of}`}
        onClick={() => set({ at: '15:00', source: '' })}
      >
        {t('limits.addCutoff')}
      </Button>
    )
  return (
    <fieldset className="basis-input">
      <legend>{t('limits.cutoff')}</legend>
      {error && <div className="mantine-InputWrapper-error panel-error">{error}</div>}
      <TextAt path={[...path, 'cutoff', 'at']} label={t('limits.cutoffAt')} />
      <TextAt path={[...path, 'cutoff', 'source']} label={t('basis.source')} lines={1} />
      {!readOnly && (
        <Button
          className="panel-start"
          variant="subtle"
          color="red"
          size="compact-xs"
          onClick={() => set(undefined)}
        >
          {t('removeNamed', { name: t('limits.cutoff') })}
        </Button>
      )}
    </fieldset>
  )
}

/** The decision that commits to less than the law allows; none where nobody has decided. */
const Decision = ({ path }: { path: Path }) => {
  const { t } = useTranslation('studio-panels')
  const { value } = usePlace(path)
  return (
    <TextAt
      path={path}
      nullable
      label={t('limits.decision')}
      description={value === null ? t('limits.noDecision') : undefined}
    />
  )
}

/** The cases of the procedure, each with its limits. */
export const Cases = () => {
  const { t } = useTranslation('studio-panels')
  const { named } = useOptions()
  const { parts, apply, readOnly } = useParts()
  const [asked, setAsked] = useState<{ what: 'rename' | 'remove'; key: string } | null>(null)
  const cases = listAt(parts.definition, ['cases'])
  const keys = cases.map((each) => textAt(each, ['key']))
  const nameOf = (each: unknown) => named(getIn(each, ['name'])) || textAt(each, ['key'])
  const remove = (key: string) => {
    apply(removeCase(parts, key))
    setAsked(null)
  }
  return (
    <>
      {asked?.what === 'remove' && (
        <RemoveBox
          name={nameOf(cases[keys.indexOf(asked.key)]) || asked.key}
          references={caseReferences(parts, asked.key).map((each) =>
            each.place === 'example' || each.place === 'routing' ? { ...each, blocks: true } : each,
          )}
          onRemove={() => remove(asked.key)}
          onClose={() => setAsked(null)}
        />
      )}
      <ListAt
        path={['cases']}
        title={t('cases.title')}
        name={nameOf}
        onRemove={(index) => setAsked({ what: 'remove', key: keys[index] ?? '' })}
        blank={() => ({
          key: keyFrom('', keys, 'case', true),
          name: { vi: '' },
          when: { field: '', equals: '' },
        })}
        beforeLast
        addLabel={t('cases.add')}
      >
        {(path, each) => {
          const key = textAt(each, ['key'])
          const renaming = asked?.what === 'rename' && asked.key === key
          return (
            <Opens name={named(getIn(each, ['name']))} aside={<CaseAside caseKey={key} />}>
              <div className="panel-stack">
                <Group gap="xs">
                  <span className="soft">{t('key.label')}</span> <code>{key || '—'}</code>
                  {!readOnly && !renaming && (
                    <Button
                      variant="subtle"
                      size="compact-xs"
                      onClick={() => setAsked({ what: 'rename', key })}
                    >
                      {t('key.rename')}
                    </Button>
                  )}
                </Group>
                {renaming && (
                  <RenameBox
                    now={key}
                    taken={keys}
                    lettersOnly
                    references={caseReferences(parts, key)}
                    onRename={(to) => apply(renameCase(parts, key, to))}
                    onClose={() => setAsked(null)}
                  />
                )}
                <TextPair path={[...path, 'name']} label={t('name')} />
                <When path={path} />
                <LimitsOf caseKey={key} />
              </div>
            </Opens>
          )
        }}
      </ListAt>
    </>
  )
}

const CaseAside = ({ caseKey }: { caseKey: string }) => {
  const { t } = useTranslation('studio-panels')
  const words = useLimitWords()
  const { value } = usePlace(['limits'])
  const found = listAt(value).find((each) => getIn(each, ['case']) === caseKey)
  return (
    <span className="panel-aside soft">
      {t('limits.legal')}: {words(getIn(found, ['legal']))} · {t('limits.committed')}:{' '}
      {words(getIn(found, ['committed']))}
    </span>
  )
}

/** How the clock behaves and how reception counts. */
export const Clock = () => {
  const { t } = useTranslation('studio-panels')
  return (
    <div className="panel-pair">
      <ChoiceAt
        path={['clockMode', 'mode']}
        label={t('limits.clockMode')}
        options={['RESTART', 'PAUSE', 'EXCLUDED-STAGE'].map((value) => ({
          value,
          label: t(`limits.modes.${value}`),
        }))}
      />
      <BasisInput path={['clockMode', 'basis']} label={t('basis.of', { what: t('limits.clockMode') })} />
    </div>
  )
}
