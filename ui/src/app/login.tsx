import { Alert, Anchor, Button, Paper, PasswordInput, Stack, Table, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { ApiProblem } from './api.ts'
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from './demo-accounts.ts'
import { useMode } from './mode.ts'
import { Page } from './page.tsx'
import { homeOf, useLogin } from './session.tsx'

/** Only a path of this site: "//elsewhere" and "https:" lead away. */
const safePath = (path: string | null): string | null => (path && /^\/(?![/\\])/.test(path) ? path : null)

export const LoginPage = () => {
  const { t } = useTranslation('app')
  const demo = useMode()?.demo
  const enter = useLogin()
  const navigate = useNavigate()
  const [query] = useSearchParams()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [missing, setMissing] = useState(false)
  const [problem, setProblem] = useState<ApiProblem>()
  const [busy, setBusy] = useState(false)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const incomplete = !login.trim() || !password
    setMissing(incomplete)
    setProblem(undefined)
    if (incomplete) return
    setBusy(true)
    try {
      const session = await enter(login.trim(), password)
      await navigate(safePath(query.get('ve')) ?? homeOf(session), { replace: true })
    } catch (caught) {
      setProblem(caught instanceof ApiProblem ? caught : new ApiProblem(500))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Page title={t('login.title')}>
      <div className="login">
        <Paper p="lg" component="form" noValidate onSubmit={submit}>
          <Stack>
            {problem && (
              <Alert
                color="red"
                role="alert"
                title={problem.status === 401 ? t('login.wrong') : problem.title}
              >
                {problem.status === 401 ? t('login.wrongHelp') : problem.message}
              </Alert>
            )}
            <TextInput
              label={t('login.account')}
              value={login}
              onChange={(event) => setLogin(event.currentTarget.value)}
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              error={missing && !login.trim() && t('login.accountMissing')}
            />
            <PasswordInput
              label={t('login.password')}
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
              autoComplete="current-password"
              visibilityToggleButtonProps={{ 'aria-label': t('login.showPassword'), tabIndex: 0 }}
              error={missing && !password && t('login.passwordMissing')}
            />
            <Button type="submit" loading={busy}>
              {t('login.enter')}
            </Button>
          </Stack>
        </Paper>
        {demo && (
          <Paper p="lg">
            <Text fw={600}>{t('login.demoTitle')}</Text>
            <Text size="sm" c="dimmed" mb="xs">
              {t('login.demoHelp')}
            </Text>
            <Table verticalSpacing={3} horizontalSpacing={0}>
              <Table.Tbody>
                {DEMO_ACCOUNTS.map((account) => (
                  <Table.Tr key={account}>
                    <Table.Td>
                      <Anchor
                        component="button"
                        type="button"
                        size="sm"
                        onClick={() => {
                          setLogin(account)
                          setPassword(DEMO_PASSWORD)
                        }}
                      >
                        {account}
                      </Anchor>
                    </Table.Td>
                    <Table.Td>
                      <Text size="sm">{t(`login.demo.${account.replaceAll('.', '-')}`)}</Text>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Paper>
        )}
      </div>
    </Page>
  )
}
