import { Anchor, Button, NumberInput, Paper, Stack, Table, Text, Textarea } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, fieldProblem } from '../../app/api.ts'
import type { Owed, ShiftPage, ShiftView } from '../../app/api-types.ts'
import { useLanguage, useText } from '../../app/i18n.ts'
import { Page } from '../../app/page.tsx'
import { say } from '../../app/say.ts'
import { useSession } from '../../app/session.tsx'
import { Empty, Failed, Loaded } from '../../app/states.tsx'
import { formatMoney } from '../../shared/format.ts'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { SearchField } from '../../shared/search-field.tsx'
import { Tag } from '../../shared/tags.tsx'
import { When } from '../../shared/when.tsx'
import '../desk.css'
import './cash.css'
import { openShift, owed, shift, shifts } from './cash-queries.ts'
import { TakeCash } from './cash-take.tsx'

const useMoney = () => {
  const language = useLanguage()
  return (amount: number) => formatMoney(amount, language)
}

const MoneyInput = (props: {
  label: string
  description?: string
  value: number | ''
  onChange: (value: number | '') => void
  error?: string | false
}) => (
  <NumberInput
    {...props}
    onChange={(value) => props.onChange(typeof value === 'number' ? value : '')}
    min={0}
    max={10_000_000_000}
    step={10_000}
    allowDecimal={false}
    allowNegative={false}
    thousandSeparator="."
    decimalSeparator=","
    suffix=" đ"
    inputMode="numeric"
  />
)

const OpenForm = () => {
  const { t } = useTranslation('desk')
  const cache = useQueryClient()
  const [amount, setAmount] = useState<number | ''>(0)
  const opening = useMutation({
    mutationFn: () => api.post('/api/cash-shifts', { openingAmount: amount || 0 }),
    onSuccess: () => void cache.invalidateQueries({ queryKey: ['cash-shifts'] }),
  })
  return (
    <Paper p="md">
      <h2 className="section-title">{t('cash.open')}</h2>
      <Stack gap="sm" className="cash-narrow">
        <Text size="sm">{t('cash.openHelp')}</Text>
        {opening.error && <Failed problem={opening.error} />}
        <MoneyInput
          label={t('cash.opening')}
          description={t('cash.openingHelp')}
          value={amount}
          onChange={setAmount}
        />
        <Button loading={opening.isPending} onClick={() => opening.mutate()}>
          {t('cash.openNow')}
        </Button>
      </Stack>
    </Paper>
  )
}

/** Counting the drawer: the difference is shown before it is recorded, and one that is not zero needs its reason. */
const CloseForm = ({ about }: { about: ShiftPage }) => {
  const { t } = useTranslation('desk')
  const money = useMoney()
  const cache = useQueryClient()
  const [counted, setCounted] = useState<number | ''>('')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const expected = about.openingAmount + about.taken
  const difference = counted === '' ? 0 : counted - expected
  const closing = useMutation({
    mutationFn: () => api.post(`/api/cash-shifts/${about.id}/close`, { counted, reason }),
    onSuccess: () => {
      say(t('cash.closed'))
      void cache.invalidateQueries({ queryKey: ['cash-shifts'] })
    },
  })
  const noReason = difference !== 0 && reason.trim() === ''
  return (
    <Stack gap="sm" className="cash-narrow">
      <h3 className="section-title">{t('cash.close')}</h3>
      {closing.error && <Failed problem={closing.error} />}
      <MoneyInput
        label={t('cash.counted')}
        description={t('cash.expected', { amount: money(expected) })}
        value={counted}
        onChange={setCounted}
        error={tried && counted === '' && t('cash.countedMissing')}
      />
      {difference !== 0 && (
        <>
          <Text role="status">
            <Tag tone="late">
              {t(difference < 0 ? 'cash.short' : 'cash.over', { amount: money(Math.abs(difference)) })}
            </Tag>
          </Text>
          <Textarea
            label={t('cash.reason')}
            withAsterisk
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={(tried && noReason && t('cash.reasonMissing')) || fieldProblem(closing.error, 'reason')}
            maxLength={1000}
            autosize
            minRows={2}
          />
        </>
      )}
      <Button
        variant="default"
        loading={closing.isPending}
        onClick={() => {
          setTried(true)
          if (counted !== '' && !noReason) closing.mutate()
        }}
      >
        {t('cash.closeNow')}
      </Button>
    </Stack>
  )
}

