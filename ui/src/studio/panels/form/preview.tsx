import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Loose } from '../model/loose.ts'
import { DraftForm } from './draft-form.tsx'

/** The form as the applicant will see it, with answers to be tried. */
export const FormPreview = ({ eform }: { eform: Loose }) => {
  const { t } = useTranslation('studio-panels')
  const [data, setData] = useState<Loose>({})
  return (
    <div className="panel-preview">
      <h3 className="panel-subtitle">{t('form.preview')}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: without it the keyboard cannot scroll (WCAG 2.1.1) */}
      <section className="form-preview" aria-label={t('form.preview')} tabIndex={0}>
        <DraftForm eform={eform} data={data} onChange={setData} />
      </section>
    </div>
  )
}
