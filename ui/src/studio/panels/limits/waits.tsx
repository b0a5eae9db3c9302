import { Checkbox, Switch } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { BasisInput } from '../inputs/basis-input.tsx'
import { ChoiceAt, NumberAt, SeveralAt, TextAt } from '../inputs/fields.tsx'
import { LimitInput } from '../inputs/limit-input.tsx'
import { ListAt } from '../inputs/list-editor.tsx'
import { useOptions } from '../inputs/options.ts'
import { usePlace } from '../inputs/part-context.tsx'
import { TextPair } from '../inputs/text-pair.tsx'
import { getIn, isRecord, type Path, recordAt, textAt } from '../model/loose.ts'

const blankBasis = { text: '', source: '', verified: false }
const blankLimit = { value: '', unit: 'working-day' }

export const Reception = () => {
  const { t } = useTranslation('studio-panels')
  return (
    <div className="panel-pair">
      <div className="panel-stack">
        <LimitInput path={['reception', 'limit']} label={t('reception.limit')} />
        <SeveralAt
          path={['reception', 'rules']}
          label={t('reception.rules')}
          options={['handOver', 'sameDayResult', 'onlineFiled'].map((value) => ({
            value,
            label: t(`reception.rule.${value}`),
          }))}
        />
      </div>
      <BasisInput path={['reception', 'basis']} />
    </div>
  )
}

export const Supplement = () => {
  const { t } = useTranslation('studio-panels')
  const stages = ['notice', 'guidance'].map((value) => ({ value, label: t(`supplement.stages.${value}`) }))
  return (
    <>
      <ListAt
        path={['supplement', 'rounds']}
        title={t('supplement.rounds')}
        name={(round) => stages.find(({ value }) => value === textAt(round, ['stage']))?.label ?? ''}
        blank={() => ({ stage: 'notice', max: 1, within: blankLimit, basis: blankBasis })}
        addLabel={t('supplement.add')}
      >
        {(path) => (
          <div className="panel-pair">
            <div className="panel-row">
              <ChoiceAt path={[...path, 'stage']} label={t('supplement.stage')} options={stages} />
              <NumberAt path={[...path, 'max']} label={t('supplement.max')} />
              <LimitInput path={[...path, 'within']} label={t('supplement.within')} />
            </div>
            <BasisInput path={[...path, 'basis']} />
          </div>
        )}
      </ListAt>
      <div className="panel-pair">
        <div className="panel-stack">
          <LimitInput path={['supplement', 'refusalWithin']} label={t('supplement.refusalWithin')} />
          <LimitInput path={['supplement', 'wait', 'limit']} label={t('supplement.wait')} />
        </div>
        <BasisInput
          path={['supplement', 'wait', 'basis']}
          label={t('basis.of', { what: t('supplement.wait') })}
        />
      </div>
    </>
  )
}

/** A part that a procedure may have or not: `null` where it has none. */
const Maybe = ({
  path,
  label,
  blank,
  children,
}: {
  path: Path
  label: string
  blank: () => unknown
  children: ReactNode
}) => {
  const { value, set, error, readOnly } = usePlace(path)
  return (
    <>
      <Switch
        label={label}
        checked={isRecord(value)}
        disabled={readOnly}
        error={error}
        onChange={(event) => set(event.currentTarget.checked ? blank() : null)}
      />
      {isRecord(value) && children}
    </>
  )
}

export const Consultation = () => {
  const { t } = useTranslation('studio-panels')
  const { fields, named } = useOptions()
  return (
    <Maybe
      path={['consultation']}
      label={t('consultation.there')}
      blank={() => ({ limit: blankLimit, onSilence: 'REPORT', basis: blankBasis, bodies: [] })}
    >
      <div className="panel-pair">
        <div className="panel-stack">
          <LimitInput path={['consultation', 'limit']} label={t('consultation.limit')} />
          <ChoiceAt
            path={['consultation', 'onSilence']}
            label={t('consultation.onSilence')}
            options={['REPORT', 'CONSENT'].map((value) => ({
              value,
              label: t(`consultation.silence.${value}`),
            }))}
          />
        </div>
        <BasisInput path={['consultation', 'basis']} />
      </div>
      <ListAt
        path={['consultation', 'bodies']}
        title={t('consultation.bodies')}
        name={(body) => textAt(body, ['agency']) || named(getIn(body, ['question']))}
        blank={() => ({ agency: '', unit: '', question: { vi: '' } })}
        addLabel={t('consultation.add')}
      >
        {(path, body) => (
          <div className="panel-stack">
            <Named path={path} body={body} />
            <div className="panel-row">
              {getIn(body, ['named']) === undefined ? (
                <TextAt path={[...path, 'agency']} label={t('consultation.agency')} mono />
              ) : (
                <SeveralAt path={[...path, 'fields']} label={t('consultation.named')} options={fields} />
              )}
              <TextAt path={[...path, 'unit']} label={t('consultation.unit')} mono />
            </div>
            <TextPair path={[...path, 'question']} label={t('consultation.question')} lines={1} />
          </div>
        )}
      </ListAt>
    </Maybe>
  )
}

