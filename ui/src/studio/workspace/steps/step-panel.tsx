import { ActionIcon, Alert, Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconArrowMerge, IconHandClick, IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProcedureStep } from '../../../app/api-types.ts'
import { useText } from '../../../app/i18n.ts'
import { useDraftEditor } from '../../draft/draft-context.tsx'
import { is } from '../diagram/elements.ts'
import type { Element } from '../diagram/services.ts'
import type { Session } from '../diagram/session.ts'
import { useSessionSnapshot } from '../session-context.tsx'
import { useCommitted } from '../use-committed.ts'
import type { Acts } from './acts.ts'
import { Choice, KindField, LimitField, NameField, RoleField, UNIT_OF, UNITS } from './fields.tsx'
import { FlowPanel } from './flow-panel.tsx'
import { questionOf } from './graph.ts'
import { rowsOf, type StepRow, targetsOf } from './rows.ts'

type Props = { session: Session; acts: Acts }
type RowProps = Props & { row: StepRow; readOnly: boolean }

const Outcome = ({
  name,
  outcome,
  readOnly,
  onChange,
  onRemove,
}: {
  name: string
  outcome: ProcedureStep['outcomes'][string]
  readOnly: boolean
  onChange: (outcome: ProcedureStep['outcomes'][string]) => void
  onRemove: (() => void) | null
}) => {
  const { t } = useTranslation('studio-workspace')
  const field = useCommitted(outcome.label.vi, (vi) => {
    const words = vi.trim().normalize('NFC')
    if (words) onChange({ ...outcome, label: { vi: words } })
  })
  return (
    <li className="studio-outcome">
      <Group gap={6} wrap="nowrap">
        <TextInput
          size="xs"
          flex={1}
          aria-label={t('step.outcomeLabel', { name })}
          disabled={readOnly}
          maxLength={80}
          {...field}
        />
        {onRemove && !readOnly && (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('step.outcomeRemove', { name: outcome.label.vi })}
            onClick={onRemove}
          >
            <IconTrash size={15} />
          </ActionIcon>
        )}
      </Group>
      <Checkbox
        size="xs"
        mt={4}
        label={t('step.needsReason')}
        disabled={readOnly}
        checked={outcome.needsReason ?? false}
        onChange={(event) => onChange({ ...outcome, needsReason: event.currentTarget.checked })}
      />
      {outcome.promises.length > 0 && (
        <Text size="xs" c="dimmed" mt={2}>
          {t('step.promises')} {outcome.promises.map((promise) => t(`promise.${promise}`)).join('; ')}
        </Text>
      )}
    </li>
  )
}

const Outcomes = ({ row, acts, session, readOnly }: RowProps) => {
  const { t } = useTranslation('studio-workspace')
  const [added, setAdded] = useState('')
  const outcomes = row.step!.outcomes ?? {}
  const many = Object.keys(outcomes).length > 1
  const keyFor = (label: string): string => {
    const plain = label
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .replace(/[đĐ]/g, 'd')
      .toLowerCase()
      .replace(/[^a-z]+/g, '-')
      .replace(/^-|-$/g, '')
    const base = plain.slice(0, 30) || 'khac'
    return base in outcomes ? `${base}-b` : base
  }
  const add = () => {
    const label = added.trim().normalize('NFC')
    if (!label) return
    setAdded('')
    acts.setOutcomes(row.id, {
      ...outcomes,
      [keyFor(label)]: { label: { vi: label }, promises: [], needsReason: false },
    })
  }
  return (
    <fieldset className="studio-fieldset">
      <legend>{t('step.outcomes')}</legend>
      <ul className="studio-outcomes">
        {Object.entries(outcomes).map(([name, outcome]) => (
          <Outcome
            key={name}
            name={name}
            outcome={outcome}
            readOnly={readOnly}
            onChange={(next) => acts.setOutcomes(row.id, { ...outcomes, [name]: next })}
            onRemove={
              many
                ? () =>
                    acts.setOutcomes(
                      row.id,
                      Object.fromEntries(Object.entries(outcomes).filter(([key]) => key !== name)),
                    )
                : null
            }
          />
        ))}
      </ul>
      {!readOnly && (
        <Group gap={6} wrap="nowrap" mt={6}>
          <TextInput
            size="xs"
            flex={1}
            aria-label={t('step.outcomeNew')}
            placeholder={t('step.outcomeNew')}
            value={added}
            maxLength={80}
            onChange={(event) => setAdded(event.currentTarget.value)}
            onKeyDown={(event) => event.key === 'Enter' && add()}
          />
          <ActionIcon
            variant="default"
            aria-label={t('step.outcomeAdd')}
            disabled={!added.trim()}
            onClick={add}
          >
            <IconPlus size={15} />
          </ActionIcon>
        </Group>
      )}
      {many && questionOf(session.graph(), row.id) === null && !readOnly && (
        <Alert color="yellow" mt={8} p="xs">
          <Text size="xs">{t('step.noQuestion')}</Text>
          <Button
            size="compact-xs"
            variant="default"
            mt={6}
            onClick={() => acts.askAfter(row.id, t('step.question', { step: row.name }))}
          >
            {t('step.ask')}
          </Button>
        </Alert>
      )}
    </fieldset>
  )
}

