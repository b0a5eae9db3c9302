import type { ObjectFieldTemplateProps } from '@rjsf/utils'

export type ShownGroup = { key: string; title: string; fields: string[] }

/** A form's questions under the headings of its definition; what stands under no heading comes last. */
export const GroupedObject = ({ properties, fieldPathId, registry }: ObjectFieldTemplateProps) => {
  const visible = properties.filter(({ hidden }) => !hidden)
  const isRoot = fieldPathId.path.length === 0
  const groups: ShownGroup[] = isRoot ? (registry.formContext.groups ?? []) : []
  const rest = visible.filter(({ name }) => !groups.some(({ fields }) => fields.includes(name)))
  return (
    <>
      {groups.map((group) => (
        <fieldset key={group.key} className="eform-group">
          <legend>{group.title}</legend>
          {group.fields.map((field) => visible.find(({ name }) => name === field)?.content)}
        </fieldset>
      ))}
      {rest.map(({ content }) => content)}
    </>
  )
}
