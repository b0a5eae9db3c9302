import { Alert, Button, Group, NativeSelect, SimpleGrid, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useText } from '../../app/i18n.ts'
import { Failed } from '../../app/states.tsx'
import { DayInput } from '../../shared/day-input.tsx'
import { deactivate, endPost, givePost, releaseSso, resetFactor } from '../queries.ts'
import {
  END_REASONS,
  type EndReason,
  type NewPost,
  RESET_REASONS,
  type ResetReason,
  type StaffMember,
  type StaffPost,
} from '../types.ts'
import { FormFrame } from './form-frame.tsx'
import { OpenWork, readOpenWork } from './open-work.tsx'
import { PasswordLink } from './password-link.tsx'
import { PostFields, usePost } from './post-form.tsx'
import { useFields } from './use-fields.ts'
import { useKeeping } from './use-keeping.ts'

const AddPost = ({ person, today, done }: { person: StaffMember; today: string; done: () => void }) => {
  const { t } = useTranslation('admin')
  const fields = usePost(today)
  const keeping = useKeeping<NewPost>((post) => givePost(person.id, post), t('person.posted'), done)
  return (
    <FormFrame
      title={t('person.addPost')}
      submit={() => {
        const post = fields.read()
        if (post) keeping.mutate(post)
      }}
      busy={keeping.isPending}
      problem={keeping.general}
      cancel={done}
    >
      <PostFields fields={fields} today={today} problem={keeping.error} />
    </FormFrame>
  )
}

const EndPost = ({
  post,
  name,
  today,
  done,
}: {
  post: StaffPost
  name: string
  today: string
  done: () => void
}) => {
  const { t } = useTranslation('admin')
  const text = useText()
  const fields = useFields({ on: today, reason: 'transferred' }, ['on'])
  const keeping = useKeeping<{ on: string; reason: EndReason }>(
    (end) => endPost(post.id, end),
    t('person.ended2'),
    done,
  )
  const { on, reason } = fields.values
  return (
    <FormFrame
      title={t('person.endOf', { post: `${text(post.title)}, ${text(post.unit.name)}` })}
      submit={() => fields.complete() && keeping.mutate({ on, reason: reason as EndReason })}
      busy={keeping.isPending}
      problem={readOpenWork(keeping.error) ? null : keeping.general}
      cancel={done}
    >
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm" maw={560}>
        <DayInput {...fields.day('on', keeping.error)} />
        <NativeSelect
          {...fields.text('reason', keeping.error)}
          data={END_REASONS.map((value) => ({ value, label: t(`person.reason.${value}`) }))}
        />
      </SimpleGrid>
      <OpenWork problem={keeping.error} name={name} />
    </FormFrame>
  )
}

const Lock = ({ person, done }: { person: StaffMember; done: () => void }) => {
  const { t } = useTranslation('admin')
  const { name } = person
  const keeping = useKeeping<string>(deactivate, t('person.locked', { name }), done)
  return (
    <Alert color="yellow" variant="light" title={t('person.lock')}>
      {t('person.lockWarning', { name })}
      {keeping.error && !readOpenWork(keeping.error) && <Failed problem={keeping.error} />}
      <OpenWork problem={keeping.error} name={name} />
      <Group gap="xs" mt="sm">
        <Button size="sm" loading={keeping.isPending} onClick={() => keeping.mutate(person.id)}>
          {t('person.lockYes')}
        </Button>
        <Button size="sm" variant="default" onClick={done}>
          {t('person.cancel')}
        </Button>
      </Group>
    </Alert>
  )
}

const ReleaseSso = ({ person, done }: { person: StaffMember; done: () => void }) => {
  const { t } = useTranslation('admin')
  const { name } = person
  const keeping = useKeeping<string>(releaseSso, t('person.ssoReleased', { name }), done)
  return (
    <Alert color="yellow" variant="light" title={t('person.sso')}>
      {t('person.ssoWarning', { name })}
      {keeping.error && <Failed problem={keeping.error} />}
      <Group gap="xs" mt="sm">
        <Button size="sm" loading={keeping.isPending} onClick={() => keeping.mutate(person.id)}>
          {t('person.ssoYes')}
        </Button>
        <Button size="sm" variant="default" onClick={done}>
          {t('person.cancel')}
        </Button>
      </Group>
    </Alert>
  )
}

const ResetFactor = ({ person, done }: { person: StaffMember; done: () => void }) => {
  const { t } = useTranslation('admin')
  const { name } = person
  const [reason, setReason] = useState<ResetReason>('telephone-lost')
  const keeping = useKeeping<ResetReason>(
    (why) => resetFactor(person.id, why),
    t('person.factorRemoved', { name }),
    done,
  )
  return (
    <Alert color="yellow" variant="light" title={t('person.factor')}>
      {t('person.factorWarning', { name })}
      <NativeSelect
        mt="sm"
        maw={320}
        label={t('person.factorReason')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value as ResetReason)}
        data={RESET_REASONS.map((value) => ({ value, label: t(`person.factorReasons.${value}`) }))}
      />
      {keeping.error && <Failed problem={keeping.error} />}
      <Group gap="xs" mt="sm">
        <Button size="sm" loading={keeping.isPending} onClick={() => keeping.mutate(reason)}>
          {t('person.factorYes')}
        </Button>
        <Button size="sm" variant="default" onClick={done}>
          {t('person.cancel')}
        </Button>
      </Group>
    </Alert>
  )
}

/** What can be changed of a person: posts begin and end, and an account is locked; nothing is deleted. */
export const EditPerson = ({ person, today }: { person: StaffMember; today: string }) => {
  const { t } = useTranslation('admin')
  const text = useText()
  const [act, setAct] = useState<'add' | 'lock' | 'link' | 'sso' | 'factor' | StaffPost>()
  const done = () => setAct(undefined)
  const running = person.posts.filter(({ validTo }) => !validTo || validTo > today)
  if (act === 'add') return <AddPost person={person} today={today} done={done} />
  if (act === 'link') return <PasswordLink person={person} isNew={person.shut} done={done} />
  if (act === 'sso') return <ReleaseSso person={person} done={done} />
  if (act === 'factor') return <ResetFactor person={person} done={done} />
  if (act === 'lock') return <Lock person={person} done={done} />
  if (act) return <EndPost post={act} name={person.name} today={today} done={done} />
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Button size="xs" variant="default" onClick={() => setAct('add')}>
          {t('person.addPost')}
        </Button>
        {running.map((post) => (
          <Button key={post.id} size="xs" variant="default" onClick={() => setAct(post)}>
            {t('person.endOf', { post: text(post.title) })}
          </Button>
        ))}
        {person.login && (
          <Button size="xs" variant="default" onClick={() => setAct('link')}>
            {t('person.link')}
          </Button>
        )}
        {person.sso && (
          <Button size="xs" variant="default" onClick={() => setAct('sso')}>
            {t('person.sso')}
          </Button>
        )}
        {person.secondFactor && (
          <Button size="xs" variant="default" onClick={() => setAct('factor')}>
            {t('person.factor')}
          </Button>
        )}
        <Button size="xs" variant="default" onClick={() => setAct('lock')}>
          {t('person.lock')}
        </Button>
      </Group>
    </Stack>
  )
}
