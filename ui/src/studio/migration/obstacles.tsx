import type { MigrationDossiers } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'

/** Why not, one line each. */
export const Obstacles = ({
  obstacles,
}: {
  obstacles: MigrationDossiers['dossiers'][number]['obstacles']
}) => {
  const text = useText()
  if (obstacles.length === 0) return null
  return (
    <ul className="migration-why">
      {obstacles.map(({ rule, elementId, message }) => (
        <li key={`${rule} ${elementId}`}>{text(message)}</li>
      ))}
    </ul>
  )
}
