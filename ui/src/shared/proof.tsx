import { Alert, Table, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import type { Proof, ProofLine } from '../app/api-types.ts'
import { useLanguage, useText } from '../app/i18n.ts'
import { formatDay, formatDayOrInstant, weekday } from './format.ts'
import { daysOf, lastCount } from './proof-days.ts'
import { ScrollX } from './scroll-x.tsx'
import { UnverifiedTag } from './tags.tsx'

/** Lines that name an instant; nothing is counted or skipped there. */
const POINTS = ['due', 'finished', 'moved', 'restarted']

/** Days as a strip of cells: counted ones numbered, skipped ones hatched, each with its reason. */
const Strip = ({ lines }: { lines: ProofLine[] }) => {
  const { t } = useTranslation('shared')
  const text = useText()
  const language = useLanguage()
  return (
    <ol className="strip" aria-label={t('proof.strip')}>
      {daysOf(lines).map(({ day, line, number, due }) => (
        <li
          key={day}
          className={`strip-day${number === null ? ' strip-skipped' : ''}${due ? ' strip-due' : ''}`}
          title={`${formatDay(day, language)}: ${text(line.reason)}`}
        >
          <span className="strip-name" aria-hidden="true">
            {formatDay(day, language).split(' ')[0]}
          </span>
          <span className="strip-date" aria-hidden="true">
            {day.slice(8)}
            {weekday(day) === 1 || day.endsWith('-01') ? `/${day.slice(5, 7)}` : ''}
          </span>
          <span className="strip-count" aria-hidden="true">
            {number ?? '–'}
          </span>
          <span className="visually-hidden">
            {formatDay(day, language)}:{' '}
            {number === null ? t('proof.skipped') : t('proof.countedAs', { number })}, {text(line.reason)}
            {due && `, ${t('proof.due')}`}
          </span>
          {due && (
            <span className="strip-flag" aria-hidden="true">
              {t('proof.dueShort')}
            </span>
          )}
        </li>
      ))}
    </ol>
  )
}

const useLineWords = () => {
  const { t } = useTranslation('shared')
  const language = useLanguage()
  return {
    // An instant says more than its day: the day stands only where there is none.
    when: (line: ProofLine) =>
      [...new Set([line.from, line.to])]
        .concat(line.from || line.to ? [] : [line.day])
        .filter((moment) => moment !== undefined)
        .map((moment) => formatDayOrInstant(moment, language))
        .join(' – '),
    counts: (line: ProofLine, lines: ProofLine[]) => {
      if (POINTS.includes(line.kind)) return '–'
      if (!line.counted) return t('proof.skipped')
      return lines.indexOf(line) < lastCount(lines) ? t('proof.superseded') : t('proof.counted')
    },
  }
}
const keyOf = (line: ProofLine, index: number) => `${index}${line.kind}${line.day}${line.from}${line.to}`

const Lines = ({ lines }: { lines: ProofLine[] }) => {
  const { t } = useTranslation('shared')
  const text = useText()
  const words = useLineWords()
  return (
    <ScrollX label={t('proof.table')}>
      <Table verticalSpacing={4} className="proof-table">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('proof.when')}</Table.Th>
            <Table.Th>{t('proof.counts')}</Table.Th>
            <Table.Th>{t('proof.reason')}</Table.Th>
            <Table.Th>{t('proof.source')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map((line, index) => (
            <Table.Tr key={keyOf(line, index)}>
              <Table.Td className="figures nowrap">{words.when(line)}</Table.Td>
              <Table.Td className="nowrap">{words.counts(line, lines)}</Table.Td>
              <Table.Td>{text(line.reason)}</Table.Td>
              <Table.Td className="source">
                <Source source={line.source} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollX>
  )
}

/** The same for a phone: one day per line, its source beneath. */
const List = ({ lines }: { lines: ProofLine[] }) => {
  const text = useText()
  const words = useLineWords()
  return (
    <ul className="proof-list">
      {lines.map((line, index) => (
        <li key={keyOf(line, index)}>
          <span className="figures">{words.when(line)}</span>: {words.counts(line, lines)},{' '}
          {text(line.reason)}
          <span className="soft proof-source">
            <Source source={line.source} />
          </span>
        </li>
      ))}
    </ul>
  )
}

/** The steps of a proof with their sources: a table, on a phone a list. */
export const ProofLines = ({ lines }: { lines: ProofLine[] }) => {
  const phone = useMediaQuery('screen and (max-width: 860px)')
  return phone ? <List lines={lines} /> : <Lines lines={lines} />
}

/** A date is never without its proof: one sentence, the days counted and skipped, and each one's source. */
export const ProofView = ({ proof }: { proof: Proof }) => {
  const text = useText()
  return (
    <div className="proof">
      <Text>
        {text(proof.sentence)} {proof.provisional && <UnverifiedTag />}
      </Text>
      {proof.warnings.map((warning) => (
        <Alert key={warning.day} color="yellow" variant="light" mt="xs" p="xs">
          {text(warning.text)}
        </Alert>
      ))}
      {proof.lines.length > 0 && <Strip lines={proof.lines} />}
      {proof.lines.length > 0 && <ProofLines lines={proof.lines} />}
    </div>
  )
}

/** A source as a link when it is an address, as text when it is not. */
export const Source = ({ source }: { source: string }) =>
  /^https?:\/\//.test(source) ? (
    <a href={source} target="_blank" rel="noreferrer noopener">
      {new URL(source).hostname}
    </a>
  ) : (
    source
  )
