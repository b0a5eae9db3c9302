import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StudioSavings } from '../../app/api-types.ts'
import { useLanguage, useText } from '../../app/i18n.ts'
import { formatDay } from '../../shared/format.ts'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { UnverifiedTag } from '../../shared/tags.tsx'
import { ParametersDialog } from './parameters-dialog.tsx'

type Pair = { before: number | null; after: number }

const useMoney = () => {
  const { t } = useTranslation('studio-compare')
  const language = useLanguage()
  const figure = (value: number) =>
    value.toLocaleString(language === 'vi' ? 'vi-VN' : 'en', { maximumFractionDigits: 2 })
  return {
    figure,
    money: (value: number | null) => (value === null ? '–' : t('cost.money', { amount: figure(value) })),
  }
}

const Row = ({ label, pair, strong = false }: { label: string; pair: Pair; strong?: boolean }) => {
  const { t } = useTranslation('studio-compare')
  const { money } = useMoney()
  const saved = pair.before === null ? null : pair.before - pair.after
  return (
    <tr data-strong={strong || undefined}>
      <th scope="row">{label}</th>
      <td className="figures nowrap" data-label={t('cost.before')}>
        {money(pair.before)}
      </td>
      <td className="figures nowrap" data-label={t('cost.after')}>
        {money(pair.after)}
      </td>
      <td className="figures nowrap" data-label={t('cost.saved')}>
        {money(saved)}
      </td>
    </tr>
  )
}

/** What a dossier costs people, by the worksheet: hours × wage + fees + travel; per dossier and at a year's volume. */
export const Costs = ({ savings }: { savings: StudioSavings }) => {
  const { t } = useTranslation('studio-compare')
  const text = useText()
  const language = useLanguage()
  const { figure } = useMoney()
  const [open, setOpen] = useState(false)
  const { cost, volume, parameters } = savings
  return (
    <>
      <ScrollX label={t('cost.title')}>
        <table className="cmp-table cmp-costs">
          <thead>
            <tr>
              <td />
              {(['before', 'after', 'saved'] as const).map((name) => (
                <th key={name} scope="col">
                  {t(`cost.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {cost.lines.map(({ key, label, ...pair }) => (
              <Row key={key} label={text(label)} pair={pair} />
            ))}
            <Row label={t('cost.perDossier')} pair={cost.perDossier} strong />
            {cost.perYear && (
              <Row
                label={t('cost.perYear', { count: volume.dossiers, dossiers: figure(volume.dossiers) })}
                pair={cost.perYear}
                strong
              />
            )}
            {cost.channels.map(({ channel, ...pair }) => (
              <Row key={channel} label={t(`cost.channel.${channel}`)} pair={pair} />
            ))}
          </tbody>
        </table>
      </ScrollX>
      <p className="soft">
        {t(cost.perYear ? 'cost.volume' : 'cost.noVolume', {
          from: formatDay(volume.from, language),
          to: formatDay(volume.to, language),
          hours: figure(cost.hours.after),
        })}
      </p>
      <p>
        {t(parameters.set ? 'parameters.set' : 'parameters.sample')} <UnverifiedTag />{' '}
        <span className="soft">{parameters.source}</span>
      </p>
      {savings.maySet && (
        <Button variant="default" size="xs" onClick={() => setOpen(true)}>
          {t('parameters.change')}
        </Button>
      )}
      <ParametersDialog parameters={parameters} opened={open} onClose={() => setOpen(false)} />
    </>
  )
}
