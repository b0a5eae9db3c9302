import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../app/i18n.ts'
import { formatDay, type Language } from '../format.ts'
import type { ShownGroup } from './groups.tsx'
import { inSchemaLanguage } from './language.ts'

type Node = {
  title?: string
  type?: string
  format?: string
  enum?: unknown[]
  oneOf?: { const?: unknown; title?: string }[]
  properties?: Record<string, Node>
  items?: Node
  $ref?: string
  definitions?: Record<string, Node>
  $defs?: Record<string, Node>
  then?: Node
  else?: Node
  allOf?: Node[]
}

const resolve = (node: Node | undefined, root: Node): Node => {
  const name = node?.$ref?.match(/^#\/(?:definitions|\$defs)\/(.+)$/)?.[1]
  return (name ? (root.definitions ?? root.$defs)?.[name] : node) ?? {}
}

/** Questions of a form, those that stand behind a condition too. */
const questions = (node: Node): Record<string, Node> =>
  Object.assign(
    {},
    ...[node.then, node.else, ...(node.allOf ?? [])].map((part) => part && questions(part)),
    node.properties,
  )

const inOrder = (keys: string[], order: unknown): string[] => {
  const wanted = Array.isArray(order) ? (order as string[]) : []
  const rank = (key: string) => (wanted.includes(key) ? wanted.indexOf(key) : wanted.length)
  return [...keys].sort((a, b) => rank(a) - rank(b))
}

const said = (value: unknown, node: Node, language: Language, words: { yes: string; no: string }): string => {
  const choice = node.oneOf?.find((option) => option.const === value)?.title
  if (choice) return choice
  if (typeof value === 'boolean') return value ? words.yes : words.no
  if (typeof value === 'number') return value.toLocaleString(language === 'vi' ? 'vi-VN' : 'en-GB')
  if (typeof value === 'string' && node.format === 'date' && /^\d{4}-\d\d-\d\d$/.test(value))
    return formatDay(value, language)
  if (Array.isArray(value))
    return value.map((item) => said(item, node.items ?? {}, language, words)).join('; ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** A filled form to be read: question and answer, in the form's order. Nothing can be changed here. */
export const Answers = ({
  schema,
  ui,
  data,
}: {
  schema: unknown
  ui?: unknown
  data: Record<string, unknown>
}) => {
  const { t } = useTranslation('shared')
  const language = useLanguage()
  const root = inSchemaLanguage(schema ?? {}, language) as Node
  const words = { yes: t('form.words.yes'), no: t('form.words.no') }
  const group = (node: Node, values: Record<string, unknown>, order?: unknown) => {
    const known = questions(node)
    const keys = inOrder([...new Set([...Object.keys(known), ...Object.keys(values)])], order)
    return keys.map((key) => {
      const question = resolve(known[key], root)
      const value = values[key]
      if (value === undefined || value === null || value === '') return null
      if (question.type === 'object' || (typeof value === 'object' && !Array.isArray(value))) {
        return (
          <div key={key} className="answers-group">
            <dt>{question.title ?? key}</dt>
            <dd>
              <dl className="facts">{group(question, value as Record<string, unknown>)}</dl>
            </dd>
          </div>
        )
      }
      return [
        <dt key={`${key}?`}>{question.title ?? key}</dt>,
        <dd key={key}>{said(value, question, language, words)}</dd>,
      ]
    })
  }
  const shownUi = inSchemaLanguage(ui ?? {}, language) as { 'ui:order'?: unknown; groups?: ShownGroup[] }
  const groups = shownUi.groups ?? []
  const among = (fields: string[]) =>
    Object.fromEntries(Object.entries(data).filter(([key]) => fields.includes(key)))
  const rest = Object.keys(data).filter((key) => !groups.some(({ fields }) => fields.includes(key)))
  const part = (fields: string[], order: unknown) => (
    <dl className="facts">{group(only(root, fields), among(fields), order)}</dl>
  )
  return (
    <div className="answers">
      {groups.map(({ key, title, fields }) => (
        <section key={key}>
          <h3 className="answers-title">{title}</h3>
          {part(fields, fields)}
        </section>
      ))}
      {rest.length > 0 && part(rest, shownUi['ui:order'])}
    </div>
  )
}

/** The form with these questions alone. */
const only = (root: Node, fields: string[]): Node => ({
  properties: Object.fromEntries(Object.entries(questions(root)).filter(([key]) => fields.includes(key))),
})
