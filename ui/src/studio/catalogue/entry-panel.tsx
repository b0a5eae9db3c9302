import { Alert, Button, Group } from '@mantine/core'
import { IconFilePlus, IconListCheck, IconX } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { api } from '../../app/api.ts'
import type { CatalogueEntry, DraftView } from '../../app/api-types.ts'
import { useLanguage, useText } from '../../app/i18n.ts'
import { useAbility } from '../../app/session.tsx'
import { Failed, Loaded } from '../../app/states.tsx'
import { formatMoney } from '../../shared/format.ts'
import { PlanForm } from './plan-form.tsx'
import { catalogueEntry } from './queries.ts'
import { StepTable } from './step-table.tsx'

/** A draft begun from the row, or from the version in force where there is one. */
const useBegin = (entry: CatalogueEntry) => {
  const { t } = useTranslation('studio-catalogue')
  const text = useText()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: () =>
      api.post<DraftView>('/api/studio/drafts', {
        code: entry.code,
        from: entry.version ? { version: entry.version.id } : { skeleton: true },
        title: t(entry.version ? 'begin.redesign' : 'begin.skeleton', { name: text(entry.name) }).slice(
          0,
          200,
        ),
      }),
    onSuccess: ({ id }) => navigate(`/thiet-ke/ban-thao/${id}`),
  })
}

const Facts = ({ entry }: { entry: CatalogueEntry }) => {
  const { t } = useTranslation('studio-catalogue')
  const language = useLanguage()
  const fees = Object.entries(entry.fees).map(
    ([channel, amount]) => `${t(`channel.${channel}`)}: ${formatMoney(amount, language)}`,
  )
  const rows: [string, React.ReactNode][] = [
    ['agency', entry.agency],
    ['unit', entry.unit ?? t('missing')],
    [
      'limit',
      [
        entry.limit && `${entry.limit.value.toLocaleString(language)} ${t(`unit.${entry.limit.unit}`)}`,
        entry.limitText,
      ]
        .filter(Boolean)
        .join(' · ') || t('missing'),
    ],
    ['fee', [...fees, entry.feeText].filter(Boolean).join(' · ') || t('missing')],
    ['results', entry.results.join('; ') || t('missing')],
    ['decision', entry.decision || t('missing')],
    [
      'source',
      <>
        {entry.source ? (
          <a href={entry.source} target="_blank" rel="noreferrer">
            {t('sourceLink')}
          </a>
        ) : (
          t('missing')
        )}{' '}
        · {t(entry.verified ? 'verified' : 'unverified')}
      </>,
    ],
  ]
  return (
    <dl className="catalogue-facts">
      {rows.map(([key, value]) => (
        <div key={key}>
          <dt>{t(`fact.${key}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      <div>
        <dt>{t('fact.papers', { count: entry.papers.length })}</dt>
        <dd>
          <ol className="catalogue-papers">
            {entry.papers.map((paper) => (
              <li key={paper.name}>
                {paper.name}{' '}
                <span className="soft">
                  {[
                    paper.original > 0 && t('paper.original', { count: paper.original }),
                    paper.copies > 0 && t('paper.copies', { count: paper.copies }),
                    paper.optional && t('paper.optional'),
                    paper.presentOnly && t('paper.presentOnly'),
                    paper.reusableData && t('paper.reusableData'),
                  ]
                    .filter(Boolean)
                    .join(', ')}
                </span>
              </li>
            ))}
          </ol>
        </dd>
      </div>
    </dl>
  )
}

const Panel = ({ entry, onClose }: { entry: CatalogueEntry; onClose: () => void }) => {
  const { t } = useTranslation('studio-catalogue')
  const text = useText()
  const language = useLanguage()
  const ability = useAbility()
  const begin = useBegin(entry)
  const [planning, plan] = useState(false)
  const title = useRef<HTMLHeadingElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another procedure is where the reader goes on
  useEffect(() => title.current?.focus({ preventScroll: false }), [entry.code])
  const blocked = !entry.version && entry.lacks.length > 0
  return (
    <section className="catalogue-panel" aria-label={text(entry.name)}>
      <div className="catalogue-panel-head">
        <h2 ref={title} tabIndex={-1} className="section-title">
          {text(entry.name)} <span className="soft figures">{entry.code}</span>
        </h2>
        <Button size="xs" variant="subtle" color="gray" leftSection={<IconX size={16} />} onClick={onClose}>
          {t('close')}
        </Button>
      </div>
      <Group gap="xs" mb="sm">
        {entry.draft ? (
          <Button size="sm" component={Link} to={`/thiet-ke/ban-thao/${entry.draft.id}`}>
            {t('begin.goOn')}
          </Button>
        ) : (
          ability.can('create', 'Draft') && (
            <Button
              size="sm"
              leftSection={<IconFilePlus size={16} />}
              loading={begin.isPending}
              disabled={blocked}
              onClick={() => begin.mutate()}
            >
              {t('begin.make')}
            </Button>
          )
        )}
        {entry.version && (
          <Button size="sm" variant="default" component={Link} to={`/thiet-ke/thu-tuc/${entry.code}`}>
            {t('begin.look')}
          </Button>
        )}
        {ability.can('update', 'Catalogue') && !planning && (
          <Button
            size="sm"
            variant="default"
            leftSection={<IconListCheck size={16} />}
            onClick={() => plan(true)}
          >
            {t(entry.planned ? 'plan.change' : 'plan.put')}
          </Button>
        )}
      </Group>
      {begin.error && <Failed problem={begin.error} />}
      {blocked && (
        <Alert color="yellow" title={t('lacks')} mb="sm">
          <ul className="catalogue-lacks">
            {entry.lacks.map(({ field, message }) => (
              <li key={field + message.vi}>{message[language]}</li>
            ))}
          </ul>
        </Alert>
      )}
      {planning && <PlanForm code={entry.code} onDone={() => plan(false)} />}
      <div className="catalogue-panel-body">
        <Facts entry={entry} />
        <StepTable rows={entry.table} />
      </div>
    </section>
  )
}

/** A procedure as the catalogue has it, and what can be done with it. */
export const EntryPanel = ({ code, onClose }: { code: string; onClose: () => void }) => (
  <Loaded query={useQuery(catalogueEntry(code))} lines={5}>
    {(entry) => <Panel key={entry.code} entry={entry} onClose={onClose} />}
  </Loaded>
)
