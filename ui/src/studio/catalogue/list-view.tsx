import { Button, Checkbox, Group } from '@mantine/core'
import { IconFilePlus } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CatalogueItem } from '../../app/api-types.ts'
import { useLanguage } from '../../app/i18n.ts'
import { useAbility } from '../../app/session.tsx'
import { Empty, Loaded } from '../../app/states.tsx'
import { More } from '../../shared/more.tsx'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { useAddress } from '../../shared/use-address.ts'
import { BulkDrafts } from './bulk-drafts.tsx'
import { EntryPanel } from './entry-panel.tsx'
import { FilterBar } from './filter-bar.tsx'
import { catalogueList, codesOf, filtersOf } from './queries.ts'
import { Row } from './row.tsx'

const COLUMNS = ['procedure', 'field', 'online', 'dossiers', 'version', 'plan'] as const

/** The most drafts in one act. */
const MOST = 200

const Table = ({
  entries,
  chosen,
  choose,
}: {
  entries: CatalogueItem[]
  chosen: Set<string>
  choose: (codes: Set<string>) => void
}) => {
  const { t } = useTranslation('studio-catalogue')
  const mayDraft = useAbility().can('create', 'Draft')
  const codes = entries.map(({ code }) => code)
  const all = codes.every((code) => chosen.has(code))
  return (
    <ScrollX label={t('list')}>
      <table className="catalogue-table stacked">
        <thead>
          <tr>
            {mayDraft && (
              <th scope="col" className="catalogue-choice">
                <Checkbox
                  size="xs"
                  aria-label={t('choose.shown')}
                  checked={all}
                  indeterminate={!all && chosen.size > 0}
                  onChange={() => choose(all ? new Set() : new Set(codes.slice(0, MOST)))}
                />
              </th>
            )}
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {t(`column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <Row
              key={entry.code}
              entry={entry}
              chosen={mayDraft ? chosen.has(entry.code) : undefined}
              onChoose={() => {
                const next = new Set(chosen)
                if (!next.delete(entry.code) && next.size < MOST) next.add(entry.code)
                choose(next)
              }}
            />
          ))}
        </tbody>
      </table>
    </ScrollX>
  )
}

/** The catalogue with its filters in the address; chosen rows become drafts in one act. */
export const ListView = () => {
  const { t } = useTranslation('studio-catalogue')
  const language = useLanguage()
  const ability = useAbility()
  const { query, put } = useAddress()
  const filters = filtersOf(query)
  const pages = useInfiniteQuery(catalogueList(filters))
  const [chosen, choose] = useState(new Set<string>())
  const [making, make] = useState<string[] | null>(null)
  const code = query.get('ma')
  const first = pages.data?.pages[0]
  const chooseAll = async () => choose(new Set((await codesOf(filters)).codes))
  if (making) return <BulkDrafts codes={making} onClose={() => make(null)} />
  return (
    <>
      <FilterBar filters={filters} fields={first?.fields ?? []} put={put} />
      {code && <EntryPanel code={code} onClose={() => put({ ma: '' })} />}
      <Loaded query={{ ...pages, data: first }}>
        {({ total, all }) => {
          const entries = pages.data?.pages.flatMap((page) => page.entries) ?? []
          if (all === 0) return <Empty title={t('empty.none')}>{t('empty.noneHelp')}</Empty>
          return (
            <>
              <Group gap="sm" justify="space-between" mb="xs">
                <p className="soft catalogue-count" role="status">
                  {t('count', {
                    count: total,
                    shown: total.toLocaleString(language),
                    all: all.toLocaleString(language),
                  })}
                </p>
                {ability.can('create', 'Draft') && total > 0 && (
                  <Group gap="xs">
                    <Button size="xs" variant="default" onClick={() => void chooseAll()}>
                      {t('choose.all', { count: Math.min(total, MOST) })}
                    </Button>
                    <Button
                      size="xs"
                      disabled={chosen.size === 0}
                      leftSection={<IconFilePlus size={16} />}
                      onClick={() => make([...chosen])}
                    >
                      {t('choose.make', { count: chosen.size })}
                    </Button>
                  </Group>
                )}
              </Group>
              {total === 0 ? (
                <Empty title={t('empty.filtered')}>{t('empty.filteredHelp')}</Empty>
              ) : (
                <Table entries={entries} chosen={chosen} choose={choose} />
              )}
              <More pages={pages} left={total - entries.length} />
            </>
          )
        }}
      </Loaded>
    </>
  )
}
