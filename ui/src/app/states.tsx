import { Alert, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconLock, IconRefresh, IconWifiOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ApiProblem } from './api.ts'
import { loginPath } from './login-path.ts'
import { useSession } from './session.tsx'

/** Grey lines in the place of what is coming. */
export const Loading = ({ lines = 6 }: { lines?: number }) => {
  const { t } = useTranslation('app')
  return (
    <Stack gap="sm" role="status" aria-label={t('state.loading')} py="sm">
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike and never move
        <Skeleton key={line} height={18} width={`${95 - ((line * 17) % 40)}%`} radius="sm" />
      ))}
    </Stack>
  )
}

/** Nothing here, said in words, with what can be done next. */
export const Empty = ({ title, children }: { title: string; children?: ReactNode }) => (
  <div className="empty">
    <Text fw={500}>{title}</Text>
    {children && (
      <Text size="sm" c="dimmed" component="div">
        {children}
      </Text>
    )}
  </div>
)

/** No permission: says so, and who to ask; a visitor is offered the login. */
export const NoPermission = () => {
  const { t } = useTranslation('app')
  const { session } = useSession()
  return (
    <Alert icon={<IconLock />} color="gray" title={t('state.forbidden')} className="state">
      <Text size="sm">{session ? t('state.forbiddenStaff') : t('state.forbiddenVisitor')}</Text>
      {!session && (
        <Button component={Link} to={loginPath(location)} mt="sm">
          {t('nav.login')}
        </Button>
      )}
    </Alert>
  )
}

/** What went wrong, what to do, and a button that tries again. */
export const Failed = ({ problem, retry }: { problem: unknown; retry?: () => void }) => {
  const { t } = useTranslation('app')
  if (problem instanceof ApiProblem && (problem.status === 401 || problem.status === 403))
    return <NoPermission />
  const away = problem instanceof ApiProblem && (problem.status === 0 || problem.status === 503)
  const known = problem instanceof ApiProblem
  return (
    <Alert
      icon={away ? <IconWifiOff /> : <IconAlertTriangle />}
      color="red"
      title={known ? problem.title : t('problem.unexpected')}
      className="state"
      role="alert"
    >
      <Text size="sm">
        {known && problem.message !== problem.title ? problem.message : t('state.failedHelp')}
      </Text>
      {retry && (
        <Group mt="sm">
          <Button size="xs" variant="default" leftSection={<IconRefresh size={16} />} onClick={retry}>
            {t('state.retry')}
          </Button>
        </Group>
      )}
    </Alert>
  )
}

type Query<T> = { data: T | undefined; error: unknown; isPending: boolean; refetch: () => unknown }

/** The states of a query around what it shows: loading, failed (old data stay on the page), or the data. */
export const Loaded = <T,>({
  query,
  lines,
  children,
}: {
  query: Query<T>
  lines?: number
  children: (data: T) => ReactNode
}) => {
  if (query.data !== undefined) {
    return (
      <>
        {query.error ? <Failed problem={query.error} retry={() => query.refetch()} /> : null}
        {children(query.data)}
      </>
    )
  }
  if (query.error) return <Failed problem={query.error} retry={() => query.refetch()} />
  return <Loading lines={lines} />
}