/** Asked is a body that stands here by its code, or a commune that the officer names. */
const Named = ({ path, body }: { path: Path; body: unknown }) => {
  const { t } = useTranslation('studio-panels')
  const { set, readOnly } = usePlace(path)
  const { unit, question } = recordAt(body)
  return (
    <Checkbox
      label={t('consultation.isNamed')}
      checked={getIn(body, ['named']) !== undefined}
      disabled={readOnly}
      onChange={(event) =>
        set(
          event.currentTarget.checked
            ? { named: 'commune', unit, question, fields: [] }
            : { agency: '', unit, question },
        )
      }
    />
  )
}

export const Confirmation = () => {
  const { t } = useTranslation('studio-panels')
  const { channels } = useOptions()
  return (
    <Maybe
      path={['confirmation']}
      label={t('confirmation.there')}
      blank={() => ({
        limit: { value: 1, unit: 'calendar-day' },
        onSilence: 'AGREE',
        channels: ['ONLINE'],
        clock: 'RUNS',
        basis: blankBasis,
        clockBasis: blankBasis,
      })}
    >
      <div className="panel-pair">
        <div className="panel-stack">
          <LimitInput path={['confirmation', 'limit']} label={t('confirmation.limit')} />
          <SeveralAt path={['confirmation', 'channels']} label={t('channels')} options={channels} />
          <ChoiceAt
            path={['confirmation', 'clock']}
            label={t('confirmation.clock')}
            fallback="RUNS"
            options={['RUNS', 'STOPS'].map((value) => ({ value, label: t(`confirmation.clocks.${value}`) }))}
          />
        </div>
        <div className="panel-stack">
          <BasisInput path={['confirmation', 'basis']} />
          <BasisInput
            path={['confirmation', 'clockBasis']}
            label={t('basis.of', { what: t('confirmation.clock') })}
          />
        </div>
      </div>
    </Maybe>
  )
}

/** Phases of the process, each perhaps with a date inside the limit. */
export const Phases = () => {
  const { t } = useTranslation('studio-panels')
  const { elements, named } = useOptions()
  return (
    <ListAt
      path={['phases']}
      title={t('phases.list')}
      name={(phase) => named(getIn(phase, ['name']))}
      blank={() => ({ name: { vi: '' }, elements: [] })}
      addLabel={t('phases.add')}
    >
      {(path) => (
        <div className="panel-stack">
          <TextPair path={[...path, 'name']} label={t('name')} />
          <SeveralAt path={[...path, 'elements']} label={t('phases.elements')} options={elements} />
          <Milestone path={[...path, 'milestone']} />
        </div>
      )}
    </ListAt>
  )
}

const Milestone = ({ path }: { path: Path }) => {
  const { t } = useTranslation('studio-panels')
  const { elements } = useOptions()
  const { value, set, error, readOnly } = usePlace(path)
  return (
    <>
      <Switch
        label={t('phases.milestone')}
        checked={isRecord(value)}
        disabled={readOnly}
        error={error}
        onChange={(event) =>
          set(
            event.currentTarget.checked
              ? { limit: blankLimit, from: 'received', until: '', basis: blankBasis }
              : undefined,
          )
        }
      />
      {isRecord(value) && (
        <div className="panel-pair">
          <div className="panel-row">
            <LimitInput path={[...path, 'limit']} label={t('phases.limit')} />
            <ChoiceAt
              path={[...path, 'from']}
              label={t('phases.from')}
              options={[{ value: 'received', label: t('phases.received') }, ...elements]}
            />
            <ChoiceAt path={[...path, 'until']} label={t('phases.until')} options={elements} />
          </div>
          <BasisInput path={[...path, 'basis']} />
        </div>
      )}
    </>
  )
}
