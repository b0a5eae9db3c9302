import './compare.css'
import { Button, Group, NativeSelect, Skeleton } from '@mantine/core'
import { IconFileText, IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useCallback, useId, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { Comparison, StudioSavings } from '../../app/api-types.ts'
import { useLanguage, useText } from '../../app/i18n.ts'
import { Page } from '../../app/page.tsx'
import { Empty, Loaded } from '../../app/states.tsx'
import { DrawingBehind } from '../../shared/diagram/drawing-behind.tsx'
import { useAddress } from '../../shared/use-address.ts'
import { ChangeList } from './change-list.tsx'
import { Costs } from './costs.tsx'
import { Figures, keyOf } from './figures.tsx'
import type { Badge } from './pair-view.tsx'
import { addressOf, comparisonOf, savingsOf } from './queries.ts'

const PairView = lazy(() => import('./pair-view.tsx'))

const Part = ({
  title,
  className = '',
  children,
}: {
  title: string
  className?: string
  children: ReactNode
}) => {
  const id = useId()
  return (
    <section aria-labelledby={id} className={`cmp-part-frame ${className}`}>
      <h2 id={id} className="section-title">
        {title}
      </h2>
      {children}
    </section>
  )
}

const Downloads = ({ id, against, proposals }: { id: string; against: string; proposals: number }) => {
  const { t } = useTranslation('studio-compare')
  return (
    <Group gap="xs">
      <Button
        component="a"
        href={addressOf(id, 'before-after.pdf', against)}
        target="_blank"
        rel="noreferrer"
        leftSection={<IconPrinter size={16} />}
      >
        {t('download.page')}
      </Button>
      <Button
        component="a"
        variant="default"
        href={addressOf(id, 'annex.docx', '')}
        download
        leftSection={<IconFileText size={16} />}
      >
        {t('download.annex')}
      </Button>
      {proposals > 0 && (
        <Button
          component="a"
          variant="default"
          href={addressOf(id, 'proposal.docx', against)}
          download
          leftSection={<IconFileText size={16} />}
        >
          {t('download.proposal', { count: proposals })}
        </Button>
      )}
    </Group>
  )
}

/** The chosen figure as it stands on the elements of both diagrams. */
const useBadges = (savings: StudioSavings | undefined, shown: string): Badge[] => {
  const language = useLanguage()
  return useMemo(() => {
    const figure = savings?.figures.find((one) => keyOf(one) === shown)
    const say = (value: number | null) =>
      value === null
        ? ''
        : value.toLocaleString(language === 'vi' ? 'vi-VN' : 'en', { maximumFractionDigits: 2 })
    return (figure?.elements ?? []).map(({ elementId, before, after }) => ({
      id: elementId,
      before: say(before),
      after: say(after),
    }))
  }, [savings, shown, language])
}

const Compared = ({ id, compared, against }: { id: string; compared: Comparison; against: string }) => {
  const { t } = useTranslation('studio-compare')
  const text = useText()
  const { query, put } = useAddress()
  const savings = useQuery(savingsOf(id, against))
  const shown = query.get('chi-so') ?? ''
  const number = Number(query.get('thay-doi'))
  const chosen = Number.isInteger(number) && number > 0 ? number : null
  const badges = useBadges(savings.data, shown)
  const choose = useCallback((next: number) => put({ 'thay-doi': String(next), 'chi-so': '' }), [put])
  const { before, after, changes } = compared
  const sides = useMemo(
    () => ({
      before: before && { label: text(before.label), bpmn: before.bpmn },
      after: { label: text(after.label), bpmn: after.bpmn },
    }),
    [before, after, text],
  )
  return (
    <>
      <p className="cmp-facts">
        <Link to={`/thiet-ke/ban-thao/${id}`}>{compared.title}</Link>
        <span className="soft">
          {compared.code} {text(compared.name)}
        </span>
      </p>
      <div className="cmp-bar">
        <NativeSelect
          label={t('against')}
          value={against || (before?.versionId ?? '')}
          onChange={(event) => put({ voi: event.currentTarget.value, 'thay-doi': '', 'chi-so': '' })}
          data={[
            ...(before ? [] : [{ value: '', label: t('nothing') }]),
            ...compared.choices.map((choice) => ({ value: choice.against, label: text(choice.label) })),
          ]}
        />
        {before && (
          <Downloads
            id={id}
            against={against}
            proposals={changes.filter(({ power }) => power === 'proposal').length}
          />
        )}
      </div>
      {!before && <Empty title={t('new')}>{t('newHelp')}</Empty>}
      <Suspense fallback={<Skeleton height={420} />}>
        <DrawingBehind>
          {' '}
          <PairView
            before={sides.before}
            after={sides.after}
            changes={changes}
            chosen={chosen}
            badges={badges}
            onChoose={choose}
          />
        </DrawingBehind>
      </Suspense>
      <div className="cmp-columns">
        {before && (
          <Part title={t('change.title', { count: changes.length })}>
            <ChangeList changes={changes} chosen={chosen} onChoose={choose} />
          </Part>
        )}
        <div>
          <Part title={t('figure.title')}>
            <Loaded query={savings} lines={6}>
              {(found) => (
                <Figures
                  savings={found}
                  shown={shown}
                  onShow={(key) => put({ 'chi-so': key, 'thay-doi': '' })}
                />
              )}
            </Loaded>
          </Part>
          <Part title={t('cost.title')}>
            <Loaded query={savings} lines={6}>
              {(found) => <Costs savings={found} />}
            </Loaded>
          </Part>
        </div>
      </div>
    </>
  )
}

const ComparePage = () => {
  const { t } = useTranslation('studio-compare')
  const { id = '' } = useParams()
  const { query } = useAddress()
  const against = query.get('voi') ?? ''
  const comparison = useQuery(comparisonOf(id, against))
  return (
    <Page title={t('title')} wide>
      <Loaded query={comparison} lines={10}>
        {(compared) => <Compared id={id} compared={compared} against={against} />}
      </Loaded>
    </Page>
  )
}
export default ComparePage
