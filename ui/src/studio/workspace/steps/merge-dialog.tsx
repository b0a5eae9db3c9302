import { Button, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage, useText } from '../../../app/i18n.ts'
import type { Session } from '../diagram/session.ts'
import { useSessionSnapshot } from '../session-context.tsx'
import type { Acts } from './acts.ts'
import { Choice } from './fields.tsx'
import { kindOf } from './kinds.ts'
import { type Merge, type MergeChoice, mergeOf, timesOf } from './merge-steps.ts'
import type { LooseDefinition } from './rows.ts'

type Props = { session: Session; acts: Acts }

/** The time the merged step would have in each case, and whether the steps still fit the limit. */
const Times = ({ merge, definition }: { merge: Merge; definition: LooseDefinition }) => {
  const { t } = useTranslation('studio-workspace')
  const text = useText()
  const nameOf = (key: string) => {
    const found = definition.cases?.find((each) => each.key === key)
    return found ? text(found.name) : key
  }
  return (
    <ul className="studio-merge-times">
      {timesOf(definition, merge, merge.choice.time).map(({ case: key, limit, used, most }) => (
        <li key={key}>
          {t('merge.timeOf', {
            case: nameOf(key),
            limit: limit ? `${limit.value} ${t(`limit.unit.${limit.unit}`)}` : t('merge.noTime'),
          })}{' '}
          {most !== null && (
            <span className={used > most ? 'tone-late' : 'soft'}>
              {t(used > most ? 'merge.beyond' : 'merge.within', { used, most })}
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}

const Form = ({ session, acts, into, from }: Props & { into: string; from: string }) => {
  const { t } = useTranslation('studio-workspace')
  const text = useText()
  const language = useLanguage()
  const id = useId()
  const definition = session.definition()
  const [wanted, setWanted] = useState<Partial<MergeChoice>>({})
  const nameOf = (step: string) => definition.steps?.[step]?.name.vi ?? step
  const [name, setName] = useState(() => nameOf(into))
  const found = mergeOf(session.graph(), definition, { into, from }, wanted)
  if ('obstacle' in found) return <Text>{t(`merge.obstacle.${found.obstacle.why}`)}</Text>
  const { merge } = found
  const { choice } = merge
  const change = (next: Partial<MergeChoice>) => setWanted({ ...choice, ...next })
  const panelOf = (step: string) => {
    const form = definition.steps?.[step]?.form
    const kind = kindOf(form)
    return (language === 'en' ? kind?.name.en : kind?.name.vi) ?? form ?? ''
  }
  const promises = [...new Set(Object.values(merge.step.outcomes).flatMap((outcome) => outcome.promises))]
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        acts.merge(merge, name.trim().normalize('NFC'))
        session.endMerge()
      }}
    >
      <Stack gap="sm">
        <Text>{t('merge.what', { from: nameOf(from), into: nameOf(into) })}</Text>
        <TextInput
          label={t('merge.name')}
          value={name}
          maxLength={200}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Choice
          label={t('merge.who')}
          value={choice.who}
          disabled={merge.mayDo.length < 2}
          data={merge.mayDo.map((value) => ({
            value,
            label: t('merge.whoOf', {
              role: t(`role.${definition.steps?.[value]?.role ?? 'officer'}`),
              step: nameOf(value),
            }),
          }))}
          onChoose={(who) => change({ who })}
        />
        <Choice
          label={t('merge.panel')}
          value={choice.panel}
          disabled={merge.mayAsk.length < 2}
          data={merge.mayAsk.map((value) => ({ value, label: panelOf(value) }))}
          onChoose={(panel) => change({ panel })}
        />
        <Radio.Group
          label={t('merge.time')}
          value={choice.time}
          onChange={(time) => change({ time: time as MergeChoice['time'] })}
          aria-describedby={id}
        >
          <Stack gap={4} mt={4}>
            <Radio value="sum" label={t('merge.sum')} />
            <Radio value="keep" label={t('merge.keep', { step: nameOf(into) })} />
          </Stack>
        </Radio.Group>
        <div id={id}>
          <Times merge={merge} definition={definition} />
        </div>
        <Text size="sm">
          {t('merge.outcomes')}{' '}
          {Object.values(merge.step.outcomes)
            .map(({ label }) => text(label))
            .join('; ')}
          .
        </Text>
        {promises.length > 0 && (
          <Text size="sm">
            {t('merge.promises')} {promises.map((promise) => t(`promise.${promise}`)).join('; ')}.
          </Text>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={session.endMerge}>
            {t('merge.cancel')}
          </Button>
          <Button type="submit">{t('merge.go')}</Button>
        </Group>
      </Stack>
    </form>
  )
}

/** Two steps that follow each other become one: who does it, on which panel, in what time. One act to take back. */
export const MergeDialog = ({ session, acts }: Props) => {
  const { t } = useTranslation('studio-workspace')
  const { merging } = useSessionSnapshot(session)
  return (
    <Modal
      opened={merging !== null}
      onClose={session.endMerge}
      title={t('merge.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {merging && <Form session={session} acts={acts} {...merging} />}
    </Modal>
  )
}
