import { IconAlertTriangleFilled, IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { LateDossier } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { isOverseer, useSession } from '../../app/session.tsx'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { When } from '../../shared/when.tsx'
import { DossierLink } from '../dossier-link.tsx'
import { ExplanationTag } from './explanation-tag.tsx'
import type { FilterName, Filters, Sort } from './filters.ts'
import { LetterTag } from './letter-tag.tsx'

const COLUMNS: [name: string, sort?: Sort][] = [
  ['code', 'code'],
  ['procedure'],
  ['agency'],
  ['originalDue', 'originalDueAt'],
  ['newDue'],
  ['finished', 'finishedAt'],
  ['late', 'lateMinutes'],
  ['worst', 'overrun'],
  ['letter'],
  ['cause'],
  ['explanation'],
]

export const Lateness = ({ dossier }: { dossier: LateDossier }) => {
  const text = useText()
  return (
    <span className="remaining tone-late">
      <IconAlertTriangleFilled size={13} aria-hidden="true" />
      {text(dossier.lateText)}
    </span>
  )
}

export const Worst = ({ dossier }: { dossier: LateDossier }) => {
  const { t } = useTranslation('audit')
  const text = useText()
  const { worst } = dossier
  if (!worst) return <span className="soft">{t('late.noWorst')}</span>
  return (
    <>
      {worst.person?.name ?? text(worst.unit.name)}
      <span className="late-under soft">
        {worst.person && `${text(worst.unit.name)} · `}
        {t('late.overAt', { step: text(worst.stepName), time: text(worst.overrunText) })}
      </span>
    </>
  )
}

/** The state of the explanation, leading to the dossier's findings where there are any. */
export const ExplanationCell = ({ dossier }: { dossier: LateDossier }) => {
  const { session } = useSession()
  const tag = <ExplanationTag state={dossier.explanation} />
  if (dossier.explanation === 'none' || !isOverseer(session)) return tag
  return <Link to={`/kiem-tra/phat-hien?ho-so=${dossier.id}`}>{tag}</Link>
}

const Head = ({
  name,
  sort,
  filters,
  set,
}: {
  name: string
  sort: Sort | undefined
  filters: Filters
  set: (changes: Partial<Record<FilterName, string>>) => void
}) => {
  const { t } = useTranslation('audit')
  const label = t(`late.column.${name}`)
  if (!sort) return <th scope="col">{label}</th>
  const sorted = filters.sort === sort
  const direction = filters.descending ? 'descending' : 'ascending'
  const Shape = !sorted ? IconArrowsSort : filters.descending ? IconArrowDown : IconArrowUp
  const flip = sorted ? !filters.descending : sort === 'lateMinutes' || sort === 'overrun'
  return (
    <th scope="col" aria-sort={sorted ? direction : undefined}>
      <button
        type="button"
        className={sorted ? 'late-sort late-sorted' : 'late-sort'}
        onClick={() => set({ sort: flip ? `-${sort}` : sort })}
      >
        {label}
        <Shape size={14} stroke={1.8} aria-hidden="true" />
      </button>
    </th>
  )
}

export const LateTable = ({
  dossiers,
  filters,
  set,
}: {
  dossiers: LateDossier[]
  filters: Filters
  set: (changes: Partial<Record<FilterName, string>>) => void
}) => {
  const { t } = useTranslation('audit')
  const text = useText()
  return (
    <ScrollX label={t('late.title')} className="late-scroll">
      <table className="late-table">
        <caption className="visually-hidden">{t('late.caption')}</caption>
        <thead>
          <tr>
            {COLUMNS.map(([name, sort]) => (
              <Head key={name} name={name} sort={sort} filters={filters} set={set} />
            ))}
          </tr>
        </thead>
        <tbody>
          {dossiers.map((dossier) => (
            <tr key={dossier.id} data-row={dossier.id}>
              <th scope="row">
                <DossierLink dossier={dossier} />
                <span className="late-under">{dossier.applicant}</span>
              </th>
              <td title={text(dossier.procedure.name)}>
                <span className="late-procedure">{text(dossier.procedure.name)}</span>
                <span className="late-under soft figures">{dossier.procedure.code}</span>
              </td>
              <td className="late-agency">{text(dossier.agency.name)}</td>
              <td className="late-moment">
                <When at={dossier.originalDueAt} />
              </td>
              <td className="late-moment">
                <When at={dossier.reappointedDueAt} />
              </td>
              <td className="late-moment">
                {dossier.finishedAt ? (
                  <When at={dossier.finishedAt} />
                ) : (
                  <em className="nowrap">{t('late.stillOpen')}</em>
                )}
              </td>
              <td>
                <Lateness dossier={dossier} />
              </td>
              <td className="late-worst">
                <Worst dossier={dossier} />
              </td>
              <td>
                <LetterTag dossier={dossier} />
              </td>
              <td className="late-cause">
                {dossier.cause || <span className="soft">{t('late.noCause')}</span>}
              </td>
              <td>
                <ExplanationCell dossier={dossier} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollX>
  )
}
