import { IconAlertTriangleFilled, IconCircleCheck, IconCircleDashed, IconProgress } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ReengineeringPlan } from '../../app/api-types.ts'
import { useLanguage, useText } from '../../app/i18n.ts'
import { Empty, Loaded } from '../../app/states.tsx'
import { formatDay } from '../../shared/format.ts'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { Tag } from '../../shared/tags.tsx'
import { reengineering } from './queries.ts'

const COLUMNS = ['procedure', 'target', 'progress', 'state', 'responsible', 'due'] as const
const AIMS = ['fields', 'papers', 'days'] as const

const figure = (value: number | null | undefined, language: string) => value?.toLocaleString(language) ?? '?'

/** Before and now of what was aimed at, each with its aim. */
const Progress = ({ plan: { target, before, now } }: { plan: ReengineeringPlan }) => {
  const { t } = useTranslation('studio-catalogue')
  const language = useLanguage()
  const aimed = AIMS.filter((aim) => target[aim === 'fields' ? 'fieldsPercent' : aim] !== undefined)
  return (
    <ul className="catalogue-progress">
      {aimed.map((aim) => (
        <li key={aim} className="figures">
          {t(`plan.measure.${aim}`, {
            before: figure(before[aim], language),
            now: now ? figure(now[aim], language) : '—',
          })}
        </li>
      ))}
    </ul>
  )
}

const Target = ({ plan: { target } }: { plan: ReengineeringPlan }) => {
  const { t } = useTranslation('studio-catalogue')
  const language = useLanguage()
  return (
    <ul className="catalogue-progress">
      {Object.entries(target).map(([aim, value]) => (
        <li key={aim}>{t(`plan.target.${aim}`, { value: value.toLocaleString(language) })}</li>
      ))}
    </ul>
  )
}

const State = ({ plan }: { plan: ReengineeringPlan }) => {
  const { t } = useTranslation('studio-catalogue')
  const started = plan.state !== 'not-started'
  const icon = plan.state === 'published' ? IconCircleCheck : started ? IconProgress : IconCircleDashed
  return (
    <>
      <Tag icon={icon} tone={plan.state === 'published' ? 'good' : started ? 'accent' : 'plain'}>
        {t(`plan.state.${plan.state}`)}
      </Tag>
      {started && <div className="soft">{t(plan.reached ? 'plan.reached' : 'plan.notReached')}</div>}
      {plan.draftId && (
        <div>
          <Link to={`/thiet-ke/ban-thao/${plan.draftId}`}>{t('plan.draft')}</Link>
        </div>
      )}
    </>
  )
}

const Plans = ({ plans }: { plans: ReengineeringPlan[] }) => {
  const { t } = useTranslation('studio-catalogue')
  const text = useText()
  const language = useLanguage()
  const published = plans.filter(({ state }) => state === 'published').length
  const reached = plans.filter((plan) => plan.state === 'published' && plan.reached).length
  const overdue = plans.filter((plan) => plan.overdue).length
  return (
    <>
      <p className="catalogue-count">
        {t('plan.summary', { count: plans.length, published, reached, overdue })}
      </p>
      <ScrollX label={t('view.plan')}>
        <table className="catalogue-table stacked">
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th key={column} scope="col">
                  {t(`plan.column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {plans.map((plan) => (
              <tr key={plan.code}>
                <td className="catalogue-name">
                  <Link to={{ search: `?ma=${plan.code}` }}>{text(plan.name)}</Link>
                  <div className="soft figures">{plan.code}</div>
                  {plan.note && <div className="soft">{plan.note}</div>}
                </td>
                <td>
                  <Target plan={plan} />
                </td>
                <td>
                  <Progress plan={plan} />
                </td>
                <td>
                  <State plan={plan} />
                </td>
                <td data-label={t('plan.column.responsible')}>{plan.responsible.name}</td>
                <td data-label={t('plan.column.due')}>
                  {formatDay(plan.dueOn, language)}
                  {plan.overdue && (
                    <div>
                      <Tag tone="late" icon={IconAlertTriangleFilled}>
                        {t('plan.overdue')}
                      </Tag>
                    </div>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
    </>
  )
}

/** The re-engineering plan: aims, who, until when, and what drafts and publications have reached. */
export const PlanView = () => {
  const { t } = useTranslation('studio-catalogue')
  return (
    <Loaded query={useQuery(reengineering)}>
      {({ plans }) =>
        plans.length === 0 ? (
          <Empty title={t('plan.none')}>{t('plan.noneHelp')}</Empty>
        ) : (
          <Plans plans={plans} />
        )
      }
    </Loaded>
  )
}
