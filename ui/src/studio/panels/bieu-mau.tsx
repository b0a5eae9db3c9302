import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AddField } from './form/add-field.tsx'
import { FieldEditor } from './form/field-editor.tsx'
import { FieldList } from './form/field-list.tsx'
import { FormPreview } from './form/preview.tsx'
import { useOptions } from './inputs/options.ts'
import { Panel } from './inputs/panel.tsx'
import { useParts } from './inputs/part-context.tsx'
import { addField, fieldKeys, fieldOf, listOf, orderOf } from './model/form-list.ts'
import type { Loose } from './model/loose.ts'

/** The applicant's form: its questions in groups, one of them open, and the form as it will look. */
const FormPanel = () => {
  const { t } = useTranslation('studio-panels')
  const { parts, apply, readOnly } = useParts()
  const { named } = useOptions()
  const { eform } = parts
  const order = orderOf(eform)
  const [chosen, setChosen] = useState<string | null>(order[0] ?? null)
  const [adding, setAdding] = useState<number | null>(null)
  const list = useRef<HTMLDivElement>(null)
  const goTo = useRef<string | null>(null)
  useEffect(() => {
    if (goTo.current === null) return
    list.current?.querySelector<HTMLElement>(`[data-field="${CSS.escape(goTo.current)}"]`)?.focus()
    goTo.current = null
  })
  const choose = (key: string | null) => {
    setAdding(null)
    setChosen(key)
  }
  const group = adding === null ? undefined : listOf(eform).groups[adding]
  return (
    <Panel part="form" title={t('form.title')} intro={t('form.intro')}>
      <div className="form-panel">
        <div ref={list}>
          <FieldList
            eform={eform}
            chosen={chosen}
            onChoose={choose}
            onAdd={setAdding}
            onChange={(next) => apply({ eform: next as Loose })}
            readOnly={readOnly}
          />
        </div>
        <div>
          {adding !== null && (
            <AddField
              key={adding}
              group={named({ vi: group?.title || group?.key, en: group?.titleEn })}
              taken={fieldKeys(eform)}
              onAdd={(field) => {
                apply({ eform: addField(eform, field, adding) as Loose })
                choose(field.key)
                goTo.current = field.key
              }}
              onClose={() => setAdding(null)}
            />
          )}
          {adding === null && chosen !== null && order.includes(chosen) && (
            <FieldEditor
              key={chosen}
              field={fieldOf(eform, chosen)}
              onRenamed={(key) => {
                setChosen(key)
                goTo.current = key
              }}
              onRemoved={() => {
                const at = order.indexOf(chosen)
                const next = order[at + 1] ?? order[at - 1] ?? null
                choose(next)
                goTo.current = next
              }}
            />
          )}
          {adding === null && (chosen === null || !order.includes(chosen)) && (
            <p className="soft panel-note">{t('form.chooseOne')}</p>
          )}
        </div>
        <FormPreview eform={eform} />
      </div>
    </Panel>
  )
}
export default FormPanel
