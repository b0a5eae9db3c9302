import { Button, Group, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { api } from '../../app/api.ts'
import type { GamedHits, GamedTally, Sample } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { Empty, Failed, Loaded } from '../../app/states.tsx'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { UnverifiedTag } from '../../shared/tags.tsx'
import { useAddress } from '../../shared/use-address.ts'
import { When } from '../../shared/when.tsx'
import { PeriodPage } from '../audit-page.tsx'
import { DossierLink } from '../dossier-link.tsx'
import { scopeOf, useFilters } from '../late/filters.ts'
import { PeriodBar } from '../late/period-bar.tsx'
import { gamedHits, gamedTally, randomSample } from '../queries.ts'
import { useReturnToRow } from '../return-row.ts'
import { Section } from '../section.tsx'

/** Records a finding and goes on to asking for its explanation. */
const FindButton = ({ dossierId, kind }: { dossierId: string; kind: string }) => {
  const { t } = useTranslation('audit')
  const navigate = useNavigate()
  const cache = useQueryClient()
  const add = useMutation({
    mutationFn: () => api.post<{ id: string }>('/api/findings', { dossierId, kind }, crypto.randomUUID()),
    onSuccess: async ({ id }) => {
      await cache.invalidateQueries({ queryKey: ['late'] })
      await navigate(`/kiem-tra/phat-hien/${id}`)
    },
  })
  return (
    <>
      <Button size="compact-sm" variant="default" loading={add.isPending} onClick={() => add.mutate()}>
        {t('gamed.find')}
      </Button>
      {add.error && <Failed problem={add.error} />}
    </>
  )
}

const Rules = ({
  tally,
  chosen,
  choose,
}: {
  tally: GamedTally
  chosen: string
  choose: (key: string) => void
}) => {
  const { t } = useTranslation('audit')
  const text = useText()
  return (
    <ul className="gamed-rules">
      {tally.rules.map((rule) => (
        <li key={rule.key}>
          <button
            type="button"
            className="gamed-rule"
            aria-pressed={chosen === rule.key}
            onClick={() => choose(chosen === rule.key ? '' : rule.key)}
          >
            <strong className="figures gamed-count">{rule.count}</strong>
            <span>
              <span className="gamed-name">{text(rule.name)}</span>
              <span className="soft gamed-threshold">
                {t('gamed.threshold')}{' '}
                {t(`gamed.unit.${rule.threshold.unit}`, { count: rule.threshold.value })}
                {rule.threshold.within &&
                  ` ${t(`gamed.within.${rule.threshold.within.unit}`, { count: rule.threshold.within.value })}`}
              </span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}

const Hits = ({ found }: { found: GamedHits }) => {
  const { t } = useTranslation('audit')
  const text = useText()
  useReturnToRow(true)
  return (
    <Section title={`${text(found.rule.name)}: ${found.count}`}>
      <p className="gamed-reason">
        {text(found.rule.reason)} {found.rule.source && <span className="soft">({found.rule.source})</span>}{' '}
        {!found.rule.verified && <UnverifiedTag />}
      </p>
      {found.hits.length === 0 ? (
        <Empty title={t('gamed.none')} />
      ) : (
        <ScrollX label={text(found.rule.name)} className="late-scroll">
          <table className="late-table">
            <thead>
              <tr>
                {(['code', 'procedure', 'agency', 'at', 'said', 'finding'] as const).map((name) => (
                  <th key={name} scope="col">
                    {t(`gamed.column.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {found.hits.map((hit) => (
                <tr key={`${hit.id}${hit.at}`} data-row={hit.id}>
                  <th scope="row">
                    <DossierLink dossier={hit} />
                  </th>
                  <td>
                    <span className="late-procedure">{text(hit.procedure.name)}</span>
                  </td>
                  <td className="late-agency">{text(hit.agency.name)}</td>
                  <td>
                    <When at={hit.at} />
                  </td>
                  <td>{text(hit.said)}</td>
                  <td>
                    {hit.findingId ? (
                      <Link to={`/kiem-tra/phat-hien/${hit.findingId}`}>{t('gamed.toFinding')}</Link>
                    ) : (
                      <FindButton dossierId={hit.id} kind={found.rule.key} />
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollX>
      )}
      {found.unlisted > 0 && <p className="soft">{t('gamed.unlisted', { count: found.unlisted })}</p>}
    </Section>
  )
}

const Drawn = ({ sample }: { sample: Sample }) => {
  const { t } = useTranslation('audit')
  const text = useText()
  useReturnToRow(true)
  return (
    <>
      <p>
        {t('sample.drawn', { count: sample.dossiers.length, of: sample.population })}{' '}
        <code className="hash">{sample.seed}</code>. {t('sample.again')}
      </p>
      {sample.dossiers.length > 0 && (
        <ScrollX label={t('sample.title')} className="late-scroll">
          <table className="late-table">
            <thead>
              <tr>
                {(['code', 'procedure', 'agency', 'due', 'finished', 'finding'] as const).map((name) => (
                  <th key={name} scope="col">
                    {t(`gamed.column.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {sample.dossiers.map((one) => (
                <tr key={one.id} data-row={one.id}>
                  <th scope="row">
                    <DossierLink dossier={one} />
                  </th>
                  <td>
                    <span className="late-procedure">{text(one.procedure.name)}</span>
                  </td>
                  <td className="late-agency">{text(one.agency.name)}</td>
                  <td>
                    <When at={one.dueAt} />
                  </td>
                  <td>
                    <When at={one.finishedAt} />
                  </td>
                  <td>
                    <FindButton dossierId={one.id} kind="sample" />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollX>
      )}
    </>
  )
}

const Draw = ({ asked, seed, draw }: { asked: string; seed: string; draw: (seed: string) => void }) => {
  const { t } = useTranslation('audit')
  const [typed, setTyped] = useState(seed)
  const query = useQuery({ ...randomSample(asked, seed), enabled: seed !== '' })
  const fresh = () => {
    const made = crypto.randomUUID().slice(0, 8)
    setTyped(made)
    draw(made)
  }
  return (
    <Section title={t('sample.title')} help={t('sample.help')}>
      <Group align="flex-end" gap="sm" className="no-print">
        <TextInput
          size="sm"
          label={t('sample.seed')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value.replace(/[^0-9a-zA-Z-]/g, '').slice(0, 40))}
          autoComplete="off"
          spellCheck={false}
        />
        <Button size="sm" variant="default" disabled={!typed} onClick={() => draw(typed)}>
          {t('sample.draw')}
        </Button>
        <Button size="sm" variant="subtle" onClick={fresh}>
          {t('sample.fresh')}
        </Button>
      </Group>
      {seed && (
        <Loaded query={query} lines={6}>
          {(sample) => <Drawn sample={sample} />}
        </Loaded>
      )}
    </Section>
  )
}

const Signs = ({ today }: { today: string }) => {
  const { filters, set } = useFilters(today)
  const { query, put } = useAddress()
  const rule = query.get('dau-hieu') ?? ''
  const seed = query.get('hat-giong') ?? ''
  const asked = scopeOf(filters)
  const tally = useQuery(gamedTally(asked.toString()))
  const hits = useQuery({ ...gamedHits(asked.toString(), rule), enabled: rule !== '' })
  const { t } = useTranslation('audit')
  return (
    <>
      <PeriodBar filters={filters} set={set} today={today} report={undefined} />
      <p className="soft">{t('gamed.help')}</p>
      <Loaded query={tally} lines={8}>
        {(found) => <Rules tally={found} chosen={rule} choose={(key) => put({ 'dau-hieu': key })} />}
      </Loaded>
      {rule && (
        <Loaded query={hits} lines={6}>
          {(found) => <Hits found={found} />}
        </Loaded>
      )}
      <Draw asked={asked.toString()} seed={seed} draw={(made) => put({ 'hat-giong': made })} />
    </>
  )
}

/** The second list: what is gamed, and dossiers in time drawn at random. */
export default function GamedPage() {
  const { t } = useTranslation('audit')
  return <PeriodPage title={t('gamed.title')} view={Signs} />
}
