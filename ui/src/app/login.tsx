import {
  Alert,
  Anchor,
  Button,
  Divider,
  Paper,
  PasswordInput,
  Stack,
  Table,
  Text,
  TextInput,
} from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, useNavigate, useSearchParams } from 'react-router'
import { ApiProblem } from './api.ts'
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from './demo-accounts.ts'
import { chosenLanguage } from './i18n.ts'
import { useMode } from './mode.ts'
import { Page } from './page.tsx'
import { homeOf, useLogin, useSession } from './session.tsx'

/** Only a path of this site: "//elsewhere" and "https:" lead away. */
const safePath = (path: string | null): string | null => (path && /^\/(?![/\\])/.test(path) ? path : null)

const SSO_WHY = [
  'away',
  'cancelled',
  'stale',
  'refused',
  'unknown',
  'several',
  'inactive',
  'taken',
  'often',
] as const

/** Where the single sign-on begins. The address carries what a followed link cannot say: the way back, the language. */
const ssoPath = (back: string | null): string => {
  const query = new URLSearchParams()
  if (back) query.set('ve', back)
  const locale = chosenLanguage()
  if (locale) query.set('locale', locale)
  return `/api/sso/login?${query}`
}

/** Why the single sign-on let nobody in, as its return said in the address. */
const SsoRefusal = ({ why, name }: { why: string | null; name: string }) => {
  const { t } = useTranslation('app')
  const known = SSO_WHY.find((one) => one === why)
  if (!known) return null
  return (
    <Alert color="red" role="alert" title={t('login.ssoTitle', { name })}>
      {t(`login.ssoWhy.${known}`, { name })}
    </Alert>
  )
}

const isWrongLogin = ({ status, type }: ApiProblem): boolean => status === 401 && !type.endsWith('wrong-code')

export const LoginPage = () => {
  const { t } = useTranslation('app')
  const mode = useMode()
  const demo = mode?.demo
  const { session } = useSession()
  const enter = useLogin()
  const navigate = useNavigate()
  const [query] = useSearchParams()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  /** Of the second factor, once the server has asked for it. */
  const [code, setCode] = useState<string>()
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
      const session = await enter(login.trim(), password, code?.trim())
      await navigate(safePath(query.get('ve')) ?? homeOf(session), { replace: true })
    } catch (caught) {
      const told = caught instanceof ApiProblem ? caught : new ApiProblem(500)
      if (told.type.endsWith('second-factor-needed')) setCode('')
      else setProblem(told)
    } finally {
      setBusy(false)
    }
  }

  const back = safePath(query.get('ve'))
  // Back from the single sign-on, or here by mistake.
  if (session && !busy) return <Navigate to={back ?? homeOf(session)} replace />
  return (
    <Page title={t('login.title')}>
      <div className="login">
        <Paper p="lg" component="form" noValidate onSubmit={submit}>
          <Stack>
            {mode?.sso && !problem && <SsoRefusal why={query.get('sso')} name={mode.sso} />}
            {problem && (
              <Alert
                color="red"
                role="alert"
                title={isWrongLogin(problem) ? t('login.wrong') : problem.title}
              >
                {isWrongLogin(problem) ? t('login.wrongHelp') : problem.message}
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
            {code !== undefined && (
              <TextInput
                autoFocus
                label={t('factor.code')}
                description={t('factor.codeHelp')}
                value={code}
                onChange={(event) => setCode(event.currentTarget.value)}
                autoComplete="one-time-code"
                spellCheck={false}
                maxLength={24}
              />
            )}
            <Button type="submit" loading={busy}>
              {t('login.enter')}
            </Button>
            {mode?.sso && (
              <>
                <Divider label={t('login.or')} labelPosition="center" />
                <Button component="a" href={ssoPath(back)} className="login-sso" variant="default">
                  {t('login.with', { name: mode.sso })}
                </Button>
              </>
            )}
          </Stack>
        </Paper>
        {demo && (
          <Paper p="lg">
            <Text fw={600}>{t('login.demoTitle')}</Text>
            <Text size="sm" c="dimmed" mb="xs">
              {t('login.demoHelp')}
            </Text>
            <Table verticalSpacing={3} horizontalSpacing={6}>
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
