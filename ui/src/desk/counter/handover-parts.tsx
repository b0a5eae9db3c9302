import { Alert, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ApiProblem } from '../../app/api.ts'
import type { HandoverPage } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { Failed } from '../../app/states.tsx'
import { Tag } from '../../shared/tags.tsx'
import { dossierPath } from '../dossier-cells.tsx'

type Item = Pick<
  HandoverPage['items'][number],
  'dossierId' | 'code' | 'applicant' | 'procedure' | 'medium' | 'pages'
>

export const ITEM_COLUMNS = ['code', 'applicant', 'procedure', 'medium', 'pages'] as const

/** The heads of a table of hand-over. */
export const Columns = ({ names }: { names: readonly string[] }) => {
  const { t } = useTranslation('desk')
  return names.map((column) => (
    <th key={column} scope="col">
      {t(`handover.column.${column}`)}
    </th>
  ))
}

/** What every list of hand-over says about a dossier: which it is, whose, and how much paper changes hands. */
export const ItemCells = ({ item, remark }: { item: Item; remark?: ReactNode }) => {
  const { t } = useTranslation('desk')
  const text = useText()
  return (
    <>
      <td className="nowrap">
        <Link to={dossierPath(item.dossierId)} className="row-link figures">
          {item.code}
        </Link>
      </td>
      <td>
        {item.applicant}
        {remark}
      </td>
      <td>{text(item.procedure.name)}</td>
      <td className="nowrap">
        <Tag tone={item.medium === 'paper' ? 'accent' : 'plain'}>{t(`handover.medium.${item.medium}`)}</Tag>
      </td>
      <td className="figures">{item.pages || '–'}</td>
    </>
  )
}

/** What refused a batch, a sentence a dossier. */
export const Refused = ({ problem }: { problem: unknown }) =>
  problem instanceof ApiProblem && problem.errors.length > 0 ? (
    <Alert color="red" role="alert" title={problem.title}>
      {problem.errors.map(({ field, message }) => (
        <Text key={field} size="sm">
          {message}
        </Text>
      ))}
    </Alert>
  ) : (
    <Failed problem={problem} />
  )
