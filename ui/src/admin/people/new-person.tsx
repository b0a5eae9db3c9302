import { Checkbox, SimpleGrid, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { takeOn } from '../queries.ts'
import type { NewPerson } from '../types.ts'
import { FormFrame } from './form-frame.tsx'
import { PasswordLink } from './password-link.tsx'
import { PostFields, usePost } from './post-form.tsx'
import { useFields } from './use-fields.ts'
import { useKeeping } from './use-keeping.ts'

/**
 * Takes on a civil servant with an account and, most often, a first post. They set their password themselves, through
 * the link that is offered next.
 */
export const NewPersonForm = ({ today, done }: { today: string; done: () => void }) => {
  const { t } = useTranslation('admin')
  const [withPost, setWithPost] = useState(true)
  const person = useFields({ name: '', login: '', email: '' }, ['name', 'login'])
  const fields = usePost(today)
  const { name, login, email } = person.values
  const [id, setId] = useState<string>()
  const keeping = useKeeping<NewPerson>(
    async (sent) => setId((await takeOn(sent)).id),
    t('person.takenOn', { name }),
    () => undefined,
  )
  const submit = () => {
    const complete = person.complete()
    const post = withPost ? fields.read() : undefined
    if (!complete || (withPost && !post)) return
    keeping.mutate({ name, login, email, posts: post ? [post] : [] })
  }
  const problem = keeping.error
  if (id) return <PasswordLink person={{ id, name }} isNew done={done} />
  return (
    <FormFrame
      title={t('person.add')}
      submit={submit}
      busy={keeping.isPending}
      problem={keeping.general}
      cancel={done}
    >
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="sm" verticalSpacing="xs">
        <TextInput {...person.text('name', problem)} autoComplete="off" />
        <TextInput
          {...person.text('login', problem)}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
        <TextInput {...person.text('email', problem)} autoComplete="off" />
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
