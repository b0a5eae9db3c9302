import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../app/api.ts'
import type { Text } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'

type OpenWork = {
  tasks: number
  open: { code: string; step: Text; unit: Text; state: string }[]
  reassign: { unit: Text; tasks: number; by: string[]; page: string }[]
}

const readOpenWork = (problem: unknown): OpenWork | null => {
  if (!(problem instanceof ApiProblem) || problem.type !== 'urn:mot-cua:open-tasks') return null
  const { tasks, open, reassign } = problem.facts as Partial<OpenWork>
  return tasks && open && reassign ? { tasks, open, reassign } : null
}

/** What somebody still holds, by unit, with who reassigns it and the page where they do. */
export const OpenWork = ({ problem }: { problem: unknown }) => {
  const { t } = useTranslation('admin')
  const text = useText()
  const work = readOpenWork(problem)
  if (!work) return null
  return (
    <section aria-label={t('person.openWork', { count: work.tasks })} className="open-work">
      {work.reassign.map(({ unit, tasks, by, page }) => (
        <div key={page}>
          <strong>{text(unit)}</strong>: {t('person.openWork', { count: tasks })}
          {by.length > 0 && `. ${t('person.reassignedBy', { names: by.join(', ') })}`}{' '}
          <a href={page}>{t('person.reassignHere')}</a>
          <ul>
            {work.open
              .filter((one) => one.unit.vi === unit.vi)
              .map((one) => (
                <li key={`${one.code}${one.step.vi}`}>
                  <span className="figures">{one.code}</span>: {text(one.step)}
                </li>
              ))}
          </ul>
        </div>
      ))}
      {work.tasks > work.open.length && t('person.openMore', { count: work.tasks - work.open.length })}
    </section>
  )
}
