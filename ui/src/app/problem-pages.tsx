import { Button, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link, useRouteError } from 'react-router'
import { Page } from './page.tsx'
import { Failed } from './states.tsx'

export const NotFound = () => {
  const { t } = useTranslation('app')
  return (
    <Page title={t('notFound.title')}>
      <Stack align="flex-start">
        <Text>{t('notFound.text')}</Text>
        <Button component={Link} to="/">
          {t('notFound.home')}
        </Button>
      </Stack>
    </Page>
  )
}

/** The error boundary of every page: what broke stays inside the shell. */
export const RouteProblem = () => {
  const { t } = useTranslation('app')
  const problem = useRouteError()
  return (
    <Page title={t('problem.unexpected')}>
      <Failed problem={problem} retry={() => location.reload()} />
    </Page>
  )
}
