import { Button, NativeSelect, NumberInput } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem, api } from '../../app/api.ts'
import type { NewReplay } from '../../app/api-types.ts'
import { DayInput } from '../../shared/day-input.tsx'
import { type Estimate, type Setup, startWith, takerOf, withEstimate, withTaker } from './assume.ts'

const Part = ({ title, help, children }: { title: string; help: string; children: ReactNode }) => {
  const id = useId()
  return (
    <fieldset className="replay-part" aria-describedby={id}>
      <legend>{title}</legend>
      <p id={id} className="soft">
        {help}
      </p>
      {children}
    </fieldset>
  )
}

const HOUR = 60

const EstimateRow = ({
  name,
  wait,
  value,
  onChange,
}: {
  name: string
  wait: boolean
  value: Estimate
  onChange: (value: Estimate) => void
}) => {
  const { t } = useTranslation('studio-replay')
  const hours = (field: 'least' | 'likely' | 'most') => (
    <NumberInput
      label={t(`estimate.${field}`)}
      value={Math.round((value[field] / HOUR) * 100) / 100}
      min={0}
      max={16_000}
      step={0.5}
      decimalScale={2}
      w={120}
      onChange={(typed) => {
        const number = typeof typed === 'number' ? typed : Number.parseFloat(typed)
        if (Number.isFinite(number) && number >= 0) onChange(withEstimate(value, { [field]: number * HOUR }))
      }}
    />
  )
  return (
    <fieldset className="replay-row">
      <legend>
        {name} <span className="soft">({t(wait ? 'estimate.clockHours' : 'estimate.workingHours')})</span>
      </legend>
      <NativeSelect
        label={t('estimate.shape')}
        value={value.shape}
        onChange={(event) => onChange({ ...value, shape: event.currentTarget.value as Estimate['shape'] })}
        data={(['triangular', 'uniform'] as const).map((shape) => ({
          value: shape,
          label: t(`estimate.${shape}`),
        }))}
        w={240}
      />
      {hours('least')}
      {value.shape === 'triangular' && hours('likely')}
      {hours('most')}
    </fieldset>
  )
}

const GatewayRow = ({
  gateway,
  weights,
  onChange,
}: {
  gateway: Setup['gateways'][number]
  weights: Record<string, number> | undefined
  onChange: (weights: Record<string, number> | undefined) => void
}) => {
  const { t } = useTranslation('studio-replay')
  const even = () => Object.fromEntries(gateway.ways.map(({ id }) => [id, 1]))
  return (
    <fieldset className="replay-row">
      <legend>{gateway.name}</legend>
      {!gateway.isNew && (
        <NativeSelect
          label={t('gateway.by')}
          value={weights ? 'shares' : 'recorded'}
          onChange={(event) => onChange(event.currentTarget.value === 'shares' ? even() : undefined)}
          data={['recorded', 'shares'].map((value) => ({ value, label: t(`gateway.${value}`) }))}
          w={260}
        />
      )}
      {weights &&
        gateway.ways.map((way) => (
          <NumberInput
            key={way.id}
            label={t('gateway.share', { name: way.name })}
            value={weights[way.id] ?? 0}
            min={0}
            max={1000}
            w={170}
            onChange={(typed) => {
              const number = typeof typed === 'number' ? typed : Number.parseFloat(typed)
              if (Number.isFinite(number) && number >= 0) onChange({ ...weights, [way.id]: number })
            }}
          />
        ))}
    </fieldset>
  )
}

/** Period, estimates, shares and seed; nothing of it has been measured, and the page says so. */
export const ReplayForm = ({
  draftId,
  setup,
  onStarted,
}: {
  draftId: string
  setup: Setup
  onStarted: (id: string) => void
}) => {
  const { t } = useTranslation('studio-replay')
  const [given, setGiven] = useState<NewReplay>(() => startWith(setup))
  const client = useQueryClient()
  const start = useMutation({
    mutationFn: () =>
      api.post<{ id: string }>(`/api/studio/drafts/${draftId}/replays`, given, crypto.randomUUID()),
    onSuccess: ({ id }) => {
      void client.invalidateQueries({ queryKey: ['studio-replays', draftId] })
      onStarted(id)
    },
    onError: (problem) => {
      // One of one's own is under way already: that one is shown.
      if (problem instanceof ApiProblem && typeof problem.facts.running === 'string')
        onStarted(problem.facts.running)
    },
  })
  const put = (changes: Partial<NewReplay>) => setGiven((before) => ({ ...before, ...changes }))
  const problem = start.error
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        start.mutate()
      }}
    >
      <Part title={t('period.title')} help={t('period.help')}>
        <div className="replay-row">
          <DayInput
            label={t('period.from')}
            value={given.from}
            onChange={(from) => from && put({ from })}
            w={160}
          />
          <DayInput label={t('period.to')} value={given.to} onChange={(to) => to && put({ to })} w={160} />
          <NumberInput
            label={t('seed')}
            description={t('seedHelp')}
            value={given.seed}
            min={0}
            max={2_147_483_647}
            allowDecimal={false}
            w={260}
            onChange={(typed) => typeof typed === 'number' && put({ seed: typed })}
          />
        </div>
      </Part>
      {setup.newSteps.length > 0 && (
        <Part title={t('estimate.title')} help={t('estimate.help')}>
          {setup.newSteps.map(({ id, name, kind, suggested }) => (
            <EstimateRow
              key={id}
              name={name}
              wait={kind === 'wait'}
              value={given.steps[id] ?? suggested}
              onChange={(value) => put({ steps: { ...given.steps, [id]: value } })}
            />
          ))}
        </Part>
      )}
      {setup.removedSteps.length > 0 && (
        <Part title={t('removed.title')} help={t('removed.help')}>
          {setup.removedSteps.map(({ id, name }) => (
            <NativeSelect
              key={id}
              label={t('removed.label', { name })}
              value={takerOf(given, id)}
              onChange={(event) => setGiven(withTaker(given, id, event.currentTarget.value))}
              data={[
                { value: '', label: t('removed.gone') },
                ...setup.steps.map((step) => ({
                  value: step.id,
                  label: t('removed.into', { name: step.name }),
                })),
              ]}
              maw={460}
              mb="xs"
            />
          ))}
        </Part>
      )}
      {setup.gateways.length > 0 && (
        <details className="replay-part" open={setup.gateways.some(({ isNew }) => isNew)}>
          <summary>{t('gateway.title')}</summary>
          <p className="soft">{t('gateway.help')}</p>
          {setup.gateways.map((gateway) => (
            <GatewayRow
              key={gateway.id}
              gateway={gateway}
              weights={given.gateways[gateway.id]}
              onChange={(weights) => {
                const { [gateway.id]: _before, ...others } = given.gateways
                put({ gateways: weights ? { ...others, [gateway.id]: weights } : others })
              }}
            />
          ))}
        </details>
      )}
      {problem && (
        <p role="alert" className="replay-problem">
          {problem instanceof ApiProblem
            ? [problem.message, ...problem.errors.map(({ message }) => message)].join(' ')
            : t('failed')}
        </p>
      )}
      <Button type="submit" leftSection={<IconPlayerPlay size={16} />} loading={start.isPending}>
        {t('start')}
      </Button>
    </form>
  )
}
