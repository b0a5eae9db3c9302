import { Button, Group, NativeSelect, Radio } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Opened, useSession, useSessionSnapshot } from '../workspace/session-context.tsx'
import { LOOK_UP_SYSTEMS } from '../workspace/steps/look-up.ts'
import { BasisInput } from './inputs/basis-input.tsx'
import { useOptions } from './inputs/options.ts'
import { useParts, usePlace } from './inputs/part-context.tsx'
import { getIn, isRecord, type Path, recordAt, textAt } from './model/loose.ts'
import { broughtBy, WAYS, type Way, wayOf } from './model/paper-way.ts'

/** The look-ups that the draft draws: each by the name of its wait, and the system that it asks. */
export const useLookUps = () => {
  const { t } = useTranslation('studio-panels')
  const { named } = useOptions()
  const { parts } = useParts()
  return Object.entries(recordAt(parts.definition, ['exchanges'])).map(([value, exchange]) => ({
    value,
    label: named(getIn(parts.definition, ['waits', textAt(exchange, ['wait']), 'name'])) || value,
    system: t(`papers.system.${textAt(exchange, ['system'])}`, { defaultValue: '?' }),
  }))
}

/** One choice: handed in, handed in where it applies, shown, or looked up by the agency. */
export const HowBrought = ({ path, paper }: { path: Path; paper: unknown }) => {
  const { t } = useTranslation('studio-panels')
  const { cases, channels } = useOptions()
  const lookUps = useLookUps()
  const { set, readOnly } = usePlace(path)
  const { error } = usePlace([...path, 'requiredFor'])
  const everywhere = {
    cases: cases.map((each) => each.value),
    channels: channels.map((each) => each.value),
  }
  return (
    <Radio.Group
      label={t('papers.way.title')}
      error={error}
      value={wayOf(paper)}
      onChange={(way) =>
        set(broughtBy(isRecord(paper) ? paper : {}, way as Way, everywhere, lookUps[0]?.value ?? ''))
      }
    >
      <div className="panel-row">
        {WAYS.map((way) => (
          <Radio key={way} value={way} label={t(`papers.way.${way}`)} disabled={readOnly} />
        ))}
      </div>
    </Radio.Group>
  )
}

/** Draws a look-up from here; the modeller works unseen. */
const DrawLookUp = ({ paperKey }: { paperKey: string }) => {
  const { t } = useTranslation('studio-panels')
  const { opened, ask } = useSession()
  useEffect(() => ask(), [ask])
  return (
    <Group gap="xs">
      <span className="soft">{t('papers.drawLookUp')}</span>
      {opened ? (
        <Systems opened={opened} paperKey={paperKey} />
      ) : (
        <Button variant="default" size="compact-sm" loading>
          {t('papers.system.land')}
        </Button>
      )}
    </Group>
  )
}

const Systems = ({ opened, paperKey }: { opened: Opened; paperKey: string }) => {
  const { t } = useTranslation('studio-panels')
  const { state } = useSessionSnapshot(opened.session)
  const [failed, setFailed] = useState(false)
  return (
    <>
      {LOOK_UP_SYSTEMS.map((system) => (
        <Button
          key={system}
          variant="default"
          size="compact-sm"
          loading={state === 'reading'}
          disabled={state === 'failed'}
          onClick={() => setFailed(opened.acts.lookUp(paperKey, system) === null)}
        >
          {t(`papers.system.${system}`)}
        </Button>
      ))}
      {failed && (
        <p className="tone-late panel-note" role="alert">
          {t('papers.cannotDraw')}
        </p>
      )}
    </>
  )
}

/** Where the agency looks a paper up, and by which text; without a look-up in the drawing one is drawn from here. */
export const LookUp = ({ path, paperKey }: { path: Path; paperKey: string }) => {
  const { t } = useTranslation('studio-panels')
  const lookUps = useLookUps()
  const { value, set, error, readOnly } = usePlace([...path, 'lookUp', 'exchange'])
  const whole = usePlace([...path, 'lookUp'])
  const known = lookUps.some((each) => each.value === value)
  return (
    <fieldset className="panel-fieldset">
      <legend>{t('papers.lookUp')}</legend>
      {whole.error && <div className="mantine-InputWrapper-error panel-error">{whole.error}</div>}
      <NativeSelect
        label={t('papers.lookUpAt')}
        disabled={readOnly || lookUps.length === 0}
        error={known ? error : t(lookUps.length === 0 ? 'papers.noLookUp' : 'papers.chooseLookUp')}
        value={known ? String(value) : ''}
        data={[...(known ? [] : [{ value: '', label: '–' }]), ...lookUps]}
        onChange={(event) => set(event.currentTarget.value)}
      />
      {!readOnly && <DrawLookUp paperKey={paperKey} />}
      <BasisInput path={[...path, 'lookUp', 'basis']} label={t('papers.lookUpBasis')} />
    </fieldset>
  )
}
