import { Checkbox, SimpleGrid, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { takeOn } from '../queries.ts'
import type { NewPerson } from '../types.ts'
import { FormFrame } from './form-frame.tsx'
import { PostFields, usePost } from './post-form.tsx'
import { useFields } from './use-fields.ts'
import { useKeeping } from './use-keeping.ts'

const SHORTEST_PASSWORD = 12

/** Takes on a civil servant with an account and, most often, a first post. */
export const NewPersonForm = ({ today, done }: { today: string; done: () => void }) => {
  const { t } = useTranslation('admin')
  const [withPost, setWithPost] = useState(true)
  const [short, setShort] = useState(false)
  const person = useFields({ name: '', login: '', email: '', password: '' }, ['name', 'login', 'password'])
  const fields = usePost(today)
  const { name, login, email, password } = person.values
  const keeping = useKeeping<NewPerson>(takeOn, t('person.takenOn', { name }), done)
  const submit = () => {
    const complete = person.complete()
    const post = withPost ? fields.read() : undefined
    const tooShort = password !== '' && password.length < SHORTEST_PASSWORD
    setShort(tooShort)
    if (!complete || tooShort || (withPost && !post)) return
    keeping.mutate({ name, login, email, password, posts: post ? [post] : [] })
  }
  const problem = keeping.error
  const secret = person.text('password', problem)
  return (
    <FormFrame
      title={t('person.add')}
      submit={submit}
      busy={keeping.isPending}
      problem={keeping.general}
      cancel={done}
    >
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }} spacing="sm" verticalSpacing="xs">
        <TextInput {...person.text('name', problem)} autoComplete="off" />
        <TextInput
          {...person.text('login', problem)}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
        <TextInput {...person.text('email', problem)} autoComplete="off" />
        <TextInput
          {...secret}
          error={short ? t('person.short') : secret.error}
          autoComplete="new-password"
          spellCheck={false}
        />
      </SimpleGrid>
      <Checkbox
        size="sm"
        label={t('person.withPost')}
        checked={withPost}
        onChange={(event) => setWithPost(event.currentTarget.checked)}
      />
      {withPost && <PostFields fields={fields} today={today} problem={problem} />}
    </FormFrame>
  )
}