const Limits = ({ row, acts, session, readOnly }: RowProps) => {
  const { t } = useTranslation('studio-workspace')
  const text = useText()
  const names = Object.fromEntries(
    (session.definition().cases ?? []).map(({ key, name }) => [key, text(name)]),
  )
  if (row.limits.length === 0) return null
  return (
    <fieldset className="studio-fieldset">
      <legend>{t('step.limits')}</legend>
      <Stack gap={6}>
        {row.limits.map(({ case: key, limit }) => (
          <LimitField
            key={key}
            label={names[key] ?? key}
            disabled={readOnly}
            limit={limit}
            onCommit={(next) => acts.setLimit(key, row.id, next)}
          />
        ))}
      </Stack>
    </fieldset>
  )
}

const Next = ({ row, acts, session, readOnly }: RowProps) => {
  const { t } = useTranslation('studio-workspace')
  const text = useText()
  const targets = targetsOf(session.graph()).filter(({ id }) => id !== row.id)
  const nameOf = (id: string) => session.graph().nodes.get(id)?.name ?? id
  return (
    <fieldset className="studio-fieldset">
      <legend>{t('step.next')}</legend>
      <Stack gap={6}>
        {row.next.map(({ outcome, target }) => {
          const said = outcome && row.step?.outcomes?.[outcome]?.label
          return (
            <Choice
              key={outcome ?? ''}
              label={
                outcome === null ? t('table.then') : said ? text(said) : t(`outcome.${outcome}`, outcome)
              }
              disabled={readOnly}
              value={target ?? ''}
              data={[
                ...(target === null ? [{ value: '', label: t('table.nowhere') }] : []),
                ...targets.map(({ id, name }) => ({ value: id, label: name || id })),
              ]}
              onChoose={(id) => id && acts.setNext(row.id, outcome, id)}
            />
          )
        })}
      </Stack>
      {row.sharedWith.length > 0 && (
        <Text size="xs" c="dimmed" mt={6}>
          {t('step.shared', { steps: row.sharedWith.map(nameOf).join(', ') })}
        </Text>
      )}
    </fieldset>
  )
}

const Person = (props: RowProps) => {
  const { row, acts, session, readOnly } = props
  const { t } = useTranslation('studio-workspace')
  const step = row.step!
  const others = Object.entries(session.definition().steps ?? {}).filter(
    ([id, each]) => id !== row.id && each.role === step.role && !each.sameAs,
  )
  return (
    <>
      <NameField
        label={t('step.nameEn')}
        disabled={readOnly}
        value={step.name.en ?? ''}
        onCommit={(en) => acts.setEnglishName(row.id, en)}
      />
      <KindField
        label={t('step.form')}
        disabled={readOnly}
        form={step.form}
        onChoose={(form) => acts.setKind(row.id, form)}
      />
      <Group grow gap="xs" align="flex-start">
        <RoleField
          label={t('step.role')}
          disabled={readOnly}
          step={step}
          onChoose={(role) => acts.setWho(row.id, { role, unit: UNIT_OF[role] })}
        />
        <Choice
          label={t('step.unit')}
          disabled={readOnly}
          value={step.unit}
          data={UNITS.map((value) => ({ value, label: t(`unit.${value}`) }))}
          onChoose={(unit) => acts.setWho(row.id, { unit: unit as ProcedureStep['unit'] })}
        />
      </Group>
      {(step.unit === 'leadership' || step.unit === 'clerical') && (
        <Choice
          label={t('step.agency')}
          disabled={readOnly}
          value={step.agency ?? 'lead'}
          data={(['lead', 'deciding'] as const).map((value) => ({ value, label: t(`agency.${value}`) }))}
          onChoose={(agency) => acts.setWho(row.id, { agency: agency as ProcedureStep['agency'] })}
        />
      )}
      {others.length > 0 && (
        <Choice
          label={t('step.sameAs')}
          disabled={readOnly}
          value={step.sameAs ?? ''}
          data={[
            { value: '', label: t('step.anybody') },
            ...others.map(([value, { name }]) => ({ value, label: name.vi })),
          ]}
          onChoose={(id) => acts.setWho(row.id, { sameAs: id || null })}
        />
      )}
      <Limits {...props} />
      <Outcomes {...props} />
    </>
  )
}

