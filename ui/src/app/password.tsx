import { Alert, Button, Paper, PasswordInput, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { api } from './api.ts'
import { Page } from './page.tsx'
import { Failed } from './states.tsx'

const SHORTEST = 12

const Form = ({ token }: { token: string }) => {
  const { t } = useTranslation('app')
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const [asked, setAsked] = useState(false)
  const setting = useMutation({
    mutationFn: () => api.post<{ login: string }>('/api/password-links/use', { token, password }),
  })
  const short = password.length < SHORTEST
  const differ = password !== again
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setAsked(true)
    if (!short && !differ) setting.mutate()
  }
  if (setting.data)
    return (
      <Alert color="gray" variant="light" title={t('password.done')} role="status">
        <Text size="sm">{t('password.doneHelp', { login: setting.data.login })}</Text>
        <Button component={Link} to="/dang-nhap" mt="sm">
          {t('nav.login')}
        </Button>
      </Alert>
    )
  const shown = { 'aria-label': t('login.showPassword'), tabIndex: 0 }
  return (
    <Paper p="lg" component="form" noValidate onSubmit={submit} maw={420}>
      <Stack>
        <Text size="sm">{t('password.help')}</Text>
        {setting.error && <Failed problem={setting.error} />}
        <PasswordInput
          label={t('password.password')}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="new-password"
          visibilityToggleButtonProps={shown}
          error={asked && short && t('password.short')}
        />
        <PasswordInput
          label={t('password.again')}
          value={again}
          onChange={(event) => setAgain(event.currentTarget.value)}
          autoComplete="new-password"
          visibilityToggleButtonProps={shown}
          error={asked && !short && differ && t('password.differ')}
        />
        <Button type="submit" loading={setting.isPending}>
          {t('password.set')}
        </Button>
      </Stack>
    </Paper>
  )
}

/** Where a link that works once leads: its bearer sets their password. The code stands behind # and is sent only then. */
export const PasswordPage = () => {
  const { t } = useTranslation('app')
  const token = useLocation().hash.slice(1)
  return (
    <Page title={t('password.title')}>
      {token ? (
        <Form token={token} />
      ) : (
        <Alert color="yellow" title={t('password.noLink')}>
          {t('password.noLinkHelp')}
        </Alert>
      )}
    </Page>
  )
}
