import { Link, useLocation } from 'react-router'
import { rememberRow } from './return-row.ts'

const LATE_LIST = '/kiem-tra'

/** To a dossier's audit; the way back leads to the same list, as it was filtered, and to this row. */
export const DossierLink = ({ dossier }: { dossier: { id: string; code: string } }) => {
  const { pathname, search } = useLocation()
  return (
    <Link
      to={`/kiem-tra/ho-so/${dossier.id}`}
      state={pathname === LATE_LIST ? { list: search } : { from: `${pathname}${search}` }}
      className="figures late-code"
      onClick={() => rememberRow(dossier.id)}
    >
      {dossier.code}
    </Link>
  )
}