/** The same act beside the drawing. */
const Merging = ({ row, acts, session }: RowProps) => {
  const { t } = useTranslation('studio-workspace')
  return ([-1, 1] as const).map((by) => {
    const other = acts.mergeable(row.id, by)
    return (
      other && (
        <Button
          key={by}
          size="xs"
          variant="default"
          leftSection={<IconArrowMerge size={15} />}
          onClick={() => acts.askMerge(row.id, by)}
        >
          {t(by < 0 ? 'merge.before' : 'merge.after', {
            step: session.graph().nodes.get(other)?.name ?? other,
          })}
        </Button>
      )
    )
  })
}

const OfRow = (props: RowProps) => {
  const { row, acts, session, readOnly } = props
  const { t } = useTranslation('studio-workspace')
  const template = session.modeler.get('elementTemplates').get(session.element(row.id)!)
  return (
    <Stack gap="xs">
      <Text size="xs" c="dimmed" fw={500}>
        {t(`kind.${row.kind}`)}
        {template && ` · ${template.name}`}
      </Text>
      <NameField
        label={t('step.name')}
        disabled={readOnly}
        value={row.name}
        onCommit={(name) => name && acts.rename(row.id, name)}
      />
      {row.step && <Person {...props} />}
      {row.kind === 'wait' && (
        <>
          {row.wait && (
            <Text size="sm">
              {t('step.heldBy', { who: t(`holder.${row.wait.holder}`).toLocaleLowerCase('vi') })}
            </Text>
          )}
          <Limits {...props} />
        </>
      )}
      {row.kind !== 'step' && template?.description && (
        <Text size="xs" c="dimmed">
          {template.description}
        </Text>
      )}
      {row.kind === 'step' && !row.step && (
        <Alert color="red" p="xs">
          <Text size="xs">{t('step.noData')}</Text>
          {!readOnly && (
            <Button
              size="compact-xs"
              mt={6}
              variant="default"
              onClick={() => acts.setKind(row.id, 'appraise')}
            >
              {t('step.giveData')}
            </Button>
          )}
        </Alert>
      )}
      <Next {...props} />
      {row.step && !readOnly && <Merging {...props} />}
    </Stack>
  )
}

const Nothing = () => {
  const { t } = useTranslation('studio-workspace')
  return (
    <Stack gap={6} align="flex-start">
      <IconHandClick size={22} stroke={1.5} aria-hidden="true" />
      <Text size="sm">{t('side.nothing')}</Text>
      <dl className="studio-legend">
        {(['limit', 'start', 'pause', 'resume', 'finish'] as const).map((mark) => (
          <div key={mark}>
            <dt className={`studio-badge studio-badge-${mark === 'limit' ? 'limit' : 'clock'}`}>
              {t(`legend.${mark}`)}
            </dt>
            <dd>{t(`legend.${mark}Help`)}</dd>
          </div>
        ))}
      </dl>
    </Stack>
  )
}

const isRow = (element: Element) => is(element, 'bpmn:UserTask', 'bpmn:ServiceTask')

/** What is selected, in an analyst's words: who, form, time, outcomes, what comes next. */
export const StepPanel = ({ session, acts }: Props) => {
  const { t } = useTranslation('studio-workspace')
  const { readOnly } = useDraftEditor()
  const { selected } = useSessionSnapshot(session)
  const element = selected ? session.element(selected) : undefined
  const row =
    element && isRow(element)
      ? rowsOf(session.graph(), session.definition()).find(({ id }) => id === element.id)
      : undefined
  return (
    <section className="studio-step" aria-label={t('side.step')} aria-live="off">
      {!element ? (
        <Nothing />
      ) : row ? (
        <OfRow key={row.id} session={session} acts={acts} row={row} readOnly={readOnly} />
      ) : (
        <FlowPanel key={element.id} session={session} acts={acts} element={element} readOnly={readOnly} />
      )}
    </section>
  )
}
