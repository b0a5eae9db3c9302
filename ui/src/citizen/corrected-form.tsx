import { useQuery } from '@tanstack/react-query'
import { Suspense, useMemo } from 'react'
import type { DossierPage, EformDefinition } from '../app/api-types.ts'
import { Loading } from '../app/states.tsx'
import { EForm } from '../shared/eform/lazy.tsx'
import { myDetails } from './filing/my-details.ts'
import { correctedUnder } from './filing/prefill.ts'

type FormData = Record<string, unknown>

const eformOf = ({ schema, ui }: DossierPage['form']): EformDefinition => {
  const { groups, ...rest } = (ui ?? {}) as { groups?: EformDefinition['groups'] }
  return { schema, ui: rest, groups }
}

/** The form of my dossier, to be corrected: what my record answers is as little mine to change as at filing. */
export const CorrectedForm = ({
  form,
  typed,
  onChange,
  ...rest
}: {
  form: DossierPage['form']
  /** As typed so far; null before anything is. */
  typed: FormData | null
  onChange: (formData: FormData) => void
  onSubmit: (formData: FormData) => void
  onBack?: () => void
  submitLabel: string
}) => {
  const details = useQuery(myDetails())
  const { eform, held } = useMemo(
    () => correctedUnder(eformOf(form), details.data, form.data),
    [form, details.data],
  )
  const data = useMemo(() => ({ ...(typed ?? form.data), ...held }), [typed, form.data, held])
  // Without the record everything is open, and the server says what it does not take.
  if (details.isPending) return <Loading />
  return (
    <Suspense fallback={<Loading />}>
      <EForm eform={eform} data={data} onChange={onChange} {...rest} />
    </Suspense>
  )
}