const Receipts = ({ about }: { about: ShiftPage }) => {
  const { t } = useTranslation('desk')
  const money = useMoney()
  if (about.payments.length === 0) return <Empty title={t('cash.noReceipts')} />
  return (
    <ScrollX label={t('cash.receipts')}>
      <Table className="stacked">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('cash.receipt')}</Table.Th>
            <Table.Th>{t('cash.dossier')}</Table.Th>
            <Table.Th>{t('cash.payer')}</Table.Th>
            <Table.Th>{t('cash.at')}</Table.Th>
            <Table.Th className="cash-figure">{t('cash.amount')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {about.payments.map((one) => (
            <Table.Tr key={one.id}>
              <Table.Td className="figures">
                <Anchor href={`/api/payments/${one.id}/receipt`} target="_blank" rel="noopener">
                  {one.receipt}
                </Anchor>
                {one.voided && (
                  <>
                    {' '}
                    <Tag tone="late">{t('cash.voided')}</Tag>{' '}
                    <span className="soft">{one.voided.reason}</span>
                  </>
                )}
              </Table.Td>
              <Table.Td className="figures">
                <Link to={`/ban-lam-viec/ho-so/${one.dossier.id}?xem=papers`}>{one.dossier.code}</Link>
              </Table.Td>
              <Table.Td data-label={t('cash.payer')}>{one.payer}</Table.Td>
              <Table.Td data-label={t('cash.at')}>
                <When at={one.at} />
              </Table.Td>
              <Table.Td className="figures cash-figure" data-label={t('cash.amount')}>
                {one.voided ? <s>{money(one.amount)}</s> : money(one.amount)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollX>
  )
}

const Running = ({ mine }: { mine: ShiftView }) => {
  const { t } = useTranslation('desk')
  const money = useMoney()
  const query = useQuery(shift(mine.id))
  return (
    <Paper p="md">
      <h2 className="section-title">{t('cash.running')}</h2>
      <Loaded query={query}>
        {(about) => (
          <Stack gap="md">
            <dl className="facts">
              <dt>{t('cash.since')}</dt>
              <dd>
                <When at={about.openedAt} />
              </dd>
              <dt>{t('cash.opening')}</dt>
              <dd className="figures">{money(about.openingAmount)}</dd>
              <dt>{t('cash.takenSum')}</dt>
              <dd>
                <strong className="figures">{money(about.taken)}</strong>,{' '}
                {t('cash.receiptCount', { count: about.receipts })}
                {about.voided > 0 && `, ${t('cash.voidedCount', { count: about.voided })}`}
              </dd>
            </dl>
            <Receipts about={about} />
            <CloseForm key={about.id} about={about} />
          </Stack>
        )}
      </Loaded>
    </Paper>
  )
}

const OwedRow = ({ one, canTake }: { one: Owed; canTake: boolean }) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const money = useMoney()
  const [open, setOpen] = useState(false)
  return (
    <li>
      <Anchor component={Link} to={`/ban-lam-viec/ho-so/${one.id}`} fw={600}>
        {one.applicant}
      </Anchor>
      <Text size="sm" className="soft">
        <span className="figures">{one.code}</span> · {text(one.procedure)}
      </Text>
      <Text size="sm">
        <strong className="figures">{money(one.amount)}</strong>, {t('cash.payBy')} <When at={one.payBy} />
      </Text>
      {canTake &&
        (open ? (
          <TakeCash dossierId={one.id} amount={one.amount} applicant={one.applicant} />
        ) : (
          <Button size="xs" variant="light" mt={4} onClick={() => setOpen(true)}>
            {t('cash.takeFrom')}
            <span className="visually-hidden"> {one.applicant}</span>
          </Button>
        ))}
    </li>
  )
}

const OwedList = ({ canTake }: { canTake: boolean }) => {
  const { t } = useTranslation('desk')
  const [search, setSearch] = useState('')
  const [asked] = useDebouncedValue(search.trim(), 200)
  const query = useQuery(owed(asked))
  return (
    <Paper p="md">
      <h2 className="section-title">{t('cash.owedList')}</h2>
      {!canTake && (
        <Text size="sm" mb="xs">
          {t('cash.noShift')}
        </Text>
      )}
      <SearchField label={t('cash.find')} value={search} onType={setSearch} mb="sm" />
      <Loaded query={query} lines={3}>
        {(list) =>
          list.length === 0 ? (
            <Empty title={t('cash.nothingOwed')} />
          ) : (
            <ul className="counter-list">
              {list.map((one) => (
                <OwedRow key={one.id} one={one} canTake={canTake} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Paper>
  )
}

const Past = ({ list }: { list: ShiftView[] }) => {
  const { t } = useTranslation('desk')
  const money = useMoney()
  const { session } = useSession()
  if (list.length === 0) return <Empty title={t('cash.noPast')} />
  return (
    <ScrollX label={t('cash.past')}>
      <Table className="stacked">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('cash.shift')}</Table.Th>
            <Table.Th>{t('cash.cashier')}</Table.Th>
            <Table.Th className="cash-figure">{t('cash.takenSum')}</Table.Th>
            <Table.Th className="cash-figure">{t('cash.counted')}</Table.Th>
            <Table.Th>{t('cash.difference')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {list.map((one) => (
            <Table.Tr key={one.id}>
              <Table.Td>
                <When at={one.openedAt} /> – {one.closedAt ? <When at={one.closedAt} /> : t('cash.stillOpen')}
              </Table.Td>
              <Table.Td data-label={t('cash.cashier')}>
                {one.cashier.id === session?.person.id ? t('cash.me') : one.cashier.name}
              </Table.Td>
              <Table.Td className="figures cash-figure" data-label={t('cash.takenSum')}>
                {money(one.taken)}
              </Table.Td>
              <Table.Td className="figures cash-figure" data-label={t('cash.counted')}>
                {one.counted === null ? '–' : money(one.counted)}
              </Table.Td>
              <Table.Td data-label={t('cash.difference')}>
                {one.difference === null ? (
                  '–'
                ) : one.difference === 0 ? (
                  t('cash.exact')
                ) : (
                  <>
                    <Tag tone="late">
                      {t(one.difference < 0 ? 'cash.short' : 'cash.over', {
                        amount: money(Math.abs(one.difference)),
                      })}
                    </Tag>{' '}
                    {one.reason}
                  </>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollX>
  )
}

/** "Ca thu tiền": the drawer of one cashier from opening to counting, and the fees that wait to be paid. */
export default function CashPage() {
  const { t } = useTranslation('desk')
  const mine = useQuery(openShift())
  const all = useQuery(shifts())
  return (
    <Page title={t('cash.title')} wide>
      <div className="cash">
        <OwedList canTake={Boolean(mine.data)} />
        <Stack gap="md">
          <Loaded query={mine} lines={4}>
            {(running) => (running ? <Running key={running.id} mine={running} /> : <OpenForm />)}
          </Loaded>
          <Paper p="md">
            <h2 className="section-title">{t('cash.past')}</h2>
            <Loaded query={all} lines={3}>
              {(list) => <Past list={list.filter((one) => one.id !== mine.data?.id)} />}
            </Loaded>
          </Paper>
        </Stack>
      </div>
    </Page>
  )
}
