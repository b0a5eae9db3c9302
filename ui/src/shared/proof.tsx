import { Alert, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Proof, ProofLine } from '../app/api-types.ts'
import { useLanguage, useText } from '../app/i18n.ts'
import { addDays, formatDay, formatDayOrInstant, legalDay, weekday } from './format.ts'
import { UnverifiedTag } from './tags.tsx'

type Day = { day: string; line: ProofLine; number: number | null; due: boolean }

/** Lines that name an instant; nothing is counted or skipped there. */
const POINTS = ['due', 'finished', 'moved', 'restarted']
const LONGEST_STRIP = 92
const dayOf = (value: string): string => (value.length === 10 ? value : legalDay(value))

/** First and last day of a line, which names one day or a stretch. */
const span = (line: ProofLine): [string, string] | null => {
  const from = line.day ?? line.from ?? line.to
  return from === undefined ? null : [dayOf(from), dayOf(line.day ?? line.to ?? from)]
}

/** The days that the lines cover, in order; counted ones are numbered from 1, the due day is marked. */
export const daysOf = (lines: ProofLine[]): Day[] => {
  const days = new Map<string, ProofLine>()
  const due = new Set(lines.filter(({ kind }) => kind === 'due').map((line) => span(line)?.[1]))
  for (const line of lines) {
    const [from, to] = span(line) ?? ['1', '0']
    for (let day = from, steps = 0; day <= to && steps < LONGEST_STRIP; steps++, day = addDays(day, 1)) {
      if (!days.has(day) || line.counted) days.set(day, line)
    }
  }
  let number = 0
  return [...days.entries()]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([day, line]) => ({ day, line, number: line.counted ? ++number : null, due: due.has(day) }))
}

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

/** A date is never without its proof: one sentence, the days counted and skipped, and each one's source. */
export const ProofView = ({ proof }: { proof: Proof }) => {
  const { t } = useTranslation('shared')
  const text = useText()
  const language = useLanguage()
  return (
    <div className="proof">
      <Text>
        {text(proof.sentence)} {proof.provisional && <UnverifiedTag />}
      </Text>
      {proof.warnings.map((warning) => (
        <Alert key={warning.day} color="yellow" variant="light" mt="xs" p="xs">
          {text(warning.text)} {t('proof.ifOff')} {formatDayOrInstant(warning.dueAtIfOff, language)}.
        </Alert>
      ))}
      {proof.lines.length > 0 && <Strip lines={proof.lines} />}
      {proof.lines.length > 0 && (
        <div className="scroll-x">
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
              {proof.lines.map((line) => (
                <Table.Tr key={`${line.kind}${line.day}${line.from}${line.to}`}>
                  <Table.Td className="figures nowrap">
                    {[...new Set([line.from ?? line.day, line.to ?? line.day])]
                      .filter((when) => when !== undefined)
                      .map((when) => formatDayOrInstant(when, language))
                      .join(' – ')}
                  </Table.Td>
                  <Table.Td className="nowrap">
                    {POINTS.includes(line.kind)
                      ? '–'
                      : line.counted
                        ? t('proof.counted')
                        : t('proof.skipped')}
                  </Table.Td>
                  <Table.Td>{text(line.reason)}</Table.Td>
                  <Table.Td className="source">
                    <Source source={line.source} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
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
