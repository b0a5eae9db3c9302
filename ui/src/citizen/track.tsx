import { Button, Group, Paper, Progress, Stack, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams } from 'react-router'
import { ApiProblem, api } from '../app/api.ts'
import type { Tracked } from '../app/api-types.ts'
import { Page } from '../app/page.tsx'
import { useSession } from '../app/session.tsx'
import { Empty, Failed, Loading } from '../app/states.tsx'
import './citizen.css'

const wordOf = (completion: number) =>
  completion >= 100 ? 'finished' : completion >= 60 ? 'late' : completion > 10 ? 'middle' : 'early'

/** A stranger learns the degree of completion and nothing more (TT 01/2018 art. 16.2d). */
const Found = ({ code }: { code: string }) => {
  const { t } = useTranslation('citizen')
  const { session } = useSession()
  const query = useQuery({
    queryKey: ['track', code],
    queryFn: ({ signal }) => api.get<Tracked>(`/api/track/${encodeURIComponent(code)}`, signal),
    retry: false,
  })
  if (query.error instanceof ApiProblem && query.error.status === 404)
    return <Empty title={t('track.none')}>{t('track.noneHelp')}</Empty>
  if (query.error) return <Failed problem={query.error} retry={() => query.refetch()} />
  if (!query.data) return <Loading lines={3} />
  const { completion } = query.data
  return (
    <Paper p="lg" role="status">
      <Text className="figures" fw={600}>
        {query.data.code}
      </Text>
      <Text mb="xs">
        {t(`track.${wordOf(completion)}`)} ({t('track.percent', { completion })})
      </Text>
      <Progress value={completion} size="lg" aria-label={t('track.bar')} />
      <Text size="sm" className="soft" mt="sm">
        {session?.kind === 'citizen' ? (
          <Link to="/ho-so-cua-toi">{t('track.mine')}</Link>
        ) : (
          <>
            {t('track.more')} <Link to="/dang-nhap?ve=/ho-so-cua-toi">{t('track.login')}</Link>
          </>
        )}
      </Text>
    </Paper>
  )
}

export default function TrackPage() {
  const { t } = useTranslation('citizen')
  const { code } = useParams()
  const navigate = useNavigate()
  const [typed, setTyped] = useState(code ?? '')
  const [missing, setMissing] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const wanted = typed.trim().toUpperCase()
    setMissing(wanted === '')
    if (wanted) void navigate(`/tra-cuu/${encodeURIComponent(wanted)}`)
  }
  return (
    <Page title={t('track.title')}>
      <Stack maw={640}>
        <form noValidate onSubmit={submit}>
          <Group align="flex-end" gap="sm">
            <TextInput
              flex={1}
              miw={240}
              size="md"
              label={t('track.code')}
              description={t('track.codeHelp')}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              error={missing && t('track.codeMissing')}
              autoCapitalize="characters"
              autoComplete="off"
              spellCheck={false}
            />
            <Button type="submit" size="md">
              {t('track.find')}
            </Button>
          </Group>
        </form>
        {code && <Found key={code} code={code} />}
        <Text size="sm" className="soft">
          {t('track.whatIf')} <Link to="/thu-tinh-han">{t('track.whatIfLink')}</Link>
        </Text>
      </Stack>
    </Page>
  )
}
