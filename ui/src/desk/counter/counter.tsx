import { Anchor, Paper, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconFilePlus, IconSearch } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useText } from '../../app/i18n.ts'
import { Page } from '../../app/page.tsx'
import { Empty, Loaded } from '../../app/states.tsx'
import { procedures } from '../../citizen/queries.ts'
import { When } from '../../shared/when.tsx'
import '../desk.css'
import { dossiers, worklist } from '../queries.ts'
import { byClock } from '../worklist/grouping.ts'
import { taskPath } from '../worklist/rows.tsx'

const NewDossier = () => {
  const { t } = useTranslation('desk')
  const text = useText()
  const [search, setSearch] = useState('')
  const [asked] = useDebouncedValue(search.trim(), 200)
  const found = useQuery(procedures(asked))
  return (
    <Paper p="md">
      <h2 className="section-title">{t('counter.new')}</h2>
      <TextInput
        label={t('counter.find')}
        leftSection={<IconSearch size={16} aria-hidden="true" />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        mb="sm"
      />
      <Loaded query={found} lines={3}>
        {(list) =>
          list.length === 0 ? (
            <Empty title={t('counter.noProcedure')} />
          ) : (
            <ul className="counter-list">
              {list.map((one) => (
                <li key={one.code}>
                  <Link to={`/mot-cua/nop-ho-so/${one.code}`} className="with-icon">
                    <IconFilePlus size={18} aria-hidden="true" />
                    <span>
                      <span className="figures soft">{one.code}</span> {text(one.name)}
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Paper>
  )
}

/** Work of the counter with one form: dossiers to receive, results to hand out. */
const Work = ({ form, title, none }: { form: string[]; title: string; none: string }) => {
  const text = useText()
  const mine = useQuery(worklist('mine'))
  const unclaimed = useQuery(worklist('unclaimed'))
  return (
    <Paper p="md">
      <h2 className="section-title">{title}</h2>
      <Loaded query={mine} lines={4}>
        {(list) => {
          const rows = [...list.tasks, ...(unclaimed.data?.tasks ?? [])]
            .filter((row) => form.includes(row.form) && row.state === 'open')
            .sort(byClock)
          if (rows.length === 0) return <Empty title={none} />
          return (
            <ul className="counter-list">
              {rows.map((row) => (
                <li key={row.id}>
                  <Link to={taskPath(row)}>
                    <strong>{row.applicant}</strong>
                  </Link>
                  <Text size="sm" className="soft">
                    <span className="figures">{row.dossierCode}</span> · {text(row.procedure.name)}
                    {row.stepRemaining && ` · ${text(row.stepRemaining)}`}
                  </Text>
                </li>
              ))}
            </ul>
          )
        }}
      </Loaded>
    </Paper>
  )
}

/** Results that lie at the counter and nobody has collected. */
const Uncollected = () => {
  const { t } = useTranslation('desk')
  const found = useInfiniteQuery(dossiers('', 'done'))
  const list = found.data?.pages.flatMap((page) => page.dossiers)
  return (
    <Paper p="md">
      <h2 className="section-title">{t('counter.uncollected')}</h2>
      <Loaded query={{ ...found, data: list }} lines={3}>
        {(all) =>
          all.length === 0 ? (
            <Empty title={t('counter.noUncollected')} />
          ) : (
            <ul className="counter-list">
              {all.map((one) => (
                <li key={one.id}>
                  <Anchor component={Link} to={`/ban-lam-viec/ho-so/${one.id}`} fw={600}>
                    {one.applicant}
                  </Anchor>
                  <Text size="sm" className="soft">
                    <span className="figures">{one.code}</span> · {t('counter.since')}{' '}
                    <When at={one.finishedAt} />
                  </Text>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Paper>
  )
}

export default function CounterPage() {
  const { t } = useTranslation('desk')
  return (
    <Page title={t('counter.title')} wide>
      <div className="counter">
        <NewDossier />
        <Work
          form={['reception', 'supplement-receive']}
          title={t('counter.toReceive')}
          none={t('counter.nothingToReceive')}
        />
        <Stack gap="md">
          <Work form={['result-return']} title={t('counter.toReturn')} none={t('counter.nothingToReturn')} />
          <Uncollected />
        </Stack>
      </div>
    </Page>
  )
}
