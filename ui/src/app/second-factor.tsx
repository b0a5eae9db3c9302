import { Alert, Button, Group, Paper, Stack, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from './api.ts'
import { Page } from './page.tsx'
import { useSession } from './session.tsx'
import { Failed, Loaded } from './states.tsx'

type State = { enrolled: boolean; passed: boolean; recoveryCodes: number }
type Begun = { secret: string; uri: string; qr: boolean[][] }

const state = () => ({
  queryKey: ['second-factor'],
  queryFn: ({ signal }: { signal: AbortSignal }) => api.get<State>('/api/session/second-factor', signal),
})

/** The secret as a picture, with the white margin that cameras need. */
const Qr = ({ rows, label }: { rows: boolean[][]; label: string }) => {
  const size = rows.length + 8
  const path = rows
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + 4} ${y + 4}h1v1h-1z` : '')))
    .join('')
  return (
    <svg viewBox={`0 0 ${size} ${size}`} width="220" height="220" role="img" aria-label={label}>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  )
}

const CodeForm = ({
  label,
  path,
  done,
}: {
  label: string
  path: string
  done: (answer: { recoveryCodes?: string[] } | undefined) => void
}) => {
  const { t } = useTranslation('app')
  const [code, setCode] = useState('')
  const cache = useQueryClient()
  const send = useMutation({
    mutationFn: () => api.post<{ recoveryCodes?: string[] } | undefined>(path, { code: code.trim() }),
    onSuccess: async (answer) => {
      setCode('')
      done(answer)
      await cache.invalidateQueries({ queryKey: ['second-factor'] })
      await cache.invalidateQueries({ queryKey: ['session'] })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (code.trim().length >= 6) send.mutate()
  }
  return (
    <form noValidate onSubmit={submit}>
      <Group align="flex-end" gap="sm">
        <TextInput
          label={t('factor.code')}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          autoComplete="one-time-code"
          spellCheck={false}
          maxLength={24}
        />
        <Button type="submit" loading={send.isPending}>
          {label}
        </Button>
      </Group>
      {send.error && <Failed problem={send.error} />}
    </form>
  )
}

const Enrol = ({ done }: { done: (codes: string[]) => void }) => {
  const { t } = useTranslation('app')
  const begin = useMutation({ mutationFn: () => api.post<Begun>('/api/session/second-factor') })
  if (!begin.data)
    return (
      <>
        <p>{t('factor.why')}</p>
        <Button loading={begin.isPending} onClick={() => begin.mutate()}>
          {t('factor.begin')}
        </Button>
        {begin.error && <Failed problem={begin.error} />}
      </>
    )
  return (
    <Stack gap="sm">
      <p>{t('factor.scan')}</p>
      <Qr rows={begin.data.qr} label={t('factor.qr')} />
      <p>
        {t('factor.typed')}{' '}
        <code className="factor-secret">{begin.data.secret.replace(/(.{4})/g, '$1 ')}</code>
      </p>
      <CodeForm
        label={t('factor.confirm')}
        path="/api/session/second-factor/confirm"
        done={(answer) => done(answer?.recoveryCodes ?? [])}
      />
    </Stack>
  )
}

/** The second factor: an authenticator app beside the password. Offered to everybody, demanded of inspectors. */
export function SecondFactorPage() {
  const { t } = useTranslation('app')
  const { session } = useSession()
  const query = useQuery(state())
  const [codes, setCodes] = useState<string[]>()
  return (
    <Page title={t('factor.title')}>
      <Stack gap="md">
        {session?.awaitsSecondFactor && (
          <Alert color="yellow" title={t('factor.waits')}>
            {t('factor.waitsHelp')}
          </Alert>
        )}
        {codes && (
          <Alert color="green" title={t('factor.done')}>
            <p>{t('factor.recovery')}</p>
            <ul className="factor-codes">
              {codes.map((code) => (
                <li key={code}>
                  <code>{code}</code>
                </li>
              ))}
            </ul>
          </Alert>
        )}
        <Paper p="lg">
          <Loaded query={query} lines={4}>
            {({ enrolled, passed, recoveryCodes }) =>
              !enrolled ? (
                <Enrol done={setCodes} />
              ) : (
                <Stack gap="sm">
                  <p>{t('factor.has', { count: recoveryCodes })}</p>
                  {passed ? (
                    <CodeForm
                      label={t('factor.remove')}
                      path="/api/session/second-factor/remove"
                      done={() => setCodes(undefined)}
                    />
                  ) : (
                    <CodeForm
                      label={t('factor.pass')}
                      path="/api/session/second-factor/pass"
                      done={() => undefined}
                    />
                  )}
                </Stack>
              )
            }
          </Loaded>
        </Paper>
      </Stack>
    </Page>
  )
}
