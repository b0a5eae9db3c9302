import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Watched } from '../app/api-types.ts'
import { useText } from '../app/i18n.ts'

export const dossierPath = (id: string) => `/ban-lam-viec/ho-so/${id}`

/** Code and applicant, the two by which people know a dossier, as the link that opens it. */
export const DossierLink = ({ to, code, applicant }: { to: string; code: string; applicant: string }) => (
  <Link to={to} className="row-link">
    <span className="figures row-code">{code}</span> <strong>{applicant}</strong>
  </Link>
)

export const ProcedureCell = ({ procedure }: { procedure: Watched['procedure'] }) => {
  const text = useText()
  return (
    <td className="watched-procedure">
      <span className="figures soft">{procedure.code}</span> {text(procedure.name)}
    </td>
  )
}

/** The heads of a table's columns, each named by the key of its words. */
export const Heads = ({ keys }: { keys: readonly string[] }) => {
  const { t } = useTranslation('desk')
  return keys.map((key) => (
    <th key={key} scope="col">
      {t(key)}
    </th>
  ))
}
