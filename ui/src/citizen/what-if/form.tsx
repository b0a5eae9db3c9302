import { ActionIcon, Button, Group, NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useText } from '../../app/i18n.ts'
import { DayInput } from '../../shared/day-input.tsx'
import { addDays } from '../../shared/format.ts'
import { places } from '../queries.ts'
import {
  type EventKind,
  MODES,
  type Mode,
  type Moment,
  nextKinds,
  type Tried,
  type TriedEvent,
  UNITS,
  type Unit,
} from './question.ts'

type Part = { tried: Tried; change: (part: Partial<Tried>) => void }

const MomentFields = ({
  label,
  moment,
  change,
}: {
  label: string
  moment: Moment
  change: (moment: Moment) => void
}) => {
  const { t } = useTranslation('citizen')
  return (
    <div className="tried-moment">
      <DayInput
        size="md"
        label={label}
        value={moment.day || null}
        onChange={(day) => change({ ...moment, day: day ?? '' })}
      />
      <TextInput
        size="md"
        inputMode="numeric"
        placeholder="09:00"
        maxLength={5}
        label={t('whatIf.time')}
        value={moment.time}
        onChange={(event) => change({ ...moment, time: event.currentTarget.value })}
      />
    </div>
  )
}

const Limit = ({ tried, change }: Part) => {
  const { t } = useTranslation('citizen')
  return (
    <div className="tried-limit">
      {tried.unit !== 'same-day' && (
        <NumberInput
          size="md"
          label={t('whatIf.value')}
          value={tried.value}
          min={1}
          max={3650}
          allowDecimal={false}
          allowNegative={false}
          clampBehavior="strict"
          onChange={(value) => change({ value: Number(value) || 1 })}
        />
      )}
      <NativeSelect
        size="md"
        label={t('whatIf.unit')}
        value={tried.unit}
        onChange={(event) => change({ unit: event.currentTarget.value as Unit })}
        data={UNITS.map((value) => ({ value, label: t(`whatIf.units.${value}`) }))}
      />
    </div>
  )
}

/** What stops the clock and sets it going again, in order. */
const Events = ({ tried, change }: Part) => {
  const { t } = useTranslation('citizen')
  const { events } = tried
  const put = (index: number, event: TriedEvent) =>
    change({ events: events.map((one, at) => (at === index ? event : one)) })
  const add = (kind: EventKind) => {
    const last = events.at(-1)?.day || tried.received.day
    change({ events: [...events, { kind, day: last ? addDays(last, 2) : '', time: '09:00' }] })
  }
  return (
    <fieldset className="tried-events">
      <legend>{t('whatIf.events')}</legend>
      <p className="soft">{t('whatIf.eventsHelp')}</p>
      {events.length > 0 && (
        <ol>
          {events.map((event, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an event is known by its place alone
            <li key={index}>
              <MomentFields
                label={t(`whatIf.event.${event.kind}`)}
                moment={event}
                change={(moment) => put(index, { ...event, ...moment })}
              />
              {index === events.length - 1 && (
                <ActionIcon
                  variant="subtle"
                  size="lg"
                  color="gray"
                  aria-label={t('whatIf.removeEvent')}
                  onClick={() => change({ events: events.slice(0, -1) })}
                >
                  <IconTrash size={18} />
                </ActionIcon>
              )}
            </li>
          ))}
        </ol>
      )}
      <Group gap="xs">
        {nextKinds(events).map((kind) => (
          <Button
            key={kind}
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} />}
            onClick={() => add(kind)}
          >
            {t(`whatIf.event.${kind}`)}
          </Button>
        ))}
      </Group>
      {events.length > 0 && (
        <NativeSelect
          size="md"
          mt="sm"
          label={t('whatIf.mode')}
          description={t(`whatIf.modeHelp.${tried.mode}`)}
          value={tried.mode}
          onChange={(event) => change({ mode: event.currentTarget.value as Mode })}
          data={MODES.map((value) => ({ value, label: t(`whatIf.modes.${value}`) }))}
        />
      )}
    </fieldset>
  )
}

const More = ({ tried, change }: Part) => {
  const { t } = useTranslation('citizen')
  const text = useText()
  const list = useQuery(places()).data ?? []
  return (
    <details className="tried-more" open={tried.agency !== '' || tried.asOf !== ''}>
      <summary>{t('whatIf.more')}</summary>
      <NativeSelect
        size="md"
        label={t('whatIf.agency')}
        value={tried.agency}
        onChange={(event) => change({ agency: event.currentTarget.value })}
        data={[
          { value: '', label: t('whatIf.officeHours') },
          ...list.map(({ code, name }) => ({ value: code, label: text(name) })),
        ]}
      />
      <DayInput
        size="md"
        label={t('whatIf.asOf')}
        description={t('whatIf.asOfHelp')}
        clearable
        value={tried.asOf || null}
        onChange={(day) => change({ asOf: day ?? '' })}
      />
    </details>
  )
}

export const Form = (part: Part) => {
  const { t } = useTranslation('citizen')
  return (
    <form noValidate onSubmit={(event) => event.preventDefault()} className="tried-form">
      <MomentFields
        label={t('whatIf.received')}
        moment={part.tried.received}
        change={(received) => part.change({ received })}
      />
      <Limit {...part} />
      <Events {...part} />
      <More {...part} />
    </form>
  )
}
