import { Button, Group, Modal, NumberInput, Stack, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldProblem } from '../../app/api.ts'
import type { CostParameters, StudioSavings } from '../../app/api-types.ts'
import { Failed } from '../../app/states.tsx'
import { setParameters } from './queries.ts'

const FIELDS = [
  'wagePerHour',
  'minutesPerField',
  'minutesPerPaper',
  'costPerCopy',
  'minutesPerVisit',
  'travelPerVisit',
] as const

/** What the worksheet is computed with; whoever sets it says where it comes from. */
export const ParametersDialog = ({
  parameters,
  opened,
  onClose,
}: {
  parameters: StudioSavings['parameters']
  opened: boolean
  onClose: () => void
}) => {
  const { t } = useTranslation('studio-compare')
  const queries = useQueryClient()
  const { set, verified: _, ...known } = parameters
  const [values, setValues] = useState<CostParameters>({ ...known, source: set ? known.source : '' })
  const save = useMutation({
    mutationFn: () => setParameters(values),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['studio-compare'] })
      onClose()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  const known400 =
    FIELDS.some((field) => fieldProblem(save.error, field)) || fieldProblem(save.error, 'source')
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      closeButtonProps={{ 'aria-label': t('parameters.cancel') }}
      title={t('parameters.title')}
      size="lg"
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <p className="soft">{t('parameters.help')}</p>
          <div className="cmp-parameters">
            {FIELDS.map((field) => (
              <NumberInput
                key={field}
                label={t(`parameters.${field}`)}
                value={values[field]}
                min={0}
                thousandSeparator="."
                decimalSeparator=","
                error={fieldProblem(save.error, field)}
                onChange={(value) => setValues({ ...values, [field]: Number(value) || 0 })}
              />
            ))}
          </div>
          <Textarea
            label={t('parameters.source')}
            description={t('parameters.sourceHelp')}
            value={values.source}
            required
            autosize
            minRows={2}
            error={fieldProblem(save.error, 'source')}
            onChange={(event) => setValues({ ...values, source: event.currentTarget.value })}
          />
          {save.error && !known400 ? <Failed problem={save.error} /> : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('parameters.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t('parameters.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
