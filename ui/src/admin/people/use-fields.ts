import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldProblem } from '../../app/api.ts'

/** Text fields of a small form: their values, what is missing once it was tried, and what the server says of each. */
export const useFields = <Name extends string>(initial: Record<Name, string>, required: NoInfer<Name>[]) => {
  const { t } = useTranslation('admin')
  const [values, setValues] = useState(initial)
  const [tried, setTried] = useState(false)
  const set = (name: Name, value: string) => setValues((current) => ({ ...current, [name]: value }))
  const missing = (name: Name) => required.includes(name) && values[name].trim() === ''
  /** `server`: the field's name in the request, where it is another. */
  const error = (name: Name, problem: unknown, server: string = name) =>
    tried && missing(name) ? t('person.missing') : fieldProblem(problem, server)
  const common = (name: Name, problem: unknown, server?: string) => ({
    size: 'sm' as const,
    label: t(`person.field.${name}`),
    error: error(name, problem, server),
  })
  return {
    values,
    set,
    /** True when nothing is missing; from then on what is missing is said at its field. */
    complete: () => {
      setTried(true)
      return !required.some(missing)
    },
    text: (name: Name, problem: unknown, server?: string) => ({
      ...common(name, problem, server),
      value: values[name],
      onChange: (event: { currentTarget: { value: string } }) => set(name, event.currentTarget.value),
    }),
    day: (name: Name, problem: unknown, server?: string) => ({
      ...common(name, problem, server),
      value: values[name] || null,
      onChange: (day: string | null) => set(name, day ?? ''),
    }),
  }
}
