import { Anchor, Button, Group, Paper, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconArrowsExchange, IconCash, IconFilePlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import type { CounterPage as Counter, CounterLine } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { Page } from '../../app/page.tsx'
import { Empty, Loaded } from '../../app/states.tsx'
import { procedures } from '../../citizen/queries.ts'
import { SearchField } from '../../shared/search-field.tsx'
import { Remaining, Tag } from '../../shared/tags.tsx'
import { When } from '../../shared/when.tsx'
import '../desk.css'
import './counter.css'
import { counterPage } from './queries.ts'
import { ScanField } from './scan-field.tsx'

const pathOf = (line: Pick<CounterLine, 'id' | 'taskId'>) =>
  line.taskId ? `/ban-lam-viec/viec/${line.taskId}` : `/ban-lam-viec/ho-so/${line.id}`

const NewDossier = () => {
  const { t } = useTranslation('desk')
  const text = useText()
  const [search, setSearch] = useState('')
  const [asked] = useDebouncedValue(search.trim(), 200)
  const found = useQuery(procedures(asked))
  return (
    <Paper p="md">
      <h2 className="section-title">{t('counter.new')}</h2>
      <SearchField label={t('counter.find')} value={search} onType={setSearch} mb="sm" />
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

/** One queue of the counter, with its true count; what is shown beyond the first hundred is said. */
const Queue = ({
  title,
  none,
  count,
  lines,
  more,
  detail,
}: {
  title: string
  none: string
  count: number
  lines: CounterLine[]
  more?: ReactNode
  detail: (line: CounterLine) => ReactNode
}) => {
  const { t } = useTranslation('desk')
  const text = useText()
  return (
    <Paper p="md" component="section" aria-label={title}>
      <Group justify="space-between" gap="xs">
        <h2 className="section-title">
          {title} <span className="tab-count">{count}</span>
        </h2>
        {more}
      </Group>
      {lines.length === 0 ? (
        <Empty title={none} />
      ) : (
        <ul className="counter-list">
          {lines.map((line) => (
            <li key={line.id}>
              <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
                <Link to={pathOf(line)} className="counter-who">
                  <strong>{line.applicant}</strong>
                </Link>
                <Text size="sm" component="div" className="counter-detail">
                  {detail(line)}
                </Text>
              </Group>
              <Text size="sm" className="soft">
                <span className="figures">{line.code}</span> · {text(line.procedure.name)}
                {line.channel !== 'ONLINE' && ` · ${t(`shared:channel.${line.channel}`)}`}
                {line.assignee && ` · ${line.assignee}`}
              </Text>
            </li>
          ))}
        </ul>
      )}
      {count > lines.length && (
        <Text size="sm" className="soft" mt="xs">
          {t('counter.more', { count: count - lines.length })}
        </Text>
      )}
    </Paper>
  )
}

const Handovers = ({ counts }: Pick<Counter, 'counts'>) => {
  const { t } = useTranslation('desk')
  return (
    <Paper p="md" component="section" aria-label={t('handover.title')}>
      <Group justify="space-between" gap="sm">
        <div>
          <h2 className="section-title">{t('handover.title')}</h2>
          <Text size="sm">{t('handover.readyCount', { count: counts.handover })}</Text>
          {counts.incoming > 0 && (
            <Text size="sm">{t('handover.incomingCount', { count: counts.incoming })}</Text>
          )}
        </div>
        <Button
          component={Link}
          to="/ban-giao"
          variant="default"
          leftSection={<IconArrowsExchange size={16} />}
        >
          {t('handover.open')}
        </Button>
      </Group>
    </Paper>
  )
}

/** The clerk's own page: the scanner's field first, then what the day asks for. */
export default function CounterPage() {
  const { t } = useTranslation('desk')
  const text = useText()
  const navigate = useNavigate()
  const query = useQuery(counterPage())
  return (
    <Page
      title={t('counter.title')}
      wide
      actions={
        <Anchor component={Link} to="/mot-cua/thu-tien" className="with-icon">
          <IconCash size={18} aria-hidden="true" /> {t('cash.title')}
        </Anchor>
      }
    >
      <Loaded query={query} lines={10}>
        {(page) => {
          const at = (line: CounterLine) => <When at={line.at} />
          return (
            <>
              <Text className="soft" mb="sm">
                {text(page.unit.name)}, {text(page.unit.agency)}
              </Text>
              <Paper p="md" mb="md">
                <ScanField
                  label={t('scan.label')}
                  autoFocus
                  onFound={(dossier) => navigate(`/ban-lam-viec/ho-so/${dossier.id}`)}
                />
              </Paper>
              <div className="counter">
                <div className="counter-column">
                  <Queue
                    title={t('counter.toReceive')}
                    none={t('counter.nothingToReceive')}
                    count={page.counts.toReceive}
                    lines={page.toReceive}
                    detail={(line) =>
                      line.remaining ? (
                        <Remaining minutes={line.remainingMinutes} words={text(line.remaining)} />
                      ) : line.form === 'supplement-receive' ? (
                        <Tag>{t('counter.supplement')}</Tag>
                      ) : (
                        at(line)
                      )
                    }
                  />
                  {page.counts.guided > 0 && (
                    <Queue
                      title={t('counter.guided')}
                      none=""
                      count={page.counts.guided}
                      lines={page.guided}
                      detail={at}
                    />
                  )}
                </div>
                <div className="counter-column">
                  <NewDossier />
                  <Handovers counts={page.counts} />
                </div>
                <div className="counter-column">
                  <Queue
                    title={t('counter.waiting')}
                    none={t('counter.noWaiting')}
                    count={page.counts.waiting}
                    lines={page.waiting}
                    more={
                      <Anchor component={Link} to="/ho-so?trang-thai=done" size="sm">
                        {t('counter.uncollectedList')}
                      </Anchor>
                    }
                    detail={(line) => (
                      <span className="soft">
                        {t('counter.since')} {at(line)}
                      </span>
                    )}
                  />
                  <Queue
                    title={t('counter.returned')}
                    none={t('counter.noReturned')}
                    count={page.counts.returned}
                    lines={page.returned}
                    detail={at}
                  />
                </div>
              </div>
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}
