import { Button, Group, NativeSelect, NumberInput, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, fieldProblem } from '../../app/api.ts'
import type { ReengineeringPlan, ReengineeringPlans } from '../../app/api-types.ts'
import { Failed, Loaded } from '../../app/states.tsx'
import { DayInput } from '../../shared/day-input.tsx'
import { CATALOGUE, reengineering } from './queries.ts'

const AIMS = { fieldsPercent: 100, papers: 50, days: 365 } as const
type Aim = keyof typeof AIMS

const Form = ({
  code,
  plan,
  people,
  onDone,
}: {
  code: string
  plan: ReengineeringPlan | undefined
  people: ReengineeringPlans['people']
  onDone: () => void
}) => {
  const { t } = useTranslation('studio-catalogue')
  const cache = useQueryClient()
  // The province's goal: a fifth of the declared fields.
  const [target, setTarget] = useState<Partial<Record<Aim, number>>>(plan?.target ?? { fieldsPercent: 20 })
  const [responsibleId, setResponsible] = useState(plan?.responsible.id ?? people[0]?.id ?? '')
  const [dueOn, setDue] = useState<string | null>(plan?.dueOn ?? null)
  const [note, setNote] = useState(plan?.note ?? '')
  const finish = () => {
    void cache.invalidateQueries({ queryKey: ['catalogue'] })
    onDone()
  }
  const path = `${CATALOGUE}/${code}/plan`
  const save = useMutation({
    mutationFn: () => api.put(path, { target, responsibleId, dueOn, note: note.normalize('NFC') }),
    onSuccess: finish,
  })
  const drop = useMutation({ mutationFn: () => api.delete(path), onSuccess: finish })
  return (
    <form
      noValidate
      className="catalogue-plan-form"
      aria-label={t('plan.form')}
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <Group gap="sm" align="flex-start">
        {(Object.keys(AIMS) as Aim[]).map((aim) => (
          <NumberInput
            key={aim}
            size="sm"
            w={170}
            label={t(`plan.aim.${aim}`)}
            min={1}
            max={AIMS[aim]}
            allowDecimal={aim === 'days'}
            value={target[aim] ?? ''}
            error={aim === 'fieldsPercent' && fieldProblem(save.error, 'target')}
            onChange={(value) => {
              const { [aim]: _, ...others } = target
              setTarget(typeof value === 'number' && value > 0 ? { ...others, [aim]: value } : others)
            }}
          />
        ))}
        <NativeSelect
          size="sm"
          label={t('plan.responsible')}
          value={responsibleId}
          error={fieldProblem(save.error, 'responsibleId')}
          onChange={(event) => setResponsible(event.currentTarget.value)}
          data={people.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <DayInput
          label={t('plan.dueOn')}
          value={dueOn}
          onChange={setDue}
          error={fieldProblem(save.error, 'dueOn')}
          placeholder="31/12/2026"
        />
      </Group>
      <Textarea
        size="sm"
        mt="xs"
        autosize
        maxLength={2000}
        label={t('plan.note')}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {save.error && <Failed problem={save.error} />}
      {drop.error && <Failed problem={drop.error} />}
      <Group gap="xs" mt="sm">
        <Button type="submit" size="sm" loading={save.isPending} disabled={dueOn === null}>
          {t('plan.save')}
        </Button>
        {plan && (
          <Button size="sm" variant="default" loading={drop.isPending} onClick={() => drop.mutate()}>
            {t('plan.drop')}
          </Button>
        )}
        <Button size="sm" variant="subtle" color="gray" onClick={onDone}>
          {t('cancel')}
        </Button>
      </Group>
    </form>
  )
}

/** Puts a procedure on the re-engineering plan: what is to become fewer, who does it, until when. */
export const PlanForm = ({ code, onDone }: { code: string; onDone: () => void }) => (
  <Loaded query={useQuery(reengineering)} lines={2}>
    {({ plans, people }) => (
      <Form code={code} plan={plans.find((one) => one.code === code)} people={people} onDone={onDone} />
    )}
  </Loaded>
)
