import { Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { HoldingView } from '../app/api-types.ts'
import { useLanguage, useText } from '../app/i18n.ts'
import { useLegalNow } from '../app/mode.ts'
import { Empty } from '../app/states.tsx'
import { workingTime } from './format.ts'
import { usePersonName } from './person.tsx'
import { ScrollX } from './scroll-x.tsx'
import { Tag } from './tags.tsx'
import { When } from './when.tsx'

const laneOf = (holding: HoldingView) => (holding.onBehalf === 'applicant' ? 'applicant' : holding.unit.id)

/** Variance in words and shape: more time than allotted, or less. */
export const Variance = ({ minutes }: { minutes: number | null }) => {
  const { t } = useTranslation('shared')
  const language = useLanguage()
  if (minutes === null) return <>–</>
  if (minutes === 0) return <>{t('holders.exact')}</>
  const time = workingTime(minutes, language)
  return minutes > 0 ? (
    <Tag tone="late">▲ {t('holders.over', { time })}</Tag>
  ) : (
    <Tag tone="good">▼ {t('holders.saved', { time })}</Tag>
  )
}

/** One lane per holder, each interval where it lies in time; the table below says the same. */
const Lanes = ({ holdings, now }: { holdings: HoldingView[]; now: number }) => {
  const { t } = useTranslation('shared')
  const text = useText()
  const from = Math.min(...holdings.map(({ fromAt }) => Date.parse(fromAt)))
  const to = Math.max(...holdings.map(({ toAt }) => (toAt ? Date.parse(toAt) : now)))
  const share = (at: number) => ((at - from) / Math.max(1, to - from)) * 100
  const lanes = [...new Set(holdings.map(laneOf))]
  return (
    <div className="lanes" aria-hidden="true">
      {lanes.map((lane) => {
        const own = holdings.filter((holding) => laneOf(holding) === lane)
        return (
          <div key={lane} className="lane">
            <span className="lane-name">
              {lane === 'applicant' ? t('holders.applicant') : text(own[0]!.unit.name)}
            </span>
            <span className="lane-line">
              {own.map((holding) => {
                const start = share(Date.parse(holding.fromAt))
                const end = share(holding.toAt ? Date.parse(holding.toAt) : now)
                const over = (holding.varianceMinutes ?? 0) > 0
                return (
                  <span
                    key={holding.id}
                    className={`lane-part lane-${lane === 'applicant' ? 'applicant' : over ? 'over' : holding.track}`}
                    style={{ left: `${start}%`, width: `max(3px, ${end - start}%)` }}
                    title={text(holding.stepName)}
                  />
                )
              })}
            </span>
          </div>
        )
      })}
    </div>
  )
}

/** Who held the dossier when, and how much of the time allotted they used (rules 10). */
export const Holders = ({ holdings }: { holdings: HoldingView[] }) => {
  const { t } = useTranslation('shared')
  const text = useText()
  const language = useLanguage()
  const now = useLegalNow()
  const nameOf = usePersonName()
  if (holdings.length === 0) return <Empty title={t('holders.none')} />
  return (
    <>
      <Lanes holdings={holdings} now={now} />
      <ScrollX label={t('holders.table')}>
        <Table verticalSpacing={6} miw="62rem" className="dense">
          <Table.Thead>
            <Table.Tr>
              {['step', 'holder', 'from', 'to', 'allotted', 'used', 'variance'].map((column) => (
                <Table.Th key={column}>{t(`holders.${column}`)}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {holdings.map((holding) => (
              <Table.Tr key={holding.id}>
                <Table.Td>
                  {text(holding.stepName)}
                  {holding.track === 'side' && (
                    <Text size="xs" className="soft">
                      {t('holders.side')}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td>
                  {holding.onBehalf === 'applicant'
                    ? t('holders.applicant')
                    : holding.person
                      ? nameOf(holding.person.name, holding.inPlaceOf?.name)
                      : t('holders.unclaimed')}
                  <Text size="xs" className="soft">
                    {text(holding.unit.name)}
                  </Text>
                </Table.Td>
                <Table.Td className="nowrap">
                  <When at={holding.fromAt} />
                </Table.Td>
                <Table.Td className="nowrap">
                  {holding.toAt ? <When at={holding.toAt} /> : t('holders.now')}
                </Table.Td>
                <Table.Td className="nowrap">
                  {holding.allottedMinutes === null ? '–' : workingTime(holding.allottedMinutes, language)}
                </Table.Td>
                <Table.Td className="nowrap">{workingTime(holding.usedMinutes, language)}</Table.Td>
                <Table.Td className="nowrap">
                  <Variance minutes={holding.varianceMinutes} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollX>
    </>
  )
}
